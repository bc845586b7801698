"""`check --ask`: be asked what is missing, one question at a time, and see what each answer would bring."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace

from registry.cli.checks import Checked
from registry.cli.opening import heard
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

_AT = "use.at"
_SHORT = {"y": "yes", "n": "no", "u": "unsure", "?": "unsure"}
# Keys of a use that an answer cannot change.
_FIXED = ("id", "act", "production", "performers", "facts", "recorded_at")


def interview(run: Run, checked: Checked, typed: str = "") -> Checked:
    """Ask until nothing more can be asked; the use with its answers, checked again. Questions go to stderr.

    `typed` is the command that asks about a use which is in no file and not on file."""
    dictionary = checked.bench.catalogue.dictionary
    passed: set[str] = set()
    answered: list[str] = []
    while question := _next(checked, dictionary, passed):
        run.screen.about(["", *question_lines(question, checked.outcomes(), checked.subject)])
        try:
            said = _heard(run, list(answers_to(question)))
        except KeyboardInterrupt:
            run.screen.about(["", *_so_far(answered, typed)])
            raise
        if said is None:
            break
        if not said:
            passed.add(question.fact)
            continue
        use = _answered(run, checked, question, said)
        if use is not None:
            said = use.at.isoformat() if question.fact == _AT and use.at else said
            answered.append(f"{question.fact}={said}")
            checked = checked.bench.check_one(use, checked.verdict.performer)
            run.screen.about([f"    {question.fact} = {said}    now {headline(checked.verdict.verdict)}"])
    run.screen.about(["", *_so_far(answered, typed), ""] if answered or typed else [])
    return checked


def _so_far(answered: Sequence[str], typed: str) -> list[str]:
    """What was answered, so that nobody has to answer it again: the whole command, or what to write into the use."""
    if typed:
        return [
            "The use so far; --ask goes on, --record keeps it:",
            shlex.join([*shlex.split(typed), *_facts(answered)]),
        ]
    told = f"Answered: {'; '.join(answered)}. Write that into the use, or keep it with --record."
    return paragraph(told) if answered else []


def _facts(answered: Sequence[str]) -> list[str]:
    return [word for fact in answered for word in ("--fact", fact)]


def _next(checked: Checked, dictionary: Mapping[str, FactDefinition], passed: set[str]) -> Question | None:
    """The open question that can change most, of those that the one who files the use can answer."""
    for question in checked.verdict.questions:
        definition = dictionary.get(question.fact)
        if question.fact not in passed and definition is not None and definition.owner is Owner.ASSERTED:
            return question
    return None


def _heard(run: Run, words: Sequence[str]) -> str | None:
    """One answer; empty to pass; None when nobody is there."""
    said = heard(run, "    > ", words)
    if said is None:
        return None
    return _SHORT.get(said.lower(), said)


def _answered(run: Run, checked: Checked, question: Question, said: str) -> Use | None:
    """The use with the answer in it; None, and why, where the answer cannot be read."""
    use, closed = checked.use, answers_to(question)
    if closed and said not in closed:
        said_instead = f"{said} is no answer to this; say {listing(closed, 'or')}. Return passes."
        run.screen.about(paragraph(said_instead, 4))
        return None
    try:
        row = {"id": use.id, "production": use.production, "act": use.act.value}
        zones = {p.id: p.timezone for p in checked.bench.world.productions if p.timezone}
        dictionary = checked.bench.catalogue.dictionary
        key = "at" if question.fact == _AT else question.fact  # a bare day begins where the production is
        stated = from_options(row, [f"{key}={said}"], dictionary, zones)
    except FileError as error:
        run.screen.about([f"    {fault.problem}" for fault in error.faults])
        return None
    keys = {
        name: value for name in Use.__slots__ if name not in _FIXED and (value := getattr(stated, name)) is not None
    }
    kept = tuple(item for item in use.facts if item[0] not in dict(stated.facts))
    return replace(use, facts=(*kept, *stated.facts), **keys)
