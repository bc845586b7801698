"""Consents: one signed instrument each, with numbered grants. Immutable; only a later record amends or revokes one."""

from __future__ import annotations

import datetime as dt
from dataclasses import field, replace

from registry.domain.values import dataclass
from registry.domain.words import Act, Basis, Content, Element, GrantorCapacity, Instrument, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Grantor:
    """Who signed: the performer (`self`) or a representative, named by id."""

    capacity: GrantorCapacity
    representative: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counsel:
    """The lawyer who advised the performer; `name` is "none" where the file says there was none."""

    name: str
    negotiated_replica_terms: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocable:
    """Whether the consent's own terms let the grantor revoke it, and on how many days' notice."""

    by_terms: bool | None = None
    notice_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Caps that recorded uses consume; None is no cap."""

    seconds: int | None = None
    uses: int | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One numbered clause: a box of scope. An axis left out is None: unrestricted, except what must be named
    (DOMAIN.md §6)."""

    clause: str
    acts: tuple[Act, ...]
    elements: tuple[Element, ...]
    productions: tuple[str, ...]
    purposes: tuple[Purpose, ...]
    description: str
    scenes: tuple[str, ...] | None = None
    media: tuple[str, ...] | None = None
    territories: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    from_: dt.date | None = None
    until: dt.date | None = None
    ages: tuple[int, int] | None = None
    allows: tuple[Content, ...] = ()
    limits: Limits | None = None
    real_time: bool | None = None
    scripted_alterations: bool | None = None
    physical_changes: tuple[str, ...] | None = None
    role_use: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A carve-out of one consent. The axes it names are read together: China *and* social."""

    acts: tuple[Act, ...] | None = None
    elements: tuple[Element, ...] | None = None
    productions: tuple[str, ...] | None = None
    purposes: tuple[Purpose, ...] | None = None
    scenes: tuple[str, ...] | None = None
    media: tuple[str, ...] | None = None
    territories: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    from_: dt.date | None = None
    until: dt.date | None = None
    ages: tuple[int, int] | None = None
    content: tuple[Content, ...] | None = None
    real_time: bool | None = None
    role_use: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The signed paper: its file and the SHA-256 of its bytes."""

    sha256: str
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a grantor agreed to, in one signed instrument. `signed_at` None is a draft: it grants nothing."""

    id: str
    performer: str
    grantor: Grantor
    grants: tuple[Grant, ...]
    co_grantors: tuple[Grantor, ...] = ()
    instrument: Instrument | None = None
    separately_signed: bool | None = None
    conspicuous: bool | None = None
    counsel: Counsel | None = None
    representative_approved: bool | None = None
    court_approved: bool | None = None
    personally_signed: bool | None = None
    cba_addresses_replicas: bool | None = None
    signed_at: dt.datetime | None = None
    delivered_at: dt.datetime | None = None
    basis: Basis | None = None
    lifetime_only: bool | None = None
    revocable: Revocable | None = None
    from_: dt.date | None = None
    until: dt.date | None = None
    excludes: tuple[Exclusion, ...] = ()
    declined: tuple[str, ...] = ()
    document: Document | None = None
    recorded_at: dt.datetime | None = field(default=None, compare=False)

    def grant(self, clause: str) -> Grant | None:
        return next((g for g in self.grants if g.clause == clause), None)

    @property
    def offered(self) -> Consent:
        """The consent as it is put to the grantor: its terms, without any fact of signing."""
        return replace(
            self,
            signed_at=None,
            separately_signed=None,
            conspicuous=None,
            personally_signed=None,
            instrument=None,
            declined=(),
            document=None,
            recorded_at=None,
        )

    def completes(self, draft: Consent) -> bool:
        """Whether this is `draft` after it was signed: the same terms, each clause agreed to or declined."""
        if draft.signed_at is not None or self.signed_at is None:
            return False
        offered = {grant.clause for grant in draft.grants}
        agreed = [grant.clause for grant in self.grants]
        answered = sorted((*agreed, *self.declined)) == sorted(offered)
        kept = all(grant in draft.grants for grant in self.grants)
        return answered and kept and replace(self, grants=draft.grants).offered == draft.offered
