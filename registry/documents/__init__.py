"""Documents: what a rider says, how it is printed, sealed and signed, and how a file proves itself without us.

WeasyPrint, pyHanko and pikepdf are imported inside functions: each costs more start-up than a whole check.
"""
