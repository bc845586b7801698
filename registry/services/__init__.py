"""What staff do: one function each; it owns the order of things and the transaction."""
