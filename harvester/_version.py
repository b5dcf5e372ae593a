"""The version of harvester, in a separate module, so that every floor can read it."""

__version__ = "0.1.0"
