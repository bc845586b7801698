"""Dated tables put together."""

from __future__ import annotations

from collections.abc import Iterable

from registry.rules.pack import Parameter


def merge_tables(older: Iterable[Parameter], newer: Iterable[Parameter]) -> tuple[Parameter, ...]:
    """Tables of both, oldest entry first; where both have a figure from one day, the newer one counts."""
    tables = {table.name: {rate.from_: rate for rate in table.rates} for table in older}
    for table in newer:
        tables.setdefault(table.name, {}).update({rate.from_: rate for rate in table.rates})
    return tuple(
        Parameter(name=name, rates=tuple(rates[day] for day in sorted(rates))) for name, rates in tables.items()
    )
