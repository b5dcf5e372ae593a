"""Commands that fill the store from archives."""
