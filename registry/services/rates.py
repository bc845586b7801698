"""Rate cards: figures that users bring, kept in the registry and laid over the packs at check time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from registry.domain.rate import CardRate
from registry.domain.world import World
from registry.errors import Fault, FileError
from registry.files.rates_file import OUTCOME, read_rates
from registry.rules.additions import counts_in, families, readers
from registry.rules.catalogue import Catalogue
from registry.rules.pack import Pack
from registry.storage.receipt import Receipt
from registry.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLine:
    """A figure on file, latest version, and the packs it counts in."""

    rate: CardRate
    packs: tuple[str, ...]


def import_rates(
    store: Store, text: str, name: str, catalogue: Catalogue, *, by: str, now: dt.datetime
) -> tuple[tuple[RateLine, ...], Receipt]:
    """Record the figures of a card. Raises FileError with every fault, a figure that would count nowhere included."""
    rates = read_rates(text, name, catalogue.dictionary)
    faults = [
        Fault(None, f"rates[{n}].name: {rate.name}", fault)
        for n, rate in enumerate(rates)
        if (fault := _counts_nowhere(rate, catalogue))
    ]
    if faults:
        raise FileError(name, faults, OUTCOME)
    receipt = store.record(World(rates=rates), by=by, now=now)
    return _lines(rates, catalogue), receipt


def list_rates(store: Store, catalogue: Catalogue, *, known_at: dt.datetime | None = None) -> tuple[RateLine, ...]:
    """The figures on file, by name and day; of several versions the last."""
    latest = {rate.id: rate for rate in store.values(CardRate, known_at=known_at)}
    return _lines(sorted(latest.values(), key=lambda rate: rate.id), catalogue)


def _lines(rates: Sequence[CardRate], catalogue: Catalogue) -> tuple[RateLine, ...]:
    return tuple(RateLine(rate=rate, packs=_ids(counts_in(catalogue, rate))) for rate in rates)


def _counts_nowhere(rate: CardRate, catalogue: Catalogue) -> str | None:
    """Why a figure would change nothing; None where it counts."""
    if counts_in(catalogue, rate):
        return None
    reading = readers(catalogue, rate.name)
    if not reading:
        return "no pack reads this figure"
    if rate.pack is not None and rate.pack not in _ids(reading):
        return f"pack {rate.pack} does not read it; these do: {', '.join(_ids(reading))}"
    if rate.pack is None and len(families(catalogue, reading)) > 1:
        return f"several instruments have one of their own; add `pack:` with one of {', '.join(_ids(reading))}"
    return f"{rate.value} is in another currency than {', '.join(_ids(reading))}"


def _ids(packs: Sequence[Pack]) -> tuple[str, ...]:
    return tuple(pack.id for pack in packs)
