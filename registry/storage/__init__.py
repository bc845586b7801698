"""The registry on disk: an append-only ledger, the vault of erasable text, and typed tables projected from both."""
