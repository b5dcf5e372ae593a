"""Which policies are followed: the entries of services.toml, the watches of harvester.toml, and how both are edited."""
