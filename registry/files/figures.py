"""Figures of rate cards: an entry is checked against the fact whose value it is (registry/domain/rate.py)."""

from __future__ import annotations

from typing import Any

from registry.domain.facts import FactDefinition, Owner
from registry.domain.rate import CardRate
from registry.files import scalars
from registry.files.mappings import BAD, read_mapping
from registry.files.reading import Reading
from registry.source import Node, plain_value

_FIGURES = {"money": scalars.money, "int": scalars.count, "double": scalars.double}


def read_rate(reading: Reading, node: Node, path: str) -> Any:
    """A figure, or BAD with every fault of it written down."""
    rate = read_mapping(reading, node, CardRate, path)
    if rate is BAD or not isinstance(node.value, dict) or reading.dictionary is None:
        return rate
    definition = reading.dictionary.get(rate.name)
    if definition is None or not _is_figure(definition):
        known = [name for name, each in reading.dictionary.items() if _is_figure(each)]
        meant = reading.near(rate.name, known, "figure")
        hint = f"; did you mean {meant}?" if meant else f"; the figures are {', '.join(sorted(known))}"
        reading.value_fault(node.value["name"], f"{path}.name", f"no figure of that name{hint}")
        return BAD
    try:
        if rate.value is not None:
            said = node.value["value"]  # quoted or not: what counts is the text
            _FIGURES[definition.type](Node(plain_value(rate.value), said.line, rate.value, key_line=said.key_line))
    except ValueError as error:
        reading.value_fault(node.value["value"], f"{path}.value", str(error))
        return BAD
    return rate


def _is_figure(definition: FactDefinition) -> bool:
    """Figures of dated tables are computed facts whose names begin with `rate.`."""
    return definition.owner is Owner.COMPUTED and definition.type in _FIGURES and definition.name.startswith("rate.")
