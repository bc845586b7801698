"""Decisions: verdicts that somebody had recorded, to the byte."""

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
