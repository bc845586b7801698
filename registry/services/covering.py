"""Coverage: which rules the cases at hand try on both sides, and on the day before and after each of their dates."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from registry.rules.additions import first_edition
from registry.rules.catalogue import Catalogue, clauses
from registry.rules.pack import FormRule, Pack, PackGate, Rule, Span
from registry.services.instrument import has_finding, spoken_day
from registry.services.reviewing import named_pack
from registry.services.trials import Trial

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A day from which a rule speaks, or from which it no longer does. `before` are the cases judged on the day
    before, `after` those judged on the day itself."""

    day: dt.date
    begins: bool
    before: tuple[str, ...]
    after: tuple[str, ...]
    told_apart: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One rule with a finding of its own and the cases that try it; `missing` says which side none does."""

    rule: str
    pack: str
    title: str
    met: tuple[str, ...]
    broken: tuple[str, ...]
    silent: tuple[str, ...]
    turns: tuple[Turn, ...]
    missing: tuple[str, ...]


def coverage(catalogue: Catalogue, trials: Sequence[Trial], *, pack: str | None = None) -> tuple[Covered, ...]:
    """Every rule of the catalogue, or of the one pack it was written in, in the order of packs and clauses; before the
    rules of a pack, the pack's own dates, which are tried once for all rules that have no others."""
    by_rule: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_rule[trial.rule].append(trial)
    packs = catalogue.packs if pack is None else (named_pack(catalogue, pack),)
    return tuple(found for each in packs for found in _of_pack(catalogue, each, by_rule))


def _of_pack(catalogue: Catalogue, pack: Pack, by_rule: Mapping[str, Sequence[Trial]]) -> Iterator[Covered]:
    own = [clause for clause in clauses(pack) if not clause.carried_from and has_finding(clause)]
    if (dates := _dates(catalogue, pack, own, by_rule)).turns:
        yield dates
    for clause in own:
        tried = by_rule.get(clause.id, ())
        given = _pack_days(catalogue, clause.id)
        turns = (turn for span in spans(catalogue, clause.id) for turn in _turns(span, tried))
        yield _covered(pack, clause, tried, tuple(turn for turn in turns if turn.day not in given))


def _dates(
    catalogue: Catalogue, pack: Pack, own: Sequence[Rule | FormRule], by_rule: Mapping[str, Sequence[Trial]]
) -> Covered:
    """The dates that rules have from their pack: some rule of the instrument, in this edition or another, is expected
    otherwise there. Our own house has no beginning; its first day only satisfies the format."""
    edition = first_edition(catalogue, pack)
    family = [each for each in catalogue.packs if first_edition(catalogue, each) == edition]
    rules = {c.id for each in family for c in clauses(each) if c.judged_on == pack.judged_on}
    each_rule = [list(_turns(pack.in_force, by_rule.get(rule, ()))) for rule in sorted(rules)]
    inherited = {turn.day for clause in own for turn in _turns(clause.in_force, ())}
    together = (_together(same) for same in zip(*each_rule, strict=True))
    turns = tuple(turn for turn in together if turn.day in inherited and pack.gate is not PackGate.HOUSE)
    return Covered(
        rule=pack.id,
        pack=pack.id,
        title="The dates of the instrument",
        met=(),
        broken=(),
        silent=(),
        turns=turns,
        missing=tuple(_missing_days(turns)),
    )


def _together(same: Sequence[Turn]) -> Turn:
    """One date as several rules are tried on it."""
    before = tuple(dict.fromkeys(case for turn in same for case in turn.before))
    after = tuple(dict.fromkeys(case for turn in same for case in turn.after))
    apart = any(turn.told_apart for turn in same)
    return replace(same[0], before=before, after=after, told_apart=apart)


def _pack_days(catalogue: Catalogue, rule: str) -> set[dt.date]:
    """The dates of the packs that speak a rule."""
    found: set[dt.date] = set()
    for pack in catalogue.packs:
        if any(clause.id == rule for clause in clauses(pack)):
            found.update(turn.day for turn in _turns(pack.in_force, ()))
    return found


def spans(catalogue: Catalogue, rule: str) -> tuple[Span, ...]:
    """The days a rule speaks on, over all packs that carry it; days that follow one another are one span."""
    found = [clause.in_force for pack in catalogue.packs for clause in clauses(pack) if clause.id == rule]
    merged: list[Span] = []
    for span in sorted(found, key=lambda s: s.from_ or dt.date.min):
        last = merged[-1] if merged else None
        if last is not None and (last.until is None or span.from_ is None or span.from_ <= last.until + _DAY):
            ends = None if last.until is None or span.until is None else max(last.until, span.until)
            merged[-1] = Span(from_=last.from_, until=ends)
        else:
            merged.append(span)
    return tuple(merged)


def _covered(pack: Pack, clause: Rule | FormRule, tried: Sequence[Trial], turns: tuple[Turn, ...]) -> Covered:
    met = _cases(t for t in tried if t.speaks and not t.broken)
    broken = _cases(t for t in tried if t.broken)
    silent = _cases(t for t in tried if not t.speaks)
    return Covered(
        rule=clause.id,
        pack=pack.id,
        title=clause.title,
        met=met,
        broken=broken,
        silent=silent,
        turns=turns,
        missing=(*_missing(met, broken, silent), *_missing_days(turns)),
    )


def _turns(span: Span, tried: Sequence[Trial]) -> Iterator[Turn]:
    for day, begins in ((span.from_, True), (span.until + _DAY if span.until else None, False)):
        if day is None:
            continue
        before = [t for t in tried if t.day == day - _DAY]
        after = [t for t in tried if t.day == day]
        apart = {t.state for t in before} != {t.state for t in after} and bool(before) and bool(after)
        yield Turn(day=day, begins=begins, before=_cases(before), after=_cases(after), told_apart=apart)


def _missing(met: Sequence[str], broken: Sequence[str], silent: Sequence[str]) -> Iterator[str]:
    if not met and not broken:
        yield "no case in which it speaks"
    elif not broken:
        yield "no case that breaks it"
    elif not met and not silent:
        yield "no case that meets it, and none it is silent in"


def _missing_days(turns: Iterable[Turn]) -> Iterator[str]:
    for turn in turns:
        days = f"{spoken_day(turn.day - _DAY)} and {spoken_day(turn.day)}"
        lacking = [
            spoken_day(day) for day, cases in ((turn.day - _DAY, turn.before), (turn.day, turn.after)) if not cases
        ]
        if lacking:
            yield f"no case on {' and '.join(lacking)}, where it {'begins' if turn.begins else 'ends'}"
        elif not turn.told_apart:
            yield f"the same expected on {days}, where it {'begins' if turn.begins else 'ends'}"


def _cases(found: Iterable[Trial]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(trial.case for trial in found))
