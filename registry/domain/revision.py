"""Revisions of documents: each step of a document's life is a file of its own, which begins with the one before."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from enum import StrEnum

from registry.domain.values import dataclass


class Step(StrEnum):
    """What made a revision."""

    ISSUED = "issued"
    SIGNED = "signed"
    CLOSED = "closed"
    STAMPED = "stamped"
    WET_INK = "wet_ink"
    STATED = "stated"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision. `id` is the SHA-256 of its bytes, `document` the digest of its terms (of a document made elsewhere:
    of its own bytes), `consent` the id under which the document goes on file, `prefix` the revision it begins with.

    `place` and `signer` say who signed, `evidence` is the SHA-256 of the evidence record; `signed` of `required` people
    had signed by then."""

    id: str
    document: str
    consent: str
    step: Step
    size: int
    prefix: str | None = None
    place: str | None = None
    signer: str | None = None
    evidence: str | None = None
    signed: int
    required: int
    recorded_at: dt.datetime | None = field(default=None, compare=False)
