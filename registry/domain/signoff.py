"""A sign-off: a person has checked one rule against its instrument (`rules verify ID --by …`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import field

from registry.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Who checked which rule, and when. `digest` is of the rule as it then read: a rule that reads otherwise now has
    not been checked. Signing a rule off again is a further version; each holds for the words it was given for."""

    rule: str
    digest: str
    by: str
    on: dt.date
    note: str | None = None
    recorded_at: dt.datetime | None = field(default=None, compare=False)

    @property
    def id(self) -> str:
        """What is signed off is the rule: it has no other name."""
        return self.rule
