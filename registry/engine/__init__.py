"""The decision: a use, a world and the packs in, findings and a verdict out. No clock, no database, no files."""
