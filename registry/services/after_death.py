"""How long the law protects somebody who died, as far as the packs have a term: counted from the day of death."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from registry.domain.dates import DateSpan, years_after
from registry.domain.values import dataclass
from registry.rules.catalogue import Catalogue
from registry.rules.pack import Pack, Rule

_TERM = re.compile(r"years_after\(\s*performer\.died_on\s*,\s*([\w.]+)\s*\)")
_PLACE = re.compile(r'touches\([^"()]*,\s*"([\w-]+)"\s*\)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A rule that speaks of the dead for some years. `last_day` is the last one of the term, both where the date of
    death is known to the day; `over` is None where it does not tell."""

    rule: str
    title: str
    place: str | None
    years: int
    last_day: dt.date
    over: bool | None


def terms(catalogue: Catalogue, died: DateSpan, *, on: dt.date) -> tuple[Term, ...]:
    """Every term after death that a law in the catalogue counts, on a day; by place, longest first."""
    found = [term for pack in catalogue.packs for rule in pack.rules for term in _of(pack, rule, died, on)]
    return tuple(sorted(found, key=lambda t: (t.place or "", -t.years, t.rule)))


def _of(pack: Pack, rule: Rule, died: DateSpan, on: dt.date) -> Iterator[Term]:
    source = rule.when.source if rule.when else ""
    named = _TERM.search(source)
    years = _years(pack, named[1], on) if named else None
    if years is None or rule.carried_from:
        return
    place = _PLACE.search(source) or _PLACE.search(pack.applies.source if pack.applies else "")
    ends = years_after(died.first, years), years_after(died.last, years)
    yield Term(
        rule=rule.id,
        title=rule.title,
        place=place[1] if place else None,
        years=years,
        last_day=ends[1],
        over=True if on > ends[1] else False if on <= ends[0] else None,
    )


def _years(pack: Pack, written: str, on: dt.date) -> int | None:
    if written.isdigit():
        return int(written)
    rate = next((p.on(on) for p in pack.parameters if p.name == written), None)
    value = rate.value if rate else None
    return value if isinstance(value, int) else None
