"""Everything a verdict rests on: `--explain`."""

from __future__ import annotations

from registry.cli.lacks import due_text
from registry.cli.output import LABEL, labelled, paragraph, table
from registry.cli.phrases import answer
from registry.cli.subject import Subject
from registry.domain.facts import Fact
from registry.domain.finding import Finding, State, Verdict


def explained(verdict: Verdict, subject: Subject) -> list[str]:
    """Every finding, the worst first: clause, grade, the facts it rested on with their sources, record or duty."""
    lines: list[str] = []
    for finding in sorted(verdict.findings, key=lambda f: f.state.severity):
        lines += ["", *_finding(finding, subject)]
    if verdict.packs:
        lines += ["", *labelled("Packs", "", indent=LABEL)]
        lines += table([[pack, f"{digest[:23]}…"] for pack, digest in verdict.packs], indent=3)
    return lines


def _finding(finding: Finding, subject: Subject) -> list[str]:
    lines = labelled(finding.state.value, finding.title, finding.rule)
    lines += paragraph(finding.says, LABEL)
    lines += paragraph(f"{finding.cite} · {finding.pack} · grade {finding.grade.value}", LABEL)
    if finding.turned_on:
        lines += paragraph(f"turned on {', '.join(finding.turned_on)}", LABEL)
    rows = [[fact.name, _told(fact)] for fact in finding.facts]
    lines += table(rows, indent=LABEL)
    if finding.met_by:
        lines += paragraph(f"met by {', '.join(finding.met_by)}", LABEL)
    if finding.state is State.DUE:
        lines += paragraph(due_text(finding, subject.zone), LABEL)
    for remark in finding.notes:
        lines += paragraph(remark, LABEL)
    return lines


def _told(fact: Fact) -> str:
    """A fact's value, and in brackets where it came from and who stands behind it."""
    source = source_of(fact)
    return f"{value_of(fact)} ({source})" if source else value_of(fact)


def value_of(fact: Fact) -> str:
    """The value as somebody would type it; a judgement in the production's favour is a claim."""
    return answer(fact.value) if fact.claimed is None else f"claimed: {answer(fact.claimed)}"


def source_of(fact: Fact) -> str:
    """Where the value came from, and who stands behind it: `use, T. Albright`. Empty where nobody answered."""
    if fact.origin is None:
        return ""
    grade = f", grade {fact.grade}" if fact.grade else ""
    return f"{fact.origin.value}{f', {fact.author}' if fact.author else ''}{grade}"
