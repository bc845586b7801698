"""A verdict as a page tells it: the note of `check` and the findings of `--explain`, as values ready to be unfolded."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence

from registry.cli import remedies
from registry.cli.explain import source_of, value_of
from registry.cli.lacks import by_question, due_text, lacks, summary
from registry.cli.phrases import MARKS, headline, listing, moment, sentence
from registry.cli.subject import Subject
from registry.cli.verdict_text import choices, lacking, put, reasons
from registry.domain.clearance import Light
from registry.domain.clearance_report import Label
from registry.domain.finding import Finding, State, Status, Verdict
from registry.domain.reading import Answer, Note, Rule, Stated, Step

_LIGHTS = {Status.CLEARED: Light.GREEN, Status.REFUSED: Light.RED}
_SETTLED = (State.MET, State.EXEMPT, State.NONE)
_GATES = {
    State.BARRED: "barred",
    State.UNMET: "not met",
    State.REFER: "for a person to decide",
    State.UNKNOWN: "open",
    State.DUE: "met, with duties that follow",
    State.MET: "met",
    State.EXEMPT: "met",
    State.NONE: "asks for nothing",
}


def answer_of(verdict: Verdict, subject: Subject, *, short: bool = False, again: str = "") -> Answer:
    """All there is to say of a verdict. In short, what is met or exempt is named by its rule, and facts are left out;
    `again` are the options that ask for the same verdict once more."""
    findings = sorted(verdict.findings, key=lambda f: f.state.severity)
    told = [f for f in findings if f.state not in _SETTLED] if short else findings
    found_in = f" {subject.found_in}" if subject.found_in else ""
    named = "" if verdict.use == remedies.UNNAMED else f"registry check {shlex.quote(verdict.use)}{found_in} --explain"
    return Answer(
        use=verdict.use,
        who=subject.who(verdict.performer),
        what=subject.what(verdict.performer),
        word=headline(verdict.verdict),
        light=_LIGHTS.get(verdict.status, Light.AMBER),
        summary=summary(verdict),
        gates=tuple(Label(gate.value, f"{MARKS[state][:1]} {_GATES[state]}") for gate, state in verdict.gates),
        tally=_tally(findings),
        notes=tuple(_note(finding, verdict, subject, short=short) for finding in told),
        explain=f"{named} {again}".rstrip() if named else "",
        covered=() if short else tuple(_covered(verdict, subject)),
        missing=() if short else tuple(_missing(verdict, subject)),
        cures=() if short else tuple(Step(text=r.text, commands=r.commands) for r in remedies.of(verdict, subject)),
        open=() if short else tuple(_open(verdict)),
        after=() if short else tuple(_after(verdict, subject)),
        rests=() if short else tuple(_rests(verdict, subject)),
        met=tuple(Label(f.rule, f.state.value) for f in findings if f.state in _SETTLED) if short else (),
    )


def rule_of(finding: Finding) -> Rule:
    return Rule(
        id=finding.rule,
        title=finding.title,
        says=finding.says,
        cite=finding.cite,
        pack=finding.pack,
        grade=finding.grade.value,
    )


def _tally(findings: Sequence[Finding]) -> str:
    """`2 unmet, 1 due, 14 met`, worst first."""
    found = Counter(finding.state for finding in findings)
    return ", ".join(f"{n:,} {state.value}" for state, n in found.items()) or "no rule asks for anything"


def _note(finding: Finding, verdict: Verdict, subject: Subject, *, short: bool) -> Note:
    remedy = remedies.one(finding, verdict, subject)
    why = (part.why for part in finding.parts if part.why and part.state is finding.state)
    return Note(
        rule=rule_of(finding),
        state=finding.state,
        facts=None if short else tuple(_stated(finding)),
        turned_on=finding.turned_on,
        record=listing(finding.met_by),
        cure=Step(text=sentence(remedy.text), commands=remedy.commands) if remedy else None,
        follows=sentence(due_text(finding, subject.zone)) if finding.state is State.DUE else "",
        remarks=() if short else tuple(sentence(text) for text in dict.fromkeys((*why, *finding.notes))),
    )


def _stated(finding: Finding) -> Iterator[Stated]:
    for fact in finding.facts:
        yield Stated(name=fact.name, value=value_of(fact), source=source_of(fact))


def _covered(verdict: Verdict, subject: Subject) -> Iterator[str]:
    clauses: dict[str, list[str]] = {}
    for by in verdict.coverage.consents:
        clauses.setdefault(by.consent, []).append(by.clause)
    for consent, numbers in clauses.items():
        granted = "; ".join(subject.granted(consent, clause) for clause in numbers)
        yield sentence(f"{granted}: {subject.paper(consent, numbers)}")


def _missing(verdict: Verdict, subject: Subject) -> Iterator[Label]:
    for state in (State.BARRED, State.UNMET):
        for lack in lacks(verdict, state):
            yield Label(", ".join(lack.rules), sentence("; ".join(lacking(lack, verdict, subject))))


def _open(verdict: Verdict) -> Iterator[Step]:
    """The questions nobody has answered, and the judgements a named person has to make."""
    for question in verdict.questions:
        yield Step(text=f"{question.ask} [{choices(question)}]")
    for asked, findings in by_question(verdict).items():
        said = " ".join(sentence(text) for text in [put(asked, findings[0]), *reasons(findings)])
        yield Step(text=said, commands=(" ".join(map(str.strip, remedies.ruling(verdict.use, asked))),))


def _after(verdict: Verdict, subject: Subject) -> Iterator[Label]:
    due = [finding for finding in verdict.findings if finding.state is State.DUE]
    for finding in sorted(due, key=lambda f: bool(f.conditional_on)):
        perhaps = "perhaps: " if finding.conditional_on else ""
        yield Label(finding.rule, sentence(f"{perhaps}{due_text(finding, subject.zone)}"))


def _rests(verdict: Verdict, subject: Subject) -> Iterator[Label]:
    """By which moments it was judged, who said what, what was noticed, and the packs with their digests."""
    known = moment(verdict.known_at, subject.zone)
    yield Label("Judged", sentence(f"as of {verdict.as_of or 'the use'}, on what was known {known}"))
    if verdict.authors:
        yield Label("Said by", listing(verdict.authors))
    for warning in verdict.warnings:
        yield Label("Note", sentence(warning))
    for pack, digest in verdict.packs:
        yield Label(f"Pack {pack}", digest)
