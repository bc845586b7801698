"""An instrument as a lawyer reviews it: one pack, clause by clause, in plain words with the condition beside them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A condition. `words` are its lines with the depth of each; `source` is the condition itself, which decides."""

    words: tuple[tuple[int, str], ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limb:
    """One limb of an exception: if it holds, the rule asks nothing."""

    id: str
    grade: str
    cite: str
    condition: Wording


@dataclass(frozen=True, slots=True)
class Demand:
    """What a clause asks for; `where` is what it has to be like."""

    text: str
    where: Wording | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesOf:
    """The cases that speak of a clause: those it is met or exempt in, those it is not, those it is silent in."""

    met: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause in its place. `kind` is rule, form (of a consent) or gap; a gap says why it is not encoded, and one with
    a condition refers where that could matter. `cases` is None where no cases were at hand."""

    id: str
    kind: str
    title: str
    cite: str
    grade: str
    checked: str
    dates: str
    judged_on: str
    says: str
    gap: str = ""
    carried_from: str = ""
    follows: str = ""
    replaces: str = ""
    when: Wording | None = None
    void_if: Wording | None = None
    presumed: tuple[str, ...] = ()
    unless: tuple[Limb, ...] = ()
    demands: tuple[Demand, ...] = ()
    cases: CasesOf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One entry of a dated table."""

    name: str
    from_: dt.date
    value: str
    grade: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A fact that the instrument reads, who answers it, and the question."""

    name: str
    owner: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One pack, ready to be read. `review` says when its review ends, where that is near or past."""

    id: str
    title: str
    gate: str
    digest: str
    source: str
    dates: str
    judged_on: str
    applies: Wording | None
    carries: str
    then: str
    reviewed_on: dt.date
    review_ends_on: dt.date
    review: str
    counts: str
    printed_on: dt.date
    clauses: tuple[Clause, ...]
    figures: tuple[FigureRow, ...]
    facts: tuple[FactRow, ...]
