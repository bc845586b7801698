"""What a registry adds to the packs, as rows: figures of rate cards, and sign-offs. The words stay with the text."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.rate import CardRate
from registry.domain.signoff import SignOff
from registry.storage.projection import Mention, Place, Rows
from registry.storage.tables import rates, signoffs
from registry.storage.written import day, word


def mentions(_: CardRate | SignOff) -> Iterator[Mention]:
    """Nothing: a rule or a figure is no thing of the registry's own."""
    return iter(())


def rate_rows(rate: CardRate, place: Place) -> Rows:
    yield place.row(rates, name=rate.name, pack=rate.pack, from_day=day(rate.from_), grade=word(rate.grade))


def signoff_rows(signoff: SignOff, place: Place) -> Rows:
    yield place.row(signoffs, rule=signoff.rule, on_day=day(signoff.on))
