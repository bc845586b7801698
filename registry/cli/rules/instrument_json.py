"""Instruments, coverage and differences for machines: the same keys in the same order, dates as 2026-11-22."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

from registry.domain.instrument import Instrument, Wording

FORMAT = "consent-instrument/1"


def text(sheet: Instrument) -> str:
    """An instrument as one JSON object."""
    return plain_text(FORMAT, sheet)


def plain_text(format_: str, value: Any) -> str:
    """A value, or a mapping of values, as one JSON object that says which format it is."""
    found = {key: _plain(item) for key, item in value.items()} if isinstance(value, dict) else _object(value)
    return json.dumps({"format": format_, **found}, ensure_ascii=False, indent=1)


def _plain(value: object) -> Any:
    if isinstance(value, Wording):
        words = [{"depth": depth, "text": said} for depth, said in value.words]
        return {"words": words, "source": value.source}
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return _object(value) if dataclasses.is_dataclass(value) else value


def _object(value: Any) -> dict[str, Any]:
    """A value by its fields; a name that ends in `_` has it only because Python wants the word itself."""
    return {f.name.removesuffix("_"): _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
