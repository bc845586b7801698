"""The evidence record of a signature: what was captured of it, and in plain words what was not."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, fields
from enum import StrEnum

from registry.documents.wording import NOT_RECORDED
from registry.domain.canonical import canonical_bytes, to_plain

SCHEMA = "consent-evidence/2"


class Gesture(StrEnum):
    """What the person did."""

    CLICKED = "clicked"
    TYPED = "typed"
    DRAWN = "drawn"
    OWN_KEY = "own_key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How one person signed. Nothing is filled in for what nobody captured: it is written as `not recorded`.

    `drawing` is the drawing itself as a `data:` address; `certificate_sha256` is the signer's own.
    `other_name_accepted_by` says who took the name in that certificate for the person the document names."""

    signer: str
    field: str
    words_agreed: str | None = None
    gesture: Gesture
    at: dt.datetime
    clock: str
    document_sha256: str
    terms_sha256: str
    template: str
    language: str
    initials: tuple[str, ...] = ()
    drawing: str | None = None
    drawing_sha256: str | None = None
    certificate_sha256: str | None = None
    other_name_accepted_by: str | None = None
    identity_proof: str | None = None
    identity_checked_by: str | None = None
    electronic_form_agreed: bool | None = None
    reviewed: bool | None = None
    copy_delivered_to: str | None = None
    copy_delivered_at: dt.datetime | None = None
    operator: str | None = None
    place: str | None = None
    ip: str | None = None
    agent: str | None = None
    witness: str | None = None
    read_aloud_by: str | None = None
    translated_by: str | None = None
    authority: str | None = None
    court_reference: str | None = None


def evidence_bytes(evidence: Evidence) -> bytes:
    """The record as it is kept beside the document."""
    captured = to_plain(evidence)
    plain = {field.name: captured.get(field.name, NOT_RECORDED) for field in fields(evidence)}
    return canonical_bytes({"schema": SCHEMA, **plain}) + b"\n"


def evidence_sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
