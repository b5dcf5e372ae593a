"""Sections of the settings that are edited at the desk: watches, and targets of notices."""
