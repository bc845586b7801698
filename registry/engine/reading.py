"""Reading conditions against the facts of a matter: true, false or open, and what could still close it.

A condition that is open is tried with every answer to the facts nobody has given, so that `a || !a` is decided and a
question is asked only where some answer matters. Judgements are never tried: they are for a named person.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import islice, product
from math import prod

from registry.domain.facts import Fact, FactDefinition, FactInput, FactValue, Unsure
from registry.domain.values import dataclass
from registry.domain.words import Act
from registry.engine.answers import answers, looked_in
from registry.engine.docket import Item
from registry.engine.memory import Memory, Seen, seen
from registry.rules.cel import MISSING, Bindings, Failure, Value, bindings, evaluate
from registry.rules.pack import Expression

# More combinations of answers than this are not tried one by one; every open fact is then asked.
MOST_TRIED = 256


@dataclass(slots=True)
class FactBase:
    """The facts of one matter, made ready for conditions once per currency and shared by all its readings. `seen` are
    the same facts as `memory` tells them apart."""

    facts: Mapping[str, Fact]
    memory: Memory
    seen: Mapping[str, Hashable]
    _ready: dict[str, Bindings] = field(default_factory=dict)
    _silent: frozenset[int] | None = None

    @staticmethod
    def of(facts: Mapping[str, Fact], memory: Memory) -> FactBase:
        memory.tidy()
        return FactBase(facts, memory, {name: seen(fact) for name, fact in facts.items()})

    @property
    def dictionary(self) -> Mapping[str, FactDefinition]:
        return self.memory.catalogue.dictionary

    def silences(self, item: Item) -> bool:
        """Whether words alone make the condition of a rule false. What else it reads can then not make it true: in
        Kleene's logic, learning more never turns a no into a yes."""
        if self._silent is None:
            self._silent = self._silent_by_one_word()
        if id(item) in self._silent:
            return True
        if not item.words:
            return False
        kept, key = self.memory.silent, (id(item), *map(self.seen.get, item.words))
        if key not in kept:
            kept[key] = self._no(item, item.words)
        return kept[key]

    def _silent_by_one_word(self) -> frozenset[int]:
        """The rules of the act that some word alone makes silent: most of them."""
        kept, found = self.memory.silent_by, []
        act = Act(str(self.facts["use.act"].value))
        for name, items in self.memory.docket(act).by_word:
            if name not in self.facts:
                continue
            key = (act, name, self.seen[name])
            if key not in kept:
                kept[key] = frozenset([id(item) for item in items if self._no(item, (name,))])
            found.append(kept[key])
        return frozenset().union(*found)

    def _no(self, item: Item, words: Sequence[str]) -> bool:
        """Whether these words alone make the condition of a rule false."""
        assert item.rule.when is not None
        known = {name: self.facts[name] for name in words if name in self.facts}
        return evaluate(item.rule.when, _bound(known, known, item.pack.currency)) is False

    def ready(self, currency: str) -> Bindings:
        if currency not in self._ready:
            self._ready[currency] = _bound(self.facts, self.facts, currency)
        return self._ready[currency]


@dataclass(slots=True)
class Reading:
    """The facts one rule reads, and what its conditions make of them in Kleene's logic. `over` are the facts that hold
    for this reading alone: presumptions, figures, the facts of one consent, answers being tried."""

    base: FactBase
    currency: str = "USD"
    over: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def dictionary(self) -> Mapping[str, FactDefinition]:
        return self.base.dictionary

    def fact(self, name: str) -> Fact | None:
        """A fact of this reading; None where nobody has answered."""
        return self.over.get(name) or self.base.facts.get(name)

    def facts(self, names: Sequence[str]) -> tuple[Fact | None, ...]:
        """The facts of these names; None for those that nobody has answered."""
        over, facts = self.over, self.base.facts
        if over and not over.keys().isdisjoint(names):
            return tuple([over.get(name) or facts.get(name) for name in names])
        return tuple(map(facts.get, names))

    def value(self, expression: Expression) -> Value | Failure | None:
        """What the expression yields; None while a fact it needs is missing."""
        kept, key = self.base.memory.values, self._seen(expression)
        if key not in kept:
            kept[key] = self._yielded(expression)
        found: Value | Failure | None = kept[key]
        return found

    def _yielded(self, expression: Expression) -> Value | Failure | None:
        if any(name in self.over for name in expression.facts):
            read = {name: fact for name in expression.facts if (fact := self.fact(name)) is not None}
            result = evaluate(expression, _bound(read, read, self.currency))
        else:
            result = evaluate(expression, self.base.ready(self.currency))
        return None if result is MISSING else result

    def _seen(self, expression: Expression) -> Seen:
        """The expression with all it sees. Its identity will do: the packs are there as long as the memory."""
        return (id(expression), self.currency, self.seen(expression.facts))

    def seen(self, names: Sequence[str]) -> Seen:
        """The facts of these names, as conditions can tell them apart."""
        facts, over = self.base.seen, self.over
        if over and not over.keys().isdisjoint(names):
            return tuple([seen(over[name]) if name in over else facts.get(name) for name in names])
        return tuple(map(facts.get, names))

    def truth(self, expression: Expression | None) -> bool | Failure | None:
        """Whether the condition holds, after trying all answers to what is open; None where that does not decide it."""
        if expression is None:
            return True
        kept, key = self.base.memory.truths, self._seen(expression)
        if key not in kept:
            kept[key] = self._decided(expression)
        found: bool | Failure | None = kept[key]
        return found

    def _decided(self, expression: Expression) -> bool | Failure | None:
        value = self.value(expression)
        if value is not None:
            return value if isinstance(value, Failure) else bool(value)
        outcomes = self.outcomes(expression)
        return next(iter(outcomes)) if len(outcomes) == 1 else None

    def outcomes(self, expression: Expression) -> frozenset[bool | None]:
        """What the condition can come to, over the answers to its open facts; None: a judgement still keeps it open."""
        kept, key = self.base.memory.outcomes, self._seen(expression)
        if key not in kept:
            kept[key] = frozenset(self._tried(expression))
        found: frozenset[bool | None] = kept[key]
        return found

    def _tried(self, expression: Expression) -> set[bool | None]:
        open_ = self.open((expression,))
        choices = self._choices(open_, (expression,))
        if prod(map(len, choices)) > MOST_TRIED:
            return {True, False}  # those that are tried first say nothing about the others
        found: set[bool | None] = set()
        for _, assumed in self.assumptions(open_, choices):
            value = assumed.value(expression)
            found.add(None if value is None or isinstance(value, Failure) else bool(value))
        return found

    def open(self, expressions: Iterable[Expression]) -> tuple[str, ...]:
        """The facts of the conditions that can be asked: nobody has answered them and they are no judgements."""
        return self.open_of(_named(expressions))

    def open_of(self, names: Sequence[str]) -> tuple[str, ...]:
        """Those of the facts, in their order, that can be asked."""
        askable = self.base.memory.askable
        read = zip(names, self.facts(names), strict=True)
        return tuple([n for n, f in read if (f is None or (f.value is None and f.claimed is None)) and n in askable])

    def unruled(self, expressions: Iterable[Expression]) -> tuple[str, ...]:
        """The judgements of the conditions that nobody who counts has ruled on."""
        judged = self.base.memory.judged
        return tuple([n for n in _named(expressions) if n in judged and not self._known(n)])

    def claimed(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the judgements that somebody claims in the production's favour."""
        return tuple(n for n in names if (fact := self.fact(n)) is not None and fact.claimed is not None)

    def assuming(self, answers: Mapping[str, FactInput]) -> Reading:
        """The same reading with these answers given."""
        told = self.base.memory.fact
        return self.with_facts({name: told(name, value) for name, value in answers.items()})

    def with_facts(self, facts: Mapping[str, Fact]) -> Reading:
        """The same reading with these facts on top."""
        return Reading(self.base, self.currency, {**self.over, **facts}) if facts else self

    def granting_claims(self, names: Iterable[str]) -> Reading:
        """The same reading as if what is claimed had been ruled."""
        claims = ((n, self.fact(n)) for n in names)
        return self.assuming({n: f.claimed for n, f in claims if f is not None and f.claimed is not None})

    def assumptions(
        self, names: Sequence[str], choices: Sequence[Sequence[FactInput]]
    ) -> Iterator[tuple[tuple[FactInput, ...], Reading]]:
        """Each combination of answers to `names`, `MOST_TRIED` at most, and the reading under it."""
        told = [[Fact(name, answer) for answer in choice] for name, choice in zip(names, choices, strict=True)]
        for given, facts in zip(product(*choices), islice(product(*told), MOST_TRIED), strict=False):
            yield given, self.with_facts(dict(zip(names, facts, strict=True)))

    def assumed(self, names: Sequence[str], expressions: Sequence[Expression]) -> Iterator[Reading]:
        """The reading under each combination of answers that `mattering` tries."""
        choices = self._choices(names, expressions)
        if prod(map(len, choices)) <= MOST_TRIED:
            yield from (assumed for _, assumed in self.assumptions(names, choices))

    def mattering(
        self, names: Sequence[str], expressions: Sequence[Expression], outcome: Callable[[Reading], object]
    ) -> tuple[str, ...]:
        """Those of `names` an answer to which, with some answers to the others, changes `outcome`; all of them where
        there are too many combinations to try."""
        choices = self._choices(names, expressions)
        if not names or prod(map(len, choices)) > MOST_TRIED:
            return tuple(names)
        outcomes = {given: outcome(assumed) for given, assumed in self.assumptions(names, choices)}
        return tuple(name for at, name in enumerate(names) if _matters(at, outcomes))

    def words(self, names: Sequence[str], lists: Iterable[str] = ()) -> frozenset[str]:
        """The words that these facts, and the members that these lists, are answered with: others may be compared with
        them."""
        found = [str(f.value) for f in self.facts(names) if f is not None and isinstance(f.value, str)]
        for listed in self.facts(tuple(lists)):
            if listed is not None and isinstance(listed.value, tuple):
                found += listed.value
        return frozenset(found)

    def _choices(self, names: Sequence[str], expressions: Sequence[Expression]) -> list[tuple[FactInput, ...]]:
        words = self.words(_named(expressions), looked_in(expressions))
        return [answers(self.dictionary[n], expressions, words, self.currency) for n in names]

    def _known(self, name: str) -> bool:
        fact = self.fact(name)
        return fact is not None and fact.known


def _named(expressions: Iterable[Expression]) -> list[str]:
    """The facts that the conditions read, sorted."""
    return sorted({name for expression in expressions for name in expression.facts})


def _matters(at: int, outcomes: Mapping[tuple[FactInput, ...], object]) -> bool:
    """Whether two combinations of answers that differ at one place alone have different outcomes."""
    seen: dict[tuple[object, ...], object] = {}
    return any(seen.setdefault((*a[:at], *a[at + 1 :]), outcome) != outcome for a, outcome in outcomes.items())


def _bound(facts: Mapping[str, Fact], names: Iterable[str], currency: str) -> Bindings:
    known: dict[str, FactValue] = {}
    unsure = set()
    for name in names:
        value = facts[name].value
        if isinstance(value, Unsure):
            unsure.add(name)
        elif value is not None:
            known[name] = value
    return bindings(known, unsure, currency)
