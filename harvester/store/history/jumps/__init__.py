"""Jumps of the extraction: what a change removes or inserts although the page has it on both sides."""
