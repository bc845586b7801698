"""Two gates that never stand in for each other: was the platform told and did it agree, and did the people?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from registry.domain.finding import Gate, Part, RequirementKind, State, Status, Verdict
from registry.domain.production import Production
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import RecordKind
from registry.domain.world import World
from registry.engine.on_file import OnFile
from registry.rules.catalogue import Catalogue
from registry.services.browsing import listed, one_of
from registry.services.checking import check_world, load, settled
from registry.storage.store import Store

_END = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something the platform was told, asked or answered, and the record of it."""

    record: str
    on: dt.date | None
    reference: str | None = None
    conditions: str | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLine:
    """One use at the two gates. `notice` and `approval` are the states of what the platform's rules ask for: NONE where
    they ask for none, UNKNOWN or REFER where that is open. `answered` is the last answer; `refused`: it was a no."""

    use: Use
    platform: State
    consent: State
    notice: State
    approval: State
    told: Said | None
    asked: Said | None
    answered: Said | None
    refused: bool
    deadline: dt.datetime | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approvals:
    """The uses of a production at the two gates. `unfiled` are uses that records name and nobody has filed."""

    production: Production
    lines: tuple[GateLine, ...]
    unfiled: tuple[str, ...]

    @property
    def status(self) -> Status:
        """By the platform's gate: a use nobody has filed is open."""
        states = [line.platform for line in self.lines]
        if any(state in (State.BARRED, State.UNMET) for state in states):
            return Status.REFUSED
        if self.unfiled or any(state in (State.REFER, State.UNKNOWN) for state in states):
            return Status.OPEN
        return Status.CLEARED


def approvals(
    store: Store, catalogue: Catalogue, production: str, *, now: dt.datetime, proposed: Sequence[Use] = ()
) -> Approvals:
    """The uses on file for a production, and those `proposed` beside them. Raises UsageError for an id nobody has."""
    picture = one_of(store, Production, production, "production")[-1]
    filed = {use.id: use for use in listed(store, Use)} | {use.id: use for use in proposed}
    uses = [use for use in filed.values() if use.production in ("", production)]
    world = load(store, uses)
    ours = [use for use in settled(world, uses) if use.production == production]
    if not ours:
        world = store.load(productions=[production])
    on_file = OnFile.of(world, known_at=_END)
    verdicts = _by_use(ours, check_world(world, ours, catalogue, now=now))
    lines = tuple(_line(use, verdicts[use.id], on_file, picture) for use in sorted(ours, key=lambda u: u.id))
    return Approvals(production=picture, lines=lines, unfiled=_unfiled(world, picture, filed))


def _by_use(uses: Iterable[Use], verdicts: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = {use.id: [] for use in uses}
    for verdict in verdicts:
        found[verdict.use].append(verdict)
    return found


def _line(use: Use, verdicts: Sequence[Verdict], on_file: OnFile, picture: Production) -> GateLine:
    gates = [dict(verdict.gates) for verdict in verdicts]
    parts = [(rule, part) for verdict in verdicts for rule, part in _asked(verdict, picture.platform)]
    notices = [part for _, part in parts if part.requirement.kind is RequirementKind.NOTICE]
    wanted = [part for _, part in parts if part.requirement.kind is RequirementKind.APPROVAL]
    answers = [
        *_records(on_file, use, RecordKind.APPROVAL, picture),
        *_records(on_file, use, RecordKind.REFUSAL, picture),
    ]
    last = max(answers, key=_moment, default=None)
    return GateLine(
        use=use,
        platform=State.worst([g[Gate.PLATFORM] for g in gates]),
        consent=State.worst([g[Gate.CONSENT] for g in gates]),
        notice=State.worst([p.state for p in notices]),
        approval=State.worst([p.state for p in wanted]),
        told=_last(on_file.about(use.id, RecordKind.NOTICE), "platform", picture),
        asked=_said(max(_records(on_file, use, RecordKind.REQUEST, picture), key=_moment, default=None)),
        answered=_said(last),
        refused=last is not None and last.kind is RecordKind.REFUSAL,
        deadline=min((p.requirement.deadline for p in notices if p.requirement.deadline), default=None),
        rules=tuple(dict.fromkeys(rule for rule, part in parts if part.state in (State.UNMET, State.BARRED))),
    )


def _asked(verdict: Verdict, platform: str | None) -> Iterator[tuple[str, Part]]:
    """What the findings ask to be told to the platform, or approved by it."""
    for finding in verdict.findings:
        for part in finding.parts:
            required = part.requirement
            if required.kind is RequirementKind.NOTICE and required.to == "platform":
                yield finding.rule, part
            if required.kind is RequirementKind.APPROVAL and required.sender in ("platform", platform):
                yield finding.rule, part


def _records(on_file: OnFile, use: Use, kind: RecordKind, picture: Production) -> list[Record]:
    """Records of one kind about a use that the platform sent, or was sent."""
    parties = ("platform", picture.platform)
    found = [r for r in on_file.about(use.id, kind) if use.id in r.use]
    return [r for r in found if (r.to if kind is RecordKind.REQUEST else r.sender) in parties]


def _last(records: Iterable[Record], to: str, picture: Production) -> Said | None:
    found = [r for r in records if r.to in (to, picture.platform)]
    return _said(max(found, key=_moment, default=None))


def _moment(record: Record) -> tuple[dt.datetime, str]:
    return record.given_at or dt.datetime.min.replace(tzinfo=dt.UTC), record.id


def _said(record: Record | None) -> Said | None:
    if record is None:
        return None
    return Said(
        record=record.id,
        on=record.given_at.date() if record.given_at else None,
        reference=record.reference,
        conditions=record.conditions,
        until=record.until,
    )


def _unfiled(world: World, picture: Production, filed: dict[str, Use]) -> tuple[str, ...]:
    """Uses that a notice about the production, or an answer to it, names and nobody has filed."""
    things = {thing.id for things in (world.replicas, world.performers) for thing in things}
    named: dict[str, None] = {}
    for record in sorted(world.records, key=lambda r: r.id):
        if record.kind is RecordKind.NOTICE and record.to == "platform" and record.production == picture.id:
            named |= dict.fromkeys(record.about)
    known = set(named) | {use.id for use in filed.values() if use.production == picture.id}
    for record in sorted(world.records, key=lambda r: r.id):
        if record.kind in (RecordKind.REQUEST, RecordKind.APPROVAL) and known & set(record.use):
            named |= dict.fromkeys(record.use)
    return tuple(sorted(name for name in named if name not in filed and name not in things))
