"""Commands that answer questions from the store."""
