"""Help pages as people know them: commands in groups, whole sentences, plain metavars.

Typer shows groups only in coloured boxes, and its plain pages cut sentences and show Python types. These classes
print the plain page that most Unix tools print. They also take texts and flags as they were given: Typer has Pydantic
check these, which takes a fifth of the time of a command that reads.
"""

from __future__ import annotations

import re
from typing import Any

from typer import BadParameter
from typer.core import TyperCommand, TyperGroup

_PLACES = {"DEST", "DIR", "FILE", "FOLDER", "PATH", "SRC"}
"""The metavars of values that name a file or folder. An empty one, as an unset variable of a script gives, would be the
folder in which the command runs."""


class Command(TyperCommand):
    """A command whose help names values, not types."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the arguments and options, ``--help`` included."""
        return _taken_as_given(super().get_params(ctx))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return what stands after the command's name in the usage line."""
        return ["[OPTIONS]", *(_usage(one) for one in self.get_params(ctx) if one.param_type_name == "argument")]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and options."""
        _write_parameters(self.get_params(ctx), formatter)


class Group(TyperGroup):
    """A group of commands, shown by section in the order in which they were registered."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the arguments and options, ``--help`` included."""
        return _taken_as_given(super().get_params(ctx))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, then the commands."""
        _write_parameters(self.get_params(ctx), formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write a section for each help panel; each command with the first line of its help."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command: Any = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                panel = command.rich_help_panel
                title = panel if isinstance(panel, str) else "Commands"
                sections.setdefault(title, []).append((name, short_help(command)))
        for title, rows in sections.items():
            with formatter.section(title):
                formatter.write_dl(rows)


def short_help(command: Any) -> str:
    """Return the first line of a command's help."""
    return str(command.help or "").strip().split("\n", 1)[0]


def _write_parameters(parameters: Any, formatter: Any) -> None:
    arguments = [one for one in parameters if one.param_type_name == "argument" and not one.hidden]
    options = [one for one in parameters if one.param_type_name == "option" and not one.hidden]
    if arguments:
        with formatter.section("Arguments"):
            formatter.write_dl([(_metavar(one), one.help or "") for one in arguments])
    if options:
        with formatter.section("Options"):
            formatter.write_dl([(_option(one), _described(one)) for one in options])


def _usage(argument: Any) -> str:
    shown = _metavar(argument) + ("..." if argument.nargs == -1 else "")
    return shown if argument.required else f"[{shown}]"


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _option(option: Any) -> str:
    names = ", ".join(sorted((*option.opts, *option.secondary_opts), key=lambda name: (name.startswith("--"), name)))
    return names if option.is_flag else f"{names} {_metavar(option)}"


def _described(option: Any) -> str:
    """Return the help of an option with its default, where that says something."""
    text = option.help or ""
    default = option.default
    if option.required:
        return f"{text} Required."
    if option.is_flag or default in (None, "") or callable(default) or not option.show_default:
        return text
    return f"{text} [default: {getattr(default, 'value', default)}]"


class _AsGiven:
    """Takes what needs no conversion in place of Typer's own conversion, and asks that one for all else."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value of an argument or option as the command's function wants it."""
        kind = param.type_descriptor.annotation
        if value is None:
            return () if param.multiple or param.nargs == -1 else None
        if _PLACES & set(str(param.metavar).split("|")) and "" in (value if isinstance(value, tuple) else (value,)):
            raise BadParameter('must name a file or folder, and is empty; "." is this folder', ctx, param)
        if isinstance(kind, type) and isinstance(value, kind):
            return value
        if kind == list[str] and isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
            return list(value)
        param._runtime_param = None  # Typer makes its own when this is asked for
        try:
            return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
        except BadParameter as error:
            # In the words of people, not of Pydantic.
            said = error.message.removeprefix("Value error, ").partition(", unable to parse")[0]
            error.message = re.sub("^Input should be ", "must be ", said).replace("a valid integer", "a whole number")
            raise
        finally:
            param._runtime_param = self


def _taken_as_given(parameters: list[Any]) -> list[Any]:
    for one in parameters:
        if getattr(one, "_runtime_param", one) is None:  # other releases of Typer have no such attribute
            one._runtime_param = _AsGiven()
    return parameters
