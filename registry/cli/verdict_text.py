"""A verdict as a good paralegal's note: the first line answers, the second says what to do, the rest can be quoted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from itertools import zip_longest

from registry.cli import remedies
from registry.cli.lacks import Lack, brief, by_question, due_text, lacks, residual, summary
from registry.cli.output import LABEL, WIDTH, columns, labelled, paragraph, table, wrap
from registry.cli.phrases import MARKS, count, headline, moment
from registry.cli.subject import Subject
from registry.domain.facts import Owner
from registry.domain.finding import Finding, Question, RequirementKind, State, Verdict, VerdictWord
from registry.domain.values import dataclass
from registry.rules.dictionary import load_dictionary


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """What each answer to an open question or judgement would bring: (fact, answer) → the verdict then."""

    verdicts: Mapping[tuple[str, str], Verdict] = field(default_factory=dict)

    def of(self, fact: str) -> list[tuple[str, Verdict]]:
        return [(said, verdict) for (name, said), verdict in self.verdicts.items() if name == fact]


NONE_TRIED = Outcomes()
_TYPES = {
    "int": "a number",
    "list<string>": "words, with commas",
    "timestamp": "a moment",
    "money": "an amount",
    "string": "in words",
}
DECIDED = (VerdictWord.PROHIBITED, VerdictWord.NOT_CLEARED)


def note(verdict: Verdict, subject: Subject, *, outcomes: Outcomes = NONE_TRIED, clocks: bool = False) -> list[str]:
    """The whole note on one verdict. `clocks` shows the two moments it was judged by."""
    lines = [*_headline(verdict, subject), *paragraph(summary(verdict)), ""]
    decided = verdict.verdict in DECIDED
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
        texts, rules = list(lacking(lack, verdict, subject)), lack.rules
        beside = max(len(texts), 2)
        for text, rule in zip_longest(texts, rules[:beside], fillvalue=""):
            label = "" if lines else ("Barred" if lack.findings[0].state is State.BARRED else "Missing")
            lines += labelled(label, text, rule)
        if rules[beside:]:
            lines += labelled("", f"asked for by {', '.join(rules[beside:])} too")
    return lines


def lacking(lack: Lack, verdict: Verdict, subject: Subject) -> Iterable[str]:
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
    if lines and subject.use.id == remedies.UNNAMED:
        lines += labelled("", "name the use with --id and keep it with --record; then: registry cure ID")
    return lines


def _still_open(verdict: Verdict) -> list[str]:
    """Questions and judgements beside a refusal: they leave the headline, and come up again once it is cured."""
    asked = [(question.ask, question.rules) for question in verdict.questions]
    asked += [(put(q, found[0]), tuple(f.rule for f in found)) for q, found in by_question(verdict).items()]
    lines: list[str] = []
    for text, rules in asked:
        lines += labelled("" if lines else "Open", text, rules[0] if rules else "")
    return lines


def _after(verdict: Verdict, subject: Subject) -> list[str]:
    """What follows the use; apart from that what follows it only if an open condition turns out to hold."""
    lines: list[str] = []
    due = [finding for finding in verdict.findings if finding.state is State.DUE]
    for label, conditional in (("After", False), ("Perhaps", True)):
        chosen = [f for f in due if bool(f.conditional_on) is conditional]
        for n, finding in enumerate(chosen):
            lines += labelled("" if n else label, due_text(finding, subject.zone), finding.rule)
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
    definition = load_dictionary().get(question.fact)
    if definition is not None and definition.owner is not Owner.ASSERTED:
        lines = _asked(question.ask)
        return [*lines, *labelled("", f"{question.fact}: recorded in the registry", question.rules[0], indent=4)]
    lines = _asked(f"{question.ask} [{choices(question)}]")
    tried = _brought(outcomes.of(question.fact), subject)
    return lines + (tried or labelled("", question.fact, ", ".join(question.rules[:2]), indent=4))


def choices(question: Question) -> str:
    """The answers there are: `y/n/unsure`, the words of a closed list unless the question says them, or a type."""
    if question.type == "bool":
        return "y/n/unsure"
    if question.values and all(value in question.ask for value in question.values):
        return "one of these, or unsure"
    if question.values:
        return "/".join((*question.values, "unsure"))
    return _TYPES.get(question.type, f"a {question.type}")


def _asked(text: str) -> list[str]:
    return [f"{' ?  ' if n == 0 else '    '}{line}" for n, line in enumerate(wrap(text, WIDTH - 4))]


def _brought(tried: list[tuple[str, Verdict]], subject: Subject) -> list[str]:
    """What each answer brings: a line each, or those that bring the same together where there are many."""
    by_outcome: dict[tuple[str, str], list[str]] = {}
    for said, verdict in tried:
        by_outcome.setdefault(_outcome(verdict, subject), []).append(said)
    if len(tried) > 1 and len(by_outcome) == 1:
        return _answer_lines("any", *next(iter(by_outcome)))
    if len(tried) > 3:
        return [line for outcome, said in by_outcome.items() for line in _grouped(said, *outcome)]
    return [line for said, verdict in tried for line in _answer_lines(said, *_outcome(verdict, subject))]


def _grouped(said: list[str], text: str, rule: str) -> list[str]:
    return [*paragraph(", ".join(said), 4), *labelled("", text, rule, indent=12)]


def _outcome(verdict: Verdict, subject: Subject) -> tuple[str, str]:
    """A verdict in a line, and the clause that decides it."""
    why = brief(verdict, subject.zone)
    text = headline(verdict.verdict) + (f"{'' if why.startswith('to ') else ':'} {why}" if why else "")
    deciding = next((f.rule for f in verdict.findings if f.state in (State.BARRED, State.UNMET)), "")
    return text, deciding


def _answer_lines(said: str, text: str, rule: str) -> list[str]:
    indent = 6 + max(6, columns(said))
    lines = labelled("", text, rule, indent=indent)
    return [f"    {said}".ljust(indent) + lines[0][indent:], *lines[1:]]


def _judgements(verdict: Verdict, subject: Subject, outcomes: Outcomes) -> list[str]:
    """What a named person has to decide, how that is recorded, and what it would bring."""
    lines: list[str] = []
    for question, findings in by_question(verdict).items():
        if lines:
            lines.append("")
        rules = [finding.rule for finding in findings]
        for text, rule in zip_longest([put(question, findings[0]), *reasons(findings)], rules[:2], fillvalue=""):
            lines += labelled("", text, rule, indent=1)
        if rules[2:]:
            lines += labelled("", f"asked for by {', '.join(rules[2:])} too", indent=1)
        lines += [f"   {line}" for line in remedies.ruling(verdict.use, question)]
        lines += _brought(outcomes.of(question), subject)
    return lines


def put(question: str, finding: Finding) -> str:
    """A judgement as a question; of a rule itself, its title."""
    definition = load_dictionary().get(question)
    return definition.ask if definition else finding.title


def reasons(findings: Sequence[Finding]) -> list[str]:
    """What the findings say about why a person is asked, each thing once."""
    why = [part.why for f in findings for part in f.parts if part.why and part.state is State.REFER]
    return list(dict.fromkeys([*why, *(remark for f in findings for remark in f.notes)]))
