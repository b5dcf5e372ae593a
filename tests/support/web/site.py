"""How the site of the tests is set up."""

from __future__ import annotations

TOKEN = "a-token-of-the-tests"
ANNA = "the-token-of-anna-in-the-tests"
BERT = "the-token-of-bert-in-the-tests"
