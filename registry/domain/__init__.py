"""Frozen values and what they mean. Nothing here reads a file, a clock or a database."""
