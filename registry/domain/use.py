"""Uses: what is proposed. One act, one performer (or none), one production, with facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from registry.domain.facts import FactInput
from registry.domain.replica import Replica
from registry.domain.values import dataclass
from registry.domain.words import Act, Content, Element, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A proposed use as filed. None is left out (inherited where DOMAIN.md §4 says so, else unknown); `()` says none.

    A use that names a replica may leave its performer and production (empty) to it.
    """

    id: str
    act: Act
    production: str = ""
    performers: tuple[str, ...] = ()
    engagement: str | None = None
    episode: str | None = None
    shot: str | None = None
    profile: str | None = None
    replica: str | None = None
    elements: tuple[Element, ...] | None = None
    purpose: Purpose | None = None
    scenes: tuple[str, ...] | None = None
    description: str | None = None
    media: tuple[str, ...] | None = None
    territories: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    at: dt.datetime | None = None
    released_on: dt.date | None = None
    ages: tuple[int, int] | None = None
    content: tuple[Content, ...] | None = None
    seconds: int | None = None
    until: dt.date | None = None
    place: str | None = None
    tool: str | None = None
    model: str | None = None
    facts: tuple[tuple[str, FactInput], ...] = ()
    recorded_at: dt.datetime | None = None

    def settled(self, replicas: Mapping[str, Replica]) -> Use:
        """The use with the performer and the production of the replica it names, where it says none itself."""
        replica = replicas.get(self.replica or "")
        if replica is None or (self.performers and self.production):
            return self
        performers = self.performers or ((replica.performer,) if replica.performer else ())
        return replace(self, performers=performers, production=self.production or replica.made_for or "")
