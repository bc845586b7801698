"""Worlds that a registry file can hold, for property tests: every reference leads somewhere."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from registry.domain.consent import Consent, Counsel, Document, Exclusion, Grant, Grantor, Limits, Revocable
from registry.domain.dates import parse_span
from registry.domain.decision import Decision
from registry.domain.facts import UNSURE
from registry.domain.finding import Grade, VerdictWord
from registry.domain.performer import Performer, Representative, Standing
from registry.domain.production import (
    CastNumber,
    Decider,
    Declaration,
    Engagement,
    Production,
    Profile,
    UnionClearance,
)
from registry.domain.rate import CardRate
from registry.domain.record import OPTIONAL, REQUIRED, Record
from registry.domain.replica import Custody, CustodyFile, Model, Replica, Tool
from registry.domain.schedule import Call, SceneDay, Schedule, SheetKind, ShootDay
from registry.domain.shape import DATED
from registry.domain.signoff import SignOff
from registry.domain.use import Use
from registry.domain.vocabulary import MEDIA
from registry.domain.words import (
    Act,
    Agreement,
    Basis,
    BiometricKind,
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
from tests.files.pieces import (
    between,
    days,
    facts,
    flags,
    ids,
    languages,
    many,
    maybe,
    moments,
    money,
    one_of,
    proses,
    shas,
    spans,
    territories,
    texts,
    zones,
)


@st.composite
def performers(draw: st.DrawFn, own: str) -> Performer:
    share = st.fractions(Fraction(1, 12), 1, max_denominator=12)
    representatives = []
    for representative in draw(many(ids)):
        capacity = draw(st.sampled_from(Capacity))
        representatives.append(
            Representative(
                id=representative, capacity=capacity, name=draw(texts), authority=draw(maybe(texts)),
                share=draw(maybe(share)) if capacity is Capacity.ESTATE else None, **draw(between()),
            )
        )  # fmt: skip
    standing = st.builds(
        lambda union, status, member, span: Standing(union=union, status=status, member_id=member, **span),
        texts, texts, maybe(texts), between(),
    )  # fmt: skip
    return Performer(
        id=own, legal_name=draw(texts), professional_name=draw(maybe(texts)), other_names=draw(many(texts)),
        born=draw(maybe(st.sampled_from([parse_span("1891-06-02"), parse_span("1891")]))),
        died=draw(maybe(spans)), domicile=draw(maybe(territories)), standings=draw(many(standing)),
        representatives=tuple(representatives), recorded_at=draw(maybe(moments)),
    )  # fmt: skip


@st.composite
def productions(draw: st.DrawFn, own: str) -> Production:
    shoot = draw(between("photography_starts_on", "photography_ends_on"))
    decider = st.builds(lambda n, c, s: Decider(name=n, capacity=c, **s), texts, texts, between())
    declared = st.builds(lambda by, on, f: Declaration(by=by, on=on, facts=f), texts, maybe(days), facts)
    return Production(
        id=own, title=draw(texts), kind=draw(maybe(st.sampled_from(ProductionKind))), franchise=draw(maybe(ids)),
        company=draw(maybe(texts)), agreement=draw(maybe(st.sampled_from(Agreement))), signatory=draw(maybe(flags)),
        platform=draw(maybe(texts)), places=draw(many(territories)), governing_law=draw(maybe(territories)),
        released_in=draw(maybe(many(territories, 1))), released_on=draw(maybe(days)),
        original_language=draw(maybe(languages)), timezone=draw(maybe(zones)), advertiser=draw(maybe(texts)),
        product_line=draw(maybe(texts)), first_use_on=draw(maybe(days)), deciders=draw(many(decider)),
        declares=draw(maybe(declared)), recorded_at=draw(maybe(moments)), **shoot,
    )  # fmt: skip


@st.composite
def engagements(draw: st.DrawFn, own: str, people: list[str], works: list[str]) -> Engagement:
    number = st.builds(lambda n, e, s: CastNumber(number=n, episode=e, **s), ids, maybe(ids), between())
    return Engagement(
        id=own, performer=draw(st.sampled_from(people)), production=draw(st.sampled_from(works)),
        role=draw(maybe(texts)), category=draw(maybe(ids)), engaged_at=draw(maybe(moments)),
        daily_rate=draw(maybe(money)), covered_by_agreement=draw(maybe(flags)), loan_out=draw(maybe(texts.filter(
            lambda text: text != "none"))), cast_numbers=draw(many(number)),
        union_clearance=draw(maybe(st.builds(lambda c, o: UnionClearance(code=c, on=o), texts, maybe(days)))),
        recorded_at=draw(maybe(moments)), **draw(between("starts_on", "ends_on")),
    )  # fmt: skip


@st.composite
def replicas(draw: st.DrawFn, own: str, people: list[str], works: list[str]) -> Replica:
    file = st.builds(lambda n, s: CustodyFile(name=n, sha256=s), texts, shas)
    custody = st.builds(
        lambda h, p, f, s: Custody(holder=h, place=p, files=f, **s), texts, maybe(territories), many(file), between()
    )
    kind = draw(maybe(st.sampled_from(ReplicaKind)))
    return Replica(
        id=own, performer=None if kind is ReplicaKind.SYNTHETIC else draw(one_of(people)), kind=kind,
        elements=draw(many(st.sampled_from(Element))), made_from=draw(maybe(st.sampled_from(MadeFrom))),
        made_for=draw(one_of(works)), holder=draw(maybe(texts)),
        custody=draw(many(custody)),
        biometric_kinds=draw(st.sampled_from([None, (BiometricKind.NONE,), (BiometricKind.IRIS,)])),
        purpose_ended_on=draw(maybe(days)), last_contact_on=draw(maybe(days)), destroy_by=draw(maybe(days)),
        recorded_at=draw(maybe(moments)), **draw(between("made_on", "destroyed_on")),
    )  # fmt: skip


@st.composite
def tools(draw: st.DrawFn, own: str) -> Tool:
    names = ("stores", "reuses", "trains", "enterprise", "platform_agreement", "terms_reviewed", "vendor_pipeline")
    answers = st.sampled_from([None, True, False, UNSURE])
    return Tool(
        id=own, vendor=draw(maybe(texts)), as_of=draw(maybe(days)), recorded_at=draw(maybe(moments)),
        **{name: draw(answers) for name in names},
    )  # fmt: skip


_axes = {
    "media": maybe(st.one_of(st.just(("any",)), many(st.sampled_from(MEDIA[1:]), 1))),
    "territories": maybe(many(territories, 1)),
    "languages": maybe(st.one_of(st.just(("any",)), many(languages, 1))),
    "scenes": maybe(st.one_of(st.just(("any",)), many(ids, 1))),
    "ages": maybe(st.tuples(st.integers(0, 60), st.integers(60, 120))),
    "role_use": maybe(many(st.sampled_from(["principal", "background", "neither"]), 1)),
    "real_time": maybe(flags),
}


@st.composite
def grants(draw: st.DrawFn, clause: str, works: list[str]) -> Grant:
    limits = st.builds(
        lambda s, u, d: Limits(seconds=s, uses=u, days=d), maybe(st.integers(0, 99)), maybe(st.just(2)), st.none()
    )
    return Grant(
        clause=clause, acts=draw(many(st.sampled_from(Act), 1)), elements=draw(many(st.sampled_from(Element), 1)),
        productions=draw(many(st.sampled_from(works), 1)), purposes=draw(many(st.sampled_from(Purpose), 1)),
        description=draw(proses), allows=draw(many(st.sampled_from(Content))), limits=draw(maybe(limits)),
        scripted_alterations=draw(maybe(flags)), physical_changes=draw(maybe(many(texts))),
        **{name: draw(axis) for name, axis in _axes.items()}, **draw(between("from_", "until")),
    )  # fmt: skip


@st.composite
def exclusions(draw: st.DrawFn, works: list[str]) -> Exclusion:
    found = Exclusion(
        acts=draw(maybe(many(st.sampled_from(Act), 1))), productions=draw(maybe(many(st.sampled_from(works), 1))),
        content=draw(maybe(many(st.sampled_from(Content), 1))),
        **{name: draw(axis) for name, axis in _axes.items()}, **draw(between("from_", "until")),
    )  # fmt: skip
    return found if found != Exclusion() else Exclusion(territories=("NO",))


@st.composite
def consents(draw: st.DrawFn, own: str, people: list[Performer], works: list[str]) -> Consent:
    performer = draw(st.sampled_from(people))
    holders = [r.id for r in performer.representatives]
    grantor = st.builds(
        lambda c, r: Grantor(capacity=c, representative=None if c is GrantorCapacity.SELF else r),
        st.sampled_from(GrantorCapacity), one_of(holders),
    )  # fmt: skip
    clauses = draw(many(ids))
    counsel = st.builds(lambda n, r: Counsel(name=n, negotiated_replica_terms=r), texts, maybe(flags))
    return Consent(
        id=own, performer=performer.id, grantor=draw(grantor), co_grantors=draw(many(grantor)),
        grants=tuple(draw(grants(clause, works)) for clause in clauses),
        instrument=draw(maybe(st.sampled_from(Instrument))), separately_signed=draw(maybe(flags)),
        conspicuous=draw(maybe(flags)), counsel=draw(maybe(st.one_of(counsel, st.just(Counsel(name="none"))))),
        representative_approved=draw(maybe(flags)), court_approved=draw(maybe(flags)),
        personally_signed=draw(maybe(flags)), cba_addresses_replicas=draw(maybe(flags)),
        signed_at=draw(maybe(moments)), delivered_at=draw(maybe(moments)), basis=draw(maybe(st.sampled_from(Basis))),
        lifetime_only=draw(maybe(flags)), revocable=draw(maybe(st.builds(
            lambda b, n: Revocable(by_terms=b, notice_days=n), maybe(flags), maybe(st.integers(0, 90))))),
        excludes=tuple(draw(st.lists(exclusions(works), max_size=2))),
        declined=tuple(c for c in draw(many(ids)) if c not in clauses),
        document=draw(maybe(st.builds(lambda s, f: Document(sha256=s, file=f), shas, maybe(texts)))),
        recorded_at=draw(maybe(moments)), **draw(between("from_", "until")),
    )  # fmt: skip


@st.composite
def records(draw: st.DrawFn, own: str, world: World) -> Record:
    kind = draw(st.sampled_from([k for k in RecordKind if k is not RecordKind.CORRECTION]))
    people, works = [p.id for p in world.performers], [p.id for p in world.productions]
    signed = draw(st.sampled_from(world.consents))
    question = draw(st.sampled_from(["use.as_scripted", "consent.specific", "rule"]))
    answers = ["applies", "met"] if question == "rule" else ["yes", "no"]
    values: dict[str, st.SearchStrategy[Any]] = {
        "to": st.sampled_from(["performer", "union", "platform"]), "from": texts, "with": st.just("union"),
        "for": st.just("authorized_representative"), "use": many(ids, 1), "about": many(ids, 1),
        "performer": st.sampled_from(people), "production": st.sampled_from(works), "act": st.sampled_from(
            [act.value for act in Act]), "given_at": moments, "received_at": moments, "made_at": moments,
        "decided_on": days, "paid_on": days, "on": days, "effective": days, "until": days, "rule": ids,
        "amount": money, "answer": st.sampled_from(answers), "consent": st.just(signed.id),
        "replaced_by": st.sampled_from([c.id for c in world.consents]), "clause": st.sampled_from(
            [g.clause for g in signed.grants] or ["1"]), "grants": st.just(("all",)),
        "agreement": st.sampled_from(Agreement), "seconds": st.integers(0, 99), "days": st.integers(0, 9),
        "question": st.just(question), "text": proses, "because": proses, "note": proses, "conditions": proses,
        "replica": st.sampled_from([r.id for r in world.replicas]),
    }  # fmt: skip
    needed = {key for choice in REQUIRED[kind] for key in choice.split("|")}
    free = set(OPTIONAL[kind]) - needed
    taken = needed | {key for key in sorted(free) if draw(flags)}
    if kind is RecordKind.NOTICE:
        taken.add("performer")
    if kind is RecordKind.REFUSAL:
        taken.add("act")
    if question == "rule" and kind is RecordKind.RULING:
        taken.add("rule")
    if kind is RecordKind.BARGAINING:
        values |= {"opened_on": st.just(dt.date(2026, 1, 1)), "concluded_on": st.just(dt.date(2026, 2, 1))}
    if not signed.grants:
        taken.discard("clause")
    found = {_name(kind, key): draw(values.get(key, texts)) for key in sorted(taken) if key not in _EDGES}
    found |= _edges(kind, taken, draw(between()))
    return Record(id=own, kind=kind, recorded_at=draw(maybe(moments)), **found)


_EDGES = ("from", "to")


def _edges(kind: RecordKind, taken: set[str], span: dict[str, Any]) -> dict[str, Any]:
    if kind in DATED:
        return {"from_": span["from_"] or dt.date(1900, 1, 1), "to_day": span["to"] if "to" in taken else None}
    words = {"sender": "netflix", "to": "platform"}
    return {name: word for name, word in words.items() if {"sender": "from"}.get(name, name) in taken}


def _name(kind: RecordKind, key: str) -> str:
    return {"with": "with_", "for": "for_"}.get(key, key)


@st.composite
def uses(draw: st.DrawFn, own: str, world: World) -> Use:
    people, works = [p.id for p in world.performers], [p.id for p in world.productions]
    axes = {name: draw(axis) for name, axis in _axes.items() if name not in ("role_use", "real_time")}
    axes |= {name: None for name in ("media", "languages", "scenes") if axes[name] == ("any",) and name == "scenes"}
    return Use(
        id=own, act=draw(st.sampled_from(Act)), production=draw(st.sampled_from(works)),
        performers=draw(many(st.sampled_from(people))), episode=draw(maybe(ids)), shot=draw(maybe(ids)),
        profile=draw(one_of([p.id for p in world.profiles])), replica=draw(one_of([r.id for r in world.replicas])),
        elements=draw(maybe(many(st.sampled_from(Element)))), purpose=draw(maybe(st.sampled_from(Purpose))),
        description=draw(maybe(proses)), at=draw(maybe(moments)), released_on=draw(maybe(days)),
        content=draw(maybe(many(st.sampled_from(Content)))), seconds=draw(maybe(st.integers(0, 99))),
        place=draw(maybe(territories)), tool=draw(one_of([t.id for t in world.tools])),
        model=draw(one_of([m.id for m in world.models])), facts=draw(facts), recorded_at=draw(maybe(moments)), **axes,
    )  # fmt: skip


_figures = st.one_of(
    st.tuples(st.just("rate.session_scale"), maybe(money.map(str))),
    st.tuples(st.just("rate.period_of_use_months"), maybe(st.integers(0, 99).map(str))),
)


rates = st.builds(
    lambda figure, day, grade, source, by, pack, stamp: CardRate(
        name=figure[0], value=figure[1], from_=day, grade=grade, source=source, by=by, pack=pack, recorded_at=stamp
    ),
    _figures, days, st.sampled_from(Grade), texts, texts, maybe(ids), maybe(moments),
)  # fmt: skip


signoffs = st.builds(
    lambda rule, digest, by, day, note, stamp: SignOff(
        rule=rule, digest=digest, by=by, on=day, note=note, recorded_at=stamp
    ),
    ids, shas, texts, days, maybe(proses), maybe(moments),
)  # fmt: skip


@st.composite
def schedules(draw: st.DrawFn, own: str, made: list[str]) -> Schedule:
    """A sheet of a production, whichever kind it is."""
    call = st.builds(
        lambda on, number, name, code, at, said: Call(
            on=on, number=number, name=name, code=code, called_at=at, remarks=said
        ),
        days, maybe(texts), maybe(texts), maybe(texts), maybe(moments), maybe(proses),
    )  # fmt: skip
    scene = st.builds(lambda on, scene, cast: SceneDay(on=on, scene=scene, cast=cast), days, texts, many(texts))
    shot = st.builds(
        lambda on, number, of: ShootDay(on=on, number=number, of=of), days, maybe(texts), maybe(st.integers(0, 99))
    )
    return Schedule(
        id=own, production=draw(st.sampled_from(made)), kind=draw(st.sampled_from(SheetKind)),
        episode=draw(maybe(texts)), issued_on=draw(maybe(days)), days=tuple(draw(st.lists(shot, max_size=2))),
        scenes=tuple(draw(st.lists(scene, max_size=2))), calls=tuple(draw(st.lists(call, max_size=2))),
        recorded_at=draw(maybe(moments)),
    )  # fmt: skip


@st.composite
def decisions(draw: st.DrawFn, use: Use) -> Decision:
    """What was answered about a use that was on file by then."""
    verdict, performer = draw(st.sampled_from(VerdictWord)), draw(one_of(list(use.performers)))
    as_of, known_at = draw(maybe(days.map(str))), draw(moments)
    said = {
        "format": "consent-verdict/1", "use": use.id, "performer": performer, "as_of": as_of,
        "known_at": known_at.isoformat(), "verdict": verdict.value, "says": draw(texts),
    }  # fmt: skip
    return Decision(
        use=use.id, performer=performer, verdict=verdict, answer=json.dumps(said, ensure_ascii=False), as_of=as_of,
        known_at=known_at, decided_at=draw(moments), recorded_at=use.recorded_at,
    )  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A small world, everything in it, all references kept."""
    people = tuple(draw(performers(own)) for own in draw(many(ids, 1, 2)))
    works = tuple(draw(productions(own)) for own in draw(many(ids, 1, 2)))
    named, made = [p.id for p in people], [p.id for p in works]
    scans = tuple(draw(replicas(own, named, made)) for own in draw(many(ids, 1, 2)))
    signed = tuple(draw(consents(own, list(people), made)) for own in draw(many(ids, 1, 2)))
    model = st.builds(
        lambda own, t, m, c, o, r: Model(id=own, trained_on=t, made_for=m, consents=c, co_owners=o, recorded_at=r),
        ids, many(st.sampled_from(named)), one_of(made), many(st.sampled_from([c.id for c in signed])), many(texts),
        maybe(moments),
    )  # fmt: skip
    profile = st.builds(
        lambda own, by, on, f, r: Profile(id=own, by=by, on=on, facts=f, recorded_at=r),
        ids, texts, maybe(days), facts, maybe(moments),
    )  # fmt: skip
    world = World(
        performers=people, productions=works, replicas=scans, consents=signed,
        engagements=tuple(draw(engagements(own, named, made)) for own in draw(many(ids, 0, 2))),
        models=draw(st.lists(model, max_size=1)) and (draw(model),),
        tools=tuple(draw(tools(own)) for own in draw(many(ids, 0, 2))),
        profiles=draw(st.lists(profile, max_size=1)) and (draw(profile),),
        rates=tuple(draw(st.lists(rates, max_size=2))), signoffs=tuple(draw(st.lists(signoffs, max_size=2))),
    )  # fmt: skip
    world = World(**{**_parts(world), "records": tuple(draw(records(own, world)) for own in draw(many(ids, 0, 3)))})
    filed = tuple(draw(uses(own, world)) for own in draw(many(ids, 0, 2)))
    decided = tuple(draw(decisions(use)) for use in filed if draw(flags))
    sheets = tuple(draw(schedules(own, made)) for own in draw(many(ids, 0, 2)))
    return World(**{**_parts(world), "uses": filed, "decisions": decided, "schedules": sheets})


def _parts(world: World) -> dict[str, Any]:
    return {name: getattr(world, name) or () for name in World.__dataclass_fields__}
