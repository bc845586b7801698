"""A plan: which rules would bite on an idea, by the edition of its own days, before anybody is cast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from registry.domain.facts import FactInput
from registry.domain.finding import Finding, RequirementKind, State, VerdictWord
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.replica import Replica
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import Act, Agreement, Element, MadeFrom, ProductionKind, Purpose, ReplicaKind
from registry.domain.world import World
from registry.engine.reach import reach
from registry.errors import UsageError
from registry.rules.asking import Asker
from registry.rules.catalogue import Catalogue, clauses
from registry.rules.pack import FormRule, Pack, PackGate, Rule, Span
from registry.services.supposing import Supposing, day_for, noon

SOMEBODY = "somebody"
_REPLICA = "replica-of-the-plan"
Hanging: TypeAlias = list[tuple[str, str]]
_BEFORE = (State.BARRED, State.UNMET, State.REFER, State.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bite:
    """A rule that speaks of an act, and what it would ask for. `certain` is False where it hangs on `questions`;
    `follows` says that it comes after the use. `dates` are those of the edition that governs."""

    rule: str
    pack: str
    gate: PackGate
    title: str
    cite: str
    grade: str
    dates: Span
    asks: tuple[str, ...]
    certain: bool
    barred: bool
    follows: bool
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPlan:
    """One act: the verdict if it were asked for today with nothing on file, and the rules that speak."""

    act: Act
    verdict: VerdictWord
    bites: tuple[Bite, ...]
    open_packs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A pack that governs, with its dates."""

    pack: str
    title: str
    gate: PackGate
    dates: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The rules in force for a picture. `day` is the day of the work that was supposed; `not_said` are the facts that
    would tell whether further packs apply, with how many hang on each."""

    production: Production
    performer: str | None
    day: dt.date
    editions: tuple[Edition, ...]
    acts: tuple[ActPlan, ...]
    not_said: tuple[tuple[str, int], ...]


def plan(
    world: World,
    catalogue: Catalogue,
    production: Production,
    *,
    acts: Sequence[Act],
    now: dt.datetime,
    today: dt.date,
    on: dt.date | None = None,
    performer: str | None = None,
    purpose: Purpose = Purpose.FINAL,
    replica: ReplicaKind | None = None,
    facts: tuple[tuple[str, FactInput], ...] = (),
) -> Plan:
    """Suppose each act, by somebody engaged under the agreement or by `performer`, and see which rules speak.

    Nothing is supposed that nobody said: a rule that hangs on such a fact is told with its question."""
    day = on or day_for(production, today)
    supposed = _with_somebody(world, production, performer, today)
    if replica is not None:
        made = _replica(replica, production, performer or SOMEBODY, day)
        supposed = replace(supposed, replicas=(*supposed.replicas, made))
    supposing = Supposing.of(supposed, catalogue, now=now)
    pattern = Use(
        id="plan", act=Act.USE_REPLICA, production=production.id, performers=(performer or SOMEBODY,), purpose=purpose,
        at=noon(day, production), replica=_REPLICA if replica else None, facts=facts,
    )  # fmt: skip
    found = [_act(supposing, catalogue, replace(pattern, act=act)) for act in acts]
    hanging: dict[str, set[str]] = {}
    for each, _ in found:
        for question, pack in each:
            hanging.setdefault(question, set()).add(pack)
    plans = tuple(act for _, act in found)
    speaking = dict.fromkeys(bite.pack for act in plans for bite in act.bites)
    return Plan(
        production=production,
        performer=performer,
        day=day,
        editions=tuple(_edition(pack) for pack in catalogue.packs if pack.id in speaking),
        acts=plans,
        not_said=tuple((question, len(packs)) for question, packs in sorted(hanging.items())),
    )


def _with_somebody(world: World, production: Production, performer: str | None, today: dt.date) -> World:
    """The world with the picture in it, and with somebody engaged on it where nobody is named."""
    productions = tuple(p for p in world.productions if p.id != production.id)
    world = replace(world, productions=(*productions, production))
    if performer is not None:
        return world
    covered = None if production.agreement in (None, Agreement.UNKNOWN) else production.agreement is not Agreement.NONE
    engaged = Engagement(
        id=f"{SOMEBODY}-{production.id}", performer=SOMEBODY, production=production.id,
        engaged_at=noon(day_for(production, today), production), covered_by_agreement=covered,
    )  # fmt: skip
    person = Performer(id=SOMEBODY, legal_name="Somebody")
    return replace(world, performers=(*world.performers, person), engagements=(*world.engagements, engaged))


def _replica(kind: ReplicaKind, production: Production, performer: str, day: dt.date) -> Replica:
    """A replica of the kind that was typed, made for the picture; independently created ones from what there is."""
    independent = kind is ReplicaKind.INDEPENDENTLY_CREATED
    return Replica(
        id=_REPLICA, performer=performer, kind=kind, elements=tuple(Element), made_for=production.id, made_on=day,
        made_from=MadeFrom.EXISTING_MATERIAL if independent else MadeFrom.SCAN,
    )  # fmt: skip


def _act(supposing: Supposing, catalogue: Catalogue, use: Use) -> tuple[Hanging, ActPlan]:
    """An act, with the questions on which whole packs hang."""
    if use.act in (Act.GENERATE_MATERIAL, Act.USE_SYNTHETIC):
        use = replace(use, performers=(), replica=None)
    verdict = reach(use, next(iter(use.performers), None), supposing.on_file, supposing.memory).verdict
    packs = {f.pack: f for f in verdict.findings if _is_pack(f)}
    hanging = [(question, pack) for pack, f in packs.items() for question in f.questions]
    bites = [bite for f in verdict.findings if not _is_pack(f) for bite in _bites(f, catalogue)]
    return hanging, ActPlan(act=use.act, verdict=verdict.verdict, bites=tuple(bites), open_packs=tuple(packs))


def _is_pack(finding: Finding) -> bool:
    return any(part.requirement.kind is RequirementKind.PACK for part in finding.parts)


def _bites(finding: Finding, catalogue: Catalogue) -> Iterator[Bite]:
    """The rule of a finding as it would bite; what is met or exempt already does not."""
    if finding.state not in (*_BEFORE, State.DUE) or finding.demands is False:
        return
    pack = catalogue.pack(finding.pack)
    clause = _clause(pack, finding.rule) if pack else None
    if pack is None or clause is None:
        return
    asker = Asker(catalogue.dictionary, pack.currency)
    asks = [asker.said(required)[0] for required in clause.require] if isinstance(clause, Rule) else [clause.title]
    questions = [catalogue.dictionary[name].ask for name in finding.questions if name in catalogue.dictionary]
    yield Bite(
        rule=finding.rule,
        pack=finding.pack,
        gate=pack.gate,
        title=finding.title,
        cite=finding.cite,
        grade=finding.grade.value,
        dates=clause.in_force,
        asks=tuple(dict.fromkeys(asks)),
        certain=finding.demands is True and finding.conditional_on is None and _speaks(finding),
        barred=finding.state is State.BARRED,
        follows=finding.state is State.DUE,
        questions=tuple(questions),
    )


def _speaks(finding: Finding) -> bool:
    """Whether the rule asks whatever is answered: an open one may come to nothing."""
    return finding.state is not State.UNKNOWN


def _clause(pack: Pack, rule: str) -> Rule | FormRule | None:
    return next((clause for clause in clauses(pack) if clause.id == rule), None)


def _edition(pack: Pack) -> Edition:
    return Edition(pack=pack.id, title=pack.title, gate=pack.gate, dates=pack.in_force)


def idea(
    *,
    agreement: Agreement | None,
    platform: str | None,
    places: Sequence[str] = (),
    released_in: Sequence[str] = (),
    starts_on: dt.date | None = None,
    released_on: dt.date | None = None,
    kind: ProductionKind | None = None,
    language: str | None = None,
) -> Production:
    """A picture that is only an idea: whatever was said of it, and nothing else."""
    if starts_on is None:
        raise UsageError(
            "Nobody says when photography starts; the edition of an agreement is chosen by that day.",
            "add --photography-starts 2027-03-01",
        )
    return Production(
        id="idea",
        title="The idea",
        kind=kind,
        agreement=agreement,
        signatory=None if agreement is None else agreement is not Agreement.NONE,
        platform=platform,
        photography_starts_on=starts_on,
        places=tuple(places),
        governing_law=places[0] if places else None,
        released_in=tuple(released_in) or None,
        released_on=released_on,
        original_language=language,
    )
