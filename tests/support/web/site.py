"""How the site of the tests is set up."""

from __future__ import annotations

TOKEN = "a-token-of-the-tests"
