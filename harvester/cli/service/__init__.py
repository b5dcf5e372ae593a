"""Commands that keep the store current and serve it."""
