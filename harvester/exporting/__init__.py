"""What leaves the harvester: files for others, and `replay`, which serves captures as a web archive."""
