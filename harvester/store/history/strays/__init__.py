"""Observations that do not show the policy of that day, each kind by its place in the history or its own words."""
