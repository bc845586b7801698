"""What is owed: something that has to be done after a use, or for keeping a replica, open until a record closes it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from registry.domain.finding import Grade
from registry.domain.money import Money
from registry.domain.values import dataclass


class OwedKind(StrEnum):
    """What kind of thing is owed. A duty is told from another by the words of its rule; `duty` is the rest."""

    PAYMENT = "payment"
    LABEL = "label"
    REPORT = "report"
    SECURITY = "security"
    DESTRUCTION = "destruction"
    DUTY = "duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why a replica has to be destroyed: the clause, or the consent's own term, and its last day (None: no day). `sure`
    is no where it turns on something that is not on file: the kind of data, or where it was captured."""

    rule: str
    cite: str
    on: dt.date | None
    why: str
    grade: Grade | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing that is owed, and not done as far as the file tells.

    `on` is its last day where the work is done (None: no day is set); `overdue` says that it has passed. `since` is the
    day of the earliest use it follows. `amount`, `paid` and `left` are of one currency, and None where nobody knows the
    amount: `unknown` names the facts it turns on. `perhaps`: it hangs on a condition that is still open. `late`: it had
    to be done before the use. `elsewhere` is what was paid in another currency, which counts for nothing. `closes_for`
    is for how many people of its use one record closes it: a record of a duty names none, and speaks for them all.
    """

    kind: OwedKind
    text: str
    rule: str
    cite: str
    grade: Grade
    production: str | None
    performers: tuple[str, ...]
    uses: tuple[str, ...] = ()
    replica: str | None = None
    holders: tuple[str, ...] = ()
    progress: str | None = None
    since: dt.date | None = None
    on: dt.date | None = None
    overdue: bool = False
    late: bool = False
    perhaps: bool = False
    amount: Money | None = None
    paid: Money | None = None
    left: Money | None = None
    elsewhere: tuple[Money, ...] = ()
    unknown: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()
    closes_for: int = 1
    command: str

    @property
    def order(self) -> tuple[object, ...]:
        """Overdue first, then by day; what has no day last; then by rule and what it is about."""
        return (not self.overdue, self.on or dt.date.max, self.rule, self.uses, self.replica or "", self.performers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All that is owed by the last day asked for, in order. `later` counts what is owed after it; `waiting` names the
    planned uses that are not cleared, for which nothing is owed unless they are made; `unjudged` those that could not
    be checked."""

    first: dt.date
    last: dt.date
    known_at: dt.datetime
    items: tuple[Owed, ...]
    later: int
    waiting: tuple[str, ...]
    unjudged: tuple[str, ...]

    @property
    def overdue(self) -> tuple[Owed, ...]:
        return tuple(item for item in self.items if item.overdue)
