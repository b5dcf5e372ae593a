"""Commands that name the services to watch."""
