"""The stand-in archive, for the commands as a user runs them."""

from tests.support.archive_server.fixtures import harsh_archive, sample_archive

__all__ = ["harsh_archive", "sample_archive"]
