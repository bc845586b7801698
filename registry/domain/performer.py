"""Performers, their union standings and those who act for them."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from fractions import Fraction

from registry.domain.dates import DateSpan
from registry.domain.values import dataclass
from registry.domain.words import Capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A performer's standing in one union, both ends included; an open end is None."""

    union: str
    status: str
    member_id: str | None = None
    from_: dt.date | None = None
    to: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Somebody who acts for a performer. `share` is an estate holder's part of the post-mortem rights, exactly."""

    id: str
    capacity: Capacity
    name: str
    from_: dt.date | None = None
    to: dt.date | None = None
    share: Fraction | None = None
    authority: str | None = None

    def acts_on(self, day: dt.date) -> bool:
        """Whether the authority on file reaches `day`."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Performer:
    """A natural person."""

    id: str
    legal_name: str
    professional_name: str | None = None
    other_names: tuple[str, ...] = ()
    born: DateSpan | None = None
    died: DateSpan | None = None
    domicile: str | None = None
    standings: tuple[Standing, ...] = ()
    representatives: tuple[Representative, ...] = ()
    recorded_at: dt.datetime | None = field(default=None, compare=False)

    @property
    def known_as(self) -> str:
        """The name a coordinator looks for."""
        return self.professional_name or self.legal_name

    def representative(self, representative_id: str | None) -> Representative | None:
        return next((r for r in self.representatives if r.id == representative_id), None)
