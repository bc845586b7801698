"""What ends soon, and which planned uses would be stopped by it.

A planned use is stopped by an end when some finding stands in its way that would be better without it. So for every end
its planned uses are checked a second time, in a world where it does not end.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from registry.domain.consent import Consent
from registry.domain.dates import MAJORITY, years_after
from registry.domain.ending import Ending, EndingKind, Stopped
from registry.domain.finding import Verdict, VerdictWord
from registry.domain.performer import Performer
from registry.domain.replica import Tool
from registry.domain.values import dataclass
from registry.domain.words import Capacity, RecordKind
from registry.domain.world import World
from registry.rules.pack import Pack
from registry.services.register import Progress, Register, Registered
from registry.services.turning import turned

_AHEAD = (Progress.PLANNED, Progress.RUNNING)
_TOOL_YEARS = 1  # a house habit and no rule: what a vendor's terms say is asked again once a year


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEnd:
    """A key of the registry, whose it is, and its last day."""

    name: str
    subject: str
    on: dt.date


def expiring(
    register: Register, *, within: dt.timedelta, keys: Iterable[KeyEnd] = (), performer: str | None = None
) -> tuple[Ending, ...]:
    """Everything that ends from today up to `within` from now, in the order of its days."""
    today = register.clocks.today(None)
    last = today + within
    found = [*_consents(register), *_authority(register), *_approvals(register), *_tools(register), *_reviews(register)]
    found += [
        Ending(kind=EndingKind.KEY, what=key.name, text=f"the {key.name} key of {key.subject} ends", on=key.on,
               command="registry keys status")
        for key in keys
    ]  # fmt: skip
    near = [e for e in found if today <= e.on <= last and (performer is None or e.performer in (performer, None))]
    return tuple(sorted(near, key=lambda e: e.order))


def _consents(register: Register) -> Iterator[Ending]:
    """The terms of consents as a whole, and of single clauses where those end earlier."""
    for name in sorted(register.on_file.consents):
        consent = register.on_file.consents[name]
        if consent.signed_at is None:
            continue
        if consent.until is not None:
            yield _ending(
                register,
                EndingKind.CONSENT,
                name,
                f"consent {name} of {register.name(consent.performer)} ends",
                consent.until,
                _endless(name),
                performer=consent.performer,
            )
        for grant in consent.grants:
            if grant.until is None or (consent.until is not None and consent.until <= grant.until):  # ends with it
                continue
            yield _ending(
                register,
                EndingKind.GRANT,
                f"{name} §{grant.clause}",
                f"clause {grant.clause} of consent {name} of {register.name(consent.performer)} ends",
                grant.until,
                _endless(name, grant.clause),
                performer=consent.performer,
            )


def _authority(register: Register) -> Iterator[Ending]:
    """Those who act for performers, guardianship by coming of age, and those who decide on productions. What was signed
    while they had authority stands: their end stops new signatures."""
    for name in sorted(register.on_file.performers):
        performer = register.on_file.performers[name]
        for one in performer.representatives:
            if one.to is not None:
                yield Ending(
                    kind=EndingKind.REPRESENTATION,
                    what=one.id,
                    text=f"{one.name} acts for {performer.known_as} as {one.capacity.value} up to then",
                    on=one.to,
                    performer=name,
                    command=f"registry performer show {name}",
                )
        yield from _of_age(register, performer)
    for name in sorted(register.on_file.productions):
        for decider in register.on_file.productions[name].deciders:
            if decider.to is not None:
                yield Ending(
                    kind=EndingKind.DECIDER,
                    what=decider.name,
                    text=f"{decider.name} decides on {name} as {decider.capacity} up to then",
                    on=decider.to,
                    production=name,
                    command=f"registry production show {name}",
                )


def _of_age(register: Register, performer: Performer) -> Iterator[Ending]:
    """The last day on which a guardian's consents reach a minor."""
    if performer.born is None or not any(r.capacity is Capacity.GUARDIAN for r in performer.representatives):
        return
    of_age = years_after(performer.born.first, MAJORITY)
    stops = [
        _stopped(e, e.verdict, None)
        for e in _ahead(register, of_age - dt.timedelta(days=1), performer.id)
        if any("a guardian signed" in (p.why or "") for f in e.verdict.findings for p in f.parts)
    ]
    yield Ending(
        kind=EndingKind.GUARDIANSHIP,
        what=performer.id,
        text=f"{performer.known_as} is of age the next day: what a guardian signed does not reach uses from then on",
        on=of_age - dt.timedelta(days=1),
        performer=performer.id,
        stops=tuple(stops),
        command=f"registry performer show {performer.id}",
    )


def _approvals(register: Register) -> Iterator[Ending]:
    for record in register.on_file.records(RecordKind.APPROVAL):
        if record.until is None:
            continue
        yield _ending(
            register,
            EndingKind.APPROVAL,
            record.id,
            f"the approval by {record.sender} of {', '.join(record.use)} ends",
            record.until,
            _approved_for_good(record.id),
            production=record.production,
        )


def _tools(register: Register) -> Iterator[Ending]:
    """What was answered about a tool is a year old."""
    for name in sorted(register.on_file.tools):
        tool: Tool = register.on_file.tools[name]
        if tool.as_of is not None:
            yield Ending(
                kind=EndingKind.TOOL,
                what=name,
                text=f"what was answered about {name} on {tool.as_of} is a year old; read its terms again",
                on=years_after(tool.as_of, _TOOL_YEARS),
                command=f"registry tool show {name}",
            )


def _reviews(register: Register) -> Iterator[Ending]:
    """Packs of rules whose review ends. Those that end on one day and stop nothing are told together."""
    named = {pack for entry in register.entries for pack, _ in entry.verdict.packs}
    together: dict[dt.date, list[str]] = defaultdict(list)
    for pack in register.catalogue.packs:
        ends = pack.reviewed.expires
        renewed = replace(pack, reviewed=replace(pack.reviewed, expires=dt.date.max - dt.timedelta(days=1)))
        stops = _by_renewal(register, renewed, ends) if pack.id in named else ()
        if stops:
            yield _review([pack.id], ends, stops)
        else:
            together[ends].append(pack.id)
    for ends, packs in together.items():
        yield _review(packs, ends, ())


def _review(packs: list[str], ends: dt.date, stops: tuple[Stopped, ...]) -> Ending:
    several = len(packs) > 1
    few = ", ".join(packs[:3]) + (f" and {len(packs) - 3} more" if len(packs) > 3 else "")
    said = f"the reviews of {len(packs)} packs end ({few})" if several else f"the review of {packs[0]} ends"
    return Ending(
        kind=EndingKind.REVIEW,
        what=" ".join(packs),
        text=f"{said}: what they would exempt or clear refers from then on",
        on=ends,
        stops=stops,
        command="registry rules list" if several else f"registry rules show {packs[0]}",
    )


def _by_renewal(register: Register, renewed: Pack, ends: dt.date) -> tuple[Stopped, ...]:
    beyond = [e for e in _ahead(register, ends) if any(pack == renewed.id for pack, _ in e.verdict.packs)]
    if not any(_names_review(e, renewed.id) for e in beyond):
        return ()
    packs = tuple(renewed if p.id == renewed.id else p for p in register.catalogue.packs)
    other = replace(register, catalogue=replace(register.catalogue, packs=packs))
    return _difference(beyond, other.again(register.world, {e.use.id: e.use for e in beyond}.values()))


def _names_review(entry: Registered, pack: str) -> bool:
    return any("review of this pack expired" in note for f in entry.verdict.findings for note in f.notes)


def _ending(
    register: Register,
    kind: EndingKind,
    what: str,
    text: str,
    on: dt.date,
    endless: Callable[[World], World],
    *,
    performer: str | None = None,
    production: str | None = None,
) -> Ending:
    beyond = _ahead(register, on, performer)
    stops: tuple[Stopped, ...] = ()
    if beyond:
        without = register.again(endless(register.world), {e.use.id: e.use for e in beyond}.values())
        stops = _difference(beyond, without)
    return Ending(
        kind=kind,
        what=what,
        text=text,
        on=on,
        performer=performer,
        production=production,
        stops=stops,
        command=_command(kind, what, stops),
    )


def _command(kind: EndingKind, what: str, stops: tuple[Stopped, ...]) -> str:
    if kind is EndingKind.APPROVAL:
        return f"registry cure {stops[0].use} --note" if stops else "registry use list"
    if stops:
        return f"registry cure {stops[0].use} --rider"
    return f"registry consent show {what.partition(' ')[0]}"


def _ahead(register: Register, on: dt.date, performer: str | None = None) -> list[Registered]:
    """Uses that are planned or running, and reach beyond the day."""
    return [
        e
        for e in register.entries
        if e.progress in _AHEAD and e.last_day and e.last_day > on and (performer is None or e.performer == performer)
    ]


def _difference(entries: Iterable[Registered], without: dict[tuple[str, str], Verdict]) -> tuple[Stopped, ...]:
    return tuple(
        _stopped(entry, entry.verdict, other.verdict)
        for entry in entries
        if (other := without.get(entry.key)) and turned(other, entry.verdict)
    )


def _stopped(entry: Registered, verdict: Verdict, without: VerdictWord | None) -> Stopped:
    return Stopped(
        use=entry.use.id,
        performer=entry.performer,
        production=entry.production.id,
        on=entry.day,
        with_it=verdict.verdict,
        without_it=without,
    )


def _endless(consent: str, clause: str | None = None) -> Callable[[World], World]:
    """The world in which a consent, or one clause of it, has no last day. Clauses that end with the consent go on."""

    def open_(found: Consent) -> Consent:
        ends = found.until if clause is None else None
        grants = (
            replace(g, until=None) if g.clause == clause or (ends is not None and g.until == ends) else g
            for g in found.grants
        )
        return replace(found, until=None if clause is None else found.until, grants=tuple(grants))

    return lambda world: replace(world, consents=tuple(open_(c) if c.id == consent else c for c in world.consents))


def _approved_for_good(record: str) -> Callable[[World], World]:
    """The world in which an approval has no last day."""
    return lambda world: replace(
        world, records=tuple(replace(r, until=None) if r.id == record else r for r in world.records)
    )
