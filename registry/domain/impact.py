"""The impact of an event: what a revocation, a strike, a suspension or an end does to the uses on file."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from registry.domain.finding import VerdictWord
from registry.domain.owed import Ground
from registry.domain.values import dataclass


class Phase(StrEnum):
    """Where a use stands when the event takes effect."""

    DONE = "done"
    IN_FLIGHT = "in_flight"
    PLANNED = "planned"


class Fate(StrEnum):
    """What becomes of a use."""

    STANDS = "stands"  # made before, and as good as it was
    AS_BEFORE = "as_before"  # not touched
    STOPS = "stops"  # may not be made, or may not go on
    ON_HOLD = "on_hold"  # until a named person rules, or a question is answered
    FOR_COUNSEL = "for_counsel"  # made, and judged otherwise with the event


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A finding that the event turns against a use."""

    rule: str
    state: str
    cite: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One use of one performer before and after the event. `obligation` is what to do about it, in a sentence;
    `owed` are the duties that follow newly."""

    use: str
    performer: str | None
    production: str
    act: str
    phase: Phase
    on: dt.date | None
    until: dt.date | None
    before: VerdictWord
    after: VerdictWord
    fate: Fate
    turned: tuple[Turned, ...]
    obligation: str
    owed: tuple[str, ...]
    replica: str | None
    model: str | None
    tool: str | None

    @property
    def touched(self) -> bool:
        return bool(self.turned or self.owed) or self.before is not self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A replica or a model that may have to go: who holds it, and why. A model rests on consents: what becomes of it is
    for counsel."""

    what: str
    kind: str  # replica | model
    holders: tuple[str, ...]
    grounds: tuple[Ground, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Somebody who has to be told, and a draft of what to tell them. `role` is vendor, tool, platform, production or
    representative."""

    role: str
    name: str
    about: tuple[str, ...]
    draft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """The whole answer. `uses` are all that were looked at, in order of day; `recorded` says that the event is on file,
    so that nothing here is supposed."""

    event: str
    effective: dt.date
    recorded: bool
    known_at: dt.datetime
    uses: tuple[Hit, ...]
    deletions: tuple[Deletion, ...]
    told: tuple[Told, ...]
    command: str | None

    @property
    def touched(self) -> tuple[Hit, ...]:
        return tuple(hit for hit in self.uses if hit.touched)
