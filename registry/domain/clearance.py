"""A clearance: the answer for a whole schedule. "Is tomorrow clean?", with what must happen by when."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from registry.domain.finding import State, Status, Verdict, VerdictWord
from registry.domain.money import Money
from registry.domain.schedule import ShootDay
from registry.domain.use import Use
from registry.domain.values import dataclass


class Light(StrEnum):
    """Red, amber or green, always beside the verdict's own word."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One planned use of one person, joined with the schedule.

    `use` is the use as it was judged: one that says no moment but scenes has that of the schedule. A scene shot on
    several days makes a row for each. `on` is the civil day of the work in the production's zone (None: the use says
    none, and no scheduled scene does). `who` is the name to show (the alias the sheets use, where they use one);
    `number` the cast number on that day. `called` says whether the sheets call the person that day (None: no sheet
    speaks of that day). `verdict` is None where the person is not in the registry, or may be one of several: such a
    use is never clear.
    """

    use: Use
    performer: str | None
    who: str
    number: str | None
    character: str | None
    on: dt.date | None
    called: bool | None
    verdict: Verdict | None
    why: str  # one line: what stands in the way, or what follows
    scheduled: bool = False  # the day comes from the schedule: a push moves it
    judged: str = (
        ""  # how the moment was found where the use says none: "at the crew call", "from the start of the day"
    )
    candidates: tuple[str, ...] = ()  # the ids of whom may be meant, where `performer` is None

    @property
    def light(self) -> Light:
        if self.verdict is None:
            return Light.RED
        match self.verdict.status:
            case Status.CLEARED:
                return Light.GREEN
            case Status.REFUSED:
                return Light.RED
            case _:
                return Light.AMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Somebody a sheet calls on a day, or whose number stands in a scene of that day. `performer` is None for somebody
    who is not on file or may be one of several; `scenes` are those of the day that need them, `uses` their planned uses
    that day."""

    on: dt.date
    number: str | None
    who: str
    performer: str | None
    character: str | None = None
    code: str | None = None
    called_at: dt.datetime | None = None
    released_at: dt.datetime | None = None
    scenes: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


class ToDoKind(StrEnum):
    """What has to happen before a use, or follows it."""

    NOTICE = "notice"
    RIDER = "rider"
    APPROVAL = "approval"
    RULING = "ruling"
    QUESTION = "question"
    REASON = "reason"
    BARGAINING = "bargaining"
    PAYMENT = "payment"
    DUTY = "duty"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """One thing to do, for as many uses as it serves.

    `by` is a moment in the zone of the place of work, `on` a day where no moment is set; neither: before the use.
    `late` says that it had to be done before the moment of the clearance. `follows` that it comes after the use and
    keeps nobody from shooting. `command` can be typed.
    """

    kind: ToDoKind
    text: str
    uses: tuple[str, ...]
    performer: str | None = None
    to: str | None = None  # whom a notice or a request goes to: performer, union, platform, a person
    rules: tuple[str, ...] = ()
    by: dt.datetime | None = None
    on: dt.date | None = None
    amount: Money | None = None
    label: str | None = None
    late: bool = False
    follows: bool = False
    state: State = State.UNMET
    command: str | None = None


class ConcernKind(StrEnum):
    """What the join of sheets, uses and consents shows besides verdicts."""

    UNMATCHED = "unmatched"  # on a sheet or a request, and nobody on file
    UNPLANNED = "unplanned"  # called for a scene with a planned use, without one of their own
    NOT_CALLED = "not_called"  # a planned use whose person is not called
    NOT_SCHEDULED = "not_scheduled"  # a planned use whose scene no sheet has on that day, or that has no day
    SIGNED_ON_SET = "signed_on_set"  # a consent signed between the performer's call and wrap
    NO_UNION_CLEARANCE = "no_union_clearance"  # an engagement under an agreement without a clearance
    UNKNOWN_CODE = "unknown_code"  # a day code nobody knows, kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One thing to look at; `candidates` are the ids somebody may be, where that is the question."""

    kind: ConcernKind
    text: str
    on: dt.date | None = None
    who: str | None = None
    performer: str | None = None
    uses: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    command: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different from an earlier run: a planned use that is new, gone, moved, or answered otherwise; other rules
    that stand in its way (`came`, `went`); or a moment that has gone by with nothing done (`gone_by`: the rule, None
    for the work itself)."""

    use: str
    performer: str | None
    before: VerdictWord | None
    after: VerdictWord | None
    text: str
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    gone_by: tuple[tuple[str | None, dt.datetime], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """The answer for a production and a span of days, in a stable order: by day, scene, cast number, use, person."""

    production: str
    title: str
    zone: str | None
    first: dt.date | None  # the span that was asked for; None: open
    last: dt.date | None
    made_at: dt.datetime
    as_of: dt.date | dt.datetime | None
    known_at: dt.datetime
    days: tuple[ShootDay, ...]
    planned: tuple[Planned, ...]
    todos: tuple[ToDo, ...]  # before the use first, earliest deadline first
    concerns: tuple[Concern, ...]
    since: str | None = None  # the run it is compared with, in words
    changes: tuple[Change, ...] | None = None  # None: not compared
    called: tuple[Called, ...] = ()  # everybody the sheets call in the span, by day and cast number

    @property
    def people(self) -> int:
        """How many different people the planned uses concern; a use with nobody in it concerns none."""
        return len({one.performer or one.who for one in self.planned if one.performer or one.verdict is None})

    @property
    def worst(self) -> VerdictWord | None:
        """The worst verdict; None where nothing is planned."""
        order = list(VerdictWord)
        return min((one.verdict.verdict for one in self.planned if one.verdict), key=order.index, default=None)

    @property
    def status(self) -> Status:
        """As for `check`: the worst of all. Somebody who is not in the registry is not cleared, and so refused. Where
        nothing is planned nothing is cleared: that is open."""
        if any(one.light is Light.RED for one in self.planned):
            return Status.REFUSED
        if not self.planned or any(one.light is Light.AMBER for one in self.planned):
            return Status.OPEN
        return Status.CLEARED
