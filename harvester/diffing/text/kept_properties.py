"""Properties that are computed once, of objects of which a text has thousands."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

T = TypeVar("T")


class kept_property(cached_property[T]):
    """A property that is computed once.

    That of functools takes a lock in Python 3.11, which costs as much as to count the characters of a block.
    """

    def __get__(self, holder: object, owner: type | None = None) -> T:  # type: ignore[override]
        answer: T = self.func(holder)
        # To ask for the dict of an object makes one, which the garbage collector then goes through too.
        setattr(holder, self.attrname, answer)  # type: ignore[arg-type]
        return answer


class Keeping:
    """A class whose objects hold what their kept properties answered without a dict each, which takes time to be made
    and to be collected: they need none for the attributes that the first objects of the class had.
    """

    def __init_subclass__(cls) -> None:
        first = object.__new__(cls)
        for name in [name for name, value in vars(cls).items() if isinstance(value, kept_property)]:
            setattr(first, name, None)
