"""The files people write: registry, uses and case files, read whole with every fault at once, and written back."""
