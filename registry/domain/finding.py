"""Findings, gates and verdicts: what a check answers (DOMAIN.md §5)."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum, StrEnum

from registry.domain.facts import Fact
from registry.domain.money import Money
from registry.domain.values import dataclass


class State(StrEnum):
    """The state of a finding, worst first."""

    BARRED = "barred"
    UNMET = "unmet"
    REFER = "refer"
    UNKNOWN = "unknown"
    DUE = "due"
    MET = "met"
    EXEMPT = "exempt"
    NONE = "none"

    @property
    def severity(self) -> int:
        """0 is the worst."""
        return _ORDER[self]

    @staticmethod
    def worst(states: list[State]) -> State:
        return min(states, key=_ORDER.__getitem__, default=State.NONE)


_ORDER = {state: n for n, state in enumerate(State)}


class VerdictWord(StrEnum):
    """The headline, worst first."""

    PROHIBITED = "prohibited"
    NOT_CLEARED = "not_cleared"
    REFER = "refer"
    INCOMPLETE = "incomplete"
    CONDITIONAL = "conditional"
    CLEARED = "cleared"


class Status(IntEnum):
    """Exit statuses (DOMAIN.md §5)."""

    CLEARED = 0
    REFUSED = 1
    USAGE = 2
    OPEN = 3
    INTEGRITY = 4
    CRASH = 70
    INTERRUPT = 130


class Gate(StrEnum):
    CONSENT = "consent"
    AGREEMENT = "agreement"
    LAW = "law"
    PLATFORM = "platform"


class Grade(StrEnum):
    """How well the text of a rule is known. H is ours."""

    A = "A"
    B = "B"
    C = "C"
    K = "K"
    H = "H"


class RequirementKind(StrEnum):
    CONSENT = "consent"
    NOTICE = "notice"
    APPROVAL = "approval"
    REASON = "reason"
    BARGAINING = "bargaining"
    PAYMENT = "payment"
    DUTY = "duty"
    RULING = "ruling"
    FACT = "fact"
    FORM = "form"
    PROHIBITED = "prohibited"
    PACK = "pack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What is demanded, resolved for one use: to or from whom, by when, how much."""

    kind: RequirementKind
    to: str | None = None
    sender: str | None = None
    deadline: dt.datetime | None = None
    due_on: dt.date | None = None
    amount: Money | None = None
    label: str | None = None
    question: str | None = None
    who: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One requirement of a rule with its own state, and the record that meets it."""

    requirement: Requirement
    state: State
    gate: Gate
    met_by: tuple[str, ...] = ()
    why: str | None = None

    def come_to(self, state: State) -> Part:
        """The same part in another state."""
        return Part(requirement=self.requirement, state=state, gate=self.gate, met_by=self.met_by, why=self.why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """The smallest thing that would turn a finding. `kind` is rider, notice, approval_request, reason, bargaining,
    payment, duty, ruling, fact or none; `command` can be typed."""

    kind: str
    text: str
    deadline: dt.datetime | None = None
    can_still_be_met: bool | None = None
    question: str | None = None
    who: str | None = None
    to: str | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule applied to a use: requirement + state + the facts it rested on + record or cure.

    `parts` are the rule's requirements, each with its own state; `state` is the worst of them. `turned_on` names the
    sub-clauses (limbs of an exception) it turned on. `conditional_on` is set where a `due` hangs on an open condition;
    `may_become` is the worst an open finding can come to; `demands` says whether the rule asks at all, whatever meets
    it (None: open).
    """

    rule: str
    pack: str
    gate: Gate
    state: State
    title: str
    says: str
    cite: str
    grade: Grade
    parts: tuple[Part, ...] = ()
    facts: tuple[Fact, ...] = ()
    questions: tuple[str, ...] = ()
    rulings: tuple[str, ...] = ()
    turned_on: tuple[str, ...] = ()
    conditional_on: str | None = None
    notes: tuple[str, ...] = ()
    may_become: State = State.UNMET
    demands: bool | None = True
    cure: Cure | None = None

    @property
    def requirement(self) -> Requirement | None:
        """The requirement that decides the state."""
        worst = min(self.parts, key=lambda p: p.state.severity, default=None)
        return worst.requirement if worst else None

    @property
    def met_by(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r for part in self.parts for r in part.met_by))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A missing fact that can still change a finding; `can_change` is the worst verdict an answer could bring."""

    fact: str
    ask: str
    type: str
    values: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    can_change: VerdictWord = VerdictWord.INCOMPLETE


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredBy:
    """A clause that a use rests on."""

    consent: str
    clause: str


@dataclass(frozen=True, slots=True)
class ScopePiece:
    """A box of scope in words: axis → the values named. Axes not named are whole."""

    axes: tuple[tuple[str, tuple[str, ...]], ...]

    def axis(self, name: str) -> tuple[str, ...] | None:
        return dict(self.axes).get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What covers a use, and what no grant covers. `edges` says, clause by clause, where each candidate stops."""

    consents: tuple[CoveredBy, ...] = ()
    residual: tuple[ScopePiece, ...] = ()
    edges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The fold of all findings on one use of one performer, and everything it rests on."""

    use: str
    performer: str | None
    production: str
    as_of: str | None
    known_at: dt.datetime
    verdict: VerdictWord
    gates: tuple[tuple[Gate, State], ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    questions: tuple[Question, ...]
    packs: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        match self.verdict:
            case VerdictWord.CLEARED | VerdictWord.CONDITIONAL:
                return Status.CLEARED
            case VerdictWord.PROHIBITED | VerdictWord.NOT_CLEARED:
                return Status.REFUSED
            case _:
                return Status.OPEN

    def finding(self, rule: str) -> Finding | None:
        return next((f for f in self.findings if f.rule == rule), None)
