"""A key with its certificate and chain, as a PKCS#12 file holds them; and the certificates made for keys of ours."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from registry.errors import UsageError

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    Key: TypeAlias = EllipticCurvePrivateKey | RSAPrivateKey

# Carries the SHA-256 of the evidence record in a one-time certificate. The arc 2.25 belongs to whoever draws a UUID.
EVIDENCE_OID = "2.25.118461087234977180426614563207189331017"
EXPIRY_MARGIN = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """Something to sign with. `chain` are the issuers that are not roots, nearest first."""

    certificate: x509.Certificate
    key: Key = field(repr=False)
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def name(self) -> str:
        return common_name(self.certificate)

    def signature(self, data: bytes) -> bytes:
        """SHA-256 with RSA (PKCS#1 v1.5), or ECDSA in DER, over `data`."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding

        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(data, ec.ECDSA(hashes.SHA256()))
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def common_name(certificate: x509.Certificate) -> str:
    from cryptography.x509.oid import NameOID

    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else certificate.subject.rfc4514_string()


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate's DER."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def load_pkcs12(data: bytes, passphrase: bytes, *, name: str) -> Credential:
    """The credential in a PKCS#12 file called `name`. Raises UsageError where it does not open."""
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import pkcs12

    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, passphrase)
    except ValueError:
        raise UsageError(
            f"{name} does not open: the passphrase is another one, or the file is not PKCS#12.",
            "Try again with the passphrase it was made with.",
        ) from None
    if certificate is None or not isinstance(key, EllipticCurvePrivateKey | RSAPrivateKey):
        raise UsageError(f"{name} holds no RSA or elliptic-curve key with its certificate.", "Export the key again.")
    chain = tuple(c for c in others if c.issuer != c.subject)
    return Credential(certificate=certificate, key=key, chain=chain)


def save_pkcs12(credential: Credential, passphrase: bytes) -> bytes:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    return pkcs12.serialize_key_and_certificates(
        credential.name.encode(),
        credential.key,
        credential.certificate,
        list(credential.chain),
        BestAvailableEncryption(passphrase),
    )


def refuse_outside_validity(certificate: x509.Certificate, *, now: dt.datetime) -> None:
    """Raises UsageError for a certificate that is not valid yet, or ends within thirty days."""
    name = common_name(certificate)
    if now < certificate.not_valid_before_utc:
        raise UsageError(
            f"The certificate of {name} is valid only from {certificate.not_valid_before_utc:%Y-%m-%d}.",
            "Check the clock of this machine, or sign with a certificate that is valid now.",
        )
    if certificate.not_valid_after_utc - now < EXPIRY_MARGIN:
        raise UsageError(
            f"The certificate of {name} ends on {certificate.not_valid_after_utc:%Y-%m-%d}, within thirty days.",
            "Renew it before signing.",
        )


def make_authority(name: str, *, now: dt.datetime, years: int) -> Credential:
    """A self-signed root for certificates of ours."""
    key = _ec_key()
    builder = _builder(name, name, key, now, years)
    return Credential(certificate=_sign(_authority(builder, 1), key), key=key)


def make_issuer(name: str, root: Credential, *, now: dt.datetime, years: int) -> Credential:
    """An authority under the root that issues one-time certificates and nothing else."""
    key = _ec_key()
    builder = _authority(_builder(name, root.name, key, now, years), 0)
    return Credential(certificate=_sign(_issued_by(builder, root), root.key), key=key)


def make_seal(company: str, root: Credential, *, now: dt.datetime, years: int) -> Credential:
    key = _ec_key()
    builder = _signing(_builder(company, root.name, key, now, years, unit="Company seal"))
    return Credential(certificate=_sign(_issued_by(builder, root), root.key), key=key)


def make_one_time(name: str, issuer: Credential, *, evidence_sha256: str, now: dt.datetime) -> Credential:
    """A fresh key for one signature, with the evidence record's digest in its certificate. Used once and forgotten."""
    from cryptography import x509

    key = _ec_key()
    builder = _signing(_builder(name, issuer.name, key, now, 5, unit="One-time certificate (SES)"))
    octets = b"\x04\x20" + bytes.fromhex(evidence_sha256)
    extension = x509.UnrecognizedExtension(x509.ObjectIdentifier(EVIDENCE_OID), octets)
    certificate = _sign(_issued_by(builder.add_extension(extension, critical=False), issuer), issuer.key)
    return Credential(certificate=certificate, key=key, chain=(issuer.certificate,))


def evidence_digest(certificate: x509.Certificate) -> str | None:
    """The SHA-256 of the evidence record that a one-time certificate names."""
    from cryptography import x509

    for extension in certificate.extensions:
        if extension.oid.dotted_string == EVIDENCE_OID and isinstance(extension.value, x509.UnrecognizedExtension):
            return extension.value.value[2:].hex()
    return None


def make_time_stamper(name: str, *, now: dt.datetime) -> Credential:
    """The local time-stamping authority: its own root, for 25 years, because it is what proves time later on."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import ExtendedKeyUsageOID

    key = rsa.generate_private_key(65537, 3072)
    builder = _signing(_builder(name, name, key, now, 25)).add_extension(
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
    )
    return Credential(certificate=_sign(builder, key), key=key)


def _ec_key() -> EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _builder(
    subject: str, issuer: str, key: Key, now: dt.datetime, years: int, unit: str | None = None
) -> x509.CertificateBuilder:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    names = [x509.NameAttribute(NameOID.COMMON_NAME, subject)]
    if unit:
        names.insert(0, x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name(names))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(days=365 * years + years // 4))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _authority(builder: x509.CertificateBuilder, path_length: int) -> x509.CertificateBuilder:
    from cryptography import x509

    usage = _usage(key_cert_sign=True, crl_sign=True)
    return builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True).add_extension(
        usage, critical=True
    )


def _signing(builder: x509.CertificateBuilder) -> x509.CertificateBuilder:
    from cryptography import x509

    usage = _usage(digital_signature=True, content_commitment=True)
    return builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True).add_extension(
        usage, critical=True
    )


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _issued_by(builder: x509.CertificateBuilder, issuer: Credential) -> x509.CertificateBuilder:
    from cryptography import x509

    identifier = issuer.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
    )


def _sign(builder: x509.CertificateBuilder, key: Key) -> x509.Certificate:
    from cryptography.hazmat.primitives import hashes

    return builder.sign(key, hashes.SHA256())
