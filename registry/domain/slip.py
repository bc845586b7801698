"""A permission slip: for the set, on paper, that one use of one person may go ahead that day, and how."""

from __future__ import annotations

import datetime as dt

from registry.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One cleared use of one person. `clauses` are what it rests on, `conditions` what it must stay inside, `duties`
    what follows it. `digest` is the SHA-256 of the verdict as one line of JSON; `code` is the text of the QR."""

    use: str
    performer: str | None
    production: str
    title: str
    who: str
    number: str
    character: str
    scenes: str
    act: str
    day: str
    description: str
    word: str
    clauses: tuple[str, ...]
    conditions: tuple[str, ...]
    duties: tuple[str, ...]
    known_at: dt.datetime
    digest: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slips:
    """The slips of a clearance, and a sentence for each planned use that gets none."""

    production: str
    title: str
    span: str
    made_at: dt.datetime
    known_at: dt.datetime
    slips: tuple[Slip, ...]
    without: tuple[str, ...]
