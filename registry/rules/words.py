"""Conditions in words, as far as words go: the question of each fact and the answer a condition looks for.

The words are for reading; what decides is the condition itself, which always stands beside them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from registry.domain.facts import FactDefinition
from registry.domain.money import Money
from registry.domain.vocabulary import is_territory, territory_name
from registry.rules.pack import Expression
from registry.rules.tree import Tree, read_tree

_BETWEEN = {"_<_": "less than", "_<=_": "at most", "_>_": "more than", "_>=_": "at least"}
_IN_TIME = {"_<_": "before", "_<=_": "on or before", "_>_": "after", "_>=_": "on or after"}
_MIRRORED = {"_<_": "_>_", "_<=_": "_>=_", "_>_": "_<_", "_>=_": "_<=_"}
_SIGNS = {
    "_+_": "+",
    "_-_": "−",
    "_*_": "×",
    "_==_": "=",
    "_!=_": "≠",
    "_<_": "<",
    "_<=_": "≤",
    "_>_": ">",
    "_>=_": "≥",
}
_DATED = ("date", "timestamp")


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a condition in words. `depth` says which lines above it belongs under."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class _Speaker:
    dictionary: Mapping[str, FactDefinition]
    currency: str

    def lines(self, tree: Tree, depth: int = 0, *, holds: bool = True) -> Iterator[Said]:
        """The condition, or what it takes for it not to hold."""
        if tree.kind == "call" and tree.name == "!_":
            yield from self.lines(tree.children[0], depth, holds=not holds)
        elif tree.kind == "call" and tree.name in ("_&&_", "_||_"):
            together = (tree.name == "_&&_") is holds
            parts = list(_parts(tree, tree.name))
            yield Said(depth, "all of these:" if together else "one of these at least:")
            for part in parts:
                said = list(self.lines(part, depth + 1, holds=holds))
                if f"unsure.{_subject(part)}" in {each.name for each in parts}:
                    said = [
                        Said(line.depth, f"{line.text} {'or unsure' if holds else 'and not unsure'}") for line in said
                    ]
                yield from said if not self._told_with(part, parts) else ()
        elif tree.kind == "call" and tree.name == "_?_:_":
            yield from self._either(tree, depth, holds=holds)
        else:
            yield Said(depth, self._atom(tree, holds))

    def _told_with(self, tree: Tree, others: list[Tree]) -> bool:
        """Whether `unsure(fact)` stands beside a condition on that fact, whose line says so already."""
        fact = tree.name.removeprefix("unsure.")
        return fact != tree.name and any(_subject(each) == fact for each in others)

    def _either(self, tree: Tree, depth: int, *, holds: bool) -> Iterator[Said]:
        asked, then, otherwise = tree.children
        yield Said(depth, "where")
        yield from self.lines(asked, depth + 1)
        yield Said(depth, "then")
        yield from self.lines(then, depth + 1, holds=holds)
        yield Said(depth, "else")
        yield from self.lines(otherwise, depth + 1, holds=holds)

    def _atom(self, tree: Tree, holds: bool) -> str:
        if tree.kind == "name" and tree.name in self.dictionary:
            return self._asked(tree.name, "yes" if holds else "no")
        if tree.kind == "name" and (fact := tree.name.removeprefix("unsure.")) in self.dictionary:
            return self._asked(fact, "unsure" if holds else "not unsure")
        if tree.kind == "literal" and isinstance(tree.value, bool):
            return "always" if tree.value is holds else "never"
        if tree.kind == "loop":
            return self._some(tree, holds)
        if tree.kind == "call" and len(tree.children) == 2:
            return self._two(tree, holds)
        return f"{self.term(tree)} holds" if holds else f"{self.term(tree)} does not hold"

    def _two(self, tree: Tree, holds: bool) -> str:
        left, right = tree.children
        name = tree.name
        if left.kind == "literal" and right.kind == "name" and name in _MIRRORED:
            left, right, name = right, left, _MIRRORED[name]
        if name == "touches":
            place = self.term(right)
            return self._about(left, f"{'reaching into' if holds else 'nowhere in'} {place}")
        if name == "@in":
            if left.kind == "literal":
                return self._about(right, f"{self.term(left)} {'among them' if holds else 'not among them'}")
            return self._about(left, f"{'' if holds else 'none of '}{self._any_of(right, left)}")
        if name in ("_==_", "_!=_"):
            same = (name == "_==_") is holds
            if right.kind == "literal" and isinstance(right.value, bool):
                return self._about(left, "yes" if right.value is same else "no")
            if right.kind != "literal":
                return self._about(left, f"{'the same as' if same else 'other than'} {self.term(right)}")
            return self._about(left, f"{'' if same else 'not '}{self._value(right, left)}")
        if name in _BETWEEN:
            words = _IN_TIME if self._type(left) in _DATED else _BETWEEN
            return self._about(left, f"{'' if holds else 'not '}{words[name]} {self._value(right, left)}")
        return f"{self.term(tree)} {'holds' if holds else 'does not hold'}"

    def _some(self, tree: Tree, holds: bool) -> str:
        """`list.exists(each, …)` and `.all`: the loop's range, and the condition on each entry."""
        start = tree.children[1]
        every = start.kind == "literal" and start.value is True
        condition = _without_result(tree.children[3]) if len(tree.children) > 3 else tree
        inner = self._entry(condition, tree.name)
        among = "nothing but" if every else "among them"
        return self._about(tree.children[0], f"{'' if holds else 'not '}{among} {inner}")

    def _entry(self, tree: Tree, each: str) -> str:
        if tree.kind == "call" and len(tree.children) == 2 and tree.children[0] == Tree("name", each):
            if tree.name == "@in":
                return self._any_of(tree.children[1], tree.children[0])
            if tree.name in ("_==_", "_!=_"):
                return f"{'' if tree.name == '_==_' else 'something other than '}{self.term(tree.children[1])}"
        if tree.kind == "call" and tree.name == "!_":
            return f"something other than {self._entry(tree.children[0], each)}"
        return self.term(tree)

    def _about(self, subject: Tree, answer: str) -> str:
        if subject.kind == "name" and subject.name in self.dictionary:
            return self._asked(subject.name, answer)
        return f"{self.term(subject)}: {answer}"

    def _asked(self, name: str, answer: str) -> str:
        return f"{asked(self.dictionary[name])} {answer}"

    def _any_of(self, tree: Tree, like: Tree) -> str:
        words = [self._value(each, like) for each in tree.children]
        return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"

    def _type(self, tree: Tree) -> str:
        if tree.kind == "name" and tree.name in self.dictionary:
            return self.dictionary[tree.name].type
        if tree.kind == "call" and tree.name in ("years_after", "months_after", "days_after", "business_days_after"):
            return "date"
        return ""

    def _value(self, tree: Tree, like: Tree) -> str:
        """A literal as what it is compared with wants it: CEL has dates as days and amounts as minor units."""
        if tree.kind == "literal" and isinstance(tree.value, int) and not isinstance(tree.value, bool):
            if self._type(like) == "date":
                return _day(dt.date.fromordinal(tree.value))
            if self._type(like) == "money":
                return Money(tree.value, self.currency).spoken()
        return self.term(tree)

    def term(self, tree: Tree) -> str:
        """A value: a fact by its name, a word, a sum."""
        if tree.kind == "literal":
            if isinstance(tree.value, str) and is_territory(tree.value) and tree.value.isupper():
                return territory_name(tree.value)
            return {True: "yes", False: "no"}[tree.value] if isinstance(tree.value, bool) else _plain(tree.value)
        if tree.kind == "list":
            return ", ".join(self.term(each) for each in tree.children)
        if tree.kind == "call" and tree.name in _SIGNS:
            left, right = tree.children
            return f"{self._value(left, right)} {_SIGNS[tree.name]} {self._value(right, left)}"
        if tree.kind == "call" and tree.name == "duration":
            return _length(str(tree.children[0].value))
        if tree.kind == "call":
            return f"{tree.name}({', '.join(self.term(each) for each in tree.children)})"
        return tree.name


def asked(definition: FactDefinition) -> str:
    """The question of a fact, without the list of answers that some end with."""
    question, colon, _ = definition.ask.partition(":")
    return (
        f"{question}?"
        if colon and definition.values and len(question) > 12 and ", " not in question
        else definition.ask
    )


def in_words(
    expression: Expression, dictionary: Mapping[str, FactDefinition], currency: str = "USD"
) -> tuple[Said, ...]:
    """The condition, line by line; one line where it asks one thing."""
    return tuple(_Speaker(dictionary, currency).lines(read_tree(expression.program.serialized)))


def value_in_words(expression: Expression, dictionary: Mapping[str, FactDefinition], currency: str = "USD") -> str:
    """A value computed by a rule (a deadline, an amount): facts by their names."""
    return _Speaker(dictionary, currency).term(read_tree(expression.program.serialized))


def _parts(tree: Tree, name: str) -> Iterator[Tree]:
    """The parts of `a && b && c`, which CEL holds as a tree of twos."""
    for child in tree.children:
        if child.kind == "call" and child.name == name:
            yield from _parts(child, name)
        else:
            yield child


def _subject(tree: Tree) -> str:
    """The fact that a simple condition is about; empty for any other."""
    first = tree.children[0] if tree.kind == "call" and tree.children else tree
    return first.name if first.kind == "name" and not first.name.startswith("unsure.") else ""


def _without_result(step: Tree) -> Tree:
    """The condition in a loop's step, `so far || condition`."""
    return step.children[1] if step.kind == "call" and step.name in ("_||_", "_&&_") else step


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).replace("_", " ") if isinstance(value, str) else str(value)


def _length(written: str) -> str:
    units = {"h": "hours", "m": "minutes", "s": "seconds"}
    return f"{written[:-1]} {units[written[-1]]}" if written[:-1].isdigit() and written[-1] in units else written


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B} {day.year}"
