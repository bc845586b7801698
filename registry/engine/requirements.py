"""Requirements: what a rule demands of a use, and whether a record meets it in time (DOMAIN.md §5, FORMATS.md §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import field
from zoneinfo import ZoneInfo

from registry.domain.dates import civil_date
from registry.domain.finding import Gate, Grade, Part, Requirement, RequirementKind, State
from registry.domain.money import Money
from registry.domain.values import dataclass
from registry.engine import evidence
from registry.engine.binding import changed_since
from registry.engine.coverage import Covered
from registry.engine.matter import Matter
from registry.engine.memory import Memory
from registry.engine.reading import Reading
from registry.engine.rulings import Rulings
from registry.rules.cel import Failure
from registry.rules.pack import (
    ApprovalRequired,
    BargainingRequired,
    ConsentRequired,
    DutyRequired,
    Expression,
    FactRequired,
    NoticeRequired,
    PaymentRequired,
    Prohibited,
    ReasonRequired,
    Required,
    Rule,
    RulingRequired,
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A requirement weighed: the part of the finding, and what could still change it. `grade` is that of a figure it
    turned on, where one did."""

    part: Part
    asks: tuple[str, ...] = ()
    rulings: tuple[str, ...] = ()
    grade: Grade | None = None

    @property
    def weight(self) -> Hashable:
        """All of it that what comes of the rule can turn on; days, amounts and names are for the reader."""
        return (self.part.state, self.asks, self.rulings, self.grade)


@dataclass(frozen=True, slots=True)
class Scales:
    """What a requirement is weighed against: one matter, its rulings and how consents cover it. `asked` are approvals
    that were looked up before."""

    matter: Matter
    rulings: Rulings
    consent: Callable[[ConsentRequired], Weighed]
    asked: dict[str, Weighed] = field(default_factory=dict)

    def weigh(self, required: Required, rule: Rule, reading: Reading, gate: Gate) -> Weighed:
        """The state of one requirement of `rule`, its condition being true and no exception applying."""
        return same(self._weighed(required, rule, reading, gate), required, reading.base.memory)

    def _weighed(self, required: Required, rule: Rule, reading: Reading, gate: Gate) -> Weighed:
        match required:
            case ConsentRequired():
                return self.consent(required)
            case NoticeRequired():
                return self._notice(required, reading, gate)
            case ApprovalRequired():
                if required.from_ not in self.asked:
                    self.asked[required.from_] = self._approval(required, gate)
                return self.asked[required.from_]
            case ReasonRequired():
                return self._reason(required, reading, gate)
            case BargainingRequired():
                found = evidence.bargainings(self.matter, required.with_)
                requirement = Requirement(kind=RequirementKind.BARGAINING, to=required.with_)
                return _weighed(requirement, bool(found), gate, tuple(r.id for r in found))
            case PaymentRequired():
                return self._payment(required, rule, reading, gate)
            case DutyRequired():
                return self._duty(required, rule, reading, gate)
            case RulingRequired():
                return self._ruling(required, rule, reading, gate)
            case FactRequired():
                return _fact(required, reading, gate)
            case Prohibited():
                return Weighed(
                    Part(requirement=Requirement(kind=RequirementKind.PROHIBITED), state=State.BARRED, gate=gate)
                )

    def on_file(self, required: Required, rule: Rule) -> Hashable:
        """All on file that a requirement is held against while answers are tried: with the weight it has now, what it
        would weigh on other answers. None where it weighs the same whatever is answered, or only answers count."""
        zone, day = self.matter.production.timezone, self.matter.day
        match required:
            case NoticeRequired() if required.by or required.or_by:
                given = evidence.notices(self.matter, required.to)
                return (zone, self.matter.use.at, given[0].given_at if given else None)
            case ReasonRequired() if required.before:
                return (zone, tuple(r.given_at for r in evidence.reasons(self.matter)))
            case PaymentRequired() if required.amount or required.due:
                return (zone, day, tuple(r.amount for r in evidence.payments(self.matter, rule.id)))
            case DutyRequired() if required.due:
                return (zone, day, tuple(r.on for r in evidence.done(self.matter, rule.id)))
        return None

    def _notice(self, required: NoticeRequired, reading: Reading, gate: Gate) -> Weighed:
        """Met by a notice not later than `by`, or than `or_by` where that is later."""
        given = evidence.notices(self.matter, required.to)
        by = self._moment(required.by, reading) if required.by else self.matter.use.at
        or_by = self._moment(required.or_by, reading) if required.or_by else None
        deadline = max((m for m in (by, or_by) if m is not None), default=None)
        requirement = Requirement(kind=RequirementKind.NOTICE, to=required.to, deadline=self._local(deadline))
        first = given[0] if given else None
        in_time = (
            first is not None and first.given_at is not None and deadline is not None and first.given_at <= deadline
        )
        expressions = [e for e in (required.by, required.or_by) if e is not None]
        asks = reading.open(expressions)
        if first is not None and not in_time and asks:
            return Weighed(Part(requirement=requirement, state=State.UNKNOWN, gate=gate), asks)
        return _weighed(requirement, in_time, gate, (first.id,) if first else ())

    def _approval(self, required: ApprovalRequired, gate: Gate) -> Weighed:
        given = evidence.approval(self.matter, required.from_)
        platform = self.matter.production.platform
        sender = platform if required.from_ == "platform" and platform else required.from_
        requirement = Requirement(
            kind=RequirementKind.APPROVAL, sender=sender, deadline=self._local(self.matter.use.at)
        )
        changed = changed_since(given, self.matter) if given else ()
        if given and changed:
            why = f"approval {given.id} was for another version of the use ({'; '.join(changed)})"
            return Weighed(Part(requirement=requirement, state=State.REFER, gate=gate, why=why), rulings=("rule",))
        return _weighed(requirement, given is not None, gate, (given.id,) if given else ())

    def _reason(self, required: ReasonRequired, reading: Reading, gate: Gate) -> Weighed:
        before = self._moment(required.before, reading) if required.before else self.matter.use.at
        found = [r for r in evidence.reasons(self.matter) if before is None or (r.given_at and r.given_at <= before)]
        requirement = Requirement(kind=RequirementKind.REASON, deadline=self._local(before))
        return _weighed(requirement, bool(found), gate, tuple(r.id for r in found[:1]))

    def _payment(self, required: PaymentRequired, rule: Rule, reading: Reading, gate: Gate) -> Weighed:
        """Due until what is owed has been paid. An amount that cannot be computed is due all the same."""
        value = reading.value(required.amount) if required.amount else None
        amount = value if isinstance(value, Money) else None
        payments = evidence.payments(self.matter, rule.id)
        settled = bool(payments)
        why = None
        if amount is not None and payments:
            paid = evidence.paid(payments, amount.currency)
            settled = paid >= amount.minor
            why = None if settled else f"{Money(paid, amount.currency).spoken()} of it is paid"
        due = self._day(required.due, reading)
        requirement = Requirement(kind=RequirementKind.PAYMENT, amount=amount, label=required.label or None, due_on=due)
        state = State.MET if settled else self._owed(due)
        met_by = tuple(r.id for r in payments) if settled else ()
        grade = _figure_grade(reading, required.amount)
        return Weighed(Part(requirement=requirement, state=state, gate=gate, met_by=met_by, why=why), grade=grade)

    def _duty(self, required: DutyRequired, rule: Rule, reading: Reading, gate: Gate) -> Weighed:
        due = self._day(required.due, reading)
        found = evidence.done(self.matter, rule.id)
        if due is not None and self.matter.day is not None:
            # Done late is done: it no longer stands in the way of a use that comes after it.
            found = tuple(r for r in found if r.on is None or r.on <= max(due, self.matter.day))
        requirement = Requirement(kind=RequirementKind.DUTY, label=required.label, due_on=due)
        state = State.MET if found else self._owed(due)
        return Weighed(Part(requirement=requirement, state=state, gate=gate, met_by=tuple(r.id for r in found)))

    def _owed(self, due: dt.date | None) -> State:
        """DUE where it may be met after the use; UNMET where it had to be met before."""
        after = due is None or self.matter.day is None or due > self.matter.day
        return State.DUE if after else State.UNMET

    def _ruling(self, required: RulingRequired, rule: Rule, reading: Reading, gate: Gate) -> Weighed:
        question = required.question or "rule"
        requirement = Requirement(kind=RequirementKind.RULING, question=question, who=required.who)
        record = self.rulings.settling(question, rule=rule.id)
        if required.question is None or record is None:
            return self._unruled(required, reading, requirement, gate)
        good = (record.answer in ("yes", "true")) is required.wants
        return _weighed(requirement, good, gate, (record.id,))

    def _unruled(self, required: RulingRequired, reading: Reading, requirement: Requirement, gate: Gate) -> Weighed:
        fact = reading.fact(required.question or "")
        if fact is not None and fact.known and fact.value is not required.wants:
            return _weighed(requirement, False, gate, ())
        rulings = (required.question or "rule",)
        return Weighed(Part(requirement=requirement, state=State.REFER, gate=gate), rulings=rulings)

    def _moment(self, expression: Expression | None, reading: Reading) -> dt.datetime | None:
        value = reading.value(expression) if expression else None
        if isinstance(value, dt.datetime):
            return value
        return dt.datetime.combine(value, dt.time(), self._zone()) if isinstance(value, dt.date) else None

    def _day(self, expression: Expression | None, reading: Reading) -> dt.date | None:
        value = reading.value(expression) if expression else None
        if isinstance(value, dt.datetime):
            return civil_date(value, self.matter.production.timezone)
        return value if isinstance(value, dt.date) else None

    def _zone(self) -> dt.tzinfo:
        zone = self.matter.production.timezone
        return ZoneInfo(zone) if zone else dt.UTC

    def _local(self, moment: dt.datetime | None) -> dt.datetime | None:
        """The moment in the zone of the place of work, at whose clock the deadline is read."""
        if moment is None or self.matter.production.timezone is None:
            return moment
        return moment.astimezone(self._zone())


def same(weighed: Weighed, required: Required, memory: Memory) -> Weighed:
    """Of all that say of `required` what `weighed` says the first, so that they are told apart by identity."""
    part = weighed.part
    asked = part.requirement
    moment = asked.deadline.tzinfo if asked.deadline else None
    key = (
        *(id(required), part.state, part.gate, part.met_by, part.why, weighed.asks, weighed.rulings, weighed.grade),
        *(asked.deadline, moment, asked.due_on, asked.amount, asked.sender),
    )
    found: Weighed = memory.weighed.setdefault(key, weighed)
    return found


def rested(covered: Covered) -> Weighed:
    """A consent that is required, weighed by how the use is covered."""
    met_by = tuple(dict.fromkeys(c.consent.id for c in covered.by)) if covered.state is State.MET else ()
    why = "; ".join(dict.fromkeys(c.life.why for c in covered.by if c.life.why)) or None
    requirement = Requirement(kind=RequirementKind.CONSENT)
    part = Part(requirement=requirement, state=covered.state, gate=Gate.CONSENT, met_by=met_by, why=why)
    return Weighed(part, covered.asks, covered.rulings)


def _weighed(requirement: Requirement, met: bool, gate: Gate, records: tuple[str, ...]) -> Weighed:
    state = State.MET if met else State.UNMET
    return Weighed(Part(requirement=requirement, state=state, gate=gate, met_by=records if met else ()))


def _fact(required: FactRequired, reading: Reading, gate: Gate) -> Weighed:
    """A condition that has to hold. Open: asked where an answer could decide it, else for the person who may rule."""
    requirement = Requirement(kind=RequirementKind.FACT, label=required.cure)
    holds = reading.truth(required.holds)
    grade = _figure_grade(reading, required.holds)
    if isinstance(holds, bool):
        return Weighed(_weighed(requirement, holds, gate, ()).part, grade=grade)
    asks = () if isinstance(holds, Failure) else reading.open((required.holds,))
    rulings = reading.unruled((required.holds,))
    state = State.UNKNOWN if asks else State.REFER
    why = holds.message if isinstance(holds, Failure) else None
    return Weighed(Part(requirement=requirement, state=state, gate=gate, why=why), asks, rulings, grade)


def _figure_grade(reading: Reading, expression: Expression | None) -> Grade | None:
    """The weakest grade of the figures from dated tables that an expression reads."""
    names = expression.facts if expression else ()
    grades = [fact.grade for n in names if (fact := reading.fact(n)) is not None and fact.grade]
    return Grade(max(grades)) if grades else None
