"""What ends: a consent, an authority, an approval, a review, a key; and the planned uses its end would stop."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from registry.domain.finding import VerdictWord
from registry.domain.values import dataclass


class EndingKind(StrEnum):
    CONSENT = "consent"
    GRANT = "grant"
    REPRESENTATION = "representation"
    GUARDIANSHIP = "guardianship"
    DECIDER = "decider"
    TOOL = "tool"
    APPROVAL = "approval"
    REVIEW = "review"
    KEY = "key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A planned use of one performer that an end stops: its verdict with the end, and what it would be without it
    (None: not tried)."""

    use: str
    performer: str | None
    production: str
    on: dt.date | None
    with_it: VerdictWord
    without_it: VerdictWord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """One thing that ends on `on`, its last day. `what` names it, `text` says what ends, `stops` the planned uses that
    rest on it and lie beyond; `command` can be typed."""

    kind: EndingKind
    what: str
    text: str
    on: dt.date
    performer: str | None = None
    production: str | None = None
    stops: tuple[Stopped, ...] = ()
    command: str

    @property
    def order(self) -> tuple[object, ...]:
        return (self.on, self.kind, self.what, self.text)
