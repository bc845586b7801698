"""What changed from one pack to another, or from one text of a pack to the next: clause by clause, with the days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from registry.domain.facts import FactDefinition
from registry.domain.words import Act
from registry.errors import FileError, UsageError
from registry.rules.asking import Asker
from registry.rules.catalogue import Catalogue, clauses
from registry.rules.index import ACTS, bit, masks_of
from registry.rules.pack import Expression, FormRule, Pack, Rule, Span
from registry.rules.words import asked, in_words
from registry.services.instrument import spoken_day, spoken_span, spoken_value
from registry.services.reviewing import check_pack, named_pack

REPLACED, ADDED, REMOVED, CHANGED, FIGURE = "replaced", "added", "removed", "changed", "figure"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that reads otherwise: what it was and what it is, line by line; () for what was not there."""

    what: str
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One clause that is another now. `days` are those it matters on, by the fact `judged_on`; `acts` whom it concerns:
    whoever does one of these."""

    kind: str
    clause: str
    title: str
    days: str
    judged_on: str
    acts: tuple[Act, ...] = ()
    instead_of: str = ""
    says: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two packs side by side. `whole` are differences of the pack itself, `same` how many clauses read as they did."""

    old: str
    new: str
    old_digest: str
    new_digest: str
    whole: tuple[Difference, ...]
    changes: tuple[Change, ...]
    same: int

    @property
    def alike(self) -> bool:
        return not self.whole and not self.changes


def compare(catalogue: Catalogue, old: str, new: str) -> Comparison:
    """Two packs, each the id of one in the catalogue or a file. Raises UsageError or FileError."""
    return compare_packs(_pack(catalogue, old), _pack(catalogue, new), catalogue.dictionary)


def compare_packs(old: Pack, new: Pack, dictionary: Mapping[str, FactDefinition]) -> Comparison:
    before, after = _Side(old, dictionary), _Side(new, dictionary)
    changes = [*_changes(before, after), *_figures(before, after)]
    touched = {change.clause for change in changes}
    return Comparison(
        old=old.id,
        new=new.id,
        old_digest=old.digest,
        new_digest=new.digest,
        whole=tuple(_whole(before, after)),
        changes=tuple(changes),
        same=sum(id_ in before.clauses and id_ not in touched for id_ in after.clauses),
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two packs: its clauses by id, and how they are said."""

    pack: Pack
    dictionary: Mapping[str, FactDefinition]

    @property
    def clauses(self) -> dict[str, Rule | FormRule]:
        """By id; of a clause whose wording changed inside the pack, the last."""
        return {clause.id: clause for clause in clauses(self.pack)}

    def acts(self, id_: str) -> tuple[Act, ...]:
        rules, forms = masks_of(self.pack)
        pairs = zip(clauses(self.pack), (*rules, *forms), strict=True)
        mask = next((mask for clause, mask in pairs if clause.id == id_), 0)
        return tuple(act for act in ACTS if mask & bit(act))

    def words(self, expression: Expression | None) -> tuple[str, ...]:
        if expression is None:
            return ()
        said = in_words(expression, self.dictionary, self.pack.currency)
        return tuple(f"{'  ' * line.depth}{line.text}" for line in said)

    def said(self, clause: Rule | FormRule) -> dict[str, tuple[str, ...]]:
        """Everything a clause says, by name; what it does not say is empty."""
        rule = clause if isinstance(clause, Rule) else None
        form = clause if isinstance(clause, FormRule) else None
        asker = Asker(self.dictionary, self.pack.currency)
        demands: list[str] = []
        for required in rule.require if rule else ():
            text, where = asker.said(required)
            demands += [text, *(f"  {line}" for line in self.words(where))]
        limbs: list[str] = []
        for limb in rule.unless if rule else ():
            limbs += [f"{limb.id}, grade {limb.grade.value}", *(f"  {line}" for line in self.words(limb.condition))]
        presumed = [f"{asked(self.dictionary[name])} {'yes' if value else 'no'}" for name, value in clause.presume]
        return {
            "title": (clause.title,),
            "citation": (clause.cite,),
            "grade": (clause.grade.value,),
            "judged on": (clause.judged_on,),
            "condition": self.words(clause.when),
            "void if": self.words(form.void_if) if form else (),
            "exceptions": tuple(limbs),
            "asks for": tuple(demands),
            "presumed": tuple(presumed),
            "follows": tuple(filter(None, (rule.follows if rule else None,))),
            "not encoded": tuple(filter(None, (rule.gap if rule else None,))),
            "sentence": tuple(filter(None, (clause.says,))),
        }


def _pack(catalogue: Catalogue, name: str) -> Pack:
    path = Path(name)
    if catalogue.pack(name) is not None or not (path.suffix or path.exists()):
        return named_pack(catalogue, name)
    if not path.is_file():
        raise UsageError(f"There is no file {name}.", "registry rules diff OLD NEW")
    checked = check_pack(path)
    if checked.error is not None:
        raise FileError(checked.error.file, checked.error.faults, "not compared")
    assert checked.pack is not None
    return checked.pack


def _whole(before: _Side, after: _Side) -> Iterator[Difference]:
    old, new = before.pack, after.pack
    told = (
        ("pack", (old.id,), (new.id,)),
        ("title", (old.title,), (new.title,)),
        ("gate", (old.gate.value,), (new.gate.value,)),
        ("in force", (spoken_span(old.in_force),), (spoken_span(new.in_force),)),
        ("judged on", (old.judged_on,), (new.judged_on,)),
        ("applies if", before.words(old.applies), after.words(new.applies)),
        ("carries", tuple(filter(None, (old.carries,))), tuple(filter(None, (new.carries,)))),
        ("afterwards", tuple(filter(None, (old.then,))), tuple(filter(None, (new.then,)))),
        ("source", (old.source,), (new.source,)),
        ("review ends", (spoken_day(old.reviewed.expires),), (spoken_day(new.reviewed.expires),)),
    )
    yield from (Difference(what, was, now) for what, was, now in told if was != now)


def _changes(before: _Side, after: _Side) -> Iterator[Change]:
    """The clauses of the new pack in order, then those of the old one that are gone."""
    replaced = {clause.replaces for clause in after.clauses.values() if clause.replaces}
    for id_, clause in after.clauses.items():
        old = before.clauses.get(id_)
        if old is None:
            yield _added(before, after, clause)
        elif id_ not in replaced and (found := tuple(_differences(before, after, old, clause))):
            yield _change(CHANGED, after, clause, _either(old.in_force, clause.in_force), differences=found)
    for id_, clause in before.clauses.items():
        if id_ not in after.clauses and id_ not in replaced:
            yield _change(REMOVED, before, clause, clause.in_force, says=clause.says)


def _added(before: _Side, after: _Side, clause: Rule | FormRule) -> Change:
    older = before.clauses.get(clause.replaces or "")
    if older is None:
        return _change(ADDED, after, clause, clause.in_force, says=clause.says)
    found = tuple(_differences(before, after, older, clause))
    change = _change(REPLACED, after, clause, clause.in_force, differences=found)
    return replace(change, instead_of=older.id)


def _change(
    kind: str,
    side: _Side,
    clause: Rule | FormRule,
    days: Span,
    *,
    says: str = "",
    differences: tuple[Difference, ...] = (),
) -> Change:
    gap = clause.gap if isinstance(clause, Rule) else None
    return Change(
        kind=kind,
        clause=clause.id,
        title=clause.title,
        days=spoken_span(days),
        judged_on=clause.judged_on,
        acts=side.acts(clause.id) if not gap or (isinstance(clause, Rule) and clause.when) else (),
        says=says or (f"not encoded: {gap}" if gap and not differences else ""),
        differences=differences,
    )


def _differences(before: _Side, after: _Side, old: Rule | FormRule, new: Rule | FormRule) -> Iterator[Difference]:
    was, now = before.said(old), after.said(new)
    yield from (Difference(what, was[what], now[what]) for what in was if was[what] != now[what])
    if before.pack.id == after.pack.id and old.in_force != new.in_force:
        yield Difference("in force", (spoken_span(old.in_force),), (spoken_span(new.in_force),))


def _figures(before: _Side, after: _Side) -> Iterator[Change]:
    """Entries of dated tables that are new, gone or other; each matters until the next one."""
    old, new = _entries(before.pack), _entries(after.pack)
    for name, day in sorted({*old, *new}):
        was, now = old.get((name, day), ()), new.get((name, day), ())
        if was != now:
            until = min((d for n, d in {*old, *new} if n == name and d > day), default=None)
            days = Span(from_=day, until=until - dt.timedelta(days=1) if until else None)
            yield Change(
                kind=FIGURE,
                clause=name,
                title=after.dictionary[name].ask,
                days=spoken_span(days),
                judged_on="use.on",
                differences=(Difference("figure", was, now),),
            )


def _entries(pack: Pack) -> dict[tuple[str, dt.date], tuple[str, ...]]:
    return {
        (table.name, rate.from_): (f"{spoken_value(rate.value)}, grade {rate.grade.value}, {rate.source}",)
        for table in pack.parameters
        for rate in table.rates
    }


def _either(one: Span, other: Span) -> Span:
    """From the first day of either to the last of either."""
    starts: Iterable[dt.date | None] = (one.from_, other.from_)
    ends: Iterable[dt.date | None] = (one.until, other.until)
    return Span(
        from_=None if None in starts else min(day for day in starts if day),
        until=None if None in ends else max(day for day in ends if day),
    )
