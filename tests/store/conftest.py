"""The store's tests run on both databases."""

from tests.support.store.databases import _migrated_postgresql, _migrated_sqlite, database, database_url

__all__ = ["_migrated_postgresql", "_migrated_sqlite", "database", "database_url"]
