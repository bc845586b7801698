"""Cures: for every requirement that is not met the smallest thing that would meet it (DOMAIN.md §7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from registry.domain.consent import Consent, Grant, Grantor, Revocable
from registry.domain.finding import Cure, Finding, Part, RequirementKind, ScopePiece, State, Verdict, VerdictWord
from registry.domain.record import Record
from registry.domain.values import dataclass, replace
from registry.domain.words import (
    Act,
    Basis,
    Capacity,
    Content,
    Element,
    GrantorCapacity,
    Instrument,
    Purpose,
    RecordKind,
)
from registry.engine.computed import minor
from registry.engine.matter import Matter
from registry.engine.memory import Memory

_WHO_ASKS = {"performer": "the performer", "union": "the union", "platform": "the platform"}


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whoever issues a rider; by issuing it they rule, clause by clause, that its description is specific."""

    name: str
    capacity: str
    on: dt.date


def with_cures(verdict: Verdict, memory: Memory, *, now: dt.datetime) -> Verdict:
    """The verdict with a cure on every finding that something could turn: one object for findings that are the same
    and have the same cure."""
    barred, nobody = verdict.verdict is VerdictWord.PROHIBITED, verdict.performer is None
    kept, found = memory.cured, []
    for finding in verdict.findings:
        key = (id(finding), barred, nobody, now)
        both = kept.get(key)
        if both is None:  # the finding is kept with its cure, so that no other can come by its identity
            cure = _cure(finding, barred=barred, nobody=nobody, now=now)
            both = kept[key] = (finding if cure is None else replace(finding, cure=cure), finding)
        found.append(both[0])
    return replace(verdict, findings=tuple(found))


def needs_rider(verdict: Verdict) -> bool:
    """Whether a consent is what is missing, and no bar makes it useless to ask for one."""
    barred = any(f.state is State.BARRED for f in verdict.findings)
    return not barred and any(_lacks_consent(f) for f in verdict.findings)


def _lacks_consent(finding: Finding) -> bool:
    return any(
        p.requirement.kind in (RequirementKind.CONSENT, RequirementKind.FORM) and p.state is State.UNMET
        for p in finding.parts
    )


def _cure(finding: Finding, *, barred: bool, nobody: bool, now: dt.datetime) -> Cure | None:
    """`barred` says that some rule bars the use, `nobody` that the registry knows nobody whose use it is."""
    if finding.state in (State.MET, State.EXEMPT, State.NONE):
        return None
    if finding.state is State.BARRED:
        return Cure(kind="none", text="Nothing can cure this: drop the use, or change what is planned.")
    if finding.state is State.UNKNOWN:
        return Cure(kind="question", text="Answer the questions.", question=next(iter(finding.questions), None))
    if finding.state is State.REFER:
        return _referral(finding)
    worst = [p for p in finding.parts if p.state is finding.state]
    return _for_part(worst[0], barred, nobody, now) if worst else None


def _referral(finding: Finding) -> Cure:
    question = next((r for r in finding.rulings), "rule")
    who = (
        "counsel" if question == "rule" else next((p.requirement.who for p in finding.parts if p.requirement.who), None)
    )
    return Cure(
        kind="ruling",
        text="A named person has to decide this; software does not.",
        question=question,
        who=who or "business affairs or counsel",
    )


def _for_part(part: Part, barred: bool, nobody: bool, now: dt.datetime) -> Cure:
    requirement = part.requirement
    deadline = requirement.deadline
    in_time = None if deadline is None else now <= deadline
    match requirement.kind:
        case RequirementKind.CONSENT | RequirementKind.FORM:
            if barred:
                return Cure(kind="none", text="No rider can cure this while another rule bars the use.")
            if nobody:
                return Cure(kind="none", text="Name the person in the registry, or leave the reference out.")
            return Cure(kind="rider", text="Ask for a rider with exactly what is missing.")
        case RequirementKind.NOTICE:
            to = _WHO_ASKS.get(requirement.to or "", requirement.to)
            return Cure(
                kind="notice",
                text=f"Give notice to {to}.",
                to=requirement.to,
                deadline=deadline,
                can_still_be_met=in_time,
            )
        case RequirementKind.APPROVAL:
            return Cure(
                kind="approval_request",
                text=f"Ask {requirement.sender} for written approval of this use.",
                to=requirement.sender,
                deadline=deadline,
                can_still_be_met=in_time,
            )
        case RequirementKind.REASON:
            return Cure(
                kind="reason",
                text="Write down the reason before the deadline.",
                deadline=deadline,
                can_still_be_met=in_time,
            )
        case RequirementKind.BARGAINING:
            return Cure(kind="bargaining", text=f"Open bargaining with the {requirement.to}.", to=requirement.to)
        case RequirementKind.PAYMENT:
            return Cure(kind="payment", text=requirement.label or "Pay.", amount=requirement.amount)
        case RequirementKind.RULING:
            return Cure(
                kind="ruling",
                text=f"Ask {requirement.who} to rule.",
                question=requirement.question,
                who=requirement.who,
            )
        case RequirementKind.FACT:
            return Cure(kind="fact", text=requirement.label or "Change what is planned.")
        case _:
            return Cure(kind="duty", text=requirement.label or "Do what is due.")


def rider(verdict: Verdict, matter: Matter, *, consent_id: str) -> Consent | None:
    """The smallest consent that would cover what nothing covers: one grant for each box of the residual, no value in
    it that could be left out. Unsigned; None where no signer has authority or nothing of the scope is missing."""
    grantor, others = _signers(matter)
    if grantor is None:
        return None
    pieces = verdict.coverage.residual
    grants = tuple(_grant(p, f"{n}", matter, verdict) for n, p in enumerate(pieces, 1))
    return (
        Consent(
            id=consent_id,
            performer=matter.performer.id if matter.performer else "",
            grantor=grantor,
            co_grantors=others,
            grants=grants,
            instrument=Instrument.SEPARATE_WRITING,
            separately_signed=True,
            conspicuous=True,
            personally_signed=True if grantor.capacity is GrantorCapacity.SELF else None,
            basis=Basis.CONTRACT,
            revocable=Revocable(by_terms=False),
        )
        if grants
        else None
    )


def _signers(matter: Matter) -> tuple[Grantor | None, tuple[Grantor, ...]]:
    """Who has to sign on the day of the use: the performer, a minor's guardian, or enough of the rights' holders."""
    performer, day = matter.performer, matter.day
    if performer is None or day is None:
        return None, ()
    acting = [r for r in performer.representatives if r.acts_on(day)]
    if performer.died is not None and performer.died.first <= day:
        holders = sorted((r for r in acting if r.capacity is Capacity.ESTATE), key=lambda r: (-(r.share or 1), r.id))
        chosen, held = [], Fraction(0)
        for holder in holders:
            if 2 * held > 1:
                break
            chosen.append(Grantor(capacity=GrantorCapacity.ESTATE, representative=holder.id))
            held += holder.share or Fraction(0)
        return (chosen[0], tuple(chosen[1:])) if chosen else (None, ())
    if minor(performer, day):
        guardian = next((r for r in acting if r.capacity is Capacity.GUARDIAN), None)
        return (Grantor(capacity=GrantorCapacity.GUARDIAN, representative=guardian.id), ()) if guardian else (None, ())
    return Grantor(capacity=GrantorCapacity.SELF), ()


def _grant(piece: ScopePiece, clause: str, matter: Matter, verdict: Verdict) -> Grant:
    axes = dict(piece.axes)
    ages = _ages(axes.get("ages"))
    return Grant(
        clause=clause,
        acts=(matter.use.act,),
        elements=tuple(Element(e) for e in axes.get("elements", ())),
        productions=(matter.production.id,),
        purposes=tuple(Purpose(p) for p in axes.get("purposes", ())),
        description=description(piece, matter),
        scenes=_named(axes.get("scenes")),
        media=_named(axes.get("media")),
        territories=_named(axes.get("territories")),
        languages=_named(axes.get("languages")),
        ages=ages,
        allows=tuple(Content(c) for c in axes.get("content", ()) if c != "none"),
        real_time=True if axes.get("real_time") == ("yes",) else None,
        scripted_alterations=_scripted(matter),
    )


def _scripted(matter: Matter) -> bool | None:
    """A consent to an alteration says that it covers what the script calls for, where the use says it does."""
    asserted = dict(matter.use.facts).get("use.scripted_alteration")
    return True if matter.use.act in (Act.ALTER_PERFORMANCE, Act.DUB) and asserted is True else None


def _named(words: Sequence[str] | None) -> tuple[str, ...] | None:
    """An axis in a grant: what is named; left out where all of it is meant."""
    if words is None or "any" in words or "any other" in words or "world" in words:
        return None
    return tuple(words)


def _ages(words: Sequence[str] | None) -> tuple[int, int] | None:
    spans = [w.split("..") for w in words or () if w[0].isdigit()]
    return (int(spans[0][0]), int(spans[-1][-1])) if spans else None


def description(piece: ScopePiece, matter: Matter) -> str:
    """The reasonably specific description of a rider's clause, from what the use itself says."""
    use, production = matter.use, matter.production
    axes = dict(piece.axes)
    engagement = matter.engagement
    who = engagement.role if engagement and engagement.role else matter.performer.known_as if matter.performer else ""
    said = (use.description or use.act.value.replace("_", " ")).rstrip(".")
    scenes = axes.get("scenes") or ()
    where = f", scene{'s' if len(scenes) > 1 else ''} {', '.join(scenes)}" if scenes and "any" not in scenes else ""
    length = f", about {use.seconds} seconds" if use.seconds else ""
    return f"{said} ({who}), in {production.title}{where}{length}."


def specificity(consent: Consent, issuer: Issuer) -> tuple[Record, ...]:
    """The issuer's rulings that each clause is reasonably specific, recorded with the issue (DOMAIN.md §4)."""
    return tuple(
        Record(
            id=f"{consent.id}-specific-{g.clause}",
            kind=RecordKind.RULING,
            consent=consent.id,
            clause=g.clause,
            question="consent.specific",
            answer="yes",
            decided_by=issuer.name,
            capacity=issuer.capacity,
            decided_on=issuer.on,
            because=f"issued with this description: {g.description}",
        )
        for g in consent.grants
    )
