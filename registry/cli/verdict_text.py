"""A verdict as a good paralegal's note: the first line answers, the second says what to do, the rest can be quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from registry.cli import remedies
from registry.cli.lacks import Lack, brief, by_question, due_text, lacks, residual, summary
from registry.cli.output import LABEL, WIDTH, columns, labelled, paragraph, table, wrap
from registry.cli.phrases import MARKS, count, headline, moment
from registry.cli.subject import Subject
from registry.domain.finding import Finding, Question, RequirementKind, State, Verdict, VerdictWord


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What each answer to an open question or judgement would bring: (fact, answer) → the verdict then."""

    verdicts: Mapping[tuple[str, str], Verdict] = field(default_factory=dict)

    def of(self, fact: str) -> list[tuple[str, Verdict]]:
        return [(said, verdict) for (name, said), verdict in self.verdicts.items() if name == fact]


NONE_TRIED = Outcomes()
_DECIDED = (VerdictWord.PROHIBITED, VerdictWord.NOT_CLEARED)


def note(verdict: Verdict, subject: Subject, *, outcomes: Outcomes = NONE_TRIED, clocks: bool = False) -> list[str]:
    """The whole note on one verdict. `clocks` shows the two moments it was judged by."""
    lines = [*_headline(verdict, subject), *paragraph(summary(verdict)), ""]
    decided = verdict.verdict in _DECIDED
    if not decided:
        for question in verdict.questions:
            lines += [*question_lines(question, outcomes, subject), ""]
        judgements = _judgements(verdict, subject, outcomes)
        lines += [*judgements, ""] if judgements else []
    lines += _covered(verdict, subject)
    lines += _missing(verdict, subject)
    lines += _cures(verdict, subject)
    lines += _still_open(verdict) if decided else []
    lines += _after(verdict, subject)
    if clocks:
        known = moment(verdict.known_at, subject.zone)
        lines += labelled("Judged", f"as of {verdict.as_of or 'the use'}, on what was known {known}")
    lines += _gates(verdict)
    lines += _rests_on(verdict)
    for author in verdict.authors:
        lines += labelled("Said by", author)
    for warning in verdict.warnings:
        lines += labelled("Note", warning)
    return lines


def row(verdict: Verdict, subject: Subject) -> list[str]:
    """A verdict as one line of a table: verdict, use, who, why."""
    return [headline(verdict.verdict), verdict.use, subject.who(verdict.performer), brief(verdict, subject.zone)]


def rows(found: Sequence[tuple[Verdict, Subject]]) -> list[str]:
    """Several verdicts, one a line."""
    return table([row(verdict, subject) for verdict, subject in found])


def _headline(verdict: Verdict, subject: Subject) -> list[str]:
    head = f"{headline(verdict.verdict)}   {verdict.use}   "
    text = subject.what(verdict.performer)
    if columns(head + text) <= WIDTH:
        return [head + text]
    return [head.rstrip(), *paragraph(text, 3)]


def _covered(verdict: Verdict, subject: Subject) -> list[str]:
    clauses: dict[str, list[str]] = {}
    for by in verdict.coverage.consents:
        clauses.setdefault(by.consent, []).append(by.clause)
    lines: list[str] = []
    for consent, numbers in clauses.items():
        for clause in numbers:
            lines += labelled("" if lines else "Covered", subject.granted(consent, clause))
        lines += labelled("", subject.paper(consent, numbers))
    return lines


def _missing(verdict: Verdict, subject: Subject) -> list[str]:
    lines: list[str] = []
    for lack in [*lacks(verdict, State.BARRED), *lacks(verdict, State.UNMET)]:
        texts = list(_lack(lack, verdict, subject))
        for text, rule in zip_longest(texts, lack.rules, fillvalue=""):
            label = "" if lines else ("Barred" if lack.findings[0].state is State.BARRED else "Missing")
            lines += labelled(label, text, rule)
    return lines


def _lack(lack: Lack, verdict: Verdict, subject: Subject) -> Iterable[str]:
    """What is missing, then what there is instead."""
    first = lack.findings[0]
    if lack.kind is RequirementKind.CONSENT:
        yield from residual(verdict)
        yield from verdict.coverage.edges
    elif lack.kind is RequirementKind.APPROVAL:
        yield f"{lack.noun} for this use"
    elif lack.kind is RequirementKind.NOTICE:
        yield lack.noun + (f", by {moment(lack.deadline, subject.zone)}" if lack.deadline else "")
    else:
        yield first.title
        yield from (part.why for part in first.parts if part.why and part.state is first.state)


def _cures(verdict: Verdict, subject: Subject) -> list[str]:
    lines: list[str] = []
    for number, remedy in enumerate(remedies.of(verdict, subject), 1):
        lines += labelled(f"{'' if lines else 'Cure':<6} {number}", remedy.text)
        lines += [f"{' ' * LABEL}{command}" for command in remedy.commands]
    return lines


def _still_open(verdict: Verdict) -> list[str]:
    """Questions and judgements beside a refusal: they leave the headline, and come up again once it is cured."""
    lines: list[str] = []
    for question in verdict.questions:
        lines += labelled("" if lines else "Open", question.ask, question.rules[0] if question.rules else "")
    for questions, findings in by_question(verdict).items():
        asked = ", ".join(q for q in questions if not q.startswith("rule "))
        text = findings[0].title + (f" ({asked})" if asked else "")
        lines += labelled("" if lines else "Open", text, findings[0].rule)
    return lines


def _after(verdict: Verdict, subject: Subject) -> list[str]:
    lines: list[str] = []
    for finding in verdict.findings:
        if finding.state is State.DUE:
            lines += labelled("" if lines else "After", due_text(finding, subject.zone), finding.rule)
    return lines


def _gates(verdict: Verdict) -> list[str]:
    return [f" {'Gates':<{LABEL - 1}}{'   '.join(f'{gate.value} {MARKS[state]}' for gate, state in verdict.gates)}"]


def _rests_on(verdict: Verdict) -> list[str]:
    facts = {fact.name for finding in verdict.findings for fact in finding.facts if fact.value is not None}
    records = {record for finding in verdict.findings for record in finding.met_by}
    parts = [count(len(facts), "fact"), count(len(records), "record"), count(len(verdict.packs), "pack")]
    return labelled("Rests on", ", ".join(parts), "--explain shows all")


def question_lines(question: Question, outcomes: Outcomes, subject: Subject) -> list[str]:
    """The question as it would be put to somebody, and what each answer brings where that was tried."""
    lines = _asked(f"{question.ask}   [{choices(question)}]")
    tried = outcomes.of(question.fact)
    for said, verdict in tried:
        lines += _outcome(said, verdict, subject)
    if not tried:
        lines += labelled("", f"fact {question.fact}", ", ".join(question.rules[:2]), indent=4)
    return lines


def choices(question: Question) -> str:
    """The answers there are: `y/n/unsure`, the words of a closed list, or the type."""
    if question.type == "bool":
        return "y/n/unsure"
    if question.values:
        return "/".join((*question.values, "unsure"))
    return (
        f"a {question.type}"
        if question.type not in ("int", "list<string>")
        else {"int": "a number"}.get(question.type, "words, with commas")
    )


def _asked(text: str) -> list[str]:
    return [f"{' ?  ' if n == 0 else '    '}{line}" for n, line in enumerate(wrap(text, WIDTH - 4))]


def _outcome(said: str, verdict: Verdict, subject: Subject) -> list[str]:
    why = brief(verdict, subject.zone)
    text = headline(verdict.verdict) + (f"{'' if why.startswith('to ') else ':'} {why}" if why else "")
    deciding = next((f.rule for f in verdict.findings if f.state in (State.BARRED, State.UNMET)), "")
    indent = 6 + max(6, columns(said))
    lines = labelled("", text, deciding, indent=indent)
    return [f"    {said}".ljust(indent) + lines[0][indent:], *lines[1:]]


def _judgements(verdict: Verdict, subject: Subject, outcomes: Outcomes) -> list[str]:
    """What a named person has to decide, how that is recorded, and what it would bring."""
    lines: list[str] = []
    for questions, findings in by_question(verdict).items():
        first = findings[0]
        if lines:
            lines.append("")
        for text, rule in zip_longest(_why(first), [f.rule for f in findings], fillvalue=""):
            lines += labelled("", text, rule, indent=1)
        for question in questions:
            lines += [f"   {line}" for line in remedies.ruling(verdict.use, question, first)]
            for said, after in outcomes.of(question):
                lines += _outcome(said, after, subject)
    return lines


def _why(finding: Finding) -> list[str]:
    """Why a person is asked: the finding's own words, else its title."""
    reasons = [part.why for part in finding.parts if part.why and part.state is State.REFER]
    return [*(reasons or finding.notes or (finding.title,))]
