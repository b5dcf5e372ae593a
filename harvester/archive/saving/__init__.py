"""Asking the Internet Archive to take a capture: Save Page Now 2, after its public description of July 2026."""
