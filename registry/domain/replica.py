"""Replicas and their custody, models, and the tools that make them."""

from __future__ import annotations

import datetime as dt
from dataclasses import field

from registry.domain.values import dataclass
from registry.domain.words import BiometricKind, Element, MadeFrom, ReplicaKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyFile:
    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Who held a replica, where, from when to when (both included), and which files."""

    holder: str
    place: str | None = None
    from_: dt.date | None = None
    to: dt.date | None = None
    files: tuple[CustodyFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replica:
    """A digital asset that stands for a performer. A synthetic one has no performer. It may be planned: `made_on` can
    lie ahead."""

    id: str
    performer: str | None = None
    kind: ReplicaKind | None = None
    elements: tuple[Element, ...] = ()
    made_from: MadeFrom | None = None
    made_for: str | None = None
    made_on: dt.date | None = None
    holder: str | None = None
    custody: tuple[Custody, ...] = ()
    biometric_kinds: tuple[BiometricKind, ...] | None = None
    purpose_ended_on: dt.date | None = None
    last_contact_on: dt.date | None = None
    destroy_by: dt.date | None = None
    destroyed_on: dt.date | None = None
    recorded_at: dt.datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A trained model: whom it was trained on, under which consents, for which production."""

    id: str
    trained_on: tuple[str, ...] = ()
    made_for: str | None = None
    consents: tuple[str, ...] = ()
    co_owners: tuple[str, ...] = ()
    recorded_at: dt.datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool registered once and named by uses. Each answer is yes, no, `unsure` or left out (unknown)."""

    id: str
    vendor: str | None = None
    stores: bool | str | None = None
    reuses: bool | str | None = None
    trains: bool | str | None = None
    enterprise: bool | str | None = None
    platform_agreement: bool | str | None = None
    terms_reviewed: bool | str | None = None
    vendor_pipeline: bool | str | None = None
    vendor_verified: bool | str | None = None
    as_of: dt.date | None = None
    recorded_at: dt.datetime | None = field(default=None, compare=False)
