"""``harvester notify``: the targets of notices."""

from __future__ import annotations

from typing import Annotated

import typer

from harvester.cli import installation
from harvester.cli.help import Command
from harvester.cli.options import Json, Output, data_format

notify = typer.Typer(name="notify", help="Show and test the targets that get notices of changes.", no_args_is_help=True)


@notify.command("test", cls=Command)
def notify_test(
    target: Annotated[str, typer.Argument(metavar="TARGET", help="A target of harvester.toml: [notify.TARGET].")],
) -> None:
    """Send a test message to a target."""
    from harvester.clock import utc_now
    from harvester.service.notify.targets import send_test

    settings = installation.settings()
    send_test(settings, target, utc_now())
    print(f"{target}: test message accepted")


@notify.command("status", cls=Command)
def notify_status(as_json: Json = False, form: Output = None) -> None:
    """Count pending, sent and failed notices by target."""
    from harvester.cli.output import print_data, print_table
    from harvester.service.notify.states import outbox

    data = data_format(form, as_json)
    settings = installation.settings()
    with installation.present_database(settings) as database:
        states = outbox(database)
    if data:
        print_data([{"target": name, **states[name]} for name in sorted(states)], data)
        return
    rows = [(name, *states.get(name, {}).values()) for name in sorted(states)]
    if rows:
        print_table(("target", "pending", "sent", "withdrawn", "failed"), rows)
    else:
        print("no notices yet")
