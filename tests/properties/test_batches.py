"""A check remembers what it has worked out, and that never changes an answer: a schedule checked in one go says of each
use what a check of that use alone says, in whatever order, and whatever was checked before with the same memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.domain.consent import Consent, Grant, Grantor, Limits
from registry.domain.dates import parse_span
from registry.domain.facts import UNSURE, FactInput, Owner
from registry.domain.finding import Verdict
from registry.domain.money import Money
from registry.domain.performer import Performer, Representative
from registry.domain.production import Engagement, Production
from registry.domain.record import Record
from registry.domain.replica import Replica
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
from registry.engine.check import check
from registry.engine.cure import with_cures
from registry.engine.facts import facts_of
from registry.engine.matter import Matter
from registry.engine.memory import Memory
from registry.engine.on_file import OnFile
from registry.engine.reading import FactBase, Reading
from registry.engine.rulings import Rulings
from registry.rules.catalogue import Catalogue, load_catalogue

UTC = dt.UTC
NOW = dt.datetime(2026, 10, 1, 12, tzinfo=UTC)
START = dt.date(2026, 9, 14)
PEOPLE = ("ada", "kid", "late")
RULES = ("NFX-061", "TVT23-DESC-1", "TVT23-EBDR-USE-1", "TVT26-SEC-1", "TVT23-PAY-USE-1", "NFX-032")


@lru_cache(maxsize=1)
def packs() -> Catalogue:
    return load_catalogue()


@dataclass(frozen=True)
class Planned:
    """A picture's papers, and the uses that are planned on it."""

    world: World
    uses: tuple[Use, ...]

    @property
    def pairs(self) -> list[tuple[Use, str | None]]:
        return [(use, person) for use in self.uses for person in use.performers or (None,)]

    def on_file(self) -> OnFile:
        return OnFile.of(self.world, known_at=NOW, proposed=self.uses)


def answers() -> st.SearchStrategy[tuple[tuple[str, FactInput], ...]]:
    """Some of the answers a use may give: few values each, so that uses agree on some and differ on others."""
    said: dict[str, st.SearchStrategy[FactInput]] = {}
    for name, fact in packs().dictionary.items():
        if fact.owner is Owner.COMPUTED or name.startswith(("consent.", "performer.", "rate.")):
            continue
        if fact.type == "bool":
            said[name] = st.sampled_from([True, False, True, False, UNSURE])
        elif fact.type == "string" and fact.values and name not in ("use.act", "use.purpose"):
            said[name] = st.sampled_from([*fact.values[:4], UNSURE])
    said["use.days_estimated"] = st.integers(1, 3)
    return st.dictionaries(st.sampled_from(sorted(said)), st.none(), max_size=14).flatmap(
        lambda chosen: st.tuples(*(st.tuples(st.just(name), said[name]) for name in sorted(chosen)))
    )


@st.composite
def uses(draw: st.DrawFn, number: int) -> Use:
    zone = dt.timezone(dt.timedelta(hours=draw(st.sampled_from([-7, 0, 2]))))
    moment = dt.datetime(2026, 9, draw(st.integers(10, 20)), 17, tzinfo=UTC).astimezone(zone)
    people = draw(st.sampled_from([("ada",), ("ada",), ("kid",), ("late",), ("ada", "kid"), ()]))
    return Use(
        id=f"u-{number}",
        act=draw(st.sampled_from(tuple(Act) if not people else [Act.USE_REPLICA, *Act])),
        production=draw(st.sampled_from(["film", "film", "spot"])),
        performers=people,
        replica=draw(st.sampled_from([f"{people[0]}-scan", None])) if len(people) == 1 else None,
        elements=draw(st.sampled_from([(Element.LIKENESS,), (Element.VOICE,), None])),
        purpose=draw(st.sampled_from([Purpose.FINAL, Purpose.FINAL, Purpose.PROMOTION, None])),
        scenes=draw(st.sampled_from([("1",), ("2",), None])),
        media=draw(st.sampled_from([("theatrical",), ("social",), None])),
        territories=draw(st.sampled_from([("US",), ("FR",), None])),
        at=draw(st.sampled_from([moment, moment, None])),
        content=draw(st.sampled_from([(), (), (Content.NUDITY,), None])),
        seconds=draw(st.sampled_from([3, 40, None])),
        facts=draw(answers()),
    )


@st.composite
def consents(draw: st.DrawFn, number: int) -> Consent:
    person = draw(st.sampled_from(PEOPLE))
    by = {"kid": (GrantorCapacity.GUARDIAN, "parent"), "late": (GrantorCapacity.ESTATE, "heir")}
    capacity, representative = by.get(person, (GrantorCapacity.SELF, None))
    return Consent(
        id=f"c-{number}",
        performer=person,
        grantor=Grantor(capacity=capacity, representative=representative),
        instrument=draw(st.sampled_from([*Instrument, None])),
        separately_signed=draw(st.sampled_from([True, True, False, None])),
        conspicuous=draw(st.sampled_from([True, None])),
        signed_at=draw(st.sampled_from([dt.datetime(2026, 9, 1, 9, tzinfo=UTC), dt.datetime(2026, 9, 15, tzinfo=UTC)])),
        basis=draw(st.sampled_from(list(Basis))),
        grants=tuple(
            Grant(
                clause=str(n),
                acts=draw(st.sampled_from([(Act.USE_REPLICA,), (Act.CREATE_REPLICA, Act.ALTER_PERFORMANCE)])),
                elements=(Element.LIKENESS, Element.VOICE),
                productions=("film",),
                purposes=(Purpose.FINAL,),
                description=draw(st.sampled_from(["At the wheel.", "Any and all uses in perpetuity."])),
                scenes=draw(st.sampled_from([None, ("1",)])),
                territories=draw(st.sampled_from([None, ("US",)])),
            )
            for n in range(1, draw(st.integers(2, 3)))
        ),
    )


@st.composite
def records(draw: st.DrawFn, number: int, planned: Sequence[Use]) -> Record:
    kind = draw(st.sampled_from(["ruling", "ruling", "approval", "refusal", "notice", "payment", "done", "reason"]))
    on = {"use": (draw(st.sampled_from(planned)).id,)}
    given_at = dt.datetime(2026, 9, draw(st.integers(8, 18)), tzinfo=UTC)
    if kind == "ruling":
        question = draw(st.sampled_from(["rule", "use.as_scripted", "use.recognizable", "consent.specific"]))
        about = {"consent": f"c-{draw(st.integers(0, 2))}"} if question == "consent.specific" else on
        rule = draw(st.sampled_from([*RULES, None])) if question != "rule" else draw(st.sampled_from(RULES))
        by = draw(
            st.sampled_from([("T. Albright", "business_affairs"), ("S. Renner", "counsel"), ("A. Gent", "agent")])
        )
        answer = draw(st.sampled_from(["met", "applies", "does_not_apply"] if question == "rule" else ["yes", "no"]))
        return Record(
            id=f"r-{number}", kind=RecordKind.RULING, question=question, rule=rule, answer=answer, decided_by=by[0],
            capacity=by[1], decided_on=given_at.date(), because="seen", **about,
        )  # fmt: skip
    more: dict[str, object] = {
        "approval": {"sender": "netflix", "given_at": given_at},
        "refusal": {"sender": "netflix", "given_at": given_at},
        "notice": {"to": draw(st.sampled_from(["platform", "performer", "union"])), "given_at": given_at},
        "payment": {"rule": "TVT23-PAY-USE-1", "paid_on": given_at.date(), "amount": Money(124_600, "USD")},
        "done": {"rule": "TVT26-SEC-1", "on": given_at.date()},
        "reason": {"given_at": given_at, "text": "cannot be staged"},
    }[kind]  # type: ignore[assignment]
    about = {"about": on["use"], "production": "film"} if kind == "notice" else on
    return Record(id=f"r-{number}", kind=RecordKind(kind), **about, **more)  # type: ignore[arg-type]


@st.composite
def schedules(draw: st.DrawFn) -> Planned:
    planned = tuple(draw(uses(n)) for n in range(draw(st.integers(2, 5))))
    film = Production(
        id="film",
        title="Reef Road",
        kind=ProductionKind.THEATRICAL,
        agreement=Agreement.TV_THEATRICAL,
        signatory=True,
        platform="netflix",
        photography_starts_on=START,
        places=("US-CA",),
        governing_law="US-CA",
        released_in=("world",),
        released_on=dt.date(2027, 11, 5),
        original_language="en",
        timezone=draw(st.sampled_from(["America/Los_Angeles", None])),
    )
    spot = Production(id="spot", title="Tea", kind=ProductionKind.COMMERCIAL, agreement=Agreement.COMMERCIALS)
    world = World(
        performers=(
            Performer(id="ada", legal_name="Ada", born=parse_span("1990"), domicile="US-TN"),
            Performer(
                id="kid",
                legal_name="Kid",
                born=parse_span("2012-05-05"),
                representatives=(Representative(id="parent", capacity=Capacity.GUARDIAN, name="P."),),
            ),
            Performer(
                id="late",
                legal_name="Late",
                born=parse_span("1930"),
                died=parse_span("2019-07-02"),
                domicile="US-CA",
                representatives=(Representative(id="heir", capacity=Capacity.ESTATE, name="H."),),
            ),
        ),
        productions=(film, spot),
        engagements=tuple(
            Engagement(
                id=f"{p}-film",
                performer=p,
                production="film",
                category=draw(st.sampled_from(["weekly", None])),
                covered_by_agreement=draw(st.sampled_from([True, None])),
                daily_rate=Money(150_000, "USD"),
            )
            for p in ("ada", "kid")
        ),
        replicas=tuple(
            Replica(
                id=f"{p}-scan",
                performer=p,
                kind=ReplicaKind.EMPLOYMENT_BASED,
                elements=(Element.LIKENESS,),
                made_from=MadeFrom.SCAN,
                made_for="film",
            )
            for p in PEOPLE
        ),
        consents=tuple(draw(consents(n)) for n in range(3)),
        records=tuple(draw(records(n, planned)) for n in range(draw(st.integers(0, 5)))),
    )
    return Planned(world, planned)


def answer(
    planned: Planned,
    pair: tuple[Use, str | None],
    memory: Memory,
    on_file: OnFile | None = None,
    as_of: dt.date | dt.datetime | None = None,
) -> Verdict:
    """The verdict on one use of one person, with its cures."""
    file = on_file or planned.on_file()
    verdict = check(*pair, file, memory, as_of=as_of)
    return with_cures(verdict, memory, now=NOW)


def shown(verdicts: Sequence[Verdict]) -> list[str]:
    """Verdicts to the last character: a moment in another zone is equal, and does not look the same."""
    return [repr(verdict) for verdict in verdicts]


slow = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@slow
@given(schedules(), st.randoms(use_true_random=False))
def test_a_schedule_says_of_each_use_what_a_check_of_it_alone_says(planned: Planned, random: object) -> None:
    alone = [answer(planned, pair, Memory.of(packs())) for pair in planned.pairs]
    order = list(range(len(alone)))
    random.shuffle(order)  # type: ignore[attr-defined]
    memory, on_file = Memory.of(packs()), planned.on_file()
    together = {n: answer(planned, planned.pairs[n], memory, on_file) for n in order}
    assert shown([together[n] for n in range(len(alone))]) == shown(alone)
    again = [answer(planned, pair, memory, on_file) for pair in planned.pairs]
    assert shown(again) == shown(alone)


@st.composite
def against(draw: st.DrawFn, kind: RecordKind) -> Record:
    """What takes effect on a day: a strike or a suspension, a revocation, a use that was made."""
    day = dt.date(2026, 9, draw(st.integers(14, 17)))
    more: dict[str, object] = {"agreement": Agreement.TV_THEATRICAL, "from_": day}
    if kind is RecordKind.REVOCATION:
        more = {"consent": f"c-{draw(st.integers(0, 2))}", "grants": ("all",), "effective": day}
    elif kind is RecordKind.USE_MADE:
        moment = dt.datetime.combine(day, dt.time(20), UTC)
        more = {"use": (f"u-{draw(st.integers(0, 4))}",), "made_at": moment, "seconds": draw(st.none() | st.just(2))}
    return Record(id=f"a-{kind}", kind=kind, **more)  # type: ignore[arg-type]


AGAINST = (RecordKind.STRIKE, RecordKind.SUSPENSION, RecordKind.REVOCATION, RecordKind.USE_MADE)
MOMENTS = (
    None,
    dt.date(2026, 9, 15),
    dt.datetime(2026, 9, 15, 17, tzinfo=UTC),
    dt.datetime(2026, 9, 15, 19, tzinfo=dt.timezone(dt.timedelta(hours=2))),  # the same, on another clock
    dt.datetime(2026, 9, 16, 3, tzinfo=UTC),  # the evening before, where the film is made
    dt.datetime(2031, 1, 1, tzinfo=UTC),
)


@slow
@given(schedules(), st.data())
def test_one_registry_asked_as_of_several_moments_says_of_each_what_it_says_alone(
    planned: Planned, data: st.DataObject
) -> None:
    limits = st.sampled_from([None, Limits(uses=1), Limits(seconds=20)])
    consents = tuple(
        replace(c, grants=tuple(replace(g, limits=data.draw(limits)) for g in c.grants)) for c in planned.world.consents
    )
    replicas = tuple(replace(r, made_on=dt.date(2026, 9, 2)) for r in planned.world.replicas)
    records = (*planned.world.records, *(data.draw(against(kind)) for kind in AGAINST))
    world = replace(planned.world, consents=consents, replicas=replicas, records=records)
    planned = Planned(world, tuple(replace(u, at=dt.datetime(2026, 9, 17, 17, tzinfo=UTC)) for u in planned.uses))
    asked = [(pair, at) for pair in planned.pairs[:2] for at in MOMENTS]
    memory, on_file = Memory.of(packs()), planned.on_file()
    order = data.draw(st.permutations(range(len(asked))))
    together = {n: answer(planned, asked[n][0], memory, on_file, asked[n][1]) for n in order}
    alone = [answer(planned, pair, Memory.of(packs()), None, at) for pair, at in asked]
    assert shown([together[n] for n in sorted(together)]) == shown(alone)


@slow
@given(schedules(), schedules())
def test_what_was_checked_before_on_another_registry_changes_nothing(earlier: Planned, planned: Planned) -> None:
    memory = Memory.of(packs())
    for pair in earlier.pairs:
        answer(earlier, pair, memory)
    assert shown([answer(planned, pair, memory) for pair in planned.pairs]) == shown(
        [answer(planned, pair, Memory.of(packs())) for pair in planned.pairs]
    )


@slow
@given(schedules())
def test_a_rule_that_words_silence_is_silent_whatever_else_is_known(planned: Planned) -> None:
    memory, on_file = Memory.of(packs()), planned.on_file()
    silenced = 0
    for use, person in planned.pairs:
        matter = Matter.of(use, person, on_file, None)
        facts = facts_of(matter, memory, Rulings.of(matter, memory.catalogue.dictionary))
        base = FactBase.of(facts, memory)
        for listed in memory.docket(use.act).packs:
            for item in listed.rules:
                if base.silences(item):
                    silenced += 1
                    assert Reading(base, item.pack.currency).truth(item.rule.when) is False
    assert silenced
