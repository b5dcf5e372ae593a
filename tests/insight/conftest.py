"""The tests of questions run on both databases, and on the sample store (`tests.support.store.sample_store`)."""

from tests.support.store.databases import _migrated_postgresql, _migrated_sqlite, database, database_url

__all__ = ["_migrated_postgresql", "_migrated_sqlite", "database", "database_url"]
