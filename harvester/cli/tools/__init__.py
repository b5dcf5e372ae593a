"""Commands that need no store."""
