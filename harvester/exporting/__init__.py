"""What leaves the store: files for others."""
