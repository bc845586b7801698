"""What the type checker cannot see in a condition: literals outside a closed list, dates that are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from registry.domain.dates import parse_date, parse_moment
from registry.domain.facts import FactDefinition
from registry.domain.money import parse_money
from registry.domain.vocabulary import is_territory, nearest_territory
from registry.rules.dictionary import PLACES
from registry.rules.language import LITERALS
from registry.rules.phrasing import Problem
from registry.rules.tree import Tree
from registry.source import nearest

_DURATION = re.compile(r"-?(\d+(\.\d+)?(h|m|s|ms))+")
DEEPEST = 2

_PAIRS = ("_==_", "_!=_", "@in")


def examine(tree: Tree, dictionary: Mapping[str, FactDefinition]) -> list[Problem]:
    """Every fault of a condition that has passed the type checker."""
    return [*_forms(tree), *_texts(tree, dictionary), *_territories(tree), *_closed(tree, dictionary, {})]


def _forms(tree: Tree) -> Iterator[Problem]:
    """Forms of CEL that have no place in a condition."""
    if _loops(tree) > DEEPEST:
        yield Problem(f"looks through more than {DEEPEST} lists inside one another", tree.at)
    for node in tree.walk():
        if node.kind in ("map", "select"):
            yield Problem("maps and fields are not used in conditions", node.at)
        elif node.kind == "literal" and node.value is None:
            yield Problem("null is not used; a fact with no value is unknown", node.at, 4)
        elif node.kind == "list" and len({_kind(child) for child in node.children}) > 1:
            yield Problem("the entries of a list are of one type", node.at)


def _loops(tree: Tree) -> int:
    """How many loops stand inside one another: each multiplies the work."""
    inside = max(map(_loops, tree.children), default=0)
    return inside + (tree.kind == "loop")


def _kind(node: Tree) -> str:
    return f"call {node.name}" if node.kind == "call" else type(node.value).__name__


def _texts(tree: Tree, dictionary: Mapping[str, FactDefinition]) -> Iterator[Problem]:
    """Literals such as date("…") that do not say what they should."""
    for name in LITERALS:
        for call in tree.calls(name):
            text = call.children[0]
            if text.kind != "literal" or not isinstance(text.value, str):
                yield Problem(f"{name} takes one text in quotes, not a fact", text.at)
                continue
            wrong = _wrong(name, text.value, dictionary)
            if wrong:
                yield Problem(wrong, text.at, len(text.value) + 2)


def _wrong(name: str, text: str, dictionary: Mapping[str, FactDefinition]) -> str | None:
    if name == "unsure":
        if text in dictionary:
            return None
        near = nearest(text, dictionary)
        return f"{text} is not a fact{f'; did you mean {near}?' if near else ''}"
    if name == "duration":
        return None if _DURATION.fullmatch(text) else f'{text!r} is not a length of time; write it as "48h" or "30m"'
    readers: Mapping[str, Callable[[str], object]] = {
        "date": parse_date,
        "money": parse_money,
        "timestamp": parse_moment,
    }
    try:
        readers[name](text)
    except ValueError as fault:
        if name == "money":
            return str(fault)
        form = "2026-09-14" if name == "date" else "2026-09-14T09:00:00-07:00"
        return f"{text!r} is not a {'date' if name == 'date' else 'moment'}; write it as {form}"
    return None


def _territories(tree: Tree) -> Iterator[Problem]:
    """A territory of the law that is none: `touches(…, "US-CAL")`."""
    for call in tree.calls("touches"):
        code = call.children[1]
        if code.kind != "literal" or not isinstance(code.value, str):
            yield Problem("touches takes one territory in quotes as its second value, not a fact", code.at)
        elif problem := _no_territory(code.value):
            yield Problem(problem, code.at, len(code.value) + 2)


def _no_territory(code: str) -> str | None:
    if is_territory(code):
        return None
    near = nearest_territory(code)
    return f'"{code}" is not a territory{f"; did you mean {near}?" if near else ""}'


def _closed(tree: Tree, dictionary: Mapping[str, FactDefinition], loops: Mapping[str, str]) -> Iterator[Problem]:
    """Literals compared with a fact whose answers are closed, or are places. `loops` says which fact a loop's variable
    runs over."""
    if tree.kind == "call" and tree.name in _PAIRS:
        for fact, texts in _compared(tree, loops):
            if fact in dictionary:
                yield from _outside(dictionary[fact], texts)
    inner = loops
    if tree.kind == "loop" and tree.children[0].kind == "name":
        inner = {**loops, tree.name: tree.children[0].name}
    for child in tree.children:
        yield from _closed(child, dictionary, inner)


def _compared(call: Tree, loops: Mapping[str, str]) -> Iterator[tuple[str, list[Tree]]]:
    left, right = call.children
    for one, other in ((left, right), (right, left)):
        if one.kind == "name":
            entries = other.children if other.kind == "list" else (other,)
            texts = [each for each in entries if each.kind == "literal" and isinstance(each.value, str)]
            yield loops.get(one.name, one.name), texts


def _outside(fact: FactDefinition, texts: list[Tree]) -> Iterator[Problem]:
    for text in texts:
        assert isinstance(text.value, str)
        problem = _not_answered(fact, text.value)
        if problem:
            yield Problem(problem, text.at, len(text.value) + 2)


def _not_answered(fact: FactDefinition, answer: str) -> str | None:
    if fact.name in PLACES:
        return _no_territory(answer)
    if not fact.values or answer in fact.values:
        return None
    near = nearest(answer, fact.values)
    meant = f"did you mean {near}?" if near else f"it is one of {', '.join(fact.values)}"
    return f'{fact.name} is never "{answer}"; {meant}'
