"""Lists of revoked certificates: made with an authority's own key, read back, and asked about one signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from registry.documents.credentials import Credential, common_name
from registry.errors import UsageError

if TYPE_CHECKING:
    from cryptography import x509

LIST_DAYS = 180


class Because(StrEnum):
    """Why a certificate was revoked. After a compromise nothing it signed without a time stamp can be believed."""

    COMPROMISE = "key_compromise"
    SUPERSEDED = "superseded"
    CEASED = "cessation_of_operation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """One entry of a list."""

    serial: int
    at: dt.datetime
    because: Because


def make_list(authority: Credential, revoked: Iterable[Revoked], *, now: dt.datetime) -> x509.CertificateRevocationList:
    """The list of an authority, good for half a year; issued anew it is longer or the same."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    identifier = authority.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(now - dt.timedelta(minutes=5))
        .next_update(now + dt.timedelta(days=LIST_DAYS))
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
    )
    for one in revoked:
        reason = x509.CRLReason(x509.ReasonFlags[_FLAGS[one.because]])
        entry = x509.RevokedCertificateBuilder().serial_number(one.serial).revocation_date(one.at)
        builder = builder.add_revoked_certificate(entry.add_extension(reason, critical=False).build())
    return builder.sign(authority.key, hashes.SHA256())


_FLAGS = {
    Because.COMPROMISE: "key_compromise",
    Because.SUPERSEDED: "superseded",
    Because.CEASED: "cessation_of_operation",
}


def read_list(der: bytes) -> x509.CertificateRevocationList | None:
    """The list in `der`; None for what is none."""
    from cryptography import x509

    try:
        return x509.load_der_x509_crl(der)
    except ValueError:
        return None


def entries(found: x509.CertificateRevocationList) -> tuple[Revoked, ...]:
    """What a list holds. A reason other than ours counts as a compromise."""
    from cryptography import x509

    listed = []
    for entry in found:
        try:
            flag = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.name
        except x509.ExtensionNotFound:
            flag = "unspecified"
        because = next((b for b, name in _FLAGS.items() if name == flag), Because.COMPROMISE)
        listed.append(Revoked(serial=entry.serial_number, at=entry.revocation_date_utc, because=because))
    return tuple(listed)


def revocation(
    certificate: x509.Certificate, issuer: x509.Certificate, lists: Sequence[x509.CertificateRevocationList]
) -> Revoked | None:
    """The earliest entry for a certificate in a list that its issuer signed."""
    found = [
        one
        for crl in lists
        if crl.issuer == issuer.subject and _signed_by(crl, issuer)
        for one in entries(crl)
        if one.serial == certificate.serial_number
    ]
    return min(found, key=lambda one: one.at, default=None)


def counts(revoked: Revoked, *, claimed: dt.datetime | None, proven: dt.datetime) -> bool:
    """Whether a revocation reaches a signature. A key that others may have could have claimed any moment: there only
    the time that is proven counts."""
    if revoked.because is Because.COMPROMISE or claimed is None:
        return revoked.at <= proven
    return revoked.at <= claimed


def refuse_revoked(certificate: x509.Certificate, lists: Sequence[x509.CertificateRevocationList], remedy: str) -> None:
    """Raises UsageError for a certificate that one of our own lists names."""
    for crl in lists:
        if crl.issuer != certificate.issuer:
            continue
        for one in entries(crl):
            if one.serial == certificate.serial_number:
                problem = f"The certificate of {common_name(certificate)} was revoked on {one.at:%Y-%m-%d}."
                raise UsageError(problem, remedy)


def refuse_outdated(lists: Sequence[x509.CertificateRevocationList], *, now: dt.datetime) -> None:
    """Raises UsageError where a list has ended: it says nothing about today."""
    for crl in lists:
        ends = crl.next_update_utc
        if ends is not None and ends <= now:
            name = crl.issuer.rfc4514_string().removeprefix("CN=")
            problem = f"The list of revoked certificates of {name} ended on {ends:%Y-%m-%d}."
            raise UsageError(problem, "registry keys crl    issues it anew")


def _signed_by(crl: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    key = issuer.public_key()
    return isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey) and crl.is_signature_valid(key)
