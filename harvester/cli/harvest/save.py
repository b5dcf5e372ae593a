"""``harvester save``: have the archive take captures now."""

from __future__ import annotations

import sys

import typer

from harvester.cli import installation
from harvester.cli.options import Archive, Service, given_archive
from harvester.cli.signals import stopped_by_signals


def save(service: Service, archive: Archive = None) -> None:
    """Ask the Internet Archive to capture a service's policy now.

    For each present address of the service, unless a capture is younger than an hour. Needs the keys of an account:
    HARVESTER_SAVE__ACCESS_KEY and HARVESTER_SAVE__SECRET_KEY. A poll harvests the capture once the index lists it,
    which takes up to 12 hours. Exit code 1: the archive takes no capture of an address; 3: not now, but at the time it
    says.
    """
    with stopped_by_signals() as stop:
        from harvester.archive.saving.saving_archive import MISSING_KEYS, saving_archive
        from harvester.clock import utc_now
        from harvester.errors import ConfigurationError, UnknownName
        from harvester.harvest.keep import GUARD, addresses_of, saver
        from harvester.store.saves import SaveState

        settings = installation.settings()
        entry = installation.entry(settings, service)
        chosen = saving_archive(settings.archive_for(entry.archives, given_archive(settings, archive)))
        if not settings.save.has_keys:
            raise ConfigurationError(MISSING_KEYS)
        code = 0
        with (
            installation.database(settings) as database,
            saver(database, settings, chosen, utc_now, stop) as asking,
        ):
            found = addresses_of(database, entry, utc_now())
            if not found:
                raise UnknownName(f"{service} has no address yet; `harvester backfill {service}` finds it")
            for source in found:
                result = asking.save(source, GUARD)
                if result.state == SaveState.SAVED:
                    print(f"{source.url}: saved at {result.captured_at:%Y-%m-%d %H:%M:%S} UTC; a poll will harvest it")
                    continue
                reason = (result.reason or "the job is still running").rstrip(".")
                when = f"; try again after {result.due_at:%Y-%m-%d %H:%M:%S} UTC" if result.due_at else ""
                print(f"{source.url}: {result.state}: {reason}{when}", file=sys.stderr)
                if result.state == SaveState.GIVEN_UP:
                    code = 1
                elif result.state in (SaveState.DUE_AGAIN, SaveState.REQUESTED):
                    code = code or 3
    if code:
        raise typer.Exit(code)
