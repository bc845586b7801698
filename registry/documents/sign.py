"""Sealing, signing and closing: each adds one revision to a document and changes nothing that stands before it.

The seal certifies the document at issue (DocMDP 2: fill in and sign, nothing else). The grantor's signature fills every
initial and locks them (FieldMDP). A time stamp closes the document, so that the last word is covered too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from registry.documents.appearance import Stamps, can_stamp
from registry.documents.credentials import Credential, refuse_outside_validity
from registry.documents.terms import CLOSING_FIELD, DECLINED, SEAL_FIELD, SignatureField
from registry.documents.wording import moment
from registry.errors import UsageError

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

_HASH = "sha256"


def seal(base: bytes, credential: Credential, *, company: str, now: dt.datetime) -> bytes:
    """The document certified with the company's key."""
    refuse_outside_validity(credential.certificate, now=now)
    writer = _writer(base)
    said = f"Sealed by {company}" if can_stamp(company) else "Sealed as named beside this box"
    lines = [(said, 8.5), (moment(now), 7.0)]
    stamps = Stamps(writer, [text for text, _ in lines])
    _appear(writer, SEAL_FIELD, lambda w, h: stamps.block(lines, width=w, height=h))
    return _signed(writer, SEAL_FIELD, credential, now=now, reason="Issued and sealed", certify=True)


def sign(
    base: bytes,
    field: SignatureField,
    credential: Credential,
    *,
    now: dt.datetime,
    initials: Mapping[str, str],
    method: str,
) -> bytes:
    """One signature. `initials` has a text for each field it locks: somebody's initials, or DECLINED. `method` says in
    words how it was made, and stands in the signature and on the page."""
    refuse_outside_validity(credential.certificate, now=now)
    if set(initials) != set(field.locks):
        raise UsageError(
            f"Signature {field.name} fills {len(field.locks)} boxes, and {len(initials)} were given.",
            "Initial or decline every clause.",
        )
    writer = _writer(base)
    # A name in letters that the stamp has none of stands beside the box, and in the certificate.
    name = credential.name if can_stamp(credential.name) else "Signed as named beside this box"
    lines = [(name, 11.0), (moment(now), 7.4), (method, 7.4)]
    stamps = Stamps(writer, [*(text for text, _ in lines), *initials.values()])
    for name, text in initials.items():
        _fill(writer, name, text, stamps)
    _appear(writer, field.name, lambda w, h: stamps.block(lines, width=w, height=h))
    return _signed(writer, field.name, credential, now=now, reason=method, locks=field.locks)


def close(base: bytes, stamper: Credential, *, now: dt.datetime) -> bytes:
    """The document closed by a time stamp of the local authority. It proves order and this machine's clock, no more."""
    from pyhanko.sign.signers import pdf_byterange

    refuse_outside_validity(stamper.certificate, now=now)
    writer = _writer(base)
    lines = [("Closed", 8.5), (f"{moment(now)}, local clock", 7.0)]
    stamps = Stamps(writer, [text for text, _ in lines])
    _appear(writer, CLOSING_FIELD, lambda w, h: stamps.block(lines, width=w, height=h))
    authority = _time_stamper(stamper, now)
    size = len(_run(authority.async_dummy_response(_HASH)).dump())
    kinds: Any = pdf_byterange
    placeholder = kinds.DocumentTimestamp(bytes_reserved=2 * (size + 64))
    return _embedded(
        writer, CLOSING_FIELD, placeholder, None, lambda digest: _run(authority.async_timestamp(digest, _HASH))
    )


def _writer(base: bytes) -> IncrementalPdfFileWriter:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class RecordWriter(IncrementalPdfFileWriter):
        """Leaves the metadata as it was sealed: no later revision may change a byte of it (traps 15 and 16)."""

        def _update_meta(self) -> None:
            return

    return RecordWriter(BytesIO(base))


def _field(writer: Any, name: str) -> Any:
    for reference in writer.root["/AcroForm"]["/Fields"]:
        if reference.get_object().get("/T") == name:
            return reference
    raise UsageError(f"The document has no field {name}.", "Name a field of its plan.")


def _appear(writer: Any, name: str, drawn: Callable[[float, float], Any]) -> None:
    """Gives a field its appearance."""
    from pyhanko.pdf_utils import generic

    kinds: Any = generic
    reference = _field(writer, name)
    field = reference.get_object()
    x1, y1, x2, y2 = (float(n) for n in field["/Rect"])
    field["/AP"] = kinds.DictionaryObject({kinds.pdf_name("/N"): drawn(x2 - x1, y2 - y1)})
    writer.mark_update(reference)


def _fill(writer: Any, name: str, text: str, stamps: Stamps) -> None:
    from pyhanko.pdf_utils.generic import pdf_string

    size = 8.5 if text == DECLINED else 12.0
    _appear(writer, name, lambda w, h: stamps.centred(text, width=w, height=h, size=size))
    _field(writer, name).get_object()["/V"] = pdf_string(text)


def _signed(
    writer: Any,
    name: str,
    credential: Credential,
    *,
    now: dt.datetime,
    reason: str,
    certify: bool = False,
    locks: tuple[str, ...] = (),
) -> bytes:
    from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import constants
    from pyhanko.sign.signers.cms_embedder import SigMDPSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    if certify:
        writer.register_extension(constants.ESIC_EXTENSION_1)
    signer = _signer(credential)
    size = len(_run(signer.async_sign(bytes(32), _HASH, use_pades=True)).dump())
    placeholder = SignatureObject(
        bytes_reserved=2 * (size + 64),
        subfilter=SigSeedSubFilter.PADES,
        timestamp=now,
        name=credential.name,
        reason=reason,
    )
    lock = FieldMDPSpec(FieldMDPAction.INCLUDE, list(locks)) if locks else None
    setup = SigMDPSetup(
        md_algorithm=_HASH,
        certify=certify,
        field_lock=lock,
        docmdp_perms=MDPPerm.FILL_FORMS if certify else None,
    )
    return _embedded(
        writer, name, placeholder, setup, lambda digest: _run(signer.async_sign(digest, _HASH, use_pades=True))
    )


def _embedded(writer: Any, name: str, placeholder: Any, mdp: Any, made: Callable[[bytes], Any]) -> bytes:
    """Writes the revision with room for the signature, has its digest signed, and puts the signature in."""
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup

    steps = PdfCMSEmbedder().write_cms(name, writer, existing_fields_only=True)
    next(steps)
    steps.send(SigObjSetup(sig_placeholder=placeholder, mdp_setup=mdp))
    prepared, output = steps.send(SigIOSetup(md_algorithm=_HASH))
    steps.send(made(prepared.document_digest))
    signed: bytes = output.getvalue()
    return signed


def _signer(credential: Credential) -> Any:
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator import registry

    kinds: Any = registry
    certificate, key, chain = _asn1(credential)
    store = kinds.SimpleCertificateStore()
    store.register_multiple(chain)
    return SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=store, embed_roots=False)


def _time_stamper(credential: Credential, now: dt.datetime) -> Any:
    from pyhanko.sign.timestamps import DummyTimeStamper

    certificate, key, _ = _asn1(credential)
    return DummyTimeStamper(tsa_cert=certificate, tsa_key=key, fixed_dt=now.astimezone(dt.UTC))


def _asn1(credential: Credential) -> tuple[Any, Any, list[Any]]:
    """The credential in the types that pyHanko works with."""
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    certificates = [
        x509.Certificate.load(c.public_bytes(Encoding.DER)) for c in (credential.certificate, *credential.chain)
    ]
    der = credential.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return certificates[0], keys.PrivateKeyInfo.load(der), certificates[1:]


def _run(coroutine: Any) -> Any:
    import asyncio  # a seventh of a second that only signing pays

    return asyncio.run(coroutine)
