"""The check: one use, one world, the packs in; findings and a verdict out. The order of things is told here.

Rules first that do not read whether a consent is needed, then those that do, then the house (FORMATS.md §3, "Order").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from registry.domain.facts import Fact, Origin
from registry.domain.finding import Coverage, CoveredBy, Finding, RequirementKind, ScopePiece, State, Verdict
from registry.domain.scope import Box
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import GrantorCapacity
from registry.engine.axes import NAMES, Axes
from registry.engine.candidates import Candidate, Field, FormResult, field_of
from registry.engine.coverage import Covered, cover, cover_whatever_the_form, edges
from registry.engine.docket import NEEDS_CONSENT, Item
from registry.engine.facts import facts_of, judgement
from registry.engine.forms import FormBook
from registry.engine.governing import Governing, governing, rates
from registry.engine.judge import Bench
from registry.engine.matter import Matter
from registry.engine.memory import Memory
from registry.engine.on_file import OnFile
from registry.engine.reading import FactBase, Reading
from registry.engine.requirements import Scales, Weighed, rested, same
from registry.engine.rulings import Rulings
from registry.engine.verdict import Heard, fold
from registry.rules.pack import ConsentRequired, Pack, PackGate

_ANY_CONSENT = ConsentRequired()
_LIFTED = {"does_not_apply": State.EXEMPT, "met": State.MET}


def check(
    use: Use,
    performer: str | None,
    on_file: OnFile,
    memory: Memory,
    *,
    as_of: dt.date | dt.datetime | None = None,
) -> Verdict:
    """The verdict on one use of one performer (None: a use with nobody in it), by the packs that `memory` is of."""
    matter = Matter.of(use, performer, on_file, as_of)
    return fold(matter, Hearing.of(matter, memory).findings(), memory.catalogue.dictionary, as_of)


@dataclass(slots=True)
class Hearing:
    """One use being heard: its facts, the packs that govern it, the clauses that could cover it."""

    matter: Matter
    rulings: Rulings
    base: FactBase
    governing: Governing
    book: FormBook
    field: Field
    covered: dict[object, tuple[Covered, Weighed]]
    benches: dict[str, Bench]
    readings: dict[tuple[str, bool | None], Reading]

    @staticmethod
    def of(matter: Matter, memory: Memory) -> Hearing:
        dictionary = memory.catalogue.dictionary
        rulings = Rulings.of(matter, dictionary)
        facts = facts_of(matter, memory, rulings)
        base = FactBase.of(facts, memory)
        packs = governing(matter.use.act, base)
        book = FormBook.of(matter, base, rulings, packs)
        return Hearing(matter, rulings, base, packs, book, field_of(matter, facts, book.judge), {}, {}, {})

    def findings(self) -> Heard:
        """Every finding on the use, in the order of the packs and their clauses."""
        first = self._pass(self.governing.rules)
        second = self._second_pass(self.governing.on_consent, first)
        house = self._pass(self.governing.house, second)
        if self._asked_elsewhere(second.values()):
            house = {i: f for i, f in house.items() if not _asks(f) or i in second}
        found = [*map(self._lifted, self.governing.findings), *house.values()]
        forms: list[Finding] = []
        covered = self._cover(_ANY_CONSENT)[0]
        if any(_asks(f) and f.demands is not False for f in found):
            would = cover_whatever_the_form(self.field)
            forms = self.book.findings(would, covered.by)
        ordered = sorted([*found, *forms], key=lambda f: self.governing.place(f.rule))
        short = [c for c, _ in self.covered.values() if c.residual]
        return Heard(
            tuple(ordered),
            self._coverage(short[0] if short and not covered.residual else covered),
            self.governing.digests,
            tuple(self.base.facts.values()),
        )

    def _lifted(self, finding: Finding) -> Finding:
        """Counsel may lift what an instrument that has ended leaves to a person, by a ruling on it under its name
        (DOMAIN.md §5, "No dead ends")."""
        ruling = self.rulings.settling("rule", rule=finding.rule) if finding.state is State.REFER else None
        state = _LIFTED.get(ruling.answer or "") if ruling is not None else None
        if ruling is None or state is None:
            return finding
        return replace(
            finding,
            state=state,
            parts=tuple([part.come_to(state) for part in finding.parts]),
            rulings=(),
            notes=(f"{ruling.decided_by} ruled on it: {ruling.answer}",),
        )

    def _second_pass(self, dependent: Sequence[Item], first: Mapping[str, Finding]) -> dict[str, Finding]:
        """The rules that turn on whether a consent is needed. Where that is open, so is every rule it would change."""
        needed = _consent_needed(first.values())
        outcomes = [
            self._pass(dependent, first, answer) for answer in ((needed,) if needed is not None else (True, False))
        ]
        if needed is not None:
            return outcomes[0]
        open_ = [f for f in first.values() if _asks(f) and f.demands is None]
        return {
            rule: _either(outcomes[0].get(rule), outcomes[1].get(rule), open_)
            for rule in {**outcomes[1], **outcomes[0]}
        }

    def _pass(
        self,
        items: Iterable[Item],
        so_far: Mapping[str, Finding] | None = None,
        needed: bool | None = None,
    ) -> dict[str, Finding]:
        """The findings so far, and those of `items`: each rule after the one it follows. `needed` says whether a
        consent is needed, where rules turn on that."""
        found = dict(so_far or {})
        for item in items:
            if self.base.silences(item):
                continue
            rule = item.rule
            followed = found.get(rule.follows) if rule.follows else None
            finding = self._bench(item.pack).judge(item, self._reading(item, needed), followed)
            if finding is not None:
                found[rule.id] = finding
        return found

    def _asked_elsewhere(self, findings: Iterable[Finding]) -> bool:
        """Whether another finding asks for a consent, so that the house need not (DOMAIN.md §5, the house rules)."""
        gates = self.governing.gates
        return any(
            _asks(f) and (f.demands is not False or gates[f.pack] in (PackGate.AGREEMENT, PackGate.LAW))
            for f in findings
        )

    def _bench(self, pack: Pack) -> Bench:
        if pack.id not in self.benches:
            reviewed = not self.matter.by_as_of(pack.reviewed.expires + dt.timedelta(days=1))
            self.benches[pack.id] = Bench(pack, Scales(self.matter, self.rulings, self._resting_for(pack)), reviewed)
        return self.benches[pack.id]

    def _reading(self, item: Item, needed: bool | None) -> Reading:
        pack, key = item.pack, (item.pack.id, needed)
        if key not in self.readings:
            known = (
                {} if needed is None else {NEEDS_CONSENT: self.base.memory.fact(NEEDS_CONSENT, needed, Origin.REGISTRY)}
            )
            self.readings[key] = Reading(self.base, pack.currency, {**self._rates(pack), **known})
        reading = self.readings[key]
        if item.rule.id not in self.rulings.special:
            return reading
        alone = {
            d.name: judgement(d, self.base.facts.get(d.name), self.rulings, self.base.memory, rule=item.rule.id)
            for d in self.base.memory.judged_of_uses
        }
        return reading.with_facts({n: f for n, f in alone.items() if f is not None})

    def _rates(self, pack: Pack) -> Mapping[str, Fact]:
        kept, key = self.base.memory.rates, (pack.id, self.matter.day)
        if key not in kept:
            kept[key] = rates(pack, self.matter.day, self.base.memory)
        return kept[key]

    def _resting_for(self, pack: Pack) -> Callable[[ConsentRequired], Weighed]:
        def resting(required: ConsentRequired) -> Weighed:
            return self._cover(required, pack)[1]

        return resting

    def _cover(self, required: ConsentRequired, pack: Pack | None = None) -> tuple[Covered, Weighed]:
        """How the use is covered by consents as they are required, and what that weighs."""
        where, from_ = required.where, required.from_
        key = (where.source if where else None, from_) if where or from_ else None
        if key not in self.covered:
            field = self._doubted(self.field, required, pack) if where is not None and pack is not None else self.field
            covered = cover(field, _from(from_))
            self.covered[key] = (covered, same(rested(covered), _ANY_CONSENT, self.base.memory))
        return self.covered[key]

    def _doubted(self, field: Field, required: ConsentRequired, pack: Pack) -> Field:
        """The field with `where` judged as a form of each clause: one that fails it does not count."""

        def judged(candidate: Candidate) -> Candidate:
            assert required.where is not None
            reading = self.book.reading(candidate.consent, candidate.grant, pack)
            holds = reading.truth(required.where)
            if holds is True:
                return candidate
            if holds is False:
                result = FormResult("where", State.UNMET)
            else:
                asks = reading.open((required.where,))
                state = State.UNKNOWN if asks else State.REFER
                result = FormResult("where", state, asks, reading.unruled((required.where,)))
            return candidate.doubted(result)

        return replace(field, candidates=tuple(judged(c) for c in field.candidates))

    def _coverage(self, covered: Covered) -> Coverage:
        by = dict.fromkeys((c.consent.id, c.grant.clause) for c in covered.by)
        residual = tuple(piece(self.field.axes, box, self.field.use_box) for box in covered.residual)
        stops = edges(self.field, self.field.axes) if covered.residual else ()
        return Coverage(consents=tuple(CoveredBy(consent=c, clause=k) for c, k in by), residual=residual, edges=stops)


def piece(axes: Axes, box: Box, use: Box) -> ScopePiece:
    """A box in words: every axis on which the use says something, or the box is narrower than the use."""
    full = axes.full
    named = [(n, axes.words(n, box[at])) for at, n in enumerate(NAMES) if box[at] != full[at] or box[at] != use[at]]
    matter = axes.matter
    return ScopePiece((("acts", (matter.use.act.value,)), ("productions", (matter.production.id,)), *named))


def _asks(finding: Finding) -> bool:
    return any(p.requirement.kind is RequirementKind.CONSENT for p in finding.parts)


def _either(needed: Finding | None, spared: Finding | None, open_: Sequence[Finding]) -> Finding:
    """The finding of a rule while it is open whether a consent is needed: as open as the findings that decide it."""
    speaking = needed or spared
    assert speaking is not None
    if needed is not None and spared is not None and needed.state is spared.state:
        return needed
    if speaking.state is State.DUE:
        return replace(speaking, conditional_on=NEEDS_CONSENT)
    asks = tuple(dict.fromkeys(q for f in open_ for q in f.questions))
    rulings = tuple(dict.fromkeys(r for f in open_ for r in f.rulings))
    state = State.UNKNOWN if asks else State.REFER
    parts = tuple(replace(p, state=state) for p in speaking.parts)
    return replace(
        speaking,
        state=state,
        parts=parts,
        questions=asks,
        rulings=() if asks else rulings,
        may_become=speaking.state,
        demands=None,
    )


def _consent_needed(findings: Iterable[Finding]) -> bool | None:
    """Whether some rule asks for a consent: yes where one does, open where one may, no otherwise."""
    demands = [f.demands for f in findings if _asks(f)]
    return True if True in demands else None if None in demands else False


def _from(capacities: tuple[GrantorCapacity, ...]) -> Callable[[Candidate], bool]:
    return lambda candidate: not capacities or candidate.consent.grantor.capacity in capacities
