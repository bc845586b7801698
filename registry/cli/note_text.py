"""The note to a platform's contact: exactly what its guidance asks to be told, "not answered" said as such."""

from __future__ import annotations

import datetime as dt

from registry.cli.output import clean, labelled, paragraph
from registry.cli.phrases import ACTS, answer, day, listing, moment, said, scenes
from registry.cli.subject import Subject, latest
from registry.domain.facts import FactInput
from registry.domain.finding import RequirementKind, State, Verdict
from registry.domain.world import World

INDENT = 23
_PRINCIPLES = {
    "output.recreates_ip": "1  recreates identifiable material of others",
    "tool.stores": "2  the tool stores inputs or outputs",
    "tool.reuses": "2  the tool reuses them",
    "tool.trains": "2  the tool trains on them",
    "tool.enterprise": "3  in an enterprise-secured environment",
    "use.purpose": "4  final or temporary",
    "output.displaces_union_work": "5  replaces a performance or union work",
}


def platform_note(verdict: Verdict, subject: Subject, world: World, *, sender: str, on: dt.date) -> list[str]:
    """The note as plain text, ready to send. It asks for what the findings ask for, and decides nothing."""
    use = subject.use
    production = latest(world.productions, use.production)
    known = _known(verdict, subject, world)
    platform = production.platform if production and production.platform else "the platform"
    lines = [f"To the {platform.capitalize()} contact", f"From {clean(sender)}, {day(on)}", ""]
    lines += [f"Use of generative AI: {clean(subject.title)} ({use.production}), {use.id}", ""]
    lines += _line("What", f"{ACTS[use.act]}{f': {use.description}' if use.description else ''}")
    lines += _line("Where in the picture", scenes(use.scenes) if use.scenes else "the whole picture")
    lines += _line("Purpose", said(use.purpose.value) if use.purpose else "not answered")
    lines += _line("When", moment(use.at, subject.zone) if use.at else "not answered")
    lines += _line("Release", day(production.released_on) if production and production.released_on else "not answered")
    lines += _line("Performers", listing(subject.who(p) for p in use.performers) or "nobody")
    lines += _line("Consent", _consents(verdict))
    lines += _line("Tool", _tool(world, use.tool))
    lines += _line("What goes in", _answer(known, "tool.inputs"))
    lines += _line("Prominence", _answer(known, "output.prominence"))
    lines += ["", "The guiding principles, as answered:"]
    for fact, text in _PRINCIPLES.items():
        lines += labelled(text, _answer(known, fact), indent=48)
    lines += ["", *_asked(verdict, subject)]
    return lines


def _known(verdict: Verdict, subject: Subject, world: World) -> dict[str, FactInput | None]:
    """What has been answered, whoever answered it: the production, a profile, the tool, the use; the use goes first."""
    use = subject.use
    production, profile = latest(world.productions, use.production), latest(world.profiles, use.profile)
    found: dict[str, FactInput | None] = dict(production.declares.facts) if production and production.declares else {}
    found |= dict(profile.facts) if profile else {}
    tool = latest(world.tools, use.tool)
    for name in ("stores", "reuses", "trains", "enterprise"):
        found |= {f"tool.{name}": value for value in [getattr(tool, name, None)] if value is not None}
    found |= dict(use.facts)
    return found | {f.name: f.value for finding in verdict.findings for f in finding.facts if f.value is not None}


def _line(label: str, text: str) -> list[str]:
    return labelled(label, text, indent=INDENT)


def _answer(known: dict[str, FactInput | None], fact: str) -> str:
    return answer(known.get(fact))


def _consents(verdict: Verdict) -> str:
    """The clauses that cover the use, or that none does."""
    covering = [f"{by.consent} §{by.clause}" for by in verdict.coverage.consents]
    if verdict.coverage.residual or not covering:
        return "not complete yet" if verdict.performer else "nobody is in it"
    return ", ".join(covering)


def _tool(world: World, name: str | None) -> str:
    tool = latest(world.tools, name)
    if tool is None:
        return "not answered"
    reviewed = f", terms reviewed: {answer(tool.terms_reviewed)}" if tool.terms_reviewed is not None else ""
    dated = f", as of {day(tool.as_of)}" if tool.as_of else ""
    return f"{tool.id}, {tool.vendor or 'vendor not known'}{reviewed}{dated}"


def _asked(verdict: Verdict, subject: Subject) -> list[str]:
    """What an approval has to cover, and by when; nothing is asked for where no finding does."""
    missing = [
        finding
        for finding in verdict.findings
        if any(p.state is State.UNMET and p.requirement.kind is RequirementKind.APPROVAL for p in finding.parts)
    ]
    if not missing:
        return paragraph("For your information: every approval that is asked for is on file.")
    deadlines = [p.requirement.deadline for f in missing for p in f.parts if p.requirement.deadline]
    by = f" by {moment(min(deadlines), subject.zone)}" if deadlines else ""
    lines = paragraph(f"We ask for written approval{by}, of:")
    for finding in missing:
        lines += labelled(f"  {finding.rule}", finding.title, indent=INDENT)
    return lines
