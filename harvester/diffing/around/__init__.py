"""What stands around a policy in its text, and changes with the site: menus, labels, counters, boxes."""
