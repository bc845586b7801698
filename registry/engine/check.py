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
from registry.engine.requirements import Scales
from registry.engine.rulings import Rulings
from registry.engine.verdict import Heard, fold
from registry.rules.pack import ConsentRequired, Pack, PackGate


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
    covered: dict[object, Covered]
    benches: dict[str, Bench]
    readings: dict[str, Reading]

    @staticmethod
    def of(matter: Matter, memory: Memory) -> Hearing:
        dictionary = memory.catalogue.dictionary
        rulings = Rulings.of(matter, dictionary)
        facts = facts_of(matter, dictionary, rulings)
        base = FactBase.of(facts, memory)
        packs = governing(matter.use.act, base)
        book = FormBook(matter, base, rulings, packs.forms)
        return Hearing(matter, rulings, base, packs, book, field_of(matter, facts, book.judge), {}, {}, {})

    def findings(self) -> Heard:
        """Every finding on the use, in the order of the packs and their clauses."""
        rules, house_rules = self.governing.asked(self.base)
        first = self._pass([item for item in rules if not item.on_consent])
        second = self._second_pass([item for item in rules if item.on_consent], first)
        house = self._pass(house_rules, second)
        if self._asked_elsewhere(second.values()):
            house = {i: f for i, f in house.items() if not _asks(f) or i in second}
        found = [*self.governing.findings, *house.values()]
        forms: list[Finding] = []
        covered = self._cover(None)
        if any(_asks(f) and f.demands is not False for f in found):
            would = cover_whatever_the_form(self.field)
            forms = self.book.findings(would, covered.by)
        ordered = sorted([*found, *forms], key=lambda f: self.governing.place(f.rule))
        short = [c for c in self.covered.values() if c.residual]
        return Heard(
            tuple(ordered),
            self._coverage(short[0] if short and not covered.residual else covered),
            self.governing.digests,
            tuple(self.base.facts.values()),
        )

    def _second_pass(self, dependent: Sequence[Item], first: Mapping[str, Finding]) -> dict[str, Finding]:
        """The rules that turn on whether a consent is needed. Where that is open, so is every rule it would change."""
        needed = _consent_needed(first.values())
        outcomes = []
        for answer in (needed,) if needed is not None else (True, False):
            known = {NEEDS_CONSENT: Fact(NEEDS_CONSENT, answer, Origin.REGISTRY)}
            outcomes.append(self._pass(dependent, first, known))
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
        known: Mapping[str, Fact] | None = None,
    ) -> dict[str, Finding]:
        """The findings so far, and those of `items`: each rule after the one it follows."""
        found = dict(so_far or {})
        for item in sorted(items, key=lambda item: item.depth):
            followed = found.get(item.rule.follows or "")
            finding = self._bench(item.pack).judge(item, self._reading(item).with_facts(known or {}), followed)
            if finding is not None:
                found[item.rule.id] = finding
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
            self.benches[pack.id] = Bench(pack, Scales(self.matter, self.rulings, self._cover_for(pack)), reviewed)
        return self.benches[pack.id]

    def _reading(self, item: Item) -> Reading:
        pack = item.pack
        if pack.id not in self.readings:
            self.readings[pack.id] = Reading(self.base, pack.currency, rates(pack, self.matter.day))
        reading = self.readings[pack.id]
        if item.rule.id not in self.rulings.special:
            return reading
        alone = {
            d.name: judgement(d.name, d, self.base.facts.get(d.name), self.rulings, item.rule.id)
            for d in self.base.memory.judged_of_uses
        }
        return reading.with_facts({n: f for n, f in alone.items() if f is not None})

    def _cover_for(self, pack: Pack) -> Callable[[ConsentRequired, Reading], Covered]:
        def covering(required: ConsentRequired, reading: Reading) -> Covered:
            return self._cover(required, pack)

        return covering

    def _cover(self, required: ConsentRequired | None, pack: Pack | None = None) -> Covered:
        if required is None or (required.where is None and not required.from_):
            key: object = None
        else:
            key = (required.where.source if required.where else None, required.from_)
        if key not in self.covered:
            field = self.field
            if required is not None and required.where is not None and pack is not None:
                field = self._doubted(field, required, pack)
            self.covered[key] = cover(field, _from(required.from_ if required else ()))
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
            return replace(candidate, forms=(*candidate.forms, result))

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
