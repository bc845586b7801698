"""Two weeks of Harbor Light: two actors of one name, a minor, an alias, a number that changes hands, a crowd."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from registry.domain.clearance import Clearance, ConcernKind
from registry.domain.consent import Consent, Grant, Grantor
from registry.domain.dates import parse_span
from registry.domain.finding import Finding, Verdict, VerdictWord
from registry.domain.performer import Performer
from registry.domain.production import CastNumber, Engagement, Production, UnionClearance
from registry.domain.schedule import Call, Request, SceneDay, Schedule, SheetKind, ShootDay
from registry.domain.use import Use
from registry.domain.words import Act, Agreement, Basis, Element, GrantorCapacity, Instrument, Purpose
from registry.domain.world import World
from registry.rules.catalogue import PACKS
from registry.services.clearance import Asked, Cleared, Words, clear_world
from tests.engine.instruments import catalogue

ZONE = ZoneInfo("America/Los_Angeles")
NOW = dt.datetime(2026, 10, 28, 18, tzinfo=ZONE)
FRIDAY, SATURDAY, SUNDAY = (dt.date(2026, 10, 30) + dt.timedelta(days=n) for n in range(3))  # clocks go back on Sunday
CATALOGUE = catalogue((PACKS / "house.yaml").read_text("utf-8"))

HARBOR = Production(
    id="harbor", title="Harbor Light", timezone="America/Los_Angeles", agreement=Agreement.TV_THEATRICAL
)


def person(id_: str, name: str, born: str = "1990", **more: object) -> Performer:
    return Performer(id=id_, legal_name=name, born=parse_span(born), **more)  # type: ignore[arg-type]


PEOPLE = (
    person("okafor", "Adaeze Okafor", professional_name="Ada Okafor", other_names=("Blue Heron",)),
    person("marsh", "Leo Marsh"),
    person("lee-1", "Kim Lee"),
    person("lee-2", "Kim Lee"),
    person("calloway", "Iris Calloway", born="2014-05-05"),
    *(person(f"bg-{n}", f"Extra Person{chr(64 + n)}") for n in range(1, 5)),
)


def engaged(performer: str, number: str | None, **more: object) -> Engagement:
    numbers = (CastNumber(number=number),) if number else ()
    return Engagement(
        id=f"{performer}-harbor",
        performer=performer,
        production="harbor",
        cast_numbers=numbers,
        **more,  # type: ignore[arg-type]
    )


ENGAGEMENTS = (
    engaged("okafor", "4", role="Mara", union_clearance=UnionClearance(code="OK", on=dt.date(2026, 9, 1))),
    engaged("marsh", "6", role="Tom Quill"),
    engaged("lee-1", "12", role="Deckhand"),
    engaged("lee-2", "13", role="Cook"),
    engaged("calloway", "14", role="Young Mara"),
    *(engaged(f"bg-{n}", None, category="background") for n in range(1, 5)),
)


def consent(performer: str, *scenes: str, signed: dt.datetime | None = None) -> Consent:
    grant = Grant(
        clause="1",
        acts=(Act.USE_REPLICA, Act.ALTER_PERFORMANCE),
        elements=(Element.LIKENESS,),
        productions=("harbor",),
        purposes=(Purpose.FINAL,),
        description="the roof fall",
        scenes=scenes or None,
    )
    return Consent(
        id=f"c-{performer}-{'-'.join(scenes)}",
        performer=performer,
        grantor=Grantor(capacity=GrantorCapacity.SELF),
        instrument=Instrument.SEPARATE_WRITING,
        separately_signed=True,
        basis=Basis.CONTRACT,
        signed_at=signed or dt.datetime(2026, 9, 10, 9, tzinfo=ZONE),
        grants=(grant,),
    )


CONSENTS = (consent("okafor", "41", "42"), consent("marsh"), consent("bg-1"), consent("bg-2"))


def use(id_: str, *performers: str, scenes: Sequence[str] = (), at: dt.datetime | None = None) -> Use:
    return Use(
        id=id_,
        act=Act.USE_REPLICA,
        production="harbor",
        performers=performers,
        elements=(Element.LIKENESS,),
        purpose=Purpose.FINAL,
        scenes=tuple(scenes) or None,
        media=("theatrical",),
        territories=("US",),
        languages=("en",),
        content=(),
        at=at,
        facts=(("use.real_time", False),),
    )


USES = (
    use("u-41", "okafor", scenes=["41"]),
    use("u-60", "okafor", scenes=["60"]),
    use("u-42", "marsh", scenes=["42"]),
    use("u-crowd", "bg-1", "bg-2", "bg-3", "bg-4", scenes=["7"]),
)
WORLD = World(productions=(HARBOR,), performers=PEOPLE, engagements=ENGAGEMENTS, consents=CONSENTS, uses=USES)


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE)


def one_liner(*days: tuple[dt.date, dict[str, tuple[str, ...]]], issued: dt.date = dt.date(2026, 10, 20)) -> Schedule:
    """Days with their scenes and the cast numbers of each."""
    return Schedule(
        id="harbor-shooting-schedule",
        production="harbor",
        kind=SheetKind.SHOOTING_SCHEDULE,
        issued_on=issued,
        days=tuple(ShootDay(on=day, number=str(n)) for n, (day, _) in enumerate(days, 14)),
        scenes=tuple(
            SceneDay(on=day, scene=scene, cast=cast) for day, scenes in days for scene, cast in scenes.items()
        ),
    )


ONE_LINER = one_liner(
    (FRIDAY, {"41": ("4",), "7": ("12",)}),
    (SATURDAY, {"60": ("4", "6"), "42": ("6", "13")}),
)


def call_sheet(day: dt.date, *calls: Call, scenes: Iterable[SceneDay] = (), crew_call: dt.datetime | None = None,
               wrap: dt.datetime | None = None, number: str | None = None) -> Schedule:  # fmt: skip
    return Schedule(
        id=f"harbor-call-sheet-{day.isoformat()}",
        production="harbor",
        kind=SheetKind.CALL_SHEET,
        issued_on=day - dt.timedelta(days=1),
        days=(ShootDay(on=day, number=number, crew_call=crew_call, wrap=wrap),),
        scenes=tuple(scenes),
        calls=calls,
    )


def why(verdict: Verdict, _zone: str | None) -> str:
    return ", ".join(f.rule for f in verdict.findings if f.state == verdict.findings[0].state)


def owed(finding: Finding, _zone: str | None) -> str:
    return finding.title


WORDS = Words(why=why, missing=lambda verdict: ["consent"], owed=owed)


def cleared(
    *,
    world: World = WORLD,
    schedules: Iterable[Schedule] = (ONE_LINER,),
    requests: Iterable[Request] = (),
    uses: Iterable[Use] = (),
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> Cleared:
    asked = Asked(
        production="harbor",
        first=first,
        last=last,
        schedules=tuple(schedules),
        requests=tuple(requests),
        uses=tuple(uses),
    )
    return clear_world(world, CATALOGUE, asked, WORDS, now=NOW)


def clearance(**more: object) -> Clearance:
    return cleared(**more).clearance  # type: ignore[arg-type]


def without_uses(world: World = WORLD) -> World:
    return replace(world, uses=())


def verdicts(found: Clearance) -> list[tuple[str, str | None, dt.date | None, VerdictWord | None]]:
    return [(r.use.id, r.performer, r.on, r.verdict.verdict if r.verdict else None) for r in found.planned]


def of_kind(found: Clearance, kind: ConcernKind) -> list[str]:
    return [concern.text for concern in found.concerns if concern.kind is kind]
