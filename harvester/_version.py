"""The version of harvester; a module of its own, so that every floor may read it."""

__version__ = "0.1.0"
