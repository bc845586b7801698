"""The note to a platform's contact: exactly what its guidance asks to be told, "not answered" said as such."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from registry.domain.clearance_report import Label
from registry.domain.facts import FactInput
from registry.domain.finding import Finding, RequirementKind, State, Verdict
from registry.domain.letter import NOT_ANSWERED, NOT_RECORDED, Block, Letter, LetterKind
from registry.domain.money import Money
from registry.domain.production import Production
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.engine.on_file import latest
from registry.services.reports.words import ACTS, at, clean, listing, plain_day, ranged, scenes

_PRINCIPLES = {
    "output.recreates_ip": "1  recreates identifiable material of others",
    "tool.stores": "2  the tool stores inputs or outputs",
    "tool.reuses": "2  the tool reuses them",
    "tool.trains": "2  the tool trains on them",
    "tool.enterprise": "3  in an enterprise-secured environment",
    "use.purpose": "4  final or temporary",
    "output.displaces_union_work": "5  replaces a performance or union work",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A use with its verdicts, one for each performer."""

    use: Use
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who writes, for which company, on which day."""

    name: str
    company: str | None
    on: dt.date


def platform_note(told: Sequence[Told], world: World, *, writer: Writer, name: str) -> Letter:
    """The note about some uses of one production. It asks for what the findings ask for, and decides nothing."""
    first = told[0].use
    production = latest(world.productions, None).get(first.production)
    platform = production.platform if production and production.platform else "the platform"
    title = clean(production.title) if production else first.production
    numbers = ranged(tuple(dict.fromkeys(clean(scene) for one in told for scene in one.use.scenes or ())))
    uses = tuple(one.use.id for one in told)
    blocks = [block for one in told for block in _about(one, production, world, several=len(told) > 1)]
    return Letter(
        name=name,
        kind=LetterKind.PLATFORM,
        to=(f"the {clean(platform.capitalize())} contact",),
        sender=clean(writer.name),
        company=writer.company,
        on=writer.on,
        subject=f"Use of generative AI: {title}{f', sc. {numbers}' if numbers else ''} ({first.production}), "
        f"{', '.join(uses)}",
        blocks=(*blocks, _asked(told, production)),
        uses=uses,
        when="",
        late=False,
        commands=(f"registry record request {' '.join(uses)} --to {clean(platform)} --at …",),
    )


def _about(told: Told, production: Production | None, world: World, *, several: bool) -> Iterator[Block]:
    known = _known(told, production, world)
    yield Block(heading=told.use.id if several else "", facts=tuple(_facts(told, known, production, world)))
    answers = tuple(Label(text, answer(known.get(fact))) for fact, text in _PRINCIPLES.items())
    yield Block(sentences=("The guiding principles, as answered:",), facts=answers, wide=True)


def _facts(
    told: Told, known: dict[str, FactInput | None], production: Production | None, world: World
) -> Iterator[Label]:
    use = told.use
    zone = production.timezone if production else None
    what = f"{ACTS[use.act]}{f': {clean(use.description)}' if use.description else ''}"
    yield Label("What", what)
    yield Label("Where in the picture", _where(use))
    yield Label("Purpose", use.purpose.value.replace("_", " ") if use.purpose else NOT_ANSWERED)
    yield Label("When", at(use.at, zone) if use.at else NOT_ANSWERED)
    released = use.released_on or (production.released_on if production else None)
    yield Label("Release", plain_day(released) if released else NOT_ANSWERED)
    people = latest(world.performers, None)
    names = [clean(people[p].known_as) if p in people else p for p in use.performers]
    yield Label("Performers", listing(names) or "nobody")
    yield Label("Consent", _consents(told, names))
    yield Label("Tool", _tool(world, use.tool))
    yield Label("Version, licence", NOT_RECORDED)
    yield Label("What goes in", answer(known.get("tool.inputs")))
    yield Label("Prominence", answer(known.get("output.prominence")))


def _where(use: Use) -> str:
    """A use that names no scenes has not said where it stands; one that says `any` has."""
    if not use.scenes:
        return NOT_ANSWERED
    return "the whole picture" if use.scenes == ("any",) else scenes(use.scenes)


def _known(told: Told, production: Production | None, world: World) -> dict[str, FactInput | None]:
    """What has been answered, whoever answered it: the production, a profile, the tool, the use; the use goes first."""
    use = told.use
    found: dict[str, FactInput | None] = dict(production.declares.facts) if production and production.declares else {}
    profile = latest(world.profiles, None).get(use.profile or "")
    found |= dict(profile.facts) if profile else {}
    tool = latest(world.tools, None).get(use.tool or "")
    for name in ("stores", "reuses", "trains", "enterprise"):
        found |= {f"tool.{name}": value for value in [getattr(tool, name, None)] if value is not None}
    found |= dict(use.facts)
    rested_on = (f for verdict in told.verdicts for finding in verdict.findings for f in finding.facts)
    return found | {f.name: f.value for f in rested_on if f.value is not None}


def _consents(told: Told, names: Sequence[str]) -> str:
    """The clauses that cover the use, person by person where they are several, or that none does."""
    if not told.use.performers:
        return "nobody is in it"
    by_person = {verdict.performer: _clauses(verdict) for verdict in told.verdicts}
    said = [by_person.get(performer, _INCOMPLETE) for performer in told.use.performers]
    if len(set(said)) == 1:
        return said[0]
    return "; ".join(f"{name}: {clauses}" for name, clauses in zip(names, said, strict=True))


_INCOMPLETE = "not complete yet"


def _clauses(verdict: Verdict) -> str:
    covering = [f"{by.consent} §{by.clause}" for by in verdict.coverage.consents]
    if verdict.coverage.residual or not covering:
        return _INCOMPLETE
    return ", ".join(covering)


def _tool(world: World, name: str | None) -> str:
    tool = latest(world.tools, None).get(name or "")
    if tool is None:
        return NOT_ANSWERED
    reviewed = f", terms reviewed: {answer(tool.terms_reviewed)}" if tool.terms_reviewed is not None else ""
    dated = f", as of {plain_day(tool.as_of)}" if tool.as_of else ""
    return f"{tool.id}, {clean(tool.vendor or 'vendor not known')}{reviewed}{dated}"


def _asked(told: Sequence[Told], production: Production | None) -> Block:
    """What an approval has to cover, and by when; nothing is asked for where no finding does."""
    missing = {f.rule: f for one in told for verdict in one.verdicts for f in _unapproved(verdict)}
    if not missing:
        return Block(sentences=("For your information: every approval that is asked for is on file.",))
    deadlines = [p.requirement.deadline for f in missing.values() for p in f.parts if p.requirement.deadline]
    zone = production.timezone if production else None
    by = f" by {at(min(deadlines), zone)}" if deadlines else ""
    facts = tuple(Label(rule, clean(finding.title)) for rule, finding in missing.items())
    return Block(sentences=(f"We ask for written approval{by}, of:",), facts=facts)


def _unapproved(verdict: Verdict) -> Iterator[Finding]:
    for finding in verdict.findings:
        if any(p.state is State.UNMET and p.requirement.kind is RequirementKind.APPROVAL for p in finding.parts):
            yield finding


def answer(value: FactInput | None) -> str:
    """The value of a fact as somebody would type it."""
    if value is None:
        return NOT_ANSWERED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        return value.spoken()
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return clean(", ".join(value)) or "none"
    return clean(str(value))
