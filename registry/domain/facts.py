"""Facts: named, typed, owned by somebody; known, unsure or absent (DOMAIN.md §4)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TypeAlias

from registry.domain.money import Money
from registry.domain.values import dataclass


class Unsure(StrEnum):
    """The answer "nobody can tell": asking again is no use."""

    UNSURE = "unsure"


UNSURE = Unsure.UNSURE

FactValue: TypeAlias = bool | int | float | str | Money | dt.date | dt.datetime | tuple[str, ...]
FactInput: TypeAlias = FactValue | Unsure


class Owner(StrEnum):
    ASSERTED = "asserted"
    COMPUTED = "computed"
    RULING = "ruling"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDefinition:
    """An entry of the fact dictionary. `values` closes the list of answers; `protective` is the answer to a
    judgement that is against the production's interest: asserted, that one counts; the other is a claim."""

    name: str
    type: str
    owner: Owner
    ask: str
    values: tuple[str, ...] = ()
    who: str | None = None
    protective: bool | None = None


class Origin(StrEnum):
    """Where a known value came from, so that a verdict can name its author."""

    USE = "use"
    DERIVED = "derived"
    INHERITED = "inherited"
    TOOL = "tool"
    DECLARED = "declared"
    PROFILE = "profile"
    REGISTRY = "registry"
    RULING = "ruling"
    PRESUMED = "presumed"
    PARAMETER = "parameter"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact about one use. `value` is the answer, UNSURE, or None where nobody has answered.

    `claimed` is a judgement asserted in the production's favour: it decides nothing but asks for a ruling.
    `grade` is set where the value comes from a dated table and is only as good as that table's source.
    """

    name: str
    value: FactInput | None = None
    origin: Origin | None = None
    author: str | None = None
    claimed: FactValue | None = None
    grade: str | None = None

    @property
    def known(self) -> bool:
        return self.value is not None and not isinstance(self.value, Unsure)
