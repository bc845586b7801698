"""An instrument on paper: one pack, clause by clause, for a lawyer's pencil."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from registry.documents.fonts import refuse_unknown_characters
from registry.documents.page import Furniture, environment
from registry.documents.wording import day
from registry.domain.instrument import Instrument


@dataclass(frozen=True, slots=True)
class InstrumentSheet:
    """What the template prints: the instrument, and the furniture of its pages."""

    instrument: Instrument

    @staticmethod
    def day(date: dt.date) -> str:
        return day(date)


def instrument_html(instrument: Instrument) -> str:
    """The page of an instrument, A4. Refuses characters that the shipped fonts lack, naming them."""
    for text in _texts(instrument):
        refuse_unknown_characters(text, f"Pack {instrument.id}")
    return (
        environment()
        .get_template("rules/instrument.html")
        .render(
            sheet=InstrumentSheet(instrument),
            furniture=Furniture(
                running=instrument.title,
                record=f"Pack {instrument.id}",
                digest=f"Pack, SHA-256  {instrument.digest.removeprefix('sha256:')}",
                page="Page",
                of="of",
            ),
            paper="A4",
            language="en",
            created=dt.datetime.combine(instrument.printed_on, dt.time(), dt.UTC).isoformat(),
        )
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name))
