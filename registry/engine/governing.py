"""Which rules govern a use: the packs that apply, in the edition of the day each rule is judged by (DOMAIN.md §8)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import field

from registry.domain.facts import Fact, Origin
from registry.domain.finding import Finding, Gate, Grade, Part, Requirement, RequirementKind, State
from registry.domain.values import dataclass
from registry.domain.words import Act
from registry.engine.docket import Docket, FormItem, Item, Listed, is_of_clause
from registry.engine.memory import Memory, Seen
from registry.engine.reading import FactBase, Reading
from registry.rules.cel import Failure
from registry.rules.pack import FormRule, Pack, PackGate, Rule, Span


@dataclass(frozen=True, slots=True)
class Speaking:
    """Some form rules of those that govern; `reads` are all facts that they read, `of_clause` those of them that a
    clause may answer, and `key` tells the rules from others."""

    forms: tuple[FormItem, ...]
    reads: tuple[str, ...]
    of_clause: tuple[str, ...]
    key: Seen

    @staticmethod
    def of(forms: Sequence[FormItem]) -> Speaking:
        reads = sorted({name for form in forms for name in form.reads})
        of_clause = tuple([name for name in reads if is_of_clause(name)])
        return Speaking(tuple(forms), tuple(reads), of_clause, tuple([id(form) for form in forms]))


@dataclass(slots=True)
class Governing:
    """The rules and form rules that may speak, and findings about packs whose application is itself open. The same for
    all uses that packs and editions cannot tell apart. `rules` come before `on_consent`, which turn on whether one is
    needed, and those before the `house`; of each, a rule comes after the one it follows. `form_key` tells
    the form rules from others, and `form_conditions` are the facts that decide which of them a use silences."""

    rules: list[Item] = field(default_factory=list)
    on_consent: list[Item] = field(default_factory=list)
    house: list[Item] = field(default_factory=list)
    forms: list[FormItem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    gates: dict[str, PackGate] = field(default_factory=dict)
    digests: tuple[tuple[str, str], ...] = ()
    form_conditions: tuple[str, ...] = ()
    form_key: Seen = ()
    _places: dict[str, int] = field(default_factory=dict)

    def place(self, rule: str) -> int:
        """Where a rule stands in the order of packs and clauses; findings about packs come first."""
        return self._places.get(rule, -1)

    def place_clause(self, rule: str) -> None:
        """Give a rule or a form rule its place in the order."""
        self._places.setdefault(rule, len(self._places))

    def admit(self, item: Item) -> None:
        """Let a rule speak."""
        self.place_clause(item.rule.id)
        house = item.pack.gate is PackGate.HOUSE
        (self.house if house else self.on_consent if item.on_consent else self.rules).append(item)

    def close(self) -> None:
        """All rules are admitted: put each after the one it follows; say what decides which form rules speak."""
        for items in (self.rules, self.on_consent, self.house):
            items.sort(key=lambda item: item.depth)
        deciding = {name for form in self.forms if form.of_use and form.rule.when for name in form.rule.when.facts}
        self.form_conditions = tuple(sorted(deciding))
        self.form_key = tuple([id(form) for form in self.forms])


def governing(act: Act, base: FactBase) -> Governing:
    """The packs and rules that govern a use."""
    listed = base.memory.docket(act)
    key = _told_apart(listed, base)
    if key is None:
        return _governing(listed, base)
    kept, key = base.memory.governing, (act, key)
    if key not in kept:
        kept[key] = _governing(listed, base)
    found: Governing = kept[key]
    return found


def _told_apart(listed: Docket, base: FactBase) -> Seen | None:
    """All that decides which rules govern; None while a day is not known that has a part in it."""
    days = [(_day(name, base.facts), turns) for name, turns in listed.turns]
    stretches = [bisect_right(turns, day) for day, turns in days if day is not None]
    return (*stretches, Reading(base).seen(listed.reads)) if len(stretches) == len(days) else None


def _governing(listed: Docket, base: FactBase) -> Governing:
    found = Governing()
    digests: list[tuple[str, str]] = []
    for each in listed.packs:
        pack = each.pack
        reading = Reading(base, pack.currency)
        applies = reading.truth(pack.applies)
        if applies is False:
            continue
        found.gates[pack.id] = pack.gate
        digests.append((pack.id, pack.digest))
        if applies is True:
            _admit(found, each, reading)
        elif _may_be_in_force(each, base.facts):
            found.findings.append(_open_pack(pack, reading, applies))
    found.digests = tuple(digests)
    found.close()
    return found


def rates(pack: Pack, day: dt.date | None, memory: Memory) -> Mapping[str, Fact]:
    """The figures of the pack's dated tables on a day, as facts with the grade of their source."""
    found: dict[str, Fact] = {}
    for parameter in pack.parameters:
        rate = parameter.on(day) if day else None
        if rate is not None and rate.value is not None:
            source = (Origin.PARAMETER, rate.source)
            found[parameter.name] = memory.fact(parameter.name, rate.value, *source, grade=rate.grade.value)
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
            found.admit(item)
    for formal in listed.forms:
        form = formal.rule
        holds = _in_force(form.in_force, form.judged_on, facts)
        if holds is None and form.judged_on != pack.judged_on and reading.truth(form.when) is not False:
            found.findings.append(_undated_rule(pack, form))
        elif holds:
            found.place_clause(form.id)
            found.forms.append(formal)
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
    spans += [(f.rule.in_force, f.rule.judged_on) for f in listed.forms]
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
    decides = (pack.applies,)
    asks = reading.mattering(reading.open(decides), decides, lambda assumed: assumed.truth(pack.applies))
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
