"""Rate cards: `format: consent-rates/1` (docs/formats.md)."""

from __future__ import annotations

from collections.abc import Mapping

from registry.domain.facts import FactDefinition
from registry.domain.rate import CardRate
from registry.files.heading import check_format, refuse_other_keys
from registry.files.reading import Reading
from registry.files.sections import read_section
from registry.source import read

FORMAT = "consent-rates/1"
OUTCOME = "nothing imported"


def read_rates(text: str, name: str, dictionary: Mapping[str, FactDefinition]) -> tuple[CardRate, ...]:
    """The figures in a rate card, in its order. Raises FileError, named `name`, with every fault."""
    node = read(text, name, outcome=OUTCOME)
    reading = Reading(name, dictionary)
    items = check_format(reading, node, FORMAT)
    refuse_other_keys(reading, items, ("format", "rates"), "")
    rates: tuple[CardRate, ...] = ()
    if "rates" in items:
        rates = read_section(reading, items["rates"], "rates", "rates")
    else:
        reading.fault(node.line, "rates", "missing; list the figures under `rates:`")
    reading.done(OUTCOME)
    return rates
