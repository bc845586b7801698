"""Sealing and signing: each adds one revision to a document and changes nothing that stands before it.

The seal certifies the document at issue (DocMDP 2: fill in and sign, nothing else). The grantor's signature fills every
initial and locks them (FieldMDP). `closing` adds the time stamp, so that the last word is covered too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from registry.documents.appearance import Stamps, can_stamp
from registry.documents.credentials import refuse_outside_validity
from registry.documents.drawing import Drawing
from registry.documents.embedding import appear, fill, signed, writer_on
from registry.documents.pens import Pen
from registry.documents.terms import SEAL_FIELD, SignatureField
from registry.documents.wording import moment
from registry.errors import UsageError


def seal(base: bytes, pen: Pen, *, company: str, now: dt.datetime, changes: bool = True) -> bytes:
    """The document certified with the company's key; without `changes` nothing may ever be added to it."""
    refuse_outside_validity(pen.certificate, now=now)
    writer = writer_on(base)
    said = f"Sealed by {company}" if can_stamp(company) else "Sealed as named beside this box"
    lines = [(said, 8.5), (moment(now), 7.0)]
    stamps = Stamps(writer, [text for text, _ in lines])
    appear(writer, SEAL_FIELD, lambda w, h: stamps.block(lines, width=w, height=h))
    return signed(writer, SEAL_FIELD, pen, now=now, reason="Issued and sealed", certify=True, changes=changes)


def sign(
    base: bytes,
    field: SignatureField,
    pen: Pen,
    *,
    now: dt.datetime,
    initials: Mapping[str, str],
    method: str,
    reason: str | None = None,
    drawing: Drawing | None = None,
) -> bytes:
    """One signature. `initials` has a text for each field it locks: somebody's initials, or DECLINED. `method` says in
    words how it was made and stands on the page; `reason` (else the same) stands in the signature."""
    refuse_outside_validity(pen.certificate, now=now)
    if set(initials) != set(field.locks):
        raise UsageError(
            f"Signature {field.name} fills {len(field.locks)} boxes, and {len(initials)} were given.",
            "Initial or decline every clause.",
        )
    writer = writer_on(base)
    # A name in letters that the stamp has none of stands beside the box, and in the certificate.
    shown = pen.name if can_stamp(pen.name) else "Signed as named beside this box"
    lines = [(shown, 11.0), (moment(now), 7.4), (method, 7.4)]
    stamps = Stamps(writer, [*(text for text, _ in lines), *initials.values()])
    for name, text in initials.items():
        fill(writer, name, text, stamps)
    appear(writer, field.name, lambda w, h: stamps.block(lines, width=w, height=h, drawing=drawing))
    return signed(writer, field.name, pen, now=now, reason=reason or method, locks=field.locks)


def completed(prepared: bytes, value: bytes) -> bytes:
    """A revision signed by `Elsewhere` with the value put in. Raises UsageError where the value does not fit."""
    from asn1crypto import cms

    start, end = _container(prepared)
    found: Any = cms.ContentInfo.load(bytes.fromhex(prepared[start:end].decode()), strict=False)
    signer = found["content"]["signer_infos"][0]
    _refuse_other_value(found, signer["signed_attrs"].untag().dump(), value)
    signer["signature"] = value
    written = found.dump(force=True).hex().upper().encode()
    if len(written) > end - start:
        raise UsageError(f"A signature of {len(value)} bytes has no room in the document.", "Defer it again.")
    return b"".join((prepared[:start], written.ljust(end - start, b"0"), prepared[end:]))


def to_sign(prepared: bytes) -> bytes:
    """What the key that is elsewhere has to sign: the signed attributes of the last signature, as DER."""
    from asn1crypto import cms

    start, end = _container(prepared)
    found = cms.ContentInfo.load(bytes.fromhex(prepared[start:end].decode()), strict=False)
    attributes: bytes = found["content"]["signer_infos"][0]["signed_attrs"].untag().dump()
    return attributes


def _container(data: bytes) -> tuple[int, int]:
    """Where the hex digits of the last signature begin and end."""
    start = data.rfind(b"/Contents <") + len(b"/Contents <")
    return start, data.index(b">", start)


def _refuse_other_value(found: Any, attributes: bytes, value: bytes) -> None:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding

    sid = found["content"]["signer_infos"][0]["sid"].chosen["serial_number"].native
    der = next(c.chosen for c in found["content"]["certificates"] if c.chosen.serial_number == sid).dump()
    key: Any = x509.load_der_x509_certificate(der).public_key()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(value, attributes, ec.ECDSA(hashes.SHA256()))
        else:
            key.verify(value, attributes, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise UsageError(
            "The signature does not fit: it was made with another key, or over something else.",
            "Sign the .tosign file with SHA-256, by RSA (PKCS#1 v1.5) or ECDSA in DER.",
        ) from None
