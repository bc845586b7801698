"""What a person signs with, how that is called on the page, and the evidence record that goes with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from registry.documents.closing import Proofs
from registry.documents.credentials import Credential, fingerprint, load_pkcs12, make_one_time
from registry.documents.drawing import Drawing
from registry.documents.evidence import Captured, Evidence, Gesture, evidence_bytes, evidence_sha256
from registry.documents.keys import KeyName, credential, der, own_lists
from registry.documents.pens import Pen, certificates_in, load_pem, open_token
from registry.documents.report import Report
from registry.documents.revocation import refuse_revoked
from registry.documents.terms import SignatureField
from registry.documents.verify import names_agree
from registry.domain.values import dataclass
from registry.errors import UsageError
from registry.services.holding import plainly
from registry.services.signing.signers import Hand, Keys, OwnKey, OwnToken, Signer

if TYPE_CHECKING:
    from cryptography import x509


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A pen with the words for it: `method` on the page, `reason` in the signature. `record` is the evidence record."""

    pen: Pen
    method: str
    reason: str
    record: bytes
    drawing: Drawing | None = None


def hand_of(
    report: Report, place: SignatureField, signer: Signer, boxes: Mapping[str, str], keys: Keys, now: dt.datetime
) -> Holding:
    """What to sign with. Raises UsageError for a key that does not open, and for another name than the document's."""
    if isinstance(signer, Hand):
        return _by_hand(report, place, signer, boxes, keys, now)
    return with_own(report, place, own_pen(signer), signer, boxes, now)


def own_pen(signer: OwnKey | OwnToken) -> Pen:
    """A person's own key, in a file or on a token."""
    if isinstance(signer, OwnToken):
        return open_token(
            signer.module, token=signer.token, label=signer.label, pin=signer.pin, certificate=signer.certificate
        )
    return _in_file(signer)


def with_own(
    report: Report,
    place: SignatureField,
    pen: Pen,
    captured: Captured,
    boxes: Mapping[str, str],
    now: dt.datetime,
) -> Holding:
    """A person's own certificate, with the name in it held against the document's."""
    accepted = captured.other_name_accepted_by
    if names_agree(pen.name, place.signer):
        accepted = None
    elif not accepted:
        _refuse_other_name(pen.name, place, "add --accept-name, if you know that it is the same person")
    details = {
        "gesture": Gesture.OWN_KEY,
        "certificate_sha256": fingerprint(pen.certificate),
        "other_name_accepted_by": accepted,
    }
    record = evidence_bytes(_evidence(report, place, pen.name, captured, boxes, now, details))
    digest = evidence_sha256(record)
    other = f"for {place.signer}, accepted by {accepted}, " if accepted else ""
    return Holding(
        pen=pen,
        method=f"own certificate, {other}evidence {digest[:16]}…",
        reason=f"own certificate, {other}evidence {digest}",
        record=record,
    )


def proofs_of(folder: Path, lists: tuple[Any, ...]) -> Proofs:
    """What closing puts beside the signatures: the lists, and the certificates of the authorities that issued them."""
    files = [folder / f"{name}.pem" for name in (KeyName.ROOT, KeyName.ISSUER)]
    files += sorted((folder / "retired").glob("*.pem"))
    found = [c for file in files for c in certificates_in(file)]
    issuers = [c for c in found if any(crl.issuer == c.subject for crl in lists)]
    return Proofs(certificates=tuple(der(c) for c in issuers), lists=tuple(der(crl) for crl in lists))


def _by_hand(
    report: Report, place: SignatureField, signer: Hand, boxes: Mapping[str, str], keys: Keys, now: dt.datetime
) -> Holding:
    if not names_agree(signer.name, place.signer):
        _refuse_other_name(
            signer.name, place, "Sign as the person named, or issue a document that names the other one."
        )
    drawing = signer.drawing
    if (signer.gesture is Gesture.DRAWN) != (drawing is not None):
        raise UsageError("A drawn signature comes with its drawing, and only that.", "add --drawn FILE")
    details = {
        "gesture": signer.gesture,
        "drawing": drawing.written if drawing else None,
        "drawing_sha256": drawing.sha256 if drawing else None,
        "other_name_accepted_by": None,
    }
    record = evidence_bytes(_evidence(report, place, signer.name, signer, boxes, now, details))
    digest = evidence_sha256(record)
    issuer = issuer_of(keys)
    made = make_one_time(signer.name, issuer, evidence_sha256=digest, now=now)
    method = f"one-time certificate (SES), evidence {digest[:16]}…"
    return Holding(pen=made, method=method, reason=method, record=record, drawing=drawing)


def issuer_of(keys: Keys) -> Credential:
    """The key that issues one-time certificates, opened. Raises UsageError where it does not open, or was revoked."""
    issuer = credential(keys.folder, KeyName.ISSUER, keys.passphrase)
    refuse_revoked(issuer.certificate, own_lists(keys.folder), "registry keys rotate issuer    makes another")
    return issuer


def _in_file(signer: OwnKey) -> Credential:
    try:
        data = signer.file.read_bytes()
        beside = signer.certificate.read_bytes() if signer.certificate else b""
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read: {error.strerror}.", f"ls -l {error.filename}") from None
    if b"-----BEGIN" not in data:
        return load_pkcs12(data, signer.passphrase, name=signer.file.name)
    held: list[x509.Certificate] = certificates_in(signer.certificate) if signer.certificate and beside else []
    if b"BEGIN CERTIFICATE" in data:
        held += certificates_in(signer.file)
    return load_pem(data, signer.passphrase, name=signer.file.name, certificates=held)


def _evidence(
    report: Report,
    place: SignatureField,
    name: str,
    captured: Captured,
    boxes: Mapping[str, str],
    now: dt.datetime,
    details: Mapping[str, Any],
) -> Evidence:
    assert report.terms is not None
    assert report.digest is not None
    return Evidence(
        signer=name,
        field=place.name,
        at=now,
        clock="clock of this machine",
        document_sha256=report.sha256,
        terms_sha256=report.digest,
        template=f"{report.terms.template} {report.terms.template_version}",
        language=report.terms.language,
        initials=tuple(f"{i.clause}: {boxes[i.name]}" for i in report.terms.initials if i.name in boxes),
        **{**captured.kept(), **details},
    )


def _refuse_other_name(name: str, place: SignatureField, remedy: str) -> None:
    raise UsageError(f"{name} is not who {plainly(place.name)} is for: the document names {place.signer}.", remedy)
