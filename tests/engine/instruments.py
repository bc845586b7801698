"""Small instruments for the engine's tests: packs written in place, one performer, one picture, one use."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from registry.domain.consent import Consent, Grant, Grantor
from registry.domain.dates import parse_span
from registry.domain.facts import FactInput
from registry.domain.finding import Finding, Verdict
from registry.domain.money import Money
from registry.domain.performer import Performer, Representative, Standing
from registry.domain.production import Decider, Engagement, Production
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.words import (
    Act,
    Agreement,
    Capacity,
    Element,
    GrantorCapacity,
    Instrument,
    ProductionKind,
    Purpose,
    RecordKind,
)
from registry.domain.world import World
from registry.rules.catalogue import Catalogue
from registry.rules.dictionary import load_dictionary
from registry.rules.index import masks_of
from registry.rules.linking import link
from registry.rules.loader import read_pack
from registry.services.checking import check_world

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
AT = dt.datetime(2026, 9, 14, 16, tzinfo=dt.UTC)
HEAD = """format: consent-rules/1
pack: {name}
title: An instrument for a test
gate: {gate}
in_force: {{from: {from_}, until: {until}}}
judged_on: {judged_on}
applies: {applies}
source: written for a test
reviewed: {{on: 2026-01-01, expires: {expires}}}
"""


def pack(
    body: str,
    *,
    name: str = "test-pack",
    gate: str = "agreement",
    from_: str = "2020-01-01",
    until: str = "null",
    judged_on: str = "use.on",
    applies: str = "'true'",
    expires: str = "2030-01-01",
    extra: str = "",
) -> str:
    head = HEAD.format(
        name=name, gate=gate, from_=from_, until=until, judged_on=judged_on, applies=applies, expires=expires
    )
    return head + extra + body


def catalogue(*texts: str) -> Catalogue:
    """The packs in `texts`, linked as the shipped ones are."""
    drafts = [read_pack(text, f"pack-{n}.yaml", load_dictionary()) for n, text in enumerate(texts)]
    packs, errors = link(drafts)
    assert not errors, [e.lines() for e in errors]
    return Catalogue(packs, load_dictionary(), tuple(masks_of(p) for p in packs))


PERFORMER = Performer(
    id="okafor",
    legal_name="Adaeze Okafor",
    professional_name="Ada Okafor",
    born=parse_span("1991-06-02"),
    domicile="US-CA",
    standings=(Standing(union="SAG-AFTRA", status="member", from_=dt.date(2014, 3, 1)),),
    representatives=(Representative(id="agent", capacity=Capacity.AGENT, name="An Agent"),),
)
PRODUCTION = Production(
    id="harbor",
    title="Harbor Light",
    kind=ProductionKind.THEATRICAL,
    agreement=Agreement.TV_THEATRICAL,
    signatory=True,
    platform="netflix",
    photography_starts_on=dt.date(2026, 9, 14),
    places=("US-CA",),
    governing_law="US-CA",
    released_in=("world",),
    timezone="America/Los_Angeles",
)
ENGAGEMENT = Engagement(
    id="e-1",
    performer="okafor",
    production="harbor",
    role="Mara",
    category="weekly",
    engaged_at=dt.datetime(2026, 8, 3, 17, tzinfo=dt.UTC),
    daily_rate=Money(150000, "USD"),
    covered_by_agreement=True,
)
USE = Use(
    id="u-1",
    act=Act.USE_REPLICA,
    production="harbor",
    performers=("okafor",),
    elements=(Element.LIKENESS,),
    purpose=Purpose.FINAL,
    description="Fall from the roof",
    media=("theatrical",),
    territories=("US",),
    languages=("en",),
    at=AT,
    content=(),
    facts=(("use.real_time", False),),
)
CONSENT = Consent(
    id="c-1",
    performer="okafor",
    grantor=Grantor(capacity=GrantorCapacity.SELF),
    instrument=Instrument.SEPARATE_WRITING,
    separately_signed=True,
    conspicuous=True,
    signed_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC),
    grants=(
        Grant(
            clause="1",
            acts=(Act.USE_REPLICA,),
            elements=(Element.LIKENESS,),
            productions=("harbor",),
            purposes=(Purpose.FINAL,),
            description="Mara falls from the roof.",
        ),
    ),
)
WORLD = World(performers=(PERFORMER,), productions=(PRODUCTION,), engagements=(ENGAGEMENT,))


def use(**facts: FactInput) -> Use:
    """The use with facts; `__` stands for the dot in a fact's name."""
    given = dict(USE.facts) | {name.replace("__", "."): value for name, value in facts.items()}
    return replace(USE, facts=tuple(sorted(given.items())))


def ruling(
    question: str,
    answer: str,
    *,
    by: str = "T. Albright",
    capacity: str = "business_affairs",
    rule: str | None = None,
    id_: str = "r-1",
) -> Record:
    return Record(
        id=id_,
        kind=RecordKind.RULING,
        use=("u-1",),
        question=question,
        answer=answer,
        decided_by=by,
        capacity=capacity,
        decided_on=dt.date(2026, 9, 10),
        because="for a test",
        rule=rule,
    )


def verdict(
    packs: Catalogue,
    proposed: Use = USE,
    *records: Record,
    consents: tuple[Consent, ...] = (),
    world: World = WORLD,
    **options: object,
) -> Verdict:
    on_file = replace(world, records=(*world.records, *records), consents=(*world.consents, *consents))
    return check_world(on_file, (proposed,), packs, now=NOW, **options)[0]  # type: ignore[arg-type]


def finding(packs: Catalogue, rule: str, *args: object, **options: object) -> Finding | None:
    return verdict(packs, *args, **options).finding(rule)  # type: ignore[arg-type]


def deciders(*names: str) -> World:
    """The world whose production lists who may decide."""
    listed = tuple(Decider(name=n, capacity="business_affairs") for n in names)
    return replace(WORLD, productions=(replace(PRODUCTION, deciders=listed),))
