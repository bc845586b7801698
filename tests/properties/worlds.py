"""Worlds for the property tests: one performer, one picture, consents that meet in a few dozen cells.

Most axes of a grant are full and edges lie on a coarse grid, so that boxes meet; uniform random boxes rarely would.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import product

from hypothesis import strategies as st

from registry.domain.consent import Consent, Exclusion, Grant, Grantor, Revocable
from registry.domain.dates import parse_span
from registry.domain.finding import Verdict, VerdictWord
from registry.domain.performer import Performer
from registry.domain.production import Production
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.words import (
    Act,
    Agreement,
    Basis,
    Content,
    Element,
    GrantorCapacity,
    Instrument,
    ProductionKind,
    Purpose,
    RecordKind,
)
from registry.domain.world import World
from registry.rules.catalogue import PACKS
from registry.services.checking import check_world
from tests.engine.instruments import catalogue

UTC = dt.UTC
NOW = dt.datetime(2027, 6, 1, 12, tzinfo=UTC)
DAYS = [dt.date(2026, 9, 1) + dt.timedelta(days=n) for n in range(4)]
TERRITORIES = ("FR", "DE", "US-CA")
MEDIA = ("theatrical", "social")
LANGUAGES = ("en", "es-MX")
SCENES = ("1", "2")
# The house asks for every consent that no instrument asks for: alone it makes a refusal turn on scope and nothing else.
CATALOGUE = catalogue((PACKS / "house.yaml").read_text("utf-8"))
WORST = list(VerdictWord)


@dataclass(frozen=True)
class Story:
    """A use, and what is on file about its performer."""

    use: Use
    consents: tuple[Consent, ...]
    records: tuple[Record, ...] = ()


def subsets(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=len(values), unique=True).map(
        lambda v: tuple(sorted(v))
    )


def axis(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...] | None]:
    """An axis of a grant: left out two times in three."""
    return st.one_of(st.none(), st.just(("any",)) if values in (MEDIA, LANGUAGES) else st.none(), subsets(values))


days = st.sampled_from(DAYS)
ends = st.one_of(st.none(), days)


@st.composite
def grants(draw: st.DrawFn, clause: str) -> Grant:
    return Grant(
        clause=clause,
        acts=(Act.USE_REPLICA,),
        elements=tuple(Element(e) for e in draw(st.sampled_from([("likeness", "voice"), ("likeness",), ("voice",)]))),
        productions=("reef",),
        purposes=(Purpose.FINAL,),
        description="Captain Mana at the wheel.",
        scenes=draw(axis(SCENES)),
        media=draw(axis(MEDIA)),
        territories=draw(axis((*TERRITORIES, "US", "world"))),
        languages=draw(axis(("en", "es", "es-MX"))),
        from_=draw(ends),
        until=draw(ends),
        allows=draw(st.sampled_from([(), (Content.POLITICAL,)])),
        real_time=draw(st.sampled_from([None, False, True])),
    )


@st.composite
def exclusions(draw: st.DrawFn) -> Exclusion:
    return Exclusion(
        territories=draw(st.one_of(st.none(), subsets(TERRITORIES))),
        media=draw(subsets(MEDIA)),
        languages=draw(st.one_of(st.none(), subsets(LANGUAGES))),
        from_=draw(ends),
    )


@st.composite
def consents(draw: st.DrawFn, number: int) -> Consent:
    """A consent signed before the use or on its first days, now and then revocable or for a term."""
    signed = draw(st.sampled_from([dt.date(2026, 8, 1), *DAYS[:2]]))
    return Consent(
        id=f"c-{number}",
        performer="soane",
        grantor=Grantor(capacity=GrantorCapacity.SELF),
        instrument=Instrument.SEPARATE_WRITING,
        separately_signed=True,
        conspicuous=True,
        signed_at=dt.datetime.combine(signed, dt.time(6), UTC),
        basis=Basis.CONTRACT,
        revocable=Revocable(by_terms=draw(st.booleans())),
        until=draw(ends),
        grants=tuple(draw(grants(str(n))) for n in range(1, draw(st.integers(1, 2)) + 1)),
        excludes=tuple(draw(st.lists(exclusions(), max_size=1))),
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Something that takes away: a revocation or a suspension."""
    if draw(st.booleans()):
        return Record(
            id="v-1",
            kind=RecordKind.REVOCATION,
            consent=f"c-{draw(st.integers(0, 2))}",
            grants=draw(st.sampled_from([("all",), ("1",)])),
            effective=draw(days),
        )
    return Record(id="y-1", kind=RecordKind.SUSPENSION, agreement=Agreement.NONE, from_=draw(days), to_day=draw(ends))


@st.composite
def uses(draw: st.DrawFn) -> Use:
    first, last = sorted([draw(days), draw(days)])
    return Use(
        id="u-1",
        act=Act.USE_REPLICA,
        production="reef",
        performers=("soane",),
        elements=tuple(Element(e) for e in draw(st.sampled_from([("likeness", "voice"), ("likeness",)]))),
        purpose=Purpose.FINAL,
        scenes=draw(subsets(SCENES)),
        description="Captain Mana at the wheel",
        media=draw(subsets(MEDIA)),
        territories=draw(subsets(TERRITORIES)),
        languages=draw(subsets(LANGUAGES)),
        at=dt.datetime.combine(first, dt.time(10), UTC),
        until=last,
        content=draw(st.sampled_from([(), (Content.POLITICAL,)])),
        facts=(("use.real_time", draw(st.sampled_from([False, False, True]))),),
    )


@st.composite
def stories(draw: st.DrawFn) -> Story:
    found = tuple(draw(consents(n)) for n in range(draw(st.integers(0, 3))))
    return Story(draw(uses()), found, tuple(draw(st.lists(records(), max_size=1))))


def world_of(story: Story) -> World:
    return World(
        performers=(
            Performer(id="soane", legal_name="Sione Tavake", born=parse_span("1987-05-17"), domicile="US-NV"),
            Performer(id="other", legal_name="Somebody Else", born=parse_span("1980-01-01"), domicile="US-NV"),
        ),
        productions=(
            Production(
                id="reef",
                title="Reef Road",
                kind=ProductionKind.THEATRICAL,
                agreement=Agreement.NONE,
                signatory=False,
                platform="none",
                places=("US-NV",),
                governing_law="US-NV",
                released_in=("US-NV",),
                released_on=dt.date(2027, 3, 5),
                timezone="UTC",
            ),
        ),
        consents=story.consents,
        records=story.records,
    )


def check(story: Story, **options: object) -> Verdict:
    return check_world(world_of(story), (story.use,), CATALOGUE, now=NOW, **options)[0]  # type: ignore[arg-type]


def rank(verdict: Verdict) -> int:
    """0 is the worst."""
    return WORST.index(verdict.verdict)


def cells(use: Use) -> list[Use]:
    """Every use of one element, scene, medium, territory, language and day inside the region of `use`."""
    assert use.at
    assert use.until
    span = [d for d in DAYS if use.at.date() <= d <= use.until]
    return [
        replace(
            use,
            elements=(e,),
            scenes=(s,),
            media=(m,),
            territories=(t,),
            languages=(g,),
            until=d,
            at=dt.datetime.combine(d, dt.time(10), UTC),
        )
        for e, s, m, t, g, d in product(
            use.elements or (), use.scenes or (), use.media or (), use.territories or (), use.languages or (), span
        )
    ]
