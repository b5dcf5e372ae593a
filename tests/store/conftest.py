"""The store's tests run on both databases."""

from tests.databases import _migrated_postgresql, _migrated_sqlite, database, database_url

__all__ = ["_migrated_postgresql", "_migrated_sqlite", "database", "database_url"]
