"""A draft judged as it would be judged once signed: by the rules that a check uses, on uses inside its own clauses.

Nothing here knows a rule of form. A draft that the trial lets pass is, signed, one that the check lets pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from registry.domain.consent import Consent, Grant
from registry.domain.facts import FactInput
from registry.domain.finding import Finding, State
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import Act, GrantorCapacity, Instrument, RecordKind
from registry.domain.world import World
from registry.engine.check import Hearing
from registry.engine.cure import Issuer, specificity
from registry.engine.docket import Item
from registry.engine.matter import Matter
from registry.engine.memory import Memory
from registry.engine.on_file import OnFile, latest
from registry.engine.reading import Reading
from registry.rules.catalogue import Catalogue
from registry.rules.pack import ConsentRequired, FormRule, Rule
from registry.services.checking import laid_over, settled
from registry.services.lint.draft import Draft

# Of a use that nobody has planned yet: far enough ahead that a review period of days is over.
_AHEAD = dt.timedelta(days=30)
_END = dt.datetime.max.replace(tzinfo=dt.UTC)
_BY_ACT: dict[Act, dict[str, FactInput]] = {Act.USE_REPLICA: {"use.in_lieu": True}}


@dataclass(frozen=True, slots=True)
class Told:
    """One finding of a check on a use inside a clause; `planned` where somebody has planned that use."""

    grant: Grant
    use: Use
    finding: Finding
    planned: bool


@dataclass(frozen=True, slots=True)
class Formed:
    """What one rule on the form of a consent says of a clause; `asks` are the facts and judgements it turns on."""

    grant: Grant
    rule: Rule | FormRule
    state: State
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """What the check says of a draft, clause by clause: `findings` on uses inside it, `signed` on its form as issued,
    the description taken to be specific; `doubted` with a description that somebody finds not specific enough."""

    findings: tuple[Told, ...]
    signed: tuple[Formed, ...]
    doubted: tuple[Formed, ...]


def tried(draft: Draft, catalogue: Catalogue) -> Trial:
    """The trial of every clause, on the uses on file that it is meant for and on one of its own making for each act."""
    findings: list[Told] = []
    signed: list[Formed] = []
    doubted: list[Formed] = []
    memory = Memory.of(laid_over(catalogue, draft.world, known_at=_END))
    consent = as_signed(draft)
    for grant in consent.grants:
        for use, planned in _uses(draft, grant):
            as_issued = _hearing(draft, consent, use, memory, specific=True)
            findings += [Told(grant, use, f, planned) for f in as_issued.findings().findings]
            signed += _forms(as_issued, consent, grant, memory.catalogue)
            doubts = _hearing(draft, consent, use, memory, specific=False)
            doubted += _forms(doubts, consent, grant, memory.catalogue)
    return Trial(tuple(findings), tuple(signed), tuple(doubted))


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


def _hearing(draft: Draft, consent: Consent, use: Use, memory: Memory, *, specific: bool) -> Hearing:
    """One use being heard, with this consent alone: what others signed would hide what it lacks."""
    rulings = _rulings(draft, consent, specific=specific)
    world = replace(draft.world, consents=(consent,), records=(*_others(draft.world, consent), *rulings))
    (alone,) = settled(world, (replace(use, performers=(consent.performer,)),))
    on_file = replace(OnFile.of(world, known_at=_END, proposed=(alone,)), known_at=draft.now)
    return Hearing.of(Matter.of(alone, consent.performer, on_file, None), memory)


def _forms(hearing: Hearing, consent: Consent, grant: Grant, catalogue: Catalogue) -> Iterator[Formed]:
    """Form rules of the packs that govern the use, and the conditions that their other rules put to a consent."""
    for result in hearing.book.judge(consent, grant):
        rule = catalogue.rule(result.rule)
        if rule is not None:
            yield Formed(grant, rule, result.state, (*result.asks, *result.rulings))
    for item in hearing.governing.rules:
        for required in item.rule.require:
            if isinstance(required, ConsentRequired) and (required.where is not None or required.from_):
                yield from _condition(hearing, consent, grant, item, required)


def _condition(
    hearing: Hearing, consent: Consent, grant: Grant, item: Item, required: ConsentRequired
) -> Iterator[Formed]:
    """What a rule that speaks, and that nothing exempts, asks of a consent besides that it covers the use."""
    facts = Reading(hearing.base, item.pack.currency)
    if facts.truth(item.rule.when) is not True or any(facts.truth(x.condition) is True for x in item.rule.unless):
        return
    if required.from_ and consent.grantor.capacity not in required.from_:
        yield Formed(grant, item.rule, State.UNMET, ("consent.grantor",))
    if required.where is None:
        return
    reading = hearing.book.reading(consent, grant, item.pack)
    holds = reading.truth(required.where)
    if holds is True:
        return
    asks = reading.open((required.where,)) or reading.unruled((required.where,))
    yield Formed(grant, item.rule, State.UNMET if holds is False else State.UNKNOWN, asks)


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
