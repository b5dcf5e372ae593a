"""``harvester show``: the document of a version."""

from __future__ import annotations

import sys

from harvester.catalogue.selection import selectors
from harvester.cli import installation
from harvester.cli.options import Json, Output, Reference, data_format
from harvester.cli.output import print_bytes, print_data
from harvester.cli.read.version import version_as_json, warn_unless_captured_then


def show(
    reference: Reference,
    as_json: Json = False,
    form: Output = None,
) -> None:
    """Print the text of a policy, as of a date or by number.

    The document has the form of the Princeton-Leuven corpus, byte for byte.
    """
    from harvester.insight import reading
    from harvester.store.history.references import service_and_reference

    data = data_format(form, as_json)
    settings = installation.settings()
    name, ref = service_and_reference(reference)
    with installation.present_database(settings) as database, database.reading() as session:
        shown = reading.shown(session, settings, name, ref)
    warn_unless_captured_then(name, ref, shown.version)
    if data:
        facts = {**version_as_json(shown.version), **shown.provenance, "title": shown.title, "text": shown.text}
        print_data(facts, data)
        return
    if (recipe := shown.provenance["recipe"]) != "static":
        browser = f" in Chromium {shown.provenance['browser']}" if shown.provenance["browser"] else ""
        selected = f" {selectors(shown.provenance['selection'])}" if shown.provenance["selection"] else ""
        print(f"recipe: {recipe}{browser}{selected}", file=sys.stderr)
        for part in shown.provenance["parts"]:
            captured = part.get("snapshot", "no capture yet")
            print(f"  {part['url']}: {captured}{'' if part['by_then'] else ' (of later)'}", file=sys.stderr)
    print_bytes(shown.text)
