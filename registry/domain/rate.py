"""One figure of a rate card that a user brought (`rates import`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import field

from registry.domain.finding import Grade
from registry.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRate:
    """A figure, from a day on, as whoever read the card wrote it down: `1246.00 USD`, `25`; None says it is not known.

    `name` is the fact whose value it is. `pack` narrows it to one pack; left out, it counts in all that read it.
    A figure of the same name, day and pack with another value is a further version, known from when it was recorded.
    """

    name: str
    from_: dt.date
    value: str | None = None
    grade: Grade
    source: str
    by: str
    pack: str | None = None
    recorded_at: dt.datetime | None = field(default=None, compare=False)

    @property
    def id(self) -> str:
        """Name, day and pack tell one figure from another."""
        return " ".join(filter(None, (self.name, self.from_.isoformat(), self.pack)))
