"""Permission slips from a clearance: one for each use of each person that may go ahead, and never for another.

A use that says its own moment is checked once more alone, as `registry check` does; one that has it from the schedule
keeps the verdict it was cleared with. So anybody can compute the digest on the slip again from what the registry knew
then (docs/reports.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

from registry.domain.clearance import Clearance, Planned
from registry.domain.consent import Consent, Exclusion, Grant
from registry.domain.finding import State, Status, Verdict
from registry.domain.slip import Slip, Slips
from registry.domain.use import Use
from registry.domain.world import World
from registry.services.reports.scope import bounds, carved_out
from registry.services.reports.words import ACTS, at, clean, count, day, listing, plain_day, ranged, sentence, word

Line = Callable[[Verdict], str]
Alone = Callable[[Use], Sequence[Verdict]]
FORMAT = "CONSENT-SLIP/1"


def slips_of(clearance: Clearance, world: World, *, span: str, alone: Alone, line: Line) -> Slips:
    """The slips, in the order of the clearance. `alone` gives the verdicts on one use as `registry check` does; `line`
    writes a verdict as the one line of JSON that is hashed."""
    seen: dict[Use, Sequence[Verdict]] = {}
    found: list[Slip] = []
    without: list[str] = []
    for planned in clearance.planned:
        why_not = _why_not(planned)
        verdict = None if why_not else _verdict(planned, alone, seen)
        if verdict is not None and verdict.status is not Status.CLEARED:
            why_not = f"checked alone it is {word(verdict)}"
        if verdict is None or why_not:
            without.append(f"{planned.use.id}, {clean(planned.who)}: {why_not}")
        else:
            found.append(_slip(planned, verdict, clearance, world, line))
    return Slips(
        production=clearance.production,
        title=clean(clearance.title),
        span=span,
        made_at=clearance.made_at,
        known_at=clearance.known_at,
        slips=tuple(found),
        without=tuple(without),
    )


def _verdict(planned: Planned, alone: Alone, seen: dict[Use, Sequence[Verdict]]) -> Verdict | None:
    """The verdict that anybody can ask for again."""
    if _from_schedule(planned):
        return planned.verdict
    if planned.use not in seen:
        seen[planned.use] = alone(planned.use)
    return next((v for v in seen[planned.use] if v.performer == planned.performer), None)


def _from_schedule(planned: Planned) -> bool:
    """Whether the use has its moment from the sheets, and not from whoever filed it."""
    return planned.scheduled or bool(planned.judged)


def _why_not(planned: Planned) -> str:
    """Why a planned use gets no slip; empty where it may."""
    if planned.verdict is None:
        return "nobody on file is known to be meant"
    if planned.verdict.status is not Status.CLEARED:
        return word(planned.verdict)
    if planned.on is None:
        return "no day is planned for it, and a slip is for a day"
    return ""


def _slip(planned: Planned, verdict: Verdict, clearance: Clearance, world: World, line: Line) -> Slip:
    digest = sha256(f"{line(verdict)}\n".encode()).hexdigest()
    use = planned.use
    assert planned.on is not None
    return Slip(
        use=use.id,
        performer=planned.performer,
        production=clearance.production,
        title=clean(clearance.title),
        who=clean(planned.who),
        number=clean(planned.number or ""),
        character=clean(planned.character or ""),
        scenes=ranged([clean(scene) for scene in use.scenes or ()]),
        act=ACTS[use.act],
        day=day(planned.on),
        description=clean(use.description or ""),
        word=word(verdict),
        clauses=tuple(_clauses(verdict, world)),
        conditions=tuple(dict.fromkeys(_conditions(planned, verdict, world, clearance.zone))),
        duties=tuple(_duties(verdict, clearance.zone)),
        known_at=clearance.known_at,
        digest=digest,
        code=_code(planned, verdict, clearance.as_of, digest),
    )


def _code(planned: Planned, verdict: Verdict, as_of: dt.date | None, digest: str) -> str:
    """What the QR says: enough to compute the digest again, one word and its value a line."""
    values = [
        ("use", verdict.use),
        ("performer", verdict.performer or "none"),
        ("production", verdict.production),
        ("verdict", verdict.verdict.value),
        ("day", planned.on.isoformat() if planned.on else ""),
        ("scheduled", "yes" if _from_schedule(planned) else ""),
        ("as-of", as_of.isoformat() if as_of else ""),
        ("known-at", verdict.known_at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")),
        ("sha256", digest),
    ]
    return "\n".join([FORMAT, *(f"{name} {value}" for name, value in values if value)])


def _clauses(verdict: Verdict, world: World) -> Iterator[str]:
    """The clauses that cover the use, each in the words that were signed; else what exempts it."""
    for consent, grant in _covering(verdict, world):
        signed = f", signed {plain_day(consent.signed_at.date())}" if consent.signed_at else ""
        yield f"{consent.id} §{grant.clause}{signed}: {sentence(clean(grant.description))}"
    if not verdict.coverage.consents:
        exempt = [f.rule for f in verdict.findings if f.state is State.EXEMPT]
        yield f"No consent is asked for: exempt under {listing(exempt)}." if exempt else "No consent is asked for."


def _covering(verdict: Verdict, world: World) -> Iterator[tuple[Consent, Grant]]:
    for by in verdict.coverage.consents:
        consent = next((c for c in world.consents if c.id == by.consent), None)
        grant = consent.grant(by.clause) if consent else None
        if consent is not None and grant is not None:
            yield consent, grant


def _conditions(planned: Planned, verdict: Verdict, world: World, zone: str | None) -> Iterator[str]:
    """What the use has to stay inside: as it is planned, as the clauses bound it, as approvals were given."""
    use = planned.use
    if planned.judged:
        yield f"Judged {clean(planned.judged)}."
    elif use.at is not None:
        yield f"At {at(use.at, zone)}."
    if use.seconds is not None:
        yield f"Planned: {count(use.seconds, 'second')}."
    if use.content is not None:
        content = listing(clean(c.value.replace("_", " ")) for c in use.content)
        yield f"Sensitive content: {content}, and no other." if content else "No sensitive content."
    for consent, grant in _covering(verdict, world):
        yield from _bounds(consent, grant, use)
    yield from _approvals(verdict, world)
    yield from (sentence(clean(warning)) for warning in verdict.warnings)
    if planned.called is False:
        yield "The sheets do not call this person on that day."


def _bounds(consent: Consent, grant: Grant, use: Use) -> Iterator[str]:
    if said := bounds(grant):
        yield f"§{grant.clause}: {said}."
    for exclusion in consent.excludes:
        if _matters(exclusion, use):
            yield f"Never: {carved_out(exclusion)}."


def _matters(exclusion: Exclusion, use: Use) -> bool:
    """Whether an exclusion is about the act and the picture of the use at all: others cannot be met on the set."""
    if exclusion.acts is not None and use.act not in exclusion.acts:
        return False
    return exclusion.productions is None or use.production in exclusion.productions


def _approvals(verdict: Verdict, world: World) -> Iterable[str]:
    """The conditions that approvals were given subject to."""
    met_by = {record for finding in verdict.findings for record in finding.met_by}
    for record in world.records:
        if record.id in met_by and record.conditions:
            who = clean(record.sender or "The approval")
            yield f"{who}, subject to: {sentence(clean(record.conditions))}"


def _duties(verdict: Verdict, zone: str | None) -> Iterator[str]:
    for finding in verdict.findings:
        for part in finding.parts:
            if part.state is not State.DUE:
                continue
            wanted = part.requirement
            amount = f", {wanted.amount.spoken()}" if wanted.amount else ""
            by = f", by {at(wanted.deadline, zone)}" if wanted.deadline else ""
            by = by or (f", by {day(wanted.due_on)}" if wanted.due_on else "")
            yield f"{clean(finding.title)}{amount}{by} ({finding.rule})"
