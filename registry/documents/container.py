"""The rules for a signature's own envelope, which no signature covers: it must be exactly what we would write.

A flipped bit in padding, in the case of a hex digit, in a list of algorithms or in an embedded certificate changes no
content, and libraries let it pass. Here the envelope is built anew from its signed parts and compared byte for byte.
"""

from __future__ import annotations

import re
from typing import Any

from registry.documents.fault import Broken

_HEX = re.compile(rb"[0-9A-F]+")
_ALGORITHMS = ("sha256_ecdsa", "sha256_rsa", "rsassa_pkcs1v15")


def envelope(hexadecimal: bytes, field: str) -> bytes:
    """The DER in a signature's /Contents: upper-case hex, and nothing but zeros after it. Raises Broken."""
    if not _HEX.fullmatch(hexadecimal) or len(hexadecimal) % 2:
        raise Broken(f"The container of signature {field} is not written as we write it.")
    raw = bytes.fromhex(hexadecimal.decode())
    length = _der_length(raw)
    if any(raw[length:]):
        raise Broken(f"Something stands behind the signature in the container of {field}.")
    return raw[:length]


def check_envelope(der: bytes, field: str, *, stamp: bool) -> list[Any]:
    """The certificates of an envelope, the signer's first, each issued by the next. Raises Broken for an envelope that
    differs in any byte from the one its signed parts demand."""
    from asn1crypto import cms

    found = cms.ContentInfo.load(der, strict=True)["content"]
    if len(found["signer_infos"]) != 1:
        raise Broken(f"Signature {field} does not have exactly one signer.")
    signer = found["signer_infos"][0]
    certificates = _chain(list(found["certificates"]), signer["sid"], field)
    if _expected(found, signer, certificates, stamp) != der:
        raise Broken(f"The container of signature {field} was altered.")
    _check_signature_value(signer, field)
    return certificates


def _expected(found: Any, signer: Any, certificates: list[Any], stamp: bool) -> bytes:
    """The envelope as we would have written it around the same signed attributes and signature."""
    from asn1crypto import algos, cms

    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    algorithm = signer["signature_algorithm"].dump()
    if algorithm not in {algos.SignedDigestAlgorithm({"algorithm": name}).dump() for name in _ALGORITHMS}:
        return b""
    own = certificates[0]
    identity = cms.IssuerAndSerialNumber({"issuer": own.issuer, "serial_number": own.serial_number})
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": identity}),
            "digest_algorithm": digest,
            "signature_algorithm": algos.SignedDigestAlgorithm.load(algorithm),
            "signed_attrs": cms.CMSAttributes.load(signer["signed_attrs"].untag().dump(force=True)),
            "signature": signer["signature"].native,
        }
    )
    content = cms.ContentInfo({"content_type": "data"})
    if stamp:
        octets = cms.ParsableOctetString(found["encap_content_info"]["content"].contents)
        content = cms.EncapsulatedContentInfo({"content_type": "tst_info", "content": octets})
    data = cms.SignedData(
        {
            "version": "v3" if stamp else "v1",
            "digest_algorithms": cms.DigestAlgorithms([digest]),
            "encap_content_info": content,
            "certificates": certificates,
            "signer_infos": [info],
        }
    )
    whole: bytes = cms.ContentInfo({"content_type": "signed_data", "content": data}).dump(force=True)
    return whole


def _chain(certificates: list[Any], sid: Any, field: str) -> list[Any]:
    """The signer's certificate, then its issuers as far as they are embedded; every embedded one has to be in it."""
    loose = [choice.chosen for choice in certificates]
    identity = sid.chosen
    chain = [c for c in loose if c.issuer == identity["issuer"] and c.serial_number == identity["serial_number"].native]
    if len(chain) != 1:
        raise Broken(f"Signature {field} does not hold exactly one certificate of its signer.")
    loose.remove(chain[0])
    while loose:
        issuer = next((c for c in loose if c.subject == chain[-1].issuer), None)
        if issuer is None:
            raise Broken(f"Signature {field} holds a certificate that has no part in it.")
        loose.remove(issuer)
        _check_issued(chain[-1], issuer, field)
        chain.append(issuer)
    for certificate in chain:
        _check_certificate(certificate, field)
    return chain


def _check_issued(certificate: Any, issuer: Any, field: str) -> None:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    try:
        parent = x509.load_der_x509_certificate(issuer.dump())
        x509.load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(parent)
    except (InvalidSignature, ValueError, TypeError):
        raise Broken(f"A certificate in signature {field} was not issued by the one it names.") from None


def _check_certificate(certificate: Any, field: str) -> None:
    """Strict DER throughout, one algorithm named twice alike, and an ECDSA value written in one way only."""
    same = certificate["signature_algorithm"].dump() == certificate["tbs_certificate"]["signature"].dump()
    strict = certificate.copy().dump(force=True) == certificate.dump()
    if not same or not strict:
        raise Broken(f"A certificate in signature {field} was altered.")
    if certificate["signature_algorithm"]["algorithm"].native.endswith("ecdsa"):
        _check_ecdsa(certificate["signature_value"].native, field)


def _check_signature_value(signer: Any, field: str) -> None:
    if signer["signature_algorithm"]["algorithm"].native.endswith("ecdsa"):
        _check_ecdsa(signer["signature"].native, field)


def _check_ecdsa(value: bytes, field: str) -> None:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

    if encode_dss_signature(*decode_dss_signature(value)) != value:
        raise Broken(f"A signature value in {field} is written in an unusual way.")


def _der_length(raw: bytes) -> int:
    """How many bytes the outermost DER element takes, itself included."""
    if raw[1] < 0x80:
        return 2 + raw[1]
    size = raw[1] & 0x7F
    return 2 + size + int.from_bytes(raw[2 : 2 + size], "big")
