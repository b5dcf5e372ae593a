"""What is missing of histories: the ledger with its reasons, and half-years without a version."""
