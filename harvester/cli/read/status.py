"""``harvester status``: what the store holds and how the harvester does."""

from __future__ import annotations

from harvester.cli import installation
from harvester.cli.options import Json, Output, data_format
from harvester.cli.output import print_asked, print_data, some
from harvester.dates import parse_iso


def status(as_json: Json = False, form: Output = None) -> None:
    """Summarize the store, the scheduler and the archives."""
    from harvester.clock import utc_now
    from harvester.service.observe.status import installation_status, service_status

    data = data_format(form, as_json)
    settings = installation.settings()
    with installation.present_database(settings) as database:
        found = installation_status(database, utc_now(), settings)
        service = service_status(database, utc_now, settings)
    if data:
        print_data({**found.as_dict(), "service": service}, data)
        return
    print(f"{'services':<24}{found.services:>8}")
    print(f"{'captures':<24}{sum(found.outcomes.values()):>8}")
    for outcome, number in sorted(found.outcomes.items(), key=lambda item: -item[1]):
        print(f"  {outcome:<22}{number:>8}")
    if found.needs_a_browser:
        print(f"{'need a browser':<24}{found.needs_a_browser:>8}  (harvester render)")
    print(f"{'versions':<24}{found.versions:>8}")
    print(f"{'changes':<24}{found.changes:>8}")
    for archive in found.archives:
        print(f"archive {archive.name}: {archive.summary}")
    print(f"archives asked by default: {some(service['asked'])}")
    print_asked(service["asked_for"])
    print(f"scheduler: {service['scheduler'] or 'not running'}")
    for title in ("standby", "workers"):
        if service[title]:
            print(f"{title}: {some(service[title])}")
    if service["catalogue_problem"]:
        print(f"catalogue refused, the last good one is in use: {service['catalogue_problem']}")
    if service["keep_problem"]:
        print(service["keep_problem"])
    for one in service["saves_failed"][:_SHOWN]:
        print(f"{one['service']}: save of {one['url']} {one['state']}: {one['reason']}")
    if service["removed"]:
        print(f"not in the catalogue: {some(service['removed'])}")
    for one in service["without_versions"][:_SHOWN]:
        print(f"{one['service']}: no version ({one['outcome']}): {one['reason']}")
    if (more := len(service["without_versions"]) - _SHOWN) > 0:
        print(f"and {more} more services without a version: harvester services")
    for one in service["no_policy_since"][:_SHOWN]:
        print(f"{one['service']}: {one['words']}")
    if (more := len(service["no_policy_since"]) - _SHOWN) > 0:
        print(f"and {more} more services without a policy in their latest capture: harvester services")
    for job in service["jobs"]:
        if job["consecutive_failures"]:
            print(f"{job['service']}: {job['consecutive_failures']} polls failed in a row: {job['last_problem']}")
    if paused := [job["service"] for job in service["jobs"] if job["paused_at"]]:
        print(f"paused: {some(paused)}")
    coming = [(job["next_run"], job["service"]) for job in service["jobs"] if job["next_run"] and not job["paused_at"]]
    if service["scheduler"] and coming:
        at, name = min(coming)
        print(f"next poll: {parse_iso(at):%Y-%m-%d %H:%M} UTC, {name}")
    for run in found.last_runs:
        print(f"last {run.kind}: {run.started_at:%Y-%m-%d %H:%M} UTC, {run.outcome or 'under way or killed'}")


_SHOWN = 10
