"""What of a page is its document: CSS selectors and ranges between two of them, as a catalogue declares them.

The forms are those of Open Terms Archive: a selector is a text, a range a table of two selectors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache

from harvester.memento import same_page

BEGINNING = datetime.min.replace(tzinfo=UTC)
END = datetime.max.replace(tzinfo=UTC)
_SIDES = {"start": ("start_before", "start_after"), "end": ("end_before", "end_after")}


@dataclass(frozen=True, slots=True)
class Range:
    """All of a page from before or after one element to before or after another; of each side one is given."""

    start_before: str | None = None
    start_after: str | None = None
    end_before: str | None = None
    end_after: str | None = None

    def as_dict(self) -> dict[str, str]:
        """Return the two selectors by their keys."""
        return {key: value for key, value in asdict(self).items() if value is not None}

    def __str__(self) -> str:
        return "from {} to {}".format(*(f"{key.partition('_')[2]} {value}" for key, value in self.as_dict().items()))


Part = str | Range


@dataclass(frozen=True)
class Selection:
    """The parts of a page that are its document, and what of them is taken out first."""

    select: tuple[Part, ...]
    remove: tuple[Part, ...] = ()

    def as_dict(self) -> dict[str, list[str | dict[str, str]]]:
        """Return it in the form of a catalogue, for JSON."""
        parts = {"select": self.select, "remove": self.remove}
        return {
            key: [one.as_dict() if isinstance(one, Range) else one for one in some]
            for key, some in parts.items()
            if some
        }

    @cached_property
    def digest(self) -> str:
        """Twelve digits by which it is known in the store."""
        text = json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class DatedSelection:
    """A selection with the page and the days for which it holds; without an address it is every page's."""

    url: str | None
    since: datetime
    until: datetime
    selection: Selection


@dataclass(frozen=True, slots=True)
class Selections:
    """The selections of the pages of a document."""

    dated: tuple[DatedSelection, ...] = ()

    def at(self, url: str, moment: datetime) -> Selection | None:
        """Return what of a page is the document at an instant; None: its article."""
        return next((one.selection for one in self._of(url) if one.since <= moment <= one.until), None)

    def bounds(self, url: str, moment: datetime) -> tuple[datetime, datetime]:
        """Return the instants around another between which `at` gives the same, the second excluded."""
        cuts = {BEGINNING, END}
        for one in self._of(url):
            cuts |= {one.since, one.until if one.until == END else one.until + timedelta(seconds=1)}
        return max(cut for cut in cuts if cut <= moment), min(cut for cut in cuts if cut > moment)

    def periods(self, url: str) -> list[tuple[datetime, datetime, Selection]]:
        """Return the spans in which something is selected of a page, each with its end excluded."""
        return [
            (one.since, one.until if one.until == END else one.until + timedelta(seconds=1), one.selection)
            for one in self._of(url)
        ]

    def _of(self, url: str) -> list[DatedSelection]:
        return [one for one in self.dated if one.url is None or same_page(one.url, url)]


NO_SELECTIONS = Selections()
"""Those of a document whose pages' articles are its text."""


def selection_from(declared: dict[str, list[str | dict[str, str]]]) -> Selection:
    """Return a selection by what `Selection.as_dict` gives."""
    return Selection(parts_of(declared["select"]), parts_of(declared.get("remove", ())))


def selectors(declared: dict[str, list[str | dict[str, str]]]) -> str:
    """Return a selection, as `Selection.as_dict` gives it, in one line for readers."""
    found = selection_from(declared)
    removed = f" without {', '.join(map(str, found.remove))}" if found.remove else ""
    return f"{', '.join(map(str, found.select))}{removed}"


def cleaner_label(cleaner: str, selection: Selection | None) -> str:
    """Return the name of what made a document: the cleaner's edition, with the selection's digest if there is one."""
    return cleaner if selection is None else f"{cleaner}+{selection.digest}"


def parts_of(value: object) -> tuple[Part, ...]:
    """Return the parts that a selector, a range or a list of them means; raises ValueError in plain words."""
    several = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return tuple(part_of(one) for one in several)


def part_of(value: object) -> Part:
    """Return the part that a selector or a range means; raises ValueError in plain words."""
    if isinstance(value, Range):
        return value
    if isinstance(value, dict):
        return _range_of(value)
    if not isinstance(value, str):
        raise ValueError(f'{value!r} is no selector; write a text such as ".terms" or a range')
    if problem := _problem_of(value):
        raise ValueError(problem)
    return value


def _range_of(value: dict[object, object]) -> Range:
    keys = [key for side in _SIDES.values() for key in side]
    if unknown := [str(key) for key in value if key not in keys]:
        raise ValueError(f"unknown key {unknown[0]!r} in a range; its keys are {', '.join(keys)}")
    for side, names in _SIDES.items():
        if sum(name in value for name in names) != 1:
            raise ValueError(f"a range needs its {side}: either {names[0]} or {names[1]}, with a CSS selector")
    for one in value.values():
        if not isinstance(one, str):
            raise ValueError(f'{one!r} is no selector; write a text such as "#terms"')
        if problem := _problem_of(one):
            raise ValueError(problem)
    return Range(**{str(key): str(one) for key, one in value.items()})


@lru_cache(maxsize=1024)
def _problem_of(selector: str) -> str | None:
    """Return why a text is no CSS selector; None if it is one."""
    import turbohtml  # few catalogues have selectors

    if not selector.strip():
        return 'a selector is empty; write one such as ".terms", or leave it out'
    try:
        turbohtml.parse("").select(selector)
    except ValueError as error:
        why = str(error).rpartition('": ')[2]
        return f"{selector!r} is no CSS selector ({why}); try it in a browser with document.querySelectorAll"
    return None
