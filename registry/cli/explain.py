"""Everything a verdict rests on: `--explain`."""

from __future__ import annotations

from registry.cli.lacks import due_text
from registry.cli.output import LABEL, labelled, paragraph, table
from registry.cli.phrases import answer
from registry.cli.subject import Subject
from registry.domain.finding import Finding, State, Verdict


def explained(verdict: Verdict, subject: Subject) -> list[str]:
    """Every finding, the worst first: clause, grade, the facts it rested on with their sources, record or duty."""
    lines: list[str] = []
    for finding in sorted(verdict.findings, key=lambda f: f.state.severity):
        lines += ["", *_finding(finding, subject)]
    if verdict.packs:
        lines += ["", *labelled("Packs", "", indent=LABEL)]
        lines += table([[pack, digest] for pack, digest in verdict.packs], indent=3)
    return lines


def _finding(finding: Finding, subject: Subject) -> list[str]:
    lines = labelled(finding.state.value, finding.title, finding.rule)
    lines += paragraph(finding.says, LABEL)
    lines += paragraph(f"{finding.cite} · {finding.pack} · grade {finding.grade.value}", LABEL)
    if finding.turned_on:
        lines += paragraph(f"turned on {', '.join(finding.turned_on)}", LABEL)
    rows = [[fact.name, answer(fact.value), _source(fact.origin, fact.author)] for fact in finding.facts]
    lines += table(rows, indent=LABEL)
    if finding.met_by:
        lines += paragraph(f"met by {', '.join(finding.met_by)}", LABEL)
    if finding.state is State.DUE:
        lines += paragraph(due_text(finding, subject.zone), LABEL)
    for remark in finding.notes:
        lines += paragraph(remark, LABEL)
    return lines


def _source(origin: object, author: str | None) -> str:
    said = str(origin or "nobody")
    return f"{said}, {author}" if author else said
