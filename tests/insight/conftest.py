"""The tests of questions run on both databases, and on the sample store (`tests.sample_store`)."""

from tests.databases import _migrated_postgresql, _migrated_sqlite, database, database_url

__all__ = ["_migrated_postgresql", "_migrated_sqlite", "database", "database_url"]
