"""Clearances as `registry clear` makes them: the example pictures, checked, with what has to happen by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from registry.domain.clearance import Change, Clearance, Concern, ConcernKind, Planned, ToDo, ToDoKind
from registry.domain.finding import Finding, Part, RequirementKind, State, Status, Verdict, VerdictWord
from registry.domain.schedule import ShootDay
from registry.domain.use import Use
from registry.domain.world import World
from registry.files.registry_file import read_registry
from registry.files.uses_file import read_uses
from registry.rules.catalogue import Catalogue, load_catalogue
from registry.rules.dictionary import load_dictionary
from registry.services.checking import check_world

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
ZONE = "America/Los_Angeles"
WALL = ZoneInfo(ZONE)
_KINDS = {
    RequirementKind.NOTICE: ToDoKind.NOTICE,
    RequirementKind.APPROVAL: ToDoKind.APPROVAL,
    RequirementKind.REASON: ToDoKind.REASON,
    RequirementKind.PAYMENT: ToDoKind.PAYMENT,
    RequirementKind.DUTY: ToDoKind.DUTY,
    RequirementKind.RULING: ToDoKind.RULING,
    RequirementKind.BARGAINING: ToDoKind.BARGAINING,
    RequirementKind.CONSENT: ToDoKind.RIDER,
    RequirementKind.FORM: ToDoKind.RIDER,
}


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


@cache
def harbor() -> World:
    """The example world, without the notice that Mina Bell was given, so that one has to be given still."""
    text = (EXAMPLES / "world.yaml").read_text(encoding="utf-8")
    world = read_registry(text, "world.yaml", load_dictionary())
    return replace(world, records=tuple(r for r in world.records if r.id != "n-bell"))


@cache
def uses() -> tuple[Use, ...]:
    """Every use of the examples on Harbor Light."""
    names = ("scan", "stunt", "crowd", "adr-pitch", "duet")
    texts = [(name, (EXAMPLES / "uses" / f"{name}.yaml").read_text(encoding="utf-8")) for name in names]
    return tuple(use for name, text in texts for use in read_uses(text, f"{name}.yaml", load_dictionary()))


def clearance(world: World | None = None, proposed: tuple[Use, ...] | None = None) -> Clearance:
    """Harbor Light from 30 November on, with one person nobody knows and one thing changed since an earlier run."""
    world, proposed = world or harbor(), proposed or uses()
    verdicts = iter(check_world(world, proposed, catalogue(), now=NOW, known_at=NOW))
    planned = [_planned(world, use, person, next(verdicts)) for use in proposed for person in use.performers]
    stranger = replace(proposed[0], id="u-7-ono", performers=(), scenes=("7",), at=_at(9, 8))
    planned.append(
        Planned(
            use=stranger, performer=None, who="K. Ono", number="31", character=None, on=dt.date(2026, 12, 9),
            called=True, verdict=None, why="not in the registry",
        )
    )  # fmt: skip
    planned.sort(key=lambda one: (one.on or dt.date.max, one.use.scenes or (), one.number or "", one.use.id, one.who))
    return Clearance(
        production="harbor",
        title="Harbor Light",
        zone=ZONE,
        first=dt.date(2026, 11, 30),
        last=dt.date(2027, 4, 12),
        made_at=NOW,
        as_of=None,
        known_at=NOW,
        days=_days(),
        planned=tuple(planned),
        todos=todos(planned),
        concerns=_concerns(),
        since="the run of Fri 20 Nov 2026",
        changes=(
            Change(
                use="u-60-duet", performer="okafor", before=VerdictWord.CLEARED, after=VerdictWord.NOT_CLEARED,
                text="the scene moved to 60",
            ),
        ),
    )  # fmt: skip


def alone(world: World | None = None) -> Callable[[Use], tuple[Verdict, ...]]:
    """The verdicts on one use, as `registry check` gives them."""
    return lambda use: check_world(world or harbor(), (use,), catalogue(), now=NOW, known_at=NOW)


def _at(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 12, day, hour, tzinfo=WALL)


def _days() -> tuple[ShootDay, ...]:
    return (
        ShootDay(on=dt.date(2026, 11, 30), number="54", of=72, place="Long Beach, Pier 9",
                 crew_call=dt.datetime(2026, 11, 30, 7, 30, tzinfo=WALL)),
        ShootDay(on=dt.date(2026, 12, 1), number="55", of=72, place="Stage 4"),
        ShootDay(on=dt.date(2026, 12, 7), number="59", of=72, place="Long Beach, Pier 9"),
    )  # fmt: skip


def _concerns() -> tuple[Concern, ...]:
    return (
        Concern(
            kind=ConcernKind.UNMATCHED, text="K. Ono (31) is on the call sheet of Wed 9 Dec; nobody of that name is on "
            "file.", on=dt.date(2026, 12, 9), who="K. Ono", scenes=("7",), candidates=("tran", "sousa"),
            command="registry performer list",
        ),
        Concern(
            kind=ConcernKind.NO_UNION_CLEARANCE, text="Mina Bell is engaged under an agreement; no union clearance is "
            "on file.", who="Mina Bell", performer="bell", uses=("u-70-scan",),
        ),
    )  # fmt: skip


def _planned(world: World, use: Use, person: str, verdict: Verdict) -> Planned:
    performer = next(p for p in world.performers if p.id == person)
    engagement = next(e for e in world.engagements if e.performer == person)
    return Planned(
        use=use,
        performer=person,
        who=performer.known_as,
        number=engagement.cast_numbers[0].number if engagement.cast_numbers else None,
        character=engagement.role,
        on=use.at.astimezone(WALL).date() if use.at else None,
        called=None if use.at and use.at.year > 2026 else True,
        verdict=verdict,
        why=_why(verdict),
    )


def _why(verdict: Verdict) -> str:
    worst = min(verdict.findings, key=lambda f: f.state.severity)
    if verdict.verdict is VerdictWord.CLEARED:
        return "everything is on file"
    return worst.title[:1].lower() + worst.title[1:]


def todos(planned: list[Planned]) -> tuple[ToDo, ...]:
    """One for each requirement that is open, the same one of several people once."""
    found: dict[object, ToDo] = {}
    for one in planned:
        for finding, part in _open(one.verdict):
            made = _todo(one, finding, part)
            key = (made.kind, made.text, made.performer, made.by, made.on)
            before = found.get(key)
            found[key] = replace(made, uses=tuple(dict.fromkeys([*(before.uses if before else ()), *made.uses])))
    last = dt.datetime.max.replace(tzinfo=dt.UTC)
    return tuple(sorted(found.values(), key=lambda t: (t.follows, t.by or last, t.on or dt.date.max, t.text)))


def _open(verdict: Verdict | None) -> Iterator[tuple[Finding, Part]]:
    for finding in verdict.findings if verdict else ():
        for part in finding.parts:
            if part.state in (State.UNMET, State.DUE, State.REFER):
                yield finding, part


def _todo(one: Planned, finding: Finding, part: Part) -> ToDo:
    wanted = part.requirement
    kind = _KINDS.get(wanted.kind, ToDoKind.OTHER)
    personal = kind in (ToDoKind.NOTICE, ToDoKind.RIDER, ToDoKind.PAYMENT) and wanted.to != "platform"
    late = wanted.deadline is not None and wanted.deadline < NOW
    return ToDo(
        kind=kind,
        text=f"{kind.value} for {one.who}: {finding.title}" if personal else finding.title,
        uses=(one.use.id,),
        performer=one.performer if personal else None,
        to=wanted.to or wanted.sender,
        rules=(finding.rule,),
        by=wanted.deadline,
        on=wanted.due_on,
        amount=wanted.amount,
        label=wanted.label,
        late=late,
        follows=part.state is State.DUE,
        state=part.state,
        command=f"registry record {kind.value} {one.use.id}",
    )


def long(rows: int) -> Clearance:
    """A feature's whole schedule: as many planned uses, thirty a day, of which every fifth may go ahead."""
    one = clearance()
    ahead = next(p for p in one.planned if p.verdict and p.verdict.status is Status.CLEARED)
    refused = next(p for p in one.planned if p.verdict and p.verdict.status is Status.REFUSED)
    planned = tuple(_numbered(ahead if n % 5 else refused, n) for n in range(rows))
    return replace(one, planned=planned, first=planned[0].on, last=planned[-1].on, days=())


def _numbered(planned: Planned, n: int) -> Planned:
    on = dt.date(2026, 12, 1) + dt.timedelta(days=n // 30)
    scene = str(1 + n // 10)
    use = replace(planned.use, id=f"u-{scene}-{n:04d}", scenes=(scene,))
    return replace(planned, use=use, performer=f"p-{n % 300}", who=f"Player {n % 300}", number=str(n % 300), on=on)
