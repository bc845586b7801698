"""Clearing a schedule: every planned use of every person, joined with what the sheets say, and what to do by when."""
