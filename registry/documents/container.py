"""The rules for a signature's own envelope, which no signature covers: it must be exactly what we would write.

A flipped bit in padding, in the case of a hex digit, in a list of algorithms or in an embedded certificate changes no
content, and libraries let it pass. Here the envelope is built anew from its signed parts and compared byte for byte.
"""

from __future__ import annotations

import re
from typing import Any

from registry.documents import der as strict
from registry.documents.fault import Broken

_TAGGED = 0xA0
_HEX = re.compile(rb"[0-9A-F]+")
_ALGORITHMS = ("sha256_ecdsa", "sha256_rsa", "rsassa_pkcs1v15")
# What other authorities of time sign with besides.
_FOREIGN = ("sha384_ecdsa", "sha512_ecdsa", "sha384_rsa", "sha512_rsa", "rsassa_pkcs1v15")


def envelope(hexadecimal: bytes, field: str) -> bytes:
    """The DER in a signature's /Contents: upper-case hex, and nothing but zeros after it. Raises Broken."""
    if not _HEX.fullmatch(hexadecimal) or len(hexadecimal) % 2:
        raise Broken(f"The container of signature {field} is not written as we write it.")
    raw = bytes.fromhex(hexadecimal.decode())
    _, end = strict.head(raw, 0)
    if any(raw[end:]):
        raise Broken(f"Something stands behind the signature in the container of {field}.")
    return raw[:end]


def check_envelope(der: bytes, field: str, *, stamp: bool) -> list[Any]:
    """The certificates of an envelope, the signer's first, each issued by the next. Raises Broken for an envelope that
    differs in any byte from the one its signed parts demand."""
    from asn1crypto import cms

    strict.check(der)
    found = cms.ContentInfo.load(der, strict=True)["content"]
    if len(found["signer_infos"]) != 1:
        raise Broken(f"Signature {field} does not have exactly one signer.")
    signer = found["signer_infos"][0]
    certificates = _chain(list(found["certificates"]), signer["sid"], field)
    if _expected(found, signer, certificates, stamp) != der:
        raise Broken(f"The container of signature {field} was altered.")
    if signer["signature_algorithm"]["algorithm"].native.endswith("ecdsa"):
        _check_ecdsa(signer["signature"].native, field)
    return certificates


def _expected(found: Any, signer: Any, certificates: list[Any], stamp: bool) -> bytes:
    """The envelope as we would have written it around the same certificates, signed attributes and signature."""
    from asn1crypto import algos, cms

    digest = signer["digest_algorithm"].dump()
    if digest not in _digests(stamp):
        return b""
    algorithm = signer["signature_algorithm"].dump()
    known = (*_ALGORITHMS, *_FOREIGN) if stamp else _ALGORITHMS
    if algorithm not in {algos.SignedDigestAlgorithm({"algorithm": name}).dump() for name in known}:
        return b""
    content = cms.ContentType("tst_info" if stamp else "data").dump()
    if stamp:
        token = strict.element(strict.OCTETS, bytes(found["encap_content_info"]["content"].contents))
        content += strict.element(_TAGGED, token)
    own = certificates[0]
    held = [choice.chosen.dump() for choice in found["certificates"]]  # an authority's stand in the order it wrote them
    info = strict.element(
        strict.SEQUENCE,
        strict.element(strict.INTEGER, b"\x01"),
        strict.element(strict.SEQUENCE, own.issuer.dump(), own["tbs_certificate"]["serial_number"].dump()),
        digest,
        strict.element(_TAGGED, bytes(signer["signed_attrs"].contents)),
        algorithm,
        strict.element(strict.OCTETS, signer["signature"].native),
    )
    data = strict.element(
        strict.SEQUENCE,
        strict.element(strict.INTEGER, b"\x03" if stamp else b"\x01"),
        strict.set_of(digest),
        strict.element(strict.SEQUENCE, content),
        strict.element(_TAGGED, *held) if stamp else strict.set_of(*held, tag=_TAGGED),
        strict.set_of(info),
    )
    kind: bytes = cms.ContentType("signed_data").dump()
    return strict.element(strict.SEQUENCE, kind, strict.element(_TAGGED, data))


def _digests(stamp: bool) -> set[bytes]:
    """The digest algorithms as we write them; those of a time stamp's authority may be other ones, with NULL or not."""
    from asn1crypto import algos, core

    ours = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()
    if not stamp:
        return {ours}
    names = ("sha256", "sha384", "sha512")
    bare = {algos.DigestAlgorithm({"algorithm": name}).dump() for name in names}
    return bare | {algos.DigestAlgorithm({"algorithm": n, "parameters": core.Null()}).dump() for n in names}


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
    if len(chain) > 1 and chain[-1].issuer == chain[-1].subject:
        _check_issued(chain[-1], chain[-1], field)
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


def check_root(chain: list[Any], roots: list[Any], field: str) -> None:
    """Raises Broken where the last certificate names the key of a root of ours, and that key did not issue it."""
    last = chain[-1]
    for root in roots:
        if last.authority_key_identifier == root.key_identifier and last.dump() != root.dump():
            _check_issued(last, root, field)


def _check_certificate(certificate: Any, field: str) -> None:
    """One algorithm named twice alike, and an ECDSA value written in one way only."""
    if certificate["signature_algorithm"].dump() != certificate["tbs_certificate"]["signature"].dump():
        raise Broken(f"A certificate in signature {field} was altered.")
    if certificate["signature_algorithm"]["algorithm"].native.endswith("ecdsa"):
        _check_ecdsa(certificate["signature_value"].native, field)


def _check_ecdsa(value: bytes, field: str) -> None:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

    if encode_dss_signature(*decode_dss_signature(value)) != value:
        raise Broken(f"A signature value in {field} is written in an unusual way.")
