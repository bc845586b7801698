"""Productions and who is engaged on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import field

from registry.domain.facts import FactInput
from registry.domain.money import Money
from registry.domain.values import dataclass
from registry.domain.words import Agreement, ProductionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Somebody whose rulings settle questions on a production."""

    name: str
    capacity: str
    from_: dt.date | None = None
    to: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a production declares once for the whole show: asserted facts, their author and day."""

    by: str
    on: dt.date | None = None
    facts: tuple[tuple[str, FactInput], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A named, authored, dated set of asserted facts that uses may take over."""

    id: str
    by: str
    on: dt.date | None = None
    facts: tuple[tuple[str, FactInput], ...] = ()
    recorded_at: dt.datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Production:
    """A picture, episode block, commercial, game or recording."""

    id: str
    title: str
    kind: ProductionKind | None = None
    franchise: str | None = None
    company: str | None = None
    agreement: Agreement | None = None
    signatory: bool | None = None
    platform: str | None = None
    photography_starts_on: dt.date | None = None
    photography_ends_on: dt.date | None = None
    places: tuple[str, ...] = ()
    governing_law: str | None = None
    released_in: tuple[str, ...] | None = None
    released_on: dt.date | None = None
    original_language: str | None = None
    timezone: str | None = None
    advertiser: str | None = None
    product_line: str | None = None
    first_use_on: dt.date | None = None
    deciders: tuple[Decider, ...] = ()
    declares: Declaration | None = None
    recorded_at: dt.datetime | None = field(default=None, compare=False)

    def is_named_by(self, names: Iterable[str]) -> bool:
        """Whether a grant that names these productions, franchises or titles reaches this production. A later season or
        a sequel is another production, unless the franchise is named."""
        return any(name in (self.id, self.franchise, self.title) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class CastNumber:
    """A number on the call sheet; it holds inside one episode and one span of days only."""

    number: str
    episode: str | None = None
    from_: dt.date | None = None
    to: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionClearance:
    """A Station 12 style result. Clearance is not consent."""

    code: str
    on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """A performer's work on a production, in one role and category."""

    id: str
    performer: str
    production: str
    role: str | None = None
    category: str | None = None
    engaged_at: dt.datetime | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    daily_rate: Money | None = None
    covered_by_agreement: bool | None = None
    loan_out: str | None = None
    cast_numbers: tuple[CastNumber, ...] = ()
    union_clearance: UnionClearance | None = None
    recorded_at: dt.datetime | None = field(default=None, compare=False)

    @property
    def loan_out_company(self) -> str | None:
        """The company through which the performer is engaged; None where there is none. `none` says so, and left out
        means the same."""
        return None if self.loan_out == "none" else self.loan_out
