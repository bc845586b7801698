"""A clearance as people read it: rows by day, crowds folded, sentences. Paper, page and workbook print the same one.

Everything here is plain words and dates, worked out once (registry/services/reports/view.py); whoever prints it looks
nothing up.
"""

from __future__ import annotations

import datetime as dt

from registry.domain.clearance import Light
from registry.domain.values import dataclass

UNMATCHED = "UNMATCHED"


@dataclass(frozen=True, slots=True)
class Label:
    """A label and what stands beside it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One planned use of one person, or of a crowd that has the same answer for the same reason.

    `word` is the verdict in capitals. `at` is on the wall of the place of work, `zone` its short name there; `judged`
    says how that moment was found, where the use says none. `people` are the names of a crowd, in the order of the
    clearance; of one person it is empty. `rules` are those that decide the verdict. `called` is None where no sheet
    speaks of the day.
    """

    on: dt.date | None
    scenes: str
    number: str
    who: str
    performer: str | None
    character: str
    act: str
    use: str
    description: str
    at: dt.datetime | None
    zone: str
    called: bool | None
    word: str
    light: Light
    why: str
    judged: str = ""
    rules: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many planned uses the row stands for."""
        return len(self.people) or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Rows that are not printed one by one: how many, with which answer, and the uses they are about."""

    word: str
    light: Light
    count: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of work, or, with `on` None, what has no day. `heading` is the day in words, with its number."""

    on: dt.date | None
    heading: str
    place: str
    tally: str
    rows: tuple[Row, ...]
    folds: tuple[Fold, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """Something to do, or that follows. `when` says the deadline in words, with the zone; `moment` and `on` carry it as
    a value, the moment on the wall of the place of work. `zone` is its short name there (PST). `people` are whom it is
    about; `performer` is the id, where it is one."""

    kind: str
    text: str
    when: str
    moment: dt.datetime | None
    on: dt.date | None
    zone: str
    to: str
    people: tuple[str, ...]
    performer: str | None
    amount: str
    uses: tuple[str, ...]
    rules: tuple[str, ...]
    late: bool
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A concern: what the sheets, the uses and the consents show beside verdicts."""

    kind: str
    text: str
    on: dt.date | None
    who: str
    uses: tuple[str, ...]
    scenes: str
    candidates: tuple[str, ...]
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person of the plan: on which days, in how many uses, and the worst answer among them."""

    who: str
    performer: str | None
    numbers: str
    characters: str
    first: dt.date | None
    last: dt.date | None
    days: int
    uses: int
    ahead: int
    stopped: int
    word: str
    light: Light


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What is different from an earlier run."""

    use: str
    who: str
    before: str
    after: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceReport:
    """The whole answer for a production and a span of days, ready to be printed.

    `headline` is the worst answer in capitals; `answer` are the sentences that say what it means, the first of which
    can stand alone. `before` has to happen before the work, earliest deadline first; `after` follows it. `folded` says
    what is not printed one by one, and where it stands in full. `digest` is the SHA-256 of the clearance as JSON.
    """

    production: str
    title: str
    company: str | None
    span: str
    zone: str | None
    headline: str
    light: Light
    answer: tuple[str, ...]
    clocks: tuple[Label, ...]
    days: tuple[Day, ...]
    before: tuple[Doing, ...]
    after: tuple[Doing, ...]
    noticed: tuple[Noticed, ...]
    people: tuple[Person, ...]
    since: str | None
    changes: tuple[Changed, ...] | None
    folded: tuple[str, ...]
    digest: str
    made_at: dt.datetime
