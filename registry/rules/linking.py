"""Packs put together: newer editions carry older ones, and every rule named by another is there.

A carried rule keeps its id and gets the carrying pack's days, unless it names days of its own: those are cut where the
newer edition begins, so that of two editions exactly one speaks on any day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import TypeVar

from registry.domain.values import dataclass
from registry.errors import Fault, FileError
from registry.rules.loader import OUTCOME, Draft
from registry.rules.pack import FormRule, Pack, PackGate, Rule, Span
from registry.rules.rates import merge_tables
from registry.source import nearest

Clause = TypeVar("Clause", Rule, FormRule)

_ONE_DAY = dt.timedelta(days=1)
USE_DAY = "use.on"


@dataclass(slots=True)
class Linker:
    """Drafts by id, and what was found wrong in each file."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    linked: dict[str, Pack] = field(default_factory=dict)
    own_days: set[str] = field(default_factory=set)

    def fault(self, draft: Draft, id_: str, path: str, problem: str) -> None:
        line = draft.lines[id_].line if id_ in draft.lines else None
        self.faults.setdefault(draft.pack.file, []).append(Fault(line, path, problem))


def link(drafts: Sequence[Draft]) -> tuple[tuple[Pack, ...], tuple[FileError, ...]]:
    """All packs, carried rules included, in the order of `drafts`; and the faults between files."""
    linker = Linker()
    _name_once(linker, drafts)
    for draft in linker.drafts.values():
        linker.own_days |= {id_ for id_, lines in draft.lines.items() if lines.own_days}
    for id_ in linker.drafts:
        _link(linker, id_, ())
    for draft in linker.drafts.values():
        _check_follows(linker, draft)
    carried_by = {pack.carries: pack for pack in linker.linked.values() if pack.carries}
    packs = tuple(_closed(linker, pack, carried_by.get(pack.id)) for pack in linker.linked.values())
    errors = tuple(FileError(file, faults, OUTCOME) for file, faults in linker.faults.items())
    order = [draft.pack.id for draft in drafts]
    return tuple(sorted(packs, key=lambda pack: order.index(pack.id))), errors


def _name_once(linker: Linker, drafts: Iterable[Draft]) -> None:
    """Packs and rules bear one name each, in the whole catalogue."""
    rules: dict[str, Draft] = {}
    carriers: dict[str, Draft] = {}
    for draft in drafts:
        id_ = draft.pack.id
        if id_ in linker.drafts:
            linker.fault(
                draft, "", "pack", f"{id_} is the pack in {linker.drafts[id_].pack.file} too; name one of them anew"
            )
            continue
        linker.drafts[id_] = draft
        for rule in draft.lines:
            if rule in rules:
                linker.fault(draft, rule, rule, f"is a rule of {rules[rule].pack.file} too; name one of them anew")
            rules.setdefault(rule, draft)
        older = draft.pack.carries
        if older in carriers:
            linker.fault(draft, "", "carries", f"{older} is carried by {carriers[older].pack.id} already")
        elif older:
            carriers[older] = draft


def _link(linker: Linker, id_: str, above: tuple[str, ...]) -> Pack:
    """A pack with everything it carries; `above` are the packs being linked, newest first."""
    if id_ in linker.linked:
        return linker.linked[id_]
    draft = linker.drafts[id_]
    pack = draft.pack
    if pack.carries in (*above, id_):
        linker.fault(draft, "", "carries", f"{pack.carries} carries this pack itself")
    elif pack.carries and pack.carries not in linker.drafts:
        near = nearest(pack.carries, linker.drafts)
        linker.fault(
            draft, "", "carries", f"there is no pack {pack.carries}{f'; did you mean {near}?' if near else ''}"
        )
    elif pack.carries:
        older = _link(linker, pack.carries, (*above, id_))
        if older.currency != pack.currency:
            linker.fault(
                draft, "", "currency", f"{pack.currency} differs from {older.currency} of {older.id}, which it carries"
            )
        pack = _carrying(linker, draft, older)
    _check_replaces(linker, draft, pack)
    linker.linked[id_] = pack
    return pack


def _carrying(linker: Linker, draft: Draft, older: Pack) -> Pack:
    pack = draft.pack
    gone: dict[str, str] = {}
    rules = _carried(linker, draft, older, older.rules, pack.rules, gone)
    validity = _carried(linker, draft, older, older.validity, pack.validity, gone)
    return replace(
        pack,
        rules=tuple(
            replace(r, follows=gone.get(r.follows, r.follows)) if r.follows else r for r in (*rules, *pack.rules)
        ),
        validity=(*validity, *pack.validity),
        parameters=merge_tables(older.parameters, pack.parameters),
    )


def _carried(
    linker: Linker, draft: Draft, older: Pack, rules: Sequence[Clause], newer: Sequence[Clause], gone: dict[str, str]
) -> list[Clause]:
    """The rules of an older pack as the newer one speaks them. `gone` gathers those wholly replaced, and by what."""
    pack, found = draft.pack, []
    replacements: dict[str, Clause] = {}
    for clause in newer:
        if clause.replaces:
            replacements[clause.replaces] = clause
    for rule in rules:
        of_its_own = rule.id in linker.own_days or rule.in_force != older.in_force
        days = [_common(rule.in_force, Span(from_=pack.in_force.from_)) if of_its_own else pack.in_force]
        new = replacements.get(rule.id)
        if new is not None:
            _check_day(linker, draft, new, rule)
            days = [piece for span in days if span for piece in _without(span, new.in_force)]
            if not days:
                gone[rule.id] = new.id
        source = rule.carried_from or older.id
        found += [replace(rule, in_force=span, carried_from=source) for span in days if span]
    return found


def _check_day(linker: Linker, draft: Draft, new: Rule | FormRule, old: Rule | FormRule) -> None:
    if new.judged_on != old.judged_on:
        days = f"is judged on {new.judged_on} and replaces {old.id}, judged on {old.judged_on}"
        problem = f"{days}; both or neither could speak"
        linker.fault(draft, new.id, f"{new.id}.replaces", problem)


def _check_replaces(linker: Linker, draft: Draft, pack: Pack) -> None:
    """What is replaced is there: in a carried pack, or in this one on other days."""
    older = linker.linked.get(pack.carries or "")
    carried = _ids(older.rules) | _ids(older.validity) if older else set()
    mine: tuple[Rule | FormRule, ...] = (*draft.pack.rules, *draft.pack.validity)
    own = {rule.id: rule for rule in mine}
    for rule in own.values():
        if not rule.replaces or rule.replaces in carried:
            continue
        old = own.get(rule.replaces)
        if old is None or old is rule:
            near = nearest(rule.replaces, carried | (own.keys() - {rule.id}))
            problem = f"there is no rule {rule.replaces} to replace{f'; did you mean {near}?' if near else ''}"
            linker.fault(draft, rule.id, f"{rule.id}.replaces", problem)
            continue
        _check_day(linker, draft, rule, old)
        both = _common(rule.in_force, old.in_force)
        if both:
            linker.fault(
                draft,
                rule.id,
                f"{rule.id}.replaces",
                f"speaks together with {old.id} from {both.from_}; close that one the day before",
            )


def _ids(clauses: Iterable[Rule | FormRule]) -> set[str]:
    return {clause.id for clause in clauses}


def _check_follows(linker: Linker, draft: Draft) -> None:
    """A rule that is followed is a rule of the same pack, and following never comes round."""
    pack = linker.linked[draft.pack.id]
    leaders = {rule.id: rule.follows for rule in pack.rules}
    for rule in pack.rules:
        if not rule.follows or rule.id not in draft.lines:
            continue
        path = f"{rule.id}.follows"
        if rule.follows not in leaders:
            near = nearest(rule.follows, leaders)
            problem = f"there is no rule {rule.follows} in this pack{f'; did you mean {near}?' if near else ''}"
            linker.fault(draft, rule.id, path, problem)
            continue
        round_ = _round(rule.id, leaders)
        if round_:
            linker.fault(draft, rule.id, path, f"comes round: {' → '.join(round_)}")


def _round(start: str, leaders: Mapping[str, str | None]) -> list[str]:
    seen, at = [start], leaders.get(start)
    while at is not None and at not in seen:
        seen.append(at)
        at = leaders.get(at)
    return [*seen, start] if at == start else []


def _closed(linker: Linker, pack: Pack, carrier: Pack | None) -> Pack:
    """A pack's days settled: an older edition ends where the newer begins; of the last edition of an agreement, rules
    judged by the day of use last beyond its term."""
    rules = tuple(each for rule in pack.rules for each in _settled(linker, pack, carrier, rule))
    validity = tuple(each for rule in pack.validity for each in _settled(linker, pack, carrier, rule))
    return replace(pack, rules=rules, validity=validity)


def _settled(linker: Linker, pack: Pack, carrier: Pack | None, rule: Clause) -> tuple[Clause, ...]:
    span: Span | None = rule.in_force
    if carrier is not None and carrier.in_force.from_ and rule.id in linker.own_days:
        span = _common(rule.in_force, Span(until=carrier.in_force.from_ - _ONE_DAY))
    elif carrier is None and _lasts(linker, pack, rule):
        span = Span(from_=rule.in_force.from_)
    return (replace(rule, in_force=span),) if span else ()


def _lasts(linker: Linker, pack: Pack, rule: Rule | FormRule) -> bool:
    """Whether a rule of an agreement's last edition outlasts its term (DOMAIN.md §10)."""
    of_its_own = rule.id in linker.own_days or rule.in_force.until != pack.in_force.until
    return pack.gate is PackGate.AGREEMENT and rule.judged_on == USE_DAY != pack.judged_on and not of_its_own


def _common(one: Span, other: Span) -> Span | None:
    """The days of both; None where there are none."""
    start = max((day for day in (one.from_, other.from_) if day), default=None)
    end = min((day for day in (one.until, other.until) if day), default=None)
    return None if start and end and end < start else Span(from_=start, until=end)


def _without(span: Span, taken: Span) -> list[Span]:
    """The days of `span` before and after those of `taken`."""
    before = _common(span, Span(until=taken.from_ - _ONE_DAY)) if taken.from_ else None
    after = _common(span, Span(from_=taken.until + _ONE_DAY)) if taken.until else None
    return [piece for piece in (before, after) if piece]
