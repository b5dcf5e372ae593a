"""A collection of Open Terms Archive written from the store and the catalogue."""
