"""``harvester review``: what people made of changes."""
