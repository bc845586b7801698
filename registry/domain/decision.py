"""Decisions: verdicts that somebody had recorded, to the byte; and what a clearance answered beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import field

from registry.domain.finding import VerdictWord
from registry.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A verdict as it was given on one use. `answer` is its JSON, exactly; checked again with the same `as_of` and
    `known_at` it must come out the same. `as_of` is what was asked for; None: the use's own moment. `decided_at` is
    when the check ran.

    A decision has no name: two that say the same, decided at one moment, are one."""

    use: str
    performer: str | None = None
    verdict: VerdictWord
    answer: str
    as_of: str | None = None
    known_at: dt.datetime
    decided_at: dt.datetime
    recorded_at: dt.datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueBy:
    """What a rule asks for has to be done by a moment."""

    rule: str
    by: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """A planned use of one person, as it was answered: `performer` None for somebody not on file, shown as `who`, and
    then no `verdict`. `rules` stand in the way, and `due` says by when what they ask for has to be done."""

    use: str
    performer: str | None = None
    who: str
    on: dt.date | None = None
    verdict: VerdictWord | None = None
    rules: tuple[str, ...] = ()
    due: tuple[DueBy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptClearance:
    """What a recorded clearance answered on the uses that it could not file, as they name somebody who is not on file.
    Nothing rests on it: the next clearance is compared with it."""

    id: str
    production: str
    made_at: dt.datetime
    rows: tuple[KeptRow, ...] = ()
    recorded_at: dt.datetime | None = field(default=None, compare=False)
