"""Dates: how they are written, and which are the document's own or years of its copyright."""
