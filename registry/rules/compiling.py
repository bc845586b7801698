"""From the text of a condition to an expression that runs; its facts are taken from the checked tree."""

from __future__ import annotations

import re
from collections.abc import Mapping

from registry.domain.dates import parse_date
from registry.domain.facts import FactDefinition
from registry.domain.money import parse_money
from registry.errors import RegistryError
from registry.rules import cel
from registry.rules.literals import examine
from registry.rules.pack import Expression
from registry.rules.phrasing import KINDS, Problem, caret, problems
from registry.rules.tree import Tree, bare, read_tree

LONGEST = 4_000

_SETTLED = ("date", "money", "unsure")
_TEXT = r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_LITERAL = re.compile(
    _TEXT + r"""|\b(?P<call>date|money|unsure)\s*\(\s*(?P<quote>["'])(?P<of>[^"'\\]*)(?P=quote)\s*\)"""
)
_HAS = re.compile(_TEXT + r"|\b(?P<has>has)\s*\(")


class ExpressionError(RegistryError):
    """A condition that cannot be used, with every problem and its place."""

    def __init__(self, source: str, found: list[Problem]) -> None:
        super().__init__(found[0].text)
        self.source = source
        self.problems = tuple(found)

    def lines(self) -> list[str]:
        return [line for each in self.problems for line in (each.text, *caret(self.source, each).split("\n"))]


def compile_expression(
    source: str,
    dictionary: Mapping[str, FactDefinition],
    *,
    currency: str = "USD",
    expects: tuple[str, ...] = ("bool",),
) -> Expression:
    """A condition, checked against the dictionary. Raises ExpressionError with every problem found."""
    yields, tree = _checked(source, dictionary)
    found = examine(tree, dictionary)
    if yields not in expects:
        wanted = " or ".join(KINDS[each] for each in expects)
        found.append(Problem(f"gives {KINDS.get(yields, yields)}, where {wanted} is wanted", 0, len(source)))
    if found:
        raise ExpressionError(source, found)
    asked = sorted({str(call.children[0].value) for call in tree.calls("unsure")})
    read = {node.name for node in tree.walk() if node.kind == "name"} & dictionary.keys()
    settled, foreign = _settle(source, tree, currency)
    names = (*sorted(read), *(cel.UNSURE + fact for fact in asked), *((cel.FOREIGN,) if foreign else ()))
    return Expression(
        source=source,
        type=yields,
        facts=tuple(sorted(read.union(asked))),
        unsure=tuple(asked),
        program=cel.Program(bare(cel.build(settled, dictionary)), names),
    )


def _checked(source: str, dictionary: Mapping[str, FactDefinition]) -> tuple[str, Tree]:
    """The type a condition yields and its tree, where the type checker accepts it."""
    if len(source) > LONGEST:
        raise ExpressionError(source[:60], [Problem(f"is longer than {LONGEST:,} characters; split it", 0, 60)])
    if not source.strip():
        raise ExpressionError(source, [Problem("is empty; write a condition or leave the key out", 0)])
    for match in _HAS.finditer(source):
        if match["has"]:
            text = 'has is not used: a missing fact is unknown, and unsure("…") tests for the answer unsure'
            raise ExpressionError(source, [Problem(text, match.start("has"), 3)])
    try:
        yields, checked = cel.check(source, dictionary)
    except cel.CompileError as fault:
        raise ExpressionError(source, problems(str(fault), source, dictionary)) from None
    return yields, read_tree(checked)


def _settle(source: str, tree: Tree, currency: str) -> tuple[str, bool]:
    """The condition with its literals as the run knows them, and whether it names an amount in another currency."""
    settled = foreign = 0

    def settle(match: re.Match[str]) -> str:
        nonlocal settled, foreign
        if match["text"]:
            return match[0]
        settled += 1
        if match["call"] == "date":
            return str(parse_date(match["of"]).toordinal())
        if match["call"] == "unsure":
            return cel.UNSURE + match["of"]
        amount = parse_money(match["of"])
        foreign += amount.currency != currency
        return f"({amount.minor})" if amount.currency == currency else cel.FOREIGN

    text = _LITERAL.sub(settle, source)
    if settled != sum(1 for name in _SETTLED for _ in tree.calls(name)):
        raise ExpressionError(source, [Problem('write date("…"), money("…") and unsure("…") with plain quotes', 0)])
    return text, foreign > 0
