"""Dated tables of figures: the `parameters` of a pack file."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.facts import FactDefinition, FactValue, Owner
from registry.domain.finding import Grade
from registry.domain.money import parse_money
from registry.rules.entry import Entry, Sheet
from registry.rules.pack import Parameter, Rate
from registry.source import Node, nearest

_FIGURES = ("money", "int", "double")


def read_tables(node: Node | None, sheet: Sheet) -> tuple[Parameter, ...]:
    """The tables of a pack, named by the facts whose values they are."""
    if node is None:
        return ()
    if not isinstance(node.value, dict):
        sheet.fault(node, "parameters", "is not a table; write name: [{from, value, grade, source}]")
        return ()
    return tuple(
        Parameter(name=name, rates=tuple(_rates(name, rates, sheet)))
        for name, rates in node.value.items()
        if _is_figure(name, rates, sheet)
    )


def _is_figure(name: str, node: Node, sheet: Sheet) -> bool:
    """Tables are named by computed facts that are figures; those of amounts begin with `rate.`."""
    figures = [n for n, fact in sheet.dictionary.items() if fact.owner is Owner.COMPUTED and fact.type in _FIGURES]
    if name in figures:
        return True
    near = nearest(name, figures)
    hint = f"did you mean {near}?" if near else "add it to facts.yaml"
    sheet.fault(node, f"parameters.{name}", f"is not a computed fact with a figure; {hint}")
    return False


def _rates(name: str, node: Node, sheet: Sheet) -> Iterator[Rate]:
    path = f"parameters.{name}"
    if not isinstance(node.value, list) or not node.value:
        sheet.fault(node, path, "has no entries; write [{from, value, grade, source}]")
        return
    last = None
    for number, item in enumerate(node.value):
        entry = Entry(item, f"{path}[{number}]", sheet, ("from", "value", "grade", "source"))
        start = entry.required_date("from")
        if last is not None and start <= last:
            entry.wrong("from", f"{start} does not come after {last}; the oldest stands first")
        last = start
        if "value" not in entry:
            entry.wrong("value", "is missing; a figure that is not known is value: null")
        yield Rate(
            from_=start,
            value=_value(entry, sheet.dictionary[name]),
            grade=entry.word("grade", Grade, Grade.K),
            source=entry.required_text("source"),
        )


def _value(entry: Entry, fact: FactDefinition) -> FactValue | None:
    """The figure, or None where it is not known (`value: null`)."""
    text = entry.text("value")
    if not text:
        return None
    try:
        if fact.type == "money":
            amount = parse_money(text)
            if amount.currency != entry.sheet.currency:
                raise ValueError(f"{text} is not in {entry.sheet.currency}, the currency of this pack")
            return amount
        return int(text) if fact.type == "int" else float(text)
    except ValueError as fault:
        problem = str(fault) if fact.type == "money" else f"{text!r} is not a number"
        entry.wrong("value", problem)
        return None
