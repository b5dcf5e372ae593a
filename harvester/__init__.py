"""Harvester: how a policy changed over the years, from the captures of a web archive.

``from harvester import Store`` opens a store for programs and notebooks (docs/python-api.md).
"""

from typing import TYPE_CHECKING

from harvester._version import __version__

__all__ = ["Store", "__version__"]

if TYPE_CHECKING:
    from harvester.api import Store


def __getattr__(name: str) -> object:
    # Import the store only on access: importing all of it takes a second.
    if name == "Store":
        from harvester.api import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
