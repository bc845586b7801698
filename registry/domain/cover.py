"""The cover of a pack of evidence: what it is, what it says in short, and tables that lead into its files."""

from __future__ import annotations

import datetime as dt

from registry.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of the cover: text in every cell. `note` is said under it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """`facts` are labels and values, `says` paragraphs, `marks` the lines a person fills in and signs. `digest` is that
    of everything else in the pack."""

    kind: str
    title: str
    subtitle: str
    record: str
    facts: tuple[tuple[str, str], ...]
    says: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    marks: tuple[str, ...]
    made_on: dt.date
    digest: str
    paper: str = "A4"
