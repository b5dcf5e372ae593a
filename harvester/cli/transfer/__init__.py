"""Commands that write the store out and take published histories in."""
