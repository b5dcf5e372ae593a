"""Commands that check, save and move the store."""
