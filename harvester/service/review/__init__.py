"""Reviews of changes: which come first, and to which change each belongs."""
