"""An instrument laid out for review: every clause in its place, in words, with its cases and its gaps."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from registry.domain.facts import FactValue
from registry.domain.instrument import CasesOf, Clause, Demand, FactRow, FigureRow, Instrument, Limb, Wording
from registry.domain.money import Money
from registry.rules.asking import Asker
from registry.rules.catalogue import Catalogue, clauses
from registry.rules.pack import Expression, FormRule, Pack, Rule, RulingRequired, Span
from registry.rules.words import asked, in_words
from registry.services.reviewing import named_pack, named_rule
from registry.services.trials import Trial

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def instrument(
    catalogue: Catalogue, id_: str, *, on: dt.date, trials: Sequence[Trial] | None = None, only: str | None = None
) -> Instrument:
    """A pack, or of a pack `only` one clause. `trials` are the cases at hand (None: none were)."""
    pack = named_pack(catalogue, id_)
    by_rule = _by_rule(trials) if trials is not None else None
    chosen = [clause for clause in clauses(pack) if only is None or clause.id == only]
    return Instrument(
        id=pack.id,
        title=pack.title,
        gate=pack.gate.value,
        digest=pack.digest,
        source=pack.source,
        dates=spoken_span(pack.in_force),
        judged_on=_day_of(catalogue, pack.judged_on),
        applies=_worded(pack.applies, catalogue, pack),
        carries=pack.carries or "",
        then=pack.then or "",
        reviewed_on=pack.reviewed.on,
        review_ends_on=pack.reviewed.expires,
        review=pack.reviewed.note(on) or "",
        counts=_counts(pack),
        printed_on=on,
        clauses=tuple(_clause(clause, pack, catalogue, by_rule) for clause in chosen),
        figures=tuple(_figures(pack, _facts(chosen) if only else None)),
        facts=_fact_rows(chosen if only else [*clauses(pack)], None if only else pack, catalogue),
    )


def rule_sheet(catalogue: Catalogue, id_: str, *, on: dt.date, trials: Sequence[Trial] | None = None) -> Instrument:
    """One rule in the pack it was written in."""
    _, pack = named_rule(catalogue, id_)
    return instrument(catalogue, pack.id, on=on, trials=trials, only=id_)


def spoken_day(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def spoken_span(span: Span) -> str:
    """`from 9 Nov 2023 to 30 Jun 2026`; both ends are included."""
    begins = f"from {spoken_day(span.from_)}" if span.from_ else ""
    ends = f"to {spoken_day(span.until)}" if span.until else ""
    return f"{begins} {ends}".strip() or "always"


def spoken_value(value: FactValue | None) -> str:
    """A figure of a table."""
    if value is None:
        return "not known"
    return value.spoken() if isinstance(value, Money) else str(value)


def _clause(clause: Rule | FormRule, pack: Pack, catalogue: Catalogue, by_rule: Mapping[str, CasesOf] | None) -> Clause:
    gap = clause.gap or "" if isinstance(clause, Rule) else ""
    form = isinstance(clause, FormRule)
    return Clause(
        id=clause.id,
        kind="form" if form else "gap" if gap else "rule",
        title=clause.title,
        cite=clause.cite,
        grade=clause.grade.value,
        checked=f"checked by {clause.verified.by}, {spoken_day(clause.verified.on)}" if clause.verified else "",
        dates=spoken_span(clause.in_force),
        judged_on=_day_of(catalogue, clause.judged_on),
        says="" if clause.says in (gap, clause.title) else clause.says,
        gap=gap,
        carried_from=clause.carried_from or "",
        follows=(clause.follows or "") if isinstance(clause, Rule) else "",
        replaces=clause.replaces or "",
        when=_worded(clause.when, catalogue, pack),
        void_if=_worded(clause.void_if, catalogue, pack) if isinstance(clause, FormRule) else None,
        presumed=tuple(_presumed(clause, catalogue)),
        unless=_limbs(clause, catalogue, pack),
        demands=_demands(clause, catalogue, pack),
        cases=by_rule.get(clause.id, CasesOf()) if by_rule is not None and has_finding(clause) else None,
    )


def has_finding(clause: Rule | FormRule) -> bool:
    """Whether a clause can have a finding of its own."""
    return isinstance(clause, FormRule) or bool(clause.require)


def _limbs(clause: Rule | FormRule, catalogue: Catalogue, pack: Pack) -> tuple[Limb, ...]:
    if isinstance(clause, FormRule):
        return ()
    limbs = []
    for limb in clause.unless:
        condition = _worded(limb.condition, catalogue, pack)
        assert condition is not None
        limbs.append(Limb(id=limb.id, grade=limb.grade.value, cite=limb.cite, condition=condition))
    return tuple(limbs)


def _demands(clause: Rule | FormRule, catalogue: Catalogue, pack: Pack) -> tuple[Demand, ...]:
    if isinstance(clause, FormRule):
        return ()
    asker = Asker(catalogue.dictionary, pack.currency)
    said = (asker.said(required) for required in clause.require)
    return tuple(Demand(text, _worded(where, catalogue, pack)) for text, where in said)


def _presumed(clause: Rule | FormRule, catalogue: Catalogue) -> Iterable[str]:
    for name, value in clause.presume:
        said = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
        yield f"{asked(catalogue.dictionary[name])} {said}, until somebody rules otherwise"


def _worded(expression: Expression | None, catalogue: Catalogue, pack: Pack) -> Wording | None:
    if expression is None:
        return None
    said = in_words(expression, catalogue.dictionary, pack.currency)
    return Wording(tuple((line.depth, line.text) for line in said), " ".join(expression.source.split()))


def _day_of(catalogue: Catalogue, name: str) -> str:
    """The day a clause is judged by: the fact and its question."""
    definition = catalogue.dictionary.get(name)
    return f"{name}: {definition.ask}" if definition else name


def _figures(pack: Pack, only: set[str] | None) -> Iterable[FigureRow]:
    for table in pack.parameters:
        for rate in table.rates if only is None or table.name in only else ():
            yield FigureRow(
                name=table.name,
                from_=rate.from_,
                value=spoken_value(rate.value),
                grade=rate.grade.value,
                source=rate.source,
            )


def _facts(found: Iterable[Rule | FormRule]) -> set[str]:
    names: set[str] = set()
    for clause in found:
        names.add(clause.judged_on)
        if isinstance(clause, FormRule):
            names.update((*clause.void_if.facts, *(clause.when.facts if clause.when else ())))
        else:
            names.update(fact for expression in clause.expressions for fact in expression.facts)
            names.update(r.question for r in clause.require if isinstance(r, RulingRequired) and r.question)
    return names


def _fact_rows(found: Sequence[Rule | FormRule], pack: Pack | None, catalogue: Catalogue) -> tuple[FactRow, ...]:
    names = _facts(found) | (set(pack.applies.facts) if pack and pack.applies else set())
    known = [catalogue.dictionary[name] for name in sorted(names) if name in catalogue.dictionary]
    return tuple(
        FactRow(name=fact.name, owner=(fact.who or fact.owner.value).replace("_", " "), ask=fact.ask) for fact in known
    )


def _counts(pack: Pack) -> str:
    """`31 rules, 4 forms of consent, 9 gaps; grades A 3, B 20, K 8; 8 of grade K checked by nobody`."""
    found = clauses(pack)
    speaking = [clause for clause in found if has_finding(clause) and not getattr(clause, "gap", None)]
    rules = sum(isinstance(clause, Rule) for clause in speaking)
    grades: dict[str, int] = defaultdict(int)
    for clause in speaking:
        grades[clause.grade.value] += 1
    parts = [_count(rules, "rule"), _count(len(pack.validity), "form of consent", "forms of consent")]
    parts.append(_count(len(found) - len(speaking), "gap"))
    told = ", ".join(f"{grade} {grades[grade]}" for grade in sorted(grades))
    unread = sum(clause.grade.value == "K" and clause.verified is None for clause in speaking)
    nobody = f"; {unread} of grade K that nobody has checked" if unread else ""
    return f"{', '.join(parts)}; grades {told}{nobody}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _by_rule(trials: Sequence[Trial]) -> dict[str, CasesOf]:
    met: dict[str, dict[str, None]] = defaultdict(dict)
    broken: dict[str, dict[str, None]] = defaultdict(dict)
    silent: dict[str, dict[str, None]] = defaultdict(dict)
    for trial in trials:
        side = broken if trial.broken else met if trial.speaks else silent
        side[trial.rule][trial.case] = None
    return {
        rule: CasesOf(met=tuple(met[rule]), broken=tuple(broken[rule]), silent=tuple(silent[rule]))
        for rule in {*met, *broken, *silent}
    }
