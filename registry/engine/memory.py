"""What checks have worked out already: above all what a condition comes to on the facts it reads.

A condition sees the facts it names and nothing else, so that what it came to once it comes to again. Facts, weighed
requirements and findings that are the same are one object, so that they are told apart by identity, and a schedule's
findings are few. Nothing in here can change an answer; whoever leaves it out waits longer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import field
from typing import Any, TypeAlias

from registry.domain.facts import Fact, FactDefinition, FactInput, FactValue, Origin, Owner, Unsure
from registry.domain.values import dataclass
from registry.domain.words import Act
from registry.engine.docket import Docket, docket
from registry.rules.catalogue import Catalogue

MOST = 500_000  # answers kept at a time, some 150 MB

Seen: TypeAlias = tuple[Hashable, ...]  # a condition or several, and all that they see
_CLAIMED = "a claim that nobody has ruled on"
_FIGURE = "a figure of a dated table"
_UNSURE = "an answer that nobody can tell"


@dataclass(slots=True)
class Memory:
    """For one catalogue: of conditions what they yield, and what they can come to over the answers that are open; of
    clauses what the form rules make of them; of acts the rules that can speak about them, and which of them govern.
    `judged` are the facts that a person rules on, `askable` those that anybody may answer but for the figures."""

    catalogue: Catalogue
    judged_of_uses: tuple[FactDefinition, ...]
    judged_of_clauses: tuple[FactDefinition, ...]
    judged: frozenset[str]
    askable: frozenset[str]
    values: dict[Seen, Any] = field(default_factory=dict)
    truths: dict[Seen, Any] = field(default_factory=dict)
    outcomes: dict[Seen, Any] = field(default_factory=dict)
    silent: dict[Seen, bool] = field(default_factory=dict)
    silent_by: dict[Seen, frozenset[int]] = field(default_factory=dict)
    forms: dict[Seen, Any] = field(default_factory=dict)
    clauses: dict[Seen, Any] = field(default_factory=dict)
    speaking: dict[Seen, Any] = field(default_factory=dict)
    governing: dict[Seen, Any] = field(default_factory=dict)
    conditions: dict[Seen, Any] = field(default_factory=dict)
    rules: dict[Seen, Any] = field(default_factory=dict)
    came: dict[Seen, Any] = field(default_factory=dict)
    essential: dict[Seen, Any] = field(default_factory=dict)
    rates: dict[Seen, Mapping[str, Fact]] = field(default_factory=dict)
    weighed: dict[Seen, Any] = field(default_factory=dict)
    findings: dict[Seen, Any] = field(default_factory=dict)
    cured: dict[Seen, Any] = field(default_factory=dict)
    _facts: dict[Hashable, Fact] = field(default_factory=dict)
    _dockets: dict[Act, Docket] = field(default_factory=dict)

    @staticmethod
    def of(catalogue: Catalogue) -> Memory:
        every = catalogue.dictionary.values()
        judged = [definition for definition in every if definition.owner is Owner.RULING]
        of_clauses = tuple(definition for definition in judged if definition.name.startswith("consent."))
        of_uses = tuple(definition for definition in judged if definition not in of_clauses)
        askable = [d.name for d in every if d.owner is not Owner.RULING and not d.name.startswith("rate.")]
        return Memory(catalogue, of_uses, of_clauses, frozenset(d.name for d in judged), frozenset(askable))

    def fact(
        self,
        name: str,
        value: FactInput | None,
        origin: Origin | None = None,
        author: str | None = None,
        *,
        claimed: FactValue | None = None,
        grade: str | None = None,
    ) -> Fact:
        """The fact with these fields: one object, however often it is told."""
        key = (name, type(value), value, _zone(value), origin, author, claimed, grade)
        found = self._facts.get(key)
        if found is None:
            found = self._facts[key] = Fact(name, value, origin, author, claimed, grade)
        return found

    def docket(self, act: Act) -> Docket:
        """The docket of an act, made when it is first asked for."""
        if act not in self._dockets:
            self._dockets[act] = docket(act, self.catalogue)
        return self._dockets[act]

    def tidy(self) -> None:
        """Forget everything when it is too much."""
        kept: tuple[dict[Any, Any], ...] = (
            *(self.values, self.truths, self.outcomes, self.silent, self.silent_by, self.forms, self.clauses),
            *(self.speaking, self.governing, self.conditions, self.rules, self.came, self.essential),
            *(self.rates, self.weighed, self.findings, self.cured, self._facts),
        )
        if sum(map(len, kept)) > MOST:
            for each in kept:
                each.clear()


def seen(fact: Fact | None) -> Hashable:
    """A fact as rules can tell it from another: its value, with the grade of a figure; that nobody can tell it; that
    it is only claimed, and what is."""
    if fact is None or fact.value is None:
        return None if fact is None or fact.claimed is None else (_CLAIMED, fact.claimed)
    if isinstance(fact.value, Unsure):
        return (_UNSURE,)
    return fact.value if fact.grade is None else (_FIGURE, fact.grade, fact.value)


def _zone(value: object) -> Hashable:
    """What two moments that are the same differ in."""
    return value.tzinfo if isinstance(value, dt.datetime) else None
