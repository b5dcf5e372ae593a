"""Bytes of one archived page -> one corpus document. Pure: no network, no database, no clock."""

from harvester.cleaner.comparable import comparable_text
from harvester.cleaner.document import CLEANER_VERSION, Document, clean

__all__ = ["CLEANER_VERSION", "Document", "clean", "comparable_text"]
