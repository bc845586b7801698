"""A draft judged as it would be judged once signed: by the same check, on uses that lie inside its own clauses.

Nothing here knows a rule of form. A draft that the trial lets pass is, signed, one that the check lets pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from itertools import product

from registry.domain.consent import Consent, Grant
from registry.domain.facts import FactInput
from registry.domain.finding import Finding, RequirementKind, State
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import Act, GrantorCapacity, Instrument, RecordKind
from registry.domain.world import World
from registry.engine.cure import Issuer, specificity
from registry.engine.on_file import latest
from registry.rules.catalogue import Catalogue
from registry.rules.pack import ConsentRequired, FormRule, Rule
from registry.services.checking import check_world
from registry.services.lint.draft import Draft

# Of a use that nobody has planned yet: far enough ahead that a review period of days is over.
_AHEAD = dt.timedelta(days=30)
_OPEN = (State.UNMET, State.REFER, State.UNKNOWN)
_BY_ACT: dict[Act, dict[str, FactInput]] = {Act.USE_REPLICA: {"use.in_lieu": True}}


@dataclass(frozen=True, slots=True)
class Told:
    """One finding of a check on a use inside a clause; `planned` where somebody has planned that use."""

    grant: Grant
    use: Use
    finding: Finding
    planned: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What the check says of a draft, clause by clause: `signed` as issued, the description taken to be specific;
    `doubted` with a description that somebody finds not specific enough."""

    signed: tuple[Told, ...] = field(default=())
    doubted: tuple[Told, ...] = field(default=())


def tried(draft: Draft, catalogue: Catalogue) -> Trial:
    """The trial of every clause, on the uses on file that it is meant for and on one of its own making for each act."""
    return Trial(
        tuple(_told(draft, catalogue, specific=True)),
        tuple(_told(draft, catalogue, specific=False)),
    )


def as_signed(draft: Draft) -> Consent:
    """The draft as it is once everybody has signed the document: in a writing of its own, signed clause by clause, by
    the performer in person where the performer grants. What it says of itself otherwise stays."""
    consent = draft.consent
    if consent.signed_at is not None:
        return consent
    own = consent.grantor.capacity is GrantorCapacity.SELF
    return replace(
        consent,
        instrument=consent.instrument or Instrument.SEPARATE_WRITING,
        separately_signed=True if consent.separately_signed is None else consent.separately_signed,
        conspicuous=True if consent.conspicuous is None else consent.conspicuous,
        personally_signed=True if own and consent.personally_signed is None else consent.personally_signed,
        court_approved=True if draft.particulars.court and consent.court_approved is None else consent.court_approved,
        signed_at=draft.now,
    )


def form_of(finding: Finding, catalogue: Catalogue) -> bool:
    """Whether a finding judges the form of a consent: a form rule, or a condition that a consent has to meet."""
    rule = catalogue.rule(finding.rule)
    if isinstance(rule, FormRule):
        return True
    return isinstance(rule, Rule) and any(
        isinstance(r, ConsentRequired) and (r.where is not None or r.from_) for r in rule.require
    )


def _told(draft: Draft, catalogue: Catalogue, *, specific: bool) -> Iterator[Told]:
    signed = as_signed(draft)
    rulings = _rulings(draft, signed, specific=specific)
    # What others signed would hide what this consent lacks.
    world = replace(draft.world, consents=(signed,), records=(*_others(draft.world, signed), *rulings))
    for grant in signed.grants:
        for use, planned in _uses(draft, grant):
            alone = replace(use, performers=(signed.performer,))
            (verdict,) = check_world(world, (alone,), catalogue, now=draft.now)
            yield from (Told(grant, alone, f, planned) for f in verdict.findings)


def _others(world: World, signed: Consent) -> Iterable[Record]:
    return (r for r in world.records if not (r.kind is RecordKind.RULING and r.consent == signed.id))


def _rulings(draft: Draft, signed: Consent, *, specific: bool) -> tuple[Record, ...]:
    """The ruling that goes with the issue, or the opposite one; by somebody whose ruling counts on this production."""
    deciders = [
        d
        for d in draft.setting.production.deciders
        if d.capacity in ("business_affairs", "counsel")
        and (d.from_ is None or d.from_ <= draft.today)
        and (d.to is None or draft.today <= d.to)
    ]
    name, capacity = (deciders[0].name, deciders[0].capacity) if deciders else ("the issuer", "business_affairs")
    found = specificity(signed, Issuer(name=name, capacity=capacity, on=draft.today))
    return found if specific else tuple(replace(r, answer="no") for r in found)


def _uses(draft: Draft, grant: Grant) -> Iterator[tuple[Use, bool]]:
    """The planned uses, then one use for each act, work and purpose of the clause that has none."""
    planned = draft.planned(grant)
    yield from ((use, True) for use in planned)
    works = [p for p in {p.id: p for p in draft.world.productions}.values() if p.is_named_by(grant.productions)]
    for act, work, purpose in product(grant.acts, works, grant.purposes):
        if any((u.act, u.production, u.purpose) == (act, work.id, purpose) for u in planned):
            continue
        yield _inside(draft, grant, act, work.id, purpose.value), False


def _inside(draft: Draft, grant: Grant, act: Act, production: str, purpose: str) -> Use:
    """A use as wide as its clause on every axis, on a day on which the clause lives."""
    replicas = [r for r in draft.world.replicas if r.performer == draft.consent.performer]
    theirs = latest(replicas, dt.datetime.max.replace(tzinfo=dt.UTC))
    replica = next((r.id for r in theirs.values() if r.made_for == production), next(iter(theirs), None))
    facts: dict[str, FactInput] = dict(_BY_ACT.get(act, {}))
    if grant.scripted_alterations and act in (Act.ALTER_PERFORMANCE, Act.DUB):
        facts["use.scripted_alteration"] = True
    facts["use.real_time"] = bool(grant.real_time)
    return Use(
        id=f"lint-{draft.consent.id}"[:64],
        act=act,
        production=production,
        performers=(draft.consent.performer,),
        replica=replica,
        elements=grant.elements,
        purpose=type(grant.purposes[0])(purpose),
        scenes=_named(grant.scenes),
        media=_named(grant.media),
        territories=_named(grant.territories),
        languages=_named(grant.languages),
        ages=grant.ages,
        content=grant.allows,
        at=_moment(draft, grant),
        seconds=1 if grant.limits and grant.limits.seconds else None,
        facts=tuple(facts.items()),
    )


def _moment(draft: Draft, grant: Grant) -> dt.datetime:
    first, last = grant.from_ or draft.consent.from_, grant.until or draft.consent.until
    wanted = draft.now + _AHEAD
    if last is not None and wanted.date() > last:
        wanted = dt.datetime.combine(last, dt.time(12), draft.now.tzinfo)
    if first is not None and wanted.date() <= first:
        wanted = dt.datetime.combine(first + dt.timedelta(days=1), dt.time(12), draft.now.tzinfo)
    return wanted


def _named(values: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if values in (None, ("any",)) else values


def open_forms(told: Iterable[Told], catalogue: Catalogue) -> Iterator[Told]:
    """Findings on the form of the draft that are not met, of uses that the draft covers but for its form."""
    for uncovered, one in _with_coverage(tuple(told), catalogue):
        rule = catalogue.rule(one.finding.rule)
        if one.finding.state in _OPEN and (isinstance(rule, FormRule) or not uncovered):
            yield one


def _with_coverage(told: tuple[Told, ...], catalogue: Catalogue) -> Iterator[tuple[bool, Told]]:
    """Each finding on form, with whether its use is refused for want of any consent at all: then a condition on the
    consent says nothing of its own."""
    bare = {
        id(t.use)
        for t in told
        if not form_of(t.finding, catalogue)
        and any(p.requirement.kind is RequirementKind.CONSENT and p.state in _OPEN for p in t.finding.parts)
    }
    for t in told:
        if not form_of(t.finding, catalogue):
            continue
        consent = any(p.requirement.kind is RequirementKind.CONSENT and p.state in _OPEN for p in t.finding.parts)
        form = isinstance(catalogue.rule(t.finding.rule), FormRule)
        if form or consent:
            yield id(t.use) in bare, t
