"""A cure plan in words: the rider it would take, what it brings, and what no rider can do."""

from __future__ import annotations

from registry.cli.lacks import brief
from registry.cli.output import LABEL, labelled, paragraph
from registry.cli.phrases import count, headline, sentence
from registry.cli.remedies import of as remedies_of
from registry.cli.sheets import clause
from registry.cli.subject import Subject
from registry.domain.finding import Verdict
from registry.services.curing import CurePlan


def plan_lines(plan: CurePlan, subject: Subject) -> list[str]:
    """What is wrong now; the rider, clause by clause; what the check says with it signed; the other cures."""
    verdict = plan.verdict
    found = f"{verdict.use} {subject.found_in}".rstrip()
    lines = [f"{headline(verdict.verdict)}   {verdict.use}   {subject.what(verdict.performer)}"]
    why = brief(verdict, subject.zone)
    lines += paragraph(sentence(f"now: {why}") if why else "Nothing is missing.")
    if plan.rider is not None:
        lines += ["", *labelled("Rider", f"{plan.rider.id}, {count(len(plan.rider.grants), 'clause')}, not signed yet")]
        for grant in plan.rider.grants:
            lines += clause(grant)
        lines += labelled("Signed", _after(plan.after, subject))
        lines.append(f"{' ' * LABEL}registry cure {found} --rider    writes it")
    elif plan.why_not:
        lines += ["", *labelled("Rider", plan.why_not)]
        if verdict.questions:
            lines.append(f"{' ' * LABEL}registry check {found} --ask")
    rest = [remedy for remedy in remedies_of(verdict, subject) if not remedy.rider]
    for number, remedy in enumerate(rest, 1):
        lines += labelled(f"{'' if number > 1 else 'Also':<6} {number}", remedy.text)
        lines += [f"{' ' * LABEL}{command}" for command in remedy.commands]
    return lines


def _after(after: Verdict | None, subject: Subject) -> str:
    """The verdict with the rider signed, as it came out when it was tried."""
    if after is None:
        return "not tried"
    why = brief(after, subject.zone)
    return f"{headline(after.verdict)}, tried" + (f": {why}" if why else "")
