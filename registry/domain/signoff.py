"""A sign-off: a person has checked one rule against its instrument (`rules verify ID --by …`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Who checked which rule, and when. `digest` is of the rule as it then read: a rule that reads otherwise now has
    not been checked."""

    rule: str
    digest: str
    by: str
    on: dt.date
    note: str | None = None
