"""What a registry adds to the packs: the figures of its rate cards, and the rules a person has checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from registry.domain.facts import FactDefinition, FactValue
from registry.domain.money import Money, parse_money
from registry.domain.rate import CardRate
from registry.domain.signoff import SignOff
from registry.rules.catalogue import Catalogue, facts_read
from registry.rules.pack import Pack, Parameter, Rate
from registry.rules.signing_off import signed_off


def with_additions(catalogue: Catalogue, rates: Sequence[CardRate], signoffs: Sequence[SignOff]) -> Catalogue:
    """The catalogue with figures and sign-offs laid over it; the packs themselves stay as they are."""
    if not rates and not signoffs:
        return catalogue
    key = (tuple(rates), tuple(signoffs))
    return catalogue.kept(key, lambda: _laid_over(catalogue, rates, signoffs))


def _laid_over(catalogue: Catalogue, rates: Sequence[CardRate], signoffs: Sequence[SignOff]) -> Catalogue:
    return catalogue.with_rates(_tables(catalogue, rates)).with_signoffs(signed_off(catalogue, signoffs))


def readers(catalogue: Catalogue, name: str) -> tuple[Pack, ...]:
    """The packs that read a figure, or have a table of it."""
    return tuple(p for p in catalogue.packs if name in facts_read(p) or any(t.name == name for t in p.parameters))


def families(catalogue: Catalogue, packs: Iterable[Pack]) -> frozenset[str]:
    """The instruments that packs are editions of, each by its first edition."""
    return frozenset(first_edition(catalogue, pack) for pack in packs)


def counts_in(catalogue: Catalogue, rate: CardRate) -> tuple[Pack, ...]:
    """The packs a figure counts in: the one it names; else the editions of the one instrument that reads it. Where
    several instruments read it, each its own, a figure that names none counts in none."""
    reading = readers(catalogue, rate.name)
    if rate.pack is not None:
        reading = tuple(pack for pack in reading if pack.id == rate.pack)
    elif len(families(catalogue, reading)) > 1:
        return ()
    value = figure(rate, catalogue.dictionary[rate.name]) if rate.name in catalogue.dictionary else None
    return tuple(pack for pack in reading if not isinstance(value, Money) or value.currency == pack.currency)


def figure(rate: CardRate, definition: FactDefinition) -> FactValue | None:
    """The value of a figure, read as its fact wants it."""
    if rate.value is None:
        return None
    if definition.type == "money":
        return parse_money(rate.value)
    return int(rate.value) if definition.type == "int" else float(rate.value)


def _tables(catalogue: Catalogue, rates: Sequence[CardRate]) -> dict[str, list[Parameter]]:
    """The figures as tables, by pack."""
    tables: dict[str, list[Parameter]] = {}
    for rate in rates:
        for pack in counts_in(catalogue, rate):
            value = figure(rate, catalogue.dictionary[rate.name])
            entry = Rate(from_=rate.from_, value=value, grade=rate.grade, source=f"{rate.source}, entered by {rate.by}")
            tables.setdefault(pack.id, []).append(Parameter(name=rate.name, rates=(entry,)))
    return tables


def first_edition(catalogue: Catalogue, pack: Pack) -> str:
    """The first edition of an instrument: the pack that carries no other."""
    while pack.carries and (older := catalogue.pack(pack.carries)) is not None:
        pack = older
    return pack.id
