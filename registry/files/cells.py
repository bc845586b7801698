"""Cells of the tables we write: a spreadsheet opens them, and must not take what somebody typed for a formula."""

from __future__ import annotations

# What a spreadsheet takes for the beginning of a formula, in the widths that East Asian keyboards have too.
_LIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = ("\t", "\r", "\n")


def safe(text: str) -> str:
    """`text` as a cell that stays text: an apostrophe before what would be calculated. Numbers, which are written as
    numbers, have no need of it."""
    live = text.startswith(_BREAKS) or text.lstrip().startswith(_LIVE)
    return f"'{text}" if live else text
