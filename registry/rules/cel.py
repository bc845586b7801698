"""Conditions in CEL: checked, built, and run on the facts of one use. The only module that knows the library.

Each condition is compiled twice. Once as written, in an environment that has our types (`date`, `money`) and our
operators only: what passes there is what the language allows. Once with its literals settled — a date is its ordinal,
an amount its minor units, `unsure("f")` a variable of its own — for the run. `compiling.py` does both and says what is
wrong; a cold start from the cache needs neither.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping, Set
from enum import Enum
from functools import lru_cache
from typing import Any, TypeAlias

from cel_expr_python import cel

from registry.domain.facts import FactDefinition, FactValue
from registry.domain.money import Money
from registry.domain.values import dataclass
from registry.rules.dictionary import load_dictionary
from registry.rules.language import FUNCTIONS, LITERALS, MEMBERS, OPERATORS, RUNNING
from registry.rules.pack import Expression

UNSURE = "unsure."
FOREIGN = "unknown.money"

_TYPES = {
    "bool": cel.Type.BOOL,
    "int": cel.Type.INT,
    "double": cel.Type.DOUBLE,
    "string": cel.Type.STRING,
    "timestamp": cel.Type.TIMESTAMP,
    "duration": cel.Type.DURATION,
    "date": cel.Type.AbstractType("date"),
    "money": cel.Type.AbstractType("money"),
    "list<string>": cel.Type.List(cel.Type.STRING),
    "list<int>": cel.Type.List(cel.Type.INT),
    "list<date>": cel.Type.List(cel.Type.AbstractType("date")),
}
_RUN_TYPES = {**_TYPES, "date": cel.Type.INT, "money": cel.Type.INT, "list<date>": _TYPES["list<int>"]}
_NO_LIBRARY = "stdlib:\n  disable: true\n"


class Missing(Enum):
    """The answer of a condition that turns on a fact nobody knows."""

    MISSING = "missing"

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing.MISSING


@dataclass(frozen=True, slots=True)
class Failure:
    """The answer of a condition that could not be computed although every fact it reads is known."""

    message: str


class CompileError(Exception):
    """What the library says of a condition it does not accept."""


Value: TypeAlias = FactValue | dt.timedelta


class Program:
    """A compiled condition: made from its serialized form when it is first run. `names` are the variables it reads."""

    __slots__ = ("_run", "names", "serialized")

    def __init__(self, serialized: bytes, names: tuple[str, ...]) -> None:
        self.serialized = serialized
        self.names = names
        self._run: Any = None
        _tested.update((name[len(UNSURE) :], name) for name in names if name.startswith(UNSURE))

    @property
    def run(self) -> Any:
        if self._run is None:
            self._run = _runtime().deserialize(self.serialized).eval
        return self._run


# Every fact that some loaded condition tests with `unsure("…")`, and the variable for it: only these are bound.
_tested: dict[str, str] = {}


class Bindings:
    """The facts of one use, made ready once for all conditions; amounts in another `currency` are unknown."""

    __slots__ = ("_facts", "_tested", "_unsure", "activation", "currency", "names")

    def __init__(self, facts: Mapping[str, FactValue], unsure: Set[str], currency: str) -> None:
        self.currency = currency
        self._facts = {
            name: plain for name, value in facts.items() if (plain := _plain(name, value, currency)) is not None
        }
        self._unsure = unsure
        self._tested = -1
        self.names: dict[str, Any] = {}
        self.activation: Any = None
        self.refresh()

    def refresh(self) -> None:
        """Take up tests for `unsure` that were loaded since; nothing where there are none."""
        if self._tested == len(_tested):
            return
        self._tested = len(_tested)
        self.names = dict(self._facts)
        for answered, unsure in ((self._facts.keys(), False), (self._unsure, True)):
            for fact in _tested.keys() & answered:
                self.names[_tested[fact]] = unsure
        self.activation = _runtime().Activation(self.names)


def bindings(facts: Mapping[str, FactValue], unsure: Set[str] = frozenset(), currency: str = "USD") -> Bindings:
    """Known `facts`, and the names of those answered `unsure`. Raises ValueError for a moment without a zone."""
    return Bindings(facts, unsure, currency)


def evaluate(expression: Expression, bound: Bindings) -> Value | Missing | Failure:
    """The value of a condition: MISSING where it turns on a fact nobody knows, a Failure where the rule is at fault."""
    program: Program = expression.program
    if expression.unsure:
        bound.refresh()
    result = program.run(bound.activation)
    value = result.value()
    if value is True or value is False:
        return bool(value)
    if result.type() == cel.Type.ERROR:
        if any(name not in bound.names for name in program.names):
            return MISSING
        return Failure(re.sub(r"^[A-Z_]+: ", "", str(value)))
    match expression.type:
        case "date":
            return dt.date.fromordinal(value)
        case "money":
            return Money(value, bound.currency)
        case "list<string>":
            return tuple(str(each.value()) for each in value)
        case _:
            return value  # type: ignore[no-any-return]


def check(source: str, dictionary: Mapping[str, FactDefinition]) -> tuple[str, bytes]:
    """The type a condition yields, and its checked form. Raises CompileError with the library's own words."""
    compiled = _compiled(_checking(_Facts(dictionary)), source)
    return _name_of(compiled.return_type()), bytes(compiled.serialize())


def build(settled: str, dictionary: Mapping[str, FactDefinition]) -> bytes:
    """The run form of a condition whose literals are settled."""
    return bytes(_compiled(_building(_Facts(dictionary)), settled).serialize())


def _compiled(environment: Any, source: str) -> Any:
    try:
        return environment.compile(source)
    except RuntimeError as fault:
        raise CompileError(str(fault)) from None


def _plain(name: str, value: FactValue, currency: str) -> Any:
    """A fact as the run knows it; None where it is an amount in another currency."""
    kind = type(value)
    if kind is bool or kind is str or kind is int or kind is float:
        return value
    if isinstance(value, tuple):
        return [str(each) for each in value]
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise ValueError(f"{name}: {value.isoformat()} has no zone")
        return value
    if isinstance(value, dt.date):
        return value.toordinal()
    if isinstance(value, Money):
        return value.minor if value.currency == currency else None
    return str(value) if isinstance(value, str) else value


def library_version() -> tuple[int, int]:
    """Size and time of the library's own file: what a compiled form was made with."""
    stat = os.stat(cel.__file__)
    return stat.st_size, stat.st_mtime_ns


class _Facts:
    """A dictionary as a key: environments are made once for each."""

    __slots__ = ("dictionary",)

    def __init__(self, dictionary: Mapping[str, FactDefinition]) -> None:
        self.dictionary = dictionary

    def __hash__(self) -> int:
        return id(self.dictionary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Facts) and other.dictionary is self.dictionary


@lru_cache(maxsize=4)
def _checking(facts: _Facts) -> Any:
    """The environment a condition is checked in: our types, our operators, no library."""
    declared = [
        cel.FunctionDecl(
            name,
            [
                cel.Overload(
                    f"{name}/{number}",
                    _TYPES[way.yields],
                    [_TYPES[each] for each in way.takes],
                    is_member=name in MEMBERS,
                )
                for number, way in enumerate(ways)
            ],
        )
        for name, ways in {**OPERATORS, **LITERALS, **FUNCTIONS}.items()
    ]
    variables = {name: _TYPES[fact.type] for name, fact in facts.dictionary.items()}
    return cel.NewEnv(config=cel.NewEnvConfigFromYaml(_NO_LIBRARY), variables=variables, functions=declared)


@lru_cache(maxsize=4)
def _building(facts: _Facts) -> Any:
    """The environment a settled condition is compiled in."""
    variables = {name: _RUN_TYPES[fact.type] for name, fact in facts.dictionary.items()}
    variables |= {UNSURE + name: cel.Type.BOOL for name in facts.dictionary}
    return cel.NewEnv(variables={**variables, FOREIGN: cel.Type.INT}, functions=_running())


@lru_cache(maxsize=1)
def _runtime() -> Any:
    """The environment conditions run in. In 0.1.3 it can convert a moment only where the variable is declared
    and something was compiled, anything: deserialized expressions alone are not enough (pinned in test_cel.py)."""
    moments = {name: cel.Type.TIMESTAMP for name, fact in load_dictionary().items() if fact.type == "timestamp"}
    environment = cel.NewEnv(variables=moments, functions=_running())
    environment.compile("1")
    return environment


def _running() -> list[Any]:
    overloads: dict[str, list[Any]] = {}
    for key, (way, call) in RUNNING.items():
        takes = [_RUN_TYPES[each] for each in way.takes]
        overloads.setdefault(key.split()[0], []).append(cel.Overload(key, _RUN_TYPES[way.yields], takes, impl=call))
    return [cel.FunctionDecl(name, ways) for name, ways in overloads.items()]


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {each.name(): name for name, each in _TYPES.items()}


def _name_of(kind: Any) -> str:
    name = str(kind.name())
    return _names().get(name, name.lower())
