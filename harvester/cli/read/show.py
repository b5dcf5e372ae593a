"""``harvester show``: the document of a version."""

from __future__ import annotations

from harvester.cli import installation
from harvester.cli.options import Json, Reference
from harvester.cli.output import print_bytes, print_json
from harvester.cli.read.version import version_as_json, warn_unless_captured_then


def show(
    reference: Reference,
    as_json: Json = False,
) -> None:
    """Print the text of a policy, as of a date or by number.

    The document has the form of the Princeton-Leuven corpus, byte for byte.
    """
    from harvester.insight import reading

    settings = installation.settings()
    name, _, ref = reference.partition("@")
    with installation.present_database(settings) as database, database.reading() as session:
        shown = reading.shown(session, settings, name, ref or "latest")
    warn_unless_captured_then(name, ref, shown.version)
    if as_json:
        print_json({**version_as_json(shown.version), **shown.provenance, "title": shown.title, "text": shown.text})
    else:
        print_bytes(shown.text)
