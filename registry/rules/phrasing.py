"""What CEL's compiler says, in plain English: what is wrong, where, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping

from registry.domain.facts import FactDefinition
from registry.domain.values import dataclass
from registry.rules.language import FUNCTIONS, LITERALS
from registry.source import nearest

KINDS = {
    "bool": "a yes/no",
    "int": "a whole number",
    "uint": "a whole number with u",
    "double": "a decimal number",
    "string": "a text",
    "date": "a date",
    "timestamp": "a moment",
    "google.protobuf.Timestamp": "a moment",
    "google.protobuf.Duration": "a length of time",
    "duration": "a length of time",
    "money": "an amount of money",
    "list(string)": "a list of texts",
    "list<string>": "a list of texts",
    "list(int)": "a list of whole numbers",
    "list(date)": "a list of dates",
    "list(dyn)": "a list of mixed types",
    "null_type": "null",
}
_VERBS = {
    "_==_": "cannot be compared with", "_!=_": "cannot be compared with", "_<_": "cannot be compared with",
    "_<=_": "cannot be compared with", "_>_": "cannot be compared with", "_>=_": "cannot be compared with",
    "_+_": "cannot be added to", "_-_": "cannot be taken with minus from", "_*_": "cannot be multiplied by",
    "_/_": "cannot be divided by", "_%_": "cannot be divided by",
}  # fmt: skip
_INSTEAD = {
    frozenset(("money", "int")): 'write an amount as money("500.00 USD")',
    frozenset(("money", "double")): 'write an amount as money("500.00 USD")',
    frozenset(("money", "string")): 'write an amount as money("500.00 USD")',
    frozenset(("date", "string")): 'write a date as date("2026-07-01")',
    frozenset(("date", "int")): "write days_after(day, n) or days_between(first, last)",
    frozenset(("date", "google.protobuf.Timestamp")): "compare a date with a date fact, such as use.on",
    frozenset(("date", "google.protobuf.Duration")): "write days_after(day, n)",
    frozenset(("google.protobuf.Timestamp", "string")): 'write a moment as timestamp("2026-07-01T00:00:00-07:00")',
    frozenset(("google.protobuf.Duration", "string")): 'write a length of time as duration("48h")',
    frozenset(("google.protobuf.Duration", "int")): 'write a length of time as duration("48h")',
    frozenset(("double", "int")): "write the number with a decimal point, as 4.0",
    frozenset(("bool", "string")): "write true or false without quotes",
    frozenset(("bool", "int")): "write true or false",
    frozenset(("string", "int")): "write the text in quotes",
    frozenset(("string", "list(string)")): "ask for one of a list with in",
}
_WORDS = {"and": "&&", "or": "||", "not": "!", "is": "==", "=": "=="}
WIDEST = 66
_ERROR = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*)")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a condition, `length` characters from offset `at`."""

    text: str
    at: int
    length: int = 1


def problems(message: str, source: str, dictionary: Mapping[str, FactDefinition]) -> list[Problem]:
    """CEL's complaint as problems, the first of a syntax error, all of a type error, no consequence of another."""
    found: list[Problem] = []
    for match in _ERROR.finditer(message):
        line, column, text = int(match[1]), int(match[2]), match[3].removesuffix(" [INVALID_ARGUMENT]")
        at = sum(len(part) + 1 for part in source.split("\n")[: line - 1]) + column - 1
        if text.startswith("Syntax error"):
            return [_syntax(text, source, at)]
        if "*error*" not in text:
            found.append(_type(text, source, at, dictionary))
    if found:
        return found
    if "recursion limit" in message:
        return [Problem("is nested too deep; split it into limbs or rules", 0)]
    return [Problem(f"cannot be read: {message.splitlines()[0]}", 0)]


def _syntax(text: str, source: str, at: int) -> Problem:
    rest = source[at:]
    word = re.match(r"[A-Za-z]+|=(?!=)", rest)
    if word and word[0] in _WORDS:
        return Problem(f"{word[0]} is not an operator; write {_WORDS[word[0]]}", at, len(word[0]))
    before = re.search(r"\b(not)\s+$", source[:at])
    if before:
        return Problem("not is not an operator; write !", before.start(1), 3)
    if rest[:1] in ("'", '"'):
        return Problem("a quotation mark is opened and not closed", at)
    if "missing ')'" in text or (not rest.strip() and source.count("(") > source.count(")")):
        return Problem("a parenthesis is opened and not closed", at)
    if not rest.strip():
        return Problem("the condition ends too early; something is missing after its last sign", at)
    if rest[0] == ")":
        return Problem("a parenthesis is closed that was never opened", at)
    return Problem(f"cannot be read from here on: {rest.split()[0]}", at)


def _type(text: str, source: str, at: int, dictionary: Mapping[str, FactDefinition]) -> Problem:
    if match := re.match(r"undeclared reference to '([^']+)'", text):
        return _undeclared(match[1], source, at, dictionary)
    if match := re.match(r"found no matching overload for '([^']+)' applied to '\(?(.*?)\)?'$", text):
        return _overload(match[1], _arguments(match[2]), at)
    return Problem(f"cannot be read: {text}", at)


def _undeclared(name: str, source: str, at: int, dictionary: Mapping[str, FactDefinition]) -> Problem:
    start = source.rfind(name, 0, at + len(name))
    where = (at, 1) if start < 0 else (start, len(name))
    if source[at : at + 1] == "(" or name in ("type", "string", "int", "dyn", "has", "matches"):
        known = (*LITERALS, *FUNCTIONS)
        near = nearest(name, known)
        return Problem(f"{name} is not a function; {_meant(near) or 'there are ' + ', '.join(known)}", *where)
    if name in ("yes", "no"):
        return Problem(f"write {'true' if name == 'yes' else 'false'} for {name}", *where)
    if name.startswith(("_", "@")) or not re.match(r"[A-Za-z]", name):
        return Problem(f"the sign {name.replace('_', ' ').strip()} is not used in conditions", *where)
    if near := nearest(name, dictionary):
        return Problem(f"{name} is not a fact; did you mean {near}?", *where)
    if any(name in fact.values for fact in dictionary.values()):
        return Problem(f'{name} is not a fact; write a text in quotes, as "{name}"', *where)
    kin = sorted(fact for fact in dictionary if fact.split(".")[0] == name.split(".")[0])
    return Problem(
        f"{name} is not a fact{'; see facts.yaml for those of ' + name.split('.')[0] if kin else ''}", *where
    )


def _overload(function: str, types: list[str], at: int) -> Problem:
    kinds = [KINDS.get(each, each) for each in types]
    if function in ("_&&_", "_||_", "!_"):
        odd = next((k for k in kinds if k != KINDS["bool"]), kinds[0])
        return Problem(f"{function.strip('_').replace('_', '')} takes yes/no conditions, and one of these is {odd}", at)
    if function == "_?_:_":
        return Problem(f"? needs a yes/no and two values of one type, not {', '.join(kinds)}", at)
    instead = _INSTEAD.get(frozenset(types)) if len(types) == 2 else None
    tail = f"; {instead}" if instead else ""
    if function in _VERBS and len(kinds) == 2:
        if kinds[0] == kinds[1]:
            sign = function.strip("_")
            return Problem(f"{sign} is not used between {kinds[0]} and {kinds[1]}{tail}", at)
        return Problem(f"{kinds[0]} {_VERBS[function]} {kinds[1]}{tail}", at)
    if function == "@in":
        return Problem(f"{kinds[0]} cannot be in {kinds[-1]}; write a list of texts in quotes", at)
    ways = {**LITERALS, **FUNCTIONS}.get(function, ())
    takes = " or ".join(f"{function}({', '.join(way.takes)})" for way in ways)
    return Problem(f"{function} cannot take {', '.join(kinds)}; it is {takes}", at)


def _arguments(text: str) -> list[str]:
    return [part.strip() for part in re.split(r",\s*(?![^()]*\))", text) if part.strip()]


def _meant(near: str | None) -> str:
    return f"did you mean {near}?" if near else ""


def caret(source: str, problem: Problem, indent: str = "      ") -> str:
    """The line of the condition that a problem stands in, with carets under it."""
    start = source.rfind("\n", 0, problem.at) + 1
    end = source.find("\n", start)
    line = source[start:] if end < 0 else source[start:end]
    column = problem.at - start
    marks = "^" * max(1, min(problem.length, len(line) - column))
    if len(line) > WIDEST:
        first = max(0, min(column - WIDEST // 3, len(line) - WIDEST))
        cut, rest = first > 0, first + WIDEST < len(line)
        line, column = line[first : first + WIDEST], column - first
        line, column = ("… " + line, column + 2) if cut else (line, column)
        line, marks = line + (" …" if rest else ""), marks[: WIDEST - column + 2]
    return f"{indent}{line}\n{indent}{' ' * column}{marks}"
