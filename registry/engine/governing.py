"""Which rules govern a use: the packs that apply, in the edition of the day each rule is judged by (DOMAIN.md §8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from registry.domain.facts import Fact, Origin
from registry.domain.finding import Finding, Gate, Grade, Part, Requirement, RequirementKind, State
from registry.domain.values import dataclass
from registry.engine.docket import Item, Listed
from registry.engine.matter import Matter
from registry.engine.reading import FactBase, Reading
from registry.rules.cel import Failure
from registry.rules.pack import FormRule, Pack, PackGate, Rule, Span


@dataclass(slots=True)
class Governing:
    """The rules and form rules that may speak, in the order of their packs and clauses, and findings about packs
    whose application is itself open."""

    matter: Matter
    rules: list[Item] = field(default_factory=list)
    house: list[Item] = field(default_factory=list)
    forms: list[tuple[Pack, FormRule]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    gates: dict[str, PackGate] = field(default_factory=dict)
    digests: tuple[tuple[str, str], ...] = ()
    _places: dict[str, int] = field(default_factory=dict)

    def place(self, rule: str) -> int:
        """Where a rule stands in the order of packs and clauses; findings about packs come first."""
        return self._places.get(rule, -1)

    def admit(self, rule: str) -> None:
        """Give a rule its place in the order."""
        self._places.setdefault(rule, len(self._places))

    def rates(self, pack: Pack) -> Mapping[str, Fact]:
        """The figures of the pack's dated tables on the day of the use, as facts with the grade of their source."""
        day = self.matter.day
        found: dict[str, Fact] = {}
        for parameter in pack.parameters:
            rate = parameter.on(day) if day else None
            if rate is not None and rate.value is not None:
                found[parameter.name] = Fact(
                    parameter.name, rate.value, Origin.PARAMETER, rate.source, grade=rate.grade.value
                )
        return found


def governing(matter: Matter, base: FactBase) -> Governing:
    """The packs and rules that govern the matter."""
    found = Governing(matter)
    digests: list[tuple[str, str]] = []
    for listed in base.memory.docket(matter.use.act):
        pack = listed.pack
        reading = Reading(base, pack.currency)
        applies = reading.truth(pack.applies)
        if applies is False:
            continue
        found.gates[pack.id] = pack.gate
        digests.append((pack.id, pack.digest))
        if applies is True:
            _admit(found, listed, reading)
        elif _may_be_in_force(listed, base.facts):
            found.findings.append(_open_pack(pack, reading, applies))
    found.digests = tuple(digests)
    return found


def _admit(found: Governing, listed: Listed, reading: Reading) -> None:
    pack, facts = listed.pack, reading.base.facts
    undated = False
    for item in listed.rules:
        rule = item.rule
        holds = _in_force(rule.in_force, rule.judged_on, facts)
        if holds is None and rule.judged_on == pack.judged_on:
            undated = True
        elif holds is None:
            if rule.require and reading.truth(rule.when) is not False:
                found.findings.append(_undated_rule(pack, rule))
        elif holds and rule.require:
            found.admit(rule.id)
            (found.house if pack.gate is PackGate.HOUSE else found.rules).append(item)
    for form in listed.forms:
        holds = _in_force(form.in_force, form.judged_on, facts)
        if holds is None and form.judged_on != pack.judged_on and reading.truth(form.when) is not False:
            found.findings.append(_undated_rule(pack, form))
        elif holds:
            found.admit(form.id)
            found.forms.append((pack, form))
    day = _day(pack.judged_on, facts)
    if undated and pack.in_force != Span():
        found.findings.append(_undated_pack(pack))
    if not listed.carried and pack.then and day and pack.in_force.until and day > pack.in_force.until:
        found.findings.append(_ended_pack(pack))


def _day(name: str, facts: Mapping[str, Fact]) -> dt.date | None:
    fact = facts.get(name)
    return fact.value if fact is not None and isinstance(fact.value, dt.date) else None


def _in_force(span: Span, judged_on: str, facts: Mapping[str, Fact]) -> bool | None:
    """Whether the day a rule is judged by lies in its dates; None where that day is not known and would matter."""
    if span.from_ is None and span.until is None:
        return True
    day = _day(judged_on, facts)
    return None if day is None else span.holds(day)


def _may_be_in_force(listed: Listed, facts: Mapping[str, Fact]) -> bool:
    spans: list[tuple[Span, str]] = [(i.rule.in_force, i.rule.judged_on) for i in listed.rules]
    spans += [(f.in_force, f.judged_on) for f in listed.forms]
    return any(_in_force(span, judged_on, facts) is not False for span, judged_on in spans)


def _pack_finding(
    pack: Pack,
    state: State,
    says: str,
    *,
    questions: tuple[str, ...] = (),
    rulings: tuple[str, ...] = (),
    rule: str | None = None,
    cite: str | None = None,
) -> Finding:
    gate = Gate.CONSENT if pack.gate is PackGate.HOUSE else pack.gate.gate
    part = Part(requirement=Requirement(kind=RequirementKind.PACK), state=state, gate=gate)
    return Finding(
        rule=rule or pack.id,
        pack=pack.id,
        gate=gate,
        state=state,
        title=pack.title,
        says=says,
        cite=cite or pack.source,
        grade=Grade.H,
        parts=(part,),
        questions=questions,
        rulings=rulings,
    )


def _open_pack(pack: Pack, reading: Reading, applies: bool | Failure | None) -> Finding:
    """Whether the pack applies at all is open: one finding, and none of its rules speak."""
    assert pack.applies is not None
    asks = () if isinstance(applies, Failure) else reading.open((pack.applies,))
    says = f"Whether {pack.title} applies is not known."
    if asks and reading.outcomes(pack.applies) & {True, False}:
        return _pack_finding(pack, State.UNKNOWN, says, questions=asks)
    return _pack_finding(pack, State.REFER, says, rulings=reading.unruled((pack.applies,)) or ("rule",))


def _undated_pack(pack: Pack) -> Finding:
    says = f"Which edition governs is not known: {pack.judged_on} is not on file."
    return _pack_finding(pack, State.UNKNOWN, says, questions=(pack.judged_on,))


def _undated_rule(pack: Pack, rule: Rule | FormRule) -> Finding:
    says = f"Whether this is in force is not known: {rule.judged_on} is not on file."
    return _pack_finding(pack, State.UNKNOWN, says, questions=(rule.judged_on,), rule=rule.id, cite=rule.cite)


def _ended_pack(pack: Pack) -> Finding:
    return _pack_finding(pack, State.REFER, pack.then or "", rulings=("rule",))
