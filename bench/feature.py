"""A feature film as a production office would have it: people, papers, records, and thousands of planned uses.

Two pictures and a commercial, some three hundred people (principals, day players, stunts, voices, a crowd, minors, the
dead), sixty shoot days. Hardly two uses are alike: each has its own moment, scene, length, facts left out or answered.
Everything follows from one seed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from zoneinfo import ZoneInfo

from registry.domain.consent import Consent, Counsel, Exclusion, Grant, Grantor, Limits, Revocable
from registry.domain.dates import parse_span
from registry.domain.facts import FactInput
from registry.domain.money import Money
from registry.domain.performer import Performer, Representative, Standing
from registry.domain.production import Decider, Declaration, Engagement, Production, Profile
from registry.domain.record import Record
from registry.domain.replica import Model, Replica, Tool
from registry.domain.use import Use
from registry.domain.words import (
    Act,
    Agreement,
    Basis,
    Capacity,
    Content,
    Element,
    GrantorCapacity,
    Instrument,
    MadeFrom,
    ProductionKind,
    Purpose,
    RecordKind,
    ReplicaKind,
)
from registry.domain.world import World

PICTURE = "lantern"
ZONE = ZoneInfo("America/Los_Angeles")
PHOTOGRAPHY = dt.date(2026, 9, 14)
RECORDED = dt.datetime(2026, 9, 1, 9, tzinfo=ZONE)
NOW = dt.datetime(2026, 10, 1, 18, tzinfo=ZONE)
SHOOT_DAYS = 60
CROWD = 12  # people in one use of a crowd
_SETS = {"likeness": (Element.LIKENESS,), "voice": (Element.VOICE,), "body": (Element.LIKENESS, Element.MOVEMENT)}
_WHOLE = (Element.VOICE, Element.LIKENESS, Element.MOVEMENT)
_PLACES = ("US-CA", "US-NY", "US-TN", "US-IL", "GB-ENG", "FR", "DE", "CA-BC", "US-WA", "US-GA")
_TERRITORIES = (("world",), ("US", "CA"), ("FR",), ("DE", "FR", "IT"), ("US", "GB"), ("JP",), ("CN",), ("EU",))
_MEDIA = (("theatrical",), ("theatrical", "svod"), ("svod", "avod"), ("social",), ("television",), ("game",), ("any",))
_ROLES = ("principal", "day", "stunt", "voice", "minor", "dead", "crowd")


@dataclass(frozen=True)
class Part:
    """Somebody in the picture: who, and as what."""

    performer: Performer
    role: str

    @property
    def id(self) -> str:
        return self.performer.id


@dataclass(frozen=True)
class Feature:
    """Everything on file about the picture, and the uses that are planned, in the order of the schedule."""

    world: World
    uses: tuple[Use, ...]


def feature(pairs: int = 5_000, *, people: int = 300, seed: int = 20_261_128) -> Feature:
    """The picture with `pairs` planned uses, each person of a crowd counting as one."""
    random = Random(seed)
    cast = [somebody(f"person-{n:03d}", n, random) for n in range(people)]
    replicas = [r for part in cast for r in _replicas(part, random)]
    consents = [c for part in cast for c in consents_of(part, random)]
    uses = tuple(_schedule(pairs, cast, replicas, random))
    world = World(
        performers=tuple(part.performer for part in cast),
        productions=_productions(),
        engagements=tuple(e for part in cast for e in _engagements(part, random)),
        replicas=(*replicas, Replica(id="crowd-1", kind=ReplicaKind.BACKGROUND, elements=_SETS["body"]), _nobody()),
        models=tuple(Model(id=f"model-{p.id}", trained_on=(p.id,), made_for=PICTURE) for p in cast[:40]),
        tools=_tools(),
        profiles=_profiles(),
        consents=tuple(consents),
        records=tuple(_records(cast, consents, uses, random)),
        uses=uses,
    )
    return Feature(world, uses)


# ---- pictures, tools, answers given once


def _productions() -> tuple[Production, ...]:
    picture = Production(
        id=PICTURE,
        title="The Lantern Coast",
        kind=ProductionKind.THEATRICAL,
        franchise="lantern-films",
        agreement=Agreement.TV_THEATRICAL,
        signatory=True,
        platform="netflix",
        photography_starts_on=PHOTOGRAPHY,
        photography_ends_on=PHOTOGRAPHY + dt.timedelta(days=90),
        places=("US-CA",),
        governing_law="US-CA",
        released_in=("world",),
        released_on=dt.date(2027, 11, 5),
        original_language="en",
        timezone="America/Los_Angeles",
        deciders=tuple(
            Decider(name=name, capacity=capacity, from_=dt.date(2026, 8, 1))
            for name, capacity in (("T. Albright", "business_affairs"), ("S. Renner", "counsel"))
        ),
        declares=Declaration(by="T. Albright", on=dt.date(2026, 9, 1), facts=_declared()),
    )
    earlier = replace(
        picture,
        id="lantern-0",
        title="The Lantern",
        photography_starts_on=dt.date(2024, 3, 4),
        photography_ends_on=dt.date(2024, 6, 28),
        released_on=dt.date(2025, 5, 2),
        declares=None,
    )
    spot = replace(
        earlier,
        id="lantern-tea",
        title="Lantern Tea",
        kind=ProductionKind.COMMERCIAL,
        franchise=None,
        agreement=Agreement.COMMERCIALS,
        platform="none",
        advertiser="Lantern Tea",
        photography_starts_on=dt.date(2026, 9, 21),
        photography_ends_on=dt.date(2026, 9, 25),
        released_on=dt.date(2026, 12, 1),
        first_use_on=dt.date(2026, 12, 1),
    )
    return picture, earlier, spot


def _declared() -> tuple[tuple[str, FactInput], ...]:
    return (
        ("output.displaces_union_work", False),
        ("output.early_test", True),
        ("output.recreates_ip", False),
        ("prompt.features", ("none",)),
        ("prompt.names_performer", False),
        ("prompt.references_copyright", False),
        ("prompt.references_public_figure", False),
        ("use.exception_claimed", "none"),
        ("use.generative", True),
    )


def _tools() -> tuple[Tool, ...]:
    pipeline = Tool(
        id="pipeline",
        vendor="Northgate",
        stores=False,
        reuses=False,
        trains=False,
        enterprise=True,
        platform_agreement=True,
        terms_reviewed=True,
        vendor_pipeline=True,
        vendor_verified=True,
    )
    return pipeline, replace(pipeline, id="voices", trains="unsure", vendor_verified=None), Tool(id="new-thing")


def _profiles() -> tuple[Profile, ...]:
    said = {"by": "T. Albright", "on": dt.date(2026, 9, 1)}
    shot = (("output.mistakable", False), ("output.story_central", False), ("tool.inputs", ("none",)))
    return (
        Profile(id="vfx-shot", facts=shot, **said),  # type: ignore[arg-type]
        Profile(id="sound", facts=(("output.mistakable", False), ("tool.inputs", ("script",))), **said),  # type: ignore[arg-type]
    )


def _nobody() -> Replica:
    return Replica(id="nobody-1", kind=ReplicaKind.SYNTHETIC, elements=(Element.LIKENESS,), made_for=PICTURE)


# ---- people, and what they signed


def somebody(id_: str, n: int, random: Random) -> Part:
    """The person who stands at place `n` of a cast list; those who come late are the crowd."""
    role = "principal" if n < 30 else "day" if n < 90 else "stunt" if n < 110 else "voice" if n < 130 else ""
    role = role or ("minor" if n < 138 else "dead" if n < 142 else "crowd")
    year = random.randrange(2010, 2016) if role == "minor" else random.randrange(1948, 2004)
    born = f"{year}-{random.randrange(1, 13):02d}-{random.randrange(1, 29):02d}"
    member = role not in ("crowd", "minor") or random.random() < 0.5
    standing = Standing(union="SAG-AFTRA", status="member", from_=dt.date(2008, 1, 1) + dt.timedelta(days=n % 6_000))
    performer = Performer(
        id=id_,
        legal_name=f"Person Number {n}",
        born=None if random.random() < 0.02 else parse_span(born),
        died=parse_span("2019-07-02") if role == "dead" else None,
        domicile=random.choice(_PLACES),
        standings=(standing,) if member else (),
        representatives=tuple(_representatives(n, role)),
    )
    return Part(performer, role)


def _representatives(n: int, role: str) -> Iterator[Representative]:
    if role == "minor":
        yield Representative(id=f"parent-{n}", capacity=Capacity.GUARDIAN, name=f"Parent {n}")
    elif role == "dead":
        for heir, share in enumerate((Fraction(2, 3), Fraction(1, 3))):
            yield Representative(id=f"heir-{n}-{heir}", capacity=Capacity.ESTATE, name=f"Heir {n}.{heir}", share=share)
    else:
        yield Representative(id=f"agent-{n}", capacity=Capacity.AGENT, name="Palisade Talent")


def _engagements(part: Part, random: Random) -> Iterator[Engagement]:
    if part.role == "dead":
        return
    category = {"principal": "weekly", "day": "day_performer", "stunt": "stunt", "voice": "voice", "minor": "weekly"}
    starts = PHOTOGRAPHY + dt.timedelta(days=random.randrange(40))
    yield Engagement(
        id=f"{part.id}-{PICTURE}",
        performer=part.id,
        production=PICTURE,
        category=category.get(part.role, "background"),
        engaged_at=dt.datetime.combine(starts - dt.timedelta(days=random.randrange(10, 90)), dt.time(10), ZONE),
        starts_on=starts,
        daily_rate=Money(random.choice((22_400, 124_600, 130_000, 150_000)), "USD"),
        covered_by_agreement=None if random.random() < 0.03 else True,
        loan_out="Own Company Inc." if random.random() < 0.1 else None,
    )


def _replicas(part: Part, random: Random) -> Iterator[Replica]:
    for number in range(2 if part.role == "principal" else 1):
        yield Replica(
            id=f"{part.id}-scan-{number}",
            performer=part.id,
            kind=ReplicaKind.INDEPENDENTLY_CREATED if part.role == "dead" else ReplicaKind.EMPLOYMENT_BASED,
            elements=_SETS["voice"] if part.role == "voice" else _SETS["body"],
            made_from=MadeFrom.EXISTING_MATERIAL if part.role == "dead" else MadeFrom.SCAN,
            made_for=PICTURE if random.random() < 0.9 else "lantern-0",
            made_on=None if random.random() < 0.1 else PHOTOGRAPHY - dt.timedelta(days=random.randrange(1, 20)),
        )


def consents_of(part: Part, random: Random) -> Iterator[Consent]:
    """What somebody signed over the years, for this picture and for others."""
    for number in range(random.randrange(2, 4) if part.role == "crowd" else random.randrange(3, 8)):
        yield _consent(part, number, random) if number else _rider(_consent(part, number, random), random)


def _consent(part: Part, number: int, random: Random) -> Consent:
    capacity = {"minor": GrantorCapacity.GUARDIAN, "dead": GrantorCapacity.ESTATE}.get(part.role, GrantorCapacity.SELF)
    signer = None if capacity is GrantorCapacity.SELF else part.performer.representatives[0].id
    signed = dt.datetime.combine(PHOTOGRAPHY - dt.timedelta(days=random.randrange(-40, 200)), dt.time(9, 15), ZONE)
    grants = tuple(_grant(f"2.{n}", part, random) for n in range(1, random.randrange(2, 5)))
    carved = Exclusion(content=(Content.ENDORSEMENT,)), Exclusion(territories=("CN",), media=("social",))
    return Consent(
        id=f"c-{part.id}-{number}",
        performer=part.id,
        grantor=Grantor(capacity=capacity, representative=signer),
        instrument=random.choice((*(Instrument.SEPARATE_WRITING,) * 6, Instrument.CONTRACT_CLAUSE, Instrument.VOUCHER)),
        separately_signed=random.random() < 0.9,
        conspicuous=random.random() < 0.95,
        counsel=Counsel(name="R. Lindqvist", negotiated_replica_terms=True) if random.random() < 0.3 else None,
        personally_signed=True if capacity is GrantorCapacity.SELF else None,
        cba_addresses_replicas=random.choice((True, True, None)),
        signed_at=None if random.random() < 0.04 else signed,
        delivered_at=signed - dt.timedelta(days=random.randrange(1, 9)),
        basis=random.choice((*(Basis.CONTRACT,) * 7, Basis.EXPLICIT_CONSENT)),
        lifetime_only=random.random() < 0.1,
        revocable=Revocable(by_terms=random.random() < 0.2),
        until=signed.date() + dt.timedelta(days=random.choice((60, 400, 4_000))) if random.random() < 0.3 else None,
        grants=grants,
        excludes=(random.choice(carved),) if random.random() < 0.3 else (),
    )


def _rider(consent: Consent, random: Random) -> Consent:
    """The one everybody signs before the first day: what the picture is known to need, in good form."""
    broad = {"acts": (Act.CREATE_REPLICA, Act.USE_REPLICA, Act.ALTER_PERFORMANCE), "elements": _WHOLE}
    grants = tuple(
        replace(grant, productions=(PICTURE,), territories=None, media=None, languages=None, ages=None, **broad)  # type: ignore[arg-type]
        for grant in consent.grants
    )
    return replace(
        consent,
        instrument=Instrument.SEPARATE_WRITING,
        separately_signed=True,
        conspicuous=True,
        signed_at=dt.datetime.combine(PHOTOGRAPHY - dt.timedelta(days=random.randrange(12, 60)), dt.time(9), ZONE),
        until=None,
        cba_addresses_replicas=True,
        grants=grants,
    )


def _grant(clause: str, part: Part, random: Random) -> Grant:
    acts = random.choice(
        (
            (Act.CREATE_REPLICA,),
            (Act.USE_REPLICA,),
            (Act.CREATE_REPLICA, Act.USE_REPLICA),
            (Act.ALTER_PERFORMANCE,),
            (Act.DUB,),
            (Act.USE_REPLICA, Act.ALTER_PERFORMANCE),
            (Act.TRAIN_MODEL,),
            (Act.PROMPT_LIKENESS, Act.USE_REPLICA),
        )
    )
    first = random.randrange(1, 150)
    scenes = tuple(str(s) for s in range(first, first + random.randrange(5, 60)))
    purposes = (Purpose.FINAL, Purpose.PROMOTION) if random.random() < 0.3 else (Purpose.FINAL,)
    return Grant(
        clause=clause,
        acts=acts,
        elements=_SETS["voice"] if part.role == "voice" else random.choice((_SETS["body"], _WHOLE)),
        productions=random.choice(((PICTURE,), (PICTURE,), ("lantern-films",), ("lantern-0",), ("lantern-tea",))),
        purposes=purposes,
        description=f"Work on scenes {scenes[0]} to {scenes[-1]}, as storyboarded for {part.performer.legal_name}.",
        scenes=scenes if random.random() < 0.5 else None,
        media=random.choice((None, None, ("any",), ("theatrical", "streaming"), ("theatrical",))),
        territories=random.choice((None, None, ("world",), ("US", "CA"), ("EU", "US"))),
        languages=("en", "es", "fr") if Act.DUB in acts or random.random() < 0.1 else None,
        until=dt.date(2030, 12, 31) if random.random() < 0.2 else None,
        ages=(20, 40) if random.random() < 0.1 else None,
        allows=(Content.GRAPHIC_VIOLENCE,) if random.random() < 0.2 else (),
        limits=Limits(seconds=random.choice((20, 60)), uses=random.choice((None, 2)))
        if random.random() < 0.15
        else None,
        scripted_alterations=True if Act.ALTER_PERFORMANCE in acts else None,
    )


# ---- what is planned


def _schedule(pairs: int, cast: list[Part], replicas: list[Replica], random: Random) -> Iterator[Use]:
    """Uses day by day until there are `pairs`: a quarter of them crowds, the rest of one person or of nobody."""
    made = 0
    while made < pairs:
        crowd = made % 4 == 3 and pairs - made >= CROWD and random.random() < 0.08
        use = _use(made, pairs, cast, replicas, random)
        if crowd:
            use = _of_a_crowd(use, cast, random)
        made += len(use.performers) or 1
        yield use


def _use(n: int, pairs: int, cast: list[Part], replicas: list[Replica], random: Random) -> Use:
    day = PHOTOGRAPHY + dt.timedelta(days=n * SHOOT_DAYS // pairs)
    part = random.choice(cast[:142]) if random.random() < 0.7 else random.choice(cast)
    theirs = [r for r in replicas if r.performer == part.id]
    act = _act(part, random)
    named = act not in (Act.USE_SYNTHETIC, Act.GENERATE_MATERIAL)
    replica = random.choice(theirs).id if named and act is not Act.ALTER_PERFORMANCE and random.random() < 0.9 else None
    return Use(
        id=f"u-{n:05d}",
        act=act,
        production=PICTURE if random.random() < 0.96 else "lantern-tea",
        performers=(part.id,) if named else (),
        replica="nobody-1" if act is Act.USE_SYNTHETIC else replica,
        elements=_elements(part, act, random) if replica is None else None,
        purpose=random.choice((*(Purpose.FINAL,) * 12, Purpose.TEMPORARY, Purpose.PROMOTION, Purpose.PITCH)),
        scenes=None
        if random.random() < 0.03
        else tuple(str(random.randrange(1, 180)) for _ in range(random.choice((1, 1, 2)))),
        description=f"Shot {n}",
        shot=f"{n}A",
        media=random.choice(_MEDIA) if random.random() < 0.3 else ("theatrical", "svod"),
        territories=random.choice(_TERRITORIES) if random.random() < 0.3 else None,
        languages=_languages(act, random),
        at=None if random.random() < 0.01 else dt.datetime.combine(day, dt.time(6 + n % 14, n % 60), ZONE),
        until=day + dt.timedelta(days=random.randrange(1, 30)) if random.random() < 0.1 else None,
        ages=(age := random.randrange(16, 40), age + 2) if random.random() < 0.04 else None,
        content=_content(random),
        seconds=None if random.random() < 0.1 else random.randrange(1, 45),
        tool=random.choice((*("pipeline",) * 8, "voices", "new-thing", None)),
        model=f"model-{part.id}" if act is Act.REUSE_MODEL else None,
        profile=random.choice(("vfx-shot", "vfx-shot", "sound", None)),
        facts=tuple(_facts(act, random)),
    )


def _act(part: Part, random: Random) -> Act:
    if random.random() < 0.06:
        return random.choice((Act.USE_SYNTHETIC, Act.GENERATE_MATERIAL, Act.PROMPT_LIKENESS))
    if int(part.id[-3:]) < 40 and random.random() < 0.08:
        return random.choice((Act.TRAIN_MODEL, Act.REUSE_MODEL, Act.LICENSE_TRAINING, Act.TRANSFER_REPLICA))
    return random.choices(
        (Act.USE_REPLICA, Act.ALTER_PERFORMANCE, Act.CREATE_REPLICA, Act.DUB), (0.45, 0.3, 0.15, 0.1)
    )[0]


def _elements(part: Part, act: Act, random: Random) -> tuple[Element, ...] | None:
    if random.random() < 0.05:
        return None
    return _SETS["voice"] if part.role == "voice" or act is Act.DUB else random.choice(tuple(_SETS.values()))


def _languages(act: Act, random: Random) -> tuple[str, ...] | None:
    if act is Act.DUB:
        return random.choice((("es-MX",), ("fr",), ("de",), ("es", "fr"), None))
    return ("en",) if random.random() < 0.1 else None


def _content(random: Random) -> tuple[Content, ...] | None:
    sensitive = (Content.GRAPHIC_VIOLENCE, Content.NUDITY, Content.POLITICAL, Content.ENDORSEMENT)
    return None if random.random() < 0.05 else (random.choice(sensitive),) if random.random() < 0.08 else ()


def _facts(act: Act, random: Random) -> Iterator[tuple[str, FactInput]]:
    """Some answers, in the order of their names; others are left out, so that they are asked for."""
    answers: dict[str, tuple[FactInput, ...]] = {
        "output.prominence": ("none", "incidental"),
        "use.alteration": ("cosmetic", "dialogue_adjustment", "age", "effects", "other"),
        "use.as_scripted": (True, True, False),
        "use.audio_only": (False,),
        "use.changes_tone": (False, False, True, "unsure"),
        "use.days_estimated": tuple(range(1, 12)),
        "use.in_lieu": (False, True),
        "use.plays_self": (False,),
        "use.real_time": (False,),
        "use.scripted_alteration": (True, False),
        "use.session_hours": (1.5, 4.0, 8.0),
    }
    for name, choices in answers.items():
        alters = name in ("use.alteration", "use.as_scripted", "use.changes_tone", "use.scripted_alteration")
        if random.random() < (0.7 if act is Act.ALTER_PERFORMANCE or not alters else 0.05):
            yield name, random.choice(choices)


def _of_a_crowd(use: Use, cast: list[Part], random: Random) -> Use:
    people = random.sample([part.id for part in cast if part.role == "crowd"], CROWD)
    facts = (("use.counts_as_covered_background", random.random() < 0.2), *use.facts)
    return replace(
        use, act=Act.USE_REPLICA, performers=tuple(people), replica="crowd-1", elements=None, model=None, facts=facts
    )


# ---- what has been told, asked, decided and done


def _records(cast: list[Part], consents: list[Consent], uses: tuple[Use, ...], random: Random) -> Iterator[Record]:
    for n, part in enumerate(cast):
        if random.random() < 0.8:
            yield _told(f"n-{n}", "performer", random, performer=part.id, about=(f"{part.id}-scan-0",))
    for n, consent in enumerate(consents):
        for grant in consent.grants:
            if random.random() < 0.7:
                yield _ruled(
                    f"rs-{n}-{grant.clause}", "consent.specific", random, consent=consent.id, clause=grant.clause
                )
        if random.random() < 0.03:
            day = PHOTOGRAPHY + dt.timedelta(days=random.randrange(60))
            yield Record(id=f"v-{n}", kind=RecordKind.REVOCATION, consent=consent.id, grants=("all",), effective=day)
    for n, use in enumerate(uses):
        yield from _of_use(n, use, random)
    for n in range(0, len(uses), 10):  # the plan, in letters of ten uses
        if random.random() < 0.95:
            yield _told(f"np-{n}", "platform", random, about=tuple(use.id for use in uses[n : n + 10]))
    start = dt.date(2026, 11, 2)
    yield Record(id="s-1", kind=RecordKind.STRIKE, agreement=Agreement.COMMERCIALS, from_=start)
    yield Record(id="w-1", kind=RecordKind.SUSPENSION, agreement=Agreement.TV_THEATRICAL, from_=start, to_day=start)


def _of_use(n: int, use: Use, random: Random) -> Iterator[Record]:
    said = {"use": (use.id,)}
    if random.random() < 0.92:
        yield Record(id=f"a-{n}", kind=RecordKind.APPROVAL, sender="netflix", given_at=_before(random), **said)
    if random.random() < 0.08:
        yield _ruled(f"ru-{n}", random.choice(("use.as_scripted", "use.recognizable")), random, **said)
    if random.random() < 0.1:
        yield Record(id=f"d-{n}", kind=RecordKind.DONE, rule="TVT26-SEC-1", on=dt.date(2026, 9, 15), **said)
    if random.random() < 0.05:
        amount = Money(random.randrange(10_000, 500_000), "USD")
        paid = {"rule": "TVT23-PAY-USE-1", "amount": amount, "paid_on": dt.date(2026, 9, 25)}
        yield Record(id=f"p-{n}", kind=RecordKind.PAYMENT, **said, **paid)  # type: ignore[arg-type]
    if random.random() < 0.03:
        yield Record(id=f"k-{n}", kind=RecordKind.USE_MADE, made_at=use.at or NOW, seconds=use.seconds, **said)
    if use.act is Act.CREATE_REPLICA and random.random() < 0.3:
        yield Record(id=f"z-{n}", kind=RecordKind.REASON, text="Cannot be staged.", given_at=_before(random), **said)


def _told(id_: str, to: str, random: Random, **about: object) -> Record:
    return Record(id=id_, kind=RecordKind.NOTICE, to=to, production=PICTURE, given_at=_before(random), **about)  # type: ignore[arg-type]


def _ruled(id_: str, question: str, random: Random, **on: object) -> Record:
    name, capacity = random.choice(
        (("T. Albright", "business_affairs"), ("S. Renner", "counsel"), ("A. Agent", "agent"))
    )
    name, capacity = ("T. Albright", "business_affairs") if random.random() < 0.8 else (name, capacity)
    return Record(
        id=id_,
        kind=RecordKind.RULING,
        question=question,
        answer="yes" if random.random() < 0.85 else "no",
        decided_by=name,
        capacity=capacity,
        decided_on=_before(random).date(),
        because="read against the script",
        **on,  # type: ignore[arg-type]
    )


def _before(random: Random) -> dt.datetime:
    """A moment before the first day, seldom one of the days after it."""
    days = random.randrange(-30, 0) if random.random() < 0.05 else random.randrange(3, 60)
    return dt.datetime.combine(PHOTOGRAPHY - dt.timedelta(days=days), dt.time(15), ZONE)
