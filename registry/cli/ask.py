"""`check --ask`: be asked what is missing, one question at a time, and see what each answer would bring."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace

from registry.cli.checks import Checked
from registry.cli.output import paragraph
from registry.cli.phrases import headline, listing
from registry.cli.proposed import from_options
from registry.cli.run import Run
from registry.cli.verdict_text import question_lines
from registry.cli.what_if import answers_to
from registry.domain.facts import FactDefinition, Owner
from registry.domain.finding import Question
from registry.domain.use import Use
from registry.errors import FileError

_SHORT = {"y": "yes", "n": "no", "u": "unsure", "?": "unsure"}
# Keys of a use that an answer cannot change.
_FIXED = ("id", "act", "production", "performers", "facts", "recorded_at")


def interview(run: Run, checked: Checked) -> Checked:
    """Ask until nothing more can be asked; the use with its answers, checked again. Questions go to stderr."""
    dictionary = checked.bench.catalogue.dictionary
    passed: set[str] = set()
    answered: list[str] = []
    while question := _next(checked, dictionary, passed):
        run.screen.about(["", *question_lines(question, checked.outcomes(), checked.subject)])
        said = _heard(run)
        if said is None:
            break
        if not said:
            passed.add(question.fact)
            continue
        use = _answered(run, checked.use, question, said, dictionary)
        if use is not None:
            answered.append(f"{question.fact}={said}")
            checked = checked.bench.check_one(use, checked.verdict.performer)
            run.screen.about([f"    {question.fact} = {said}    now {headline(checked.verdict.verdict)}"])
    if answered:
        told = f"Answered: {'; '.join(answered)}. Write that into the use, or keep it with --record."
        run.screen.about(["", *paragraph(told), ""])
    return checked


def _next(checked: Checked, dictionary: Mapping[str, FactDefinition], passed: set[str]) -> Question | None:
    """The open question that can change most, of those that the one who files the use can answer."""
    for question in checked.verdict.questions:
        definition = dictionary.get(question.fact)
        if question.fact not in passed and definition is not None and definition.owner is Owner.ASSERTED:
            return question
    return None


def _heard(run: Run) -> str | None:
    """One answer; empty to pass; None when nobody is there."""
    run.screen.prompt("    > ")
    line = sys.stdin.readline()
    if not line:
        run.screen.about([""])
        return None
    said = line.strip()
    return _SHORT.get(said.lower(), said)


def _answered(
    run: Run, use: Use, question: Question, said: str, dictionary: Mapping[str, FactDefinition]
) -> Use | None:
    """The use with the answer in it; None, and why, where the answer cannot be read."""
    closed = answers_to(question)
    if closed and said not in closed:
        said_instead = f"{said} is no answer to this; say {listing(closed, 'or')}. Return passes."
        run.screen.about(paragraph(said_instead, 4))
        return None
    try:
        row = {"id": use.id, "production": use.production, "act": use.act.value}
        stated = from_options(row, [f"{question.fact}={said}"], dictionary)
    except FileError as error:
        run.screen.about([f"    {fault.problem}" for fault in error.faults])
        return None
    keys = {
        name: value for name in Use.__slots__ if name not in _FIXED and (value := getattr(stated, name)) is not None
    }
    kept = tuple(item for item in use.facts if item[0] not in dict(stated.facts))
    return replace(use, facts=(*kept, *stated.facts), **keys)
