"""What a pack is: one instrument as frozen values, its conditions compiled (FORMATS.md §3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from enum import StrEnum
from typing import Any

from registry.domain.facts import FactValue
from registry.domain.finding import Gate, Grade
from registry.domain.values import dataclass
from registry.domain.words import GrantorCapacity


class PackGate(StrEnum):
    """The gate a pack's findings count in; `house` findings count in the consent gate."""

    AGREEMENT = "agreement"
    LAW = "law"
    PLATFORM = "platform"
    HOUSE = "house"

    @property
    def gate(self) -> Gate:
        return _GATES[self]


_GATES = {gate: Gate.CONSENT if gate is PackGate.HOUSE else Gate(gate.value) for gate in PackGate}


@dataclass(frozen=True, slots=True)
class Expression:
    """A type-checked CEL condition. `facts` are the fact names it reads (those inside `unsure(…)` too), sorted;
    `unsure` are those it tests with `unsure("…")`; `type` is the fact type it yields."""

    source: str
    type: str
    facts: tuple[str, ...]
    unsure: tuple[str, ...] = ()
    program: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days in force, both ends included; an open end is None."""

    from_: dt.date | None = None
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRequired:
    """A live, valid consent (by `from_`, meeting `where`) that covers the use."""

    where: Expression | None = None
    from_: tuple[GrantorCapacity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRequired:
    """Notice to performer, union or platform, by the later of `by` and `or_by` (left out: by the use)."""

    to: str
    by: Expression | None = None
    or_by: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRequired:
    """Written approval before the use; `from_` is `platform` (the production's), `union`, or a name."""

    from_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRequired:
    """A recorded reason, before `before` (left out: before the use)."""

    before: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BargainingRequired:
    with_: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRequired:
    """Pay that follows (or comes first: `due` a date or moment not after the use)."""

    amount: Expression | None = None
    label: str = ""
    due: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRequired:
    """Something to do, closed by a `done` record. `due` left out: after the use."""

    label: str
    due: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingRequired:
    """A named person's judgement. `question` is a judgement fact, or None for a ruling on the rule itself."""

    question: str | None = None
    who: str = "counsel"
    wants: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRequired:
    """A condition that has to hold; `cure` says in a sentence how it can be made to."""

    holds: Expression
    cure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prohibited:
    """Nothing can cure it."""


Required = (
    ConsentRequired
    | NoticeRequired
    | ApprovalRequired
    | ReasonRequired
    | BargainingRequired
    | PaymentRequired
    | DutyRequired
    | RulingRequired
    | FactRequired
    | Prohibited
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limb:
    """One limb of an exception; any limb exempts, with its own grade."""

    id: str
    condition: Expression
    grade: Grade
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A person has checked the rule against the instrument."""

    by: str
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One clause that can have a finding. `require` is empty only for a documented gap without a `when`.

    `judged_on` is a date fact (`use.on` for the day of use) that must lie in `in_force` for the rule to speak.
    `gap` says why a clause is not encoded; a gap with a `when` refers where it could matter.
    """

    id: str
    title: str
    cite: str
    grade: Grade
    says: str
    judged_on: str
    in_force: Span
    when: Expression | None = None
    unless: tuple[Limb, ...] = ()
    require: tuple[Required, ...] = ()
    presume: tuple[tuple[str, FactValue], ...] = ()
    follows: str | None = None
    replaces: str | None = None
    gap: str | None = None
    verified: Verified | None = None
    carried_from: str | None = None

    @property
    def deciding(self) -> tuple[Expression, ...]:
        """The conditions that decide what comes of the rule once its requirements are weighed."""
        return (*([self.when] if self.when else []), *[limb.condition for limb in self.unless])

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every condition of the rule, in reading order."""
        found = [*self.deciding]
        for required in self.require:
            for name in ("where", "by", "or_by", "before", "amount", "due", "holds"):
                expression = getattr(required, name, None)
                if isinstance(expression, Expression):
                    found.append(expression)
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRule:
    """A form a consent must have, judged for each use and each clause. `sustains` marks a clause that keeps a
    consent alive (after death, say): on weak evidence even its passing only refers."""

    id: str
    title: str
    cite: str
    grade: Grade
    says: str
    judged_on: str
    in_force: Span
    void_if: Expression
    when: Expression | None = None
    presume: tuple[tuple[str, FactValue], ...] = ()
    replaces: str | None = None
    sustains: bool = False
    verified: Verified | None = None
    carried_from: str | None = None

    @property
    def reads(self) -> tuple[str, ...]:
        """The facts of its conditions, sorted."""
        return tuple(sorted({*self.void_if.facts, *(self.when.facts if self.when else ())}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One entry of a dated table."""

    from_: dt.date
    value: FactValue | None
    grade: Grade
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A dated table of one figure; `name` is a fact (`rate.day_performer_minimum`). Oldest entry first."""

    name: str
    rates: tuple[Rate, ...]

    def on(self, day: dt.date) -> Rate | None:
        return next((r for r in reversed(self.rates) if r.from_ <= day), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    on: dt.date
    expires: dt.date

    def note(self, today: dt.date) -> str | None:
        """What there is to say of a review that ends within sixty days, or has ended."""
        left = (self.expires - today).days
        if left < 0:
            return f"review ended on {self.expires}: what it would exempt or clear now refers"
        if left <= REVIEW_NEAR:
            return f"review ends on {self.expires}, {_in_days(left)}"
        return None


REVIEW_NEAR = 60  # days


def _in_days(left: int) -> str:
    return "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One instrument. `rules` and `validity` hold the carried ones too. `then` says what to tell people on days
    after `in_force` ends when no other pack carries this one: the pack then refers."""

    id: str
    title: str
    gate: PackGate
    in_force: Span
    judged_on: str
    applies: Expression | None
    source: str
    reviewed: Reviewed
    rules: tuple[Rule, ...]
    validity: tuple[FormRule, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    carries: str | None = None
    then: str | None = None
    currency: str = "USD"
    private: bool = False
    digest: str = ""
    file: str = ""
