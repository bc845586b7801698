"""The evidence record of a signature: what was captured of it, and in plain words what was not."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import fields
from enum import StrEnum
from typing import Any

from registry.documents.wording import NOT_RECORDED
from registry.domain.canonical import canonical_bytes, to_plain
from registry.domain.values import dataclass

SCHEMA = "consent-evidence/2"


class Gesture(StrEnum):
    """What the person did."""

    CLICKED = "clicked"
    TYPED = "typed"
    DRAWN = "drawn"
    OWN_KEY = "own_key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What was captured of a signing, as ESIGN, UETA and eIDAS ask for it. None: nobody captured it, and the evidence
    record says `not recorded`. `operator` sat at the machine; `other_name_accepted_by` took the name in a certificate
    for the person that the document names."""

    words_agreed: str | None = None
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
    other_name_accepted_by: str | None = None

    def kept(self) -> dict[str, Any]:
        """What was captured, by name, without who signed and with what."""
        return {field.name: getattr(self, field.name) for field in fields(Captured)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Captured):
    """How one person signed. Nothing is filled in for what nobody captured: it is written as `not recorded`.

    `drawing` is the drawing itself as a `data:` address; `certificate_sha256` is the signer's own."""

    signer: str
    field: str
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


def evidence_bytes(evidence: Evidence) -> bytes:
    """The record as it is kept beside the document."""
    captured = to_plain(evidence)
    plain = {field.name: captured.get(field.name, NOT_RECORDED) for field in fields(evidence)}
    return canonical_bytes({"schema": SCHEMA, **plain}) + b"\n"


def evidence_sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
