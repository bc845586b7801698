"""A signed PDF made elsewhere: what can be judged of it, read leniently, in sentences. Nothing in it is ours.

Signatures may be sound under a root that nobody here knows: integrity is one thing and trust another. Changes after a
signature are said to be there; whether they matter is not classified.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from registry.documents.keys import Roots
from registry.documents.verify import context, quiet

_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """`sound`: there is a signature, and each fits what it signs. `findings` say the rest, a sentence each."""

    sound: bool
    findings: tuple[str, ...]


def judge_foreign(data: bytes, roots: Roots, *, now: dt.datetime) -> Judged:
    """Never raises: what cannot be judged says so."""
    try:
        with quiet():
            return _judged(data, roots, now)
    except Exception:
        return Judged(sound=False, findings=("The file cannot be judged: it cannot be read as a signed PDF.",))


def _judged(data: bytes, roots: Roots, now: dt.datetime) -> Judged:
    from pyhanko.pdf_utils.reader import PdfFileReader

    if len(data) > _LARGEST:
        return Judged(sound=False, findings=("The file cannot be judged: it is larger than 64 MB.",))
    remarks = []
    try:
        reader = PdfFileReader(BytesIO(data), strict=True)
        signatures = list(reader.embedded_signatures)
    except Exception:
        reader = PdfFileReader(BytesIO(data), strict=False)
        signatures = list(reader.embedded_signatures)
        remarks.append("The file does not keep strictly to the format; it was read leniently.")
    if reader.xrefs.hybrid_xrefs_present:
        remarks.append("The file describes itself twice, for old and for new programs; it was read as new ones do.")
    if not signatures:
        return Judged(sound=False, findings=(*remarks, "The file bears no signature that can be read."))
    found = [_signature(one, reader, data, roots, now) for one in signatures]
    return Judged(sound=all(sound for sound, _ in found), findings=(*remarks, *(said for _, said in found)))


def _signature(one: Any, reader: Any, data: bytes, roots: Roots, now: dt.datetime) -> tuple[bool, str]:
    from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp

    stamp = str(one.sig_object_type) == "/DocTimeStamp"
    name = "A time stamp" if stamp else f"The signature in field {one.field_name}"
    try:
        if stamp:
            status: Any = validate_pdf_timestamp(one, context(roots.time, now), skip_diff=True)
        else:
            status = validate_pdf_signature(one, context(roots.signers, now), skip_diff=True)
        certificate = one.signer_cert
        who, issuer = certificate.subject.human_friendly, certificate.issuer.human_friendly
    except Exception:
        return False, f"{name} cannot be judged."
    sound = bool(status.intact and status.valid)
    parts = list(_parts(one, data, sound, bool(status.trusted), who, issuer))
    return sound, f"{name}: {'; '.join(parts)}."


def _parts(one: Any, data: bytes, sound: bool, trusted: bool, who: str, issuer: str) -> Iterator[str]:
    yield "it fits what it signs" if sound else "it DOES NOT FIT what it signs"
    yield f"made for {who}"
    yield f"trusted, by {issuer}" if trusted else f"that this is so is asserted by {issuer}, which is not known here"
    zero, _, after, length = (int(n) for n in one.byte_range)
    if zero != 0 or after + length > len(data):
        yield "it does not cover the file from its beginning"
    elif after + length == len(data):
        yield "it covers the file to the last byte"
    else:
        yield f"the file was added to after it ({len(data) - after - length} bytes, not classified)"
