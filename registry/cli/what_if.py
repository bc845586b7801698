"""What each answer would bring: the same check again, with one question answered or one judgement ruled on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from registry.cli.lacks import by_question
from registry.cli.remedies import decides
from registry.cli.subject import latest
from registry.cli.verdict_text import Outcomes
from registry.domain.dates import civil_date
from registry.domain.facts import UNSURE, FactDefinition, FactInput, Owner
from registry.domain.finding import Question, Verdict
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import RecordKind
from registry.domain.world import World

# Answers are tried only where there are few: a note is read, not studied.
MOST_QUESTIONS = 3
MOST_ANSWERS = 20

Check = Callable[[World, Use], Iterable[Verdict]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """One checked use, ready to be checked again with something added."""

    verdict: Verdict
    use: Use
    world: World
    again: Check

    def outcomes(self, definitions: Callable[[str], FactDefinition | None]) -> Outcomes:
        """The verdicts that answers and rulings would bring, where there are few enough to show."""
        found: dict[tuple[str, str], Verdict] = {}
        if len(self.verdict.questions) <= MOST_QUESTIONS:
            for asked in self.verdict.questions:
                definition = definitions(asked.fact)
                if definition is not None and definition.owner is Owner.ASSERTED:
                    found.update(self._answered(asked))
        referred = by_question(self.verdict)
        if len(referred) <= MOST_QUESTIONS:
            for question in referred:
                found.update(self._ruled(question))
        return Outcomes(verdicts=found)

    def answered(self, fact: str, value: FactInput) -> Verdict | None:
        """The verdict if the use said so."""
        return self._find(self.world, with_fact(self.use, fact, value))

    def _answered(self, question: Question) -> Iterator[tuple[tuple[str, str], Verdict]]:
        answers = answers_to(question)
        for said, value in answers.items() if len(answers) <= MOST_ANSWERS else ():
            verdict = self.answered(question.fact, value)
            if verdict is not None:
                yield (question.fact, said), verdict

    def _ruled(self, question: str) -> Iterator[tuple[tuple[str, str], Verdict]]:
        asked, _, rule = question.partition(" ")
        for answer in ("applies", "does_not_apply", "met") if rule else ("yes", "no"):
            ruling = self._ruling(asked, answer, rule or None)
            world = replace(self.world, records=(*self.world.records, ruling))
            verdict = self._find(world, self.use)
            if verdict is not None:
                yield (question, answer), verdict

    def _ruling(self, question: str, answer: str, rule: str | None) -> Record:
        """A ruling by somebody whose word would count, on the day of the use."""
        who = "counsel" if rule else decides(question)
        production = latest(self.world.productions, self.use.production)
        listed = production.deciders if production else ()
        decider = next((d for d in listed if d.capacity in (who, "counsel")), None)
        day = self._day(production.timezone if production else None)
        return Record(
            id="what-if", kind=RecordKind.RULING, use=(self.use.id,), question=question, answer=answer, rule=rule,
            decided_by=decider.name if decider else "somebody", capacity=decider.capacity if decider else who,
            decided_on=day, because="tried",
        )  # fmt: skip

    def _day(self, zone: str | None) -> dt.date:
        if self.use.at is not None:
            return min(civil_date(self.use.at, zone), civil_date(self.verdict.known_at, zone))
        return civil_date(self.verdict.known_at, zone)

    def _find(self, world: World, use: Use) -> Verdict | None:
        return next((v for v in self.again(world, use) if v.performer == self.verdict.performer), None)


def answers_to(question: Question) -> dict[str, FactInput]:
    """What can be said to a question with a closed list: as typed → the value. Empty where anything may be said."""
    if question.type == "bool":
        return {"yes": True, "no": False, "unsure": UNSURE}
    if question.values and not question.type.startswith("list"):
        return {**{value: value for value in question.values}, "unsure": UNSURE}
    return {}


def with_fact(use: Use, fact: str, value: FactInput) -> Use:
    """The use with one more fact stated."""
    return replace(use, facts=(*(item for item in use.facts if item[0] != fact), (fact, value)))
