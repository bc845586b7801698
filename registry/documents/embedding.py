"""One revision on top of a document: fields filled, an appearance for each, and a signature in its container."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from registry.documents.pens import Pen
from registry.documents.terms import DECLINED
from registry.errors import UsageError

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    from registry.documents.appearance import Stamps

HASH = "sha256"


def writer_on(base: bytes) -> IncrementalPdfFileWriter:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class RecordWriter(IncrementalPdfFileWriter):
        """Leaves the metadata as it was sealed: no later revision may change a byte of it (traps 15 and 16)."""

        def _update_meta(self) -> None:
            return

    return RecordWriter(BytesIO(base))


def field_of(writer: Any, name: str) -> Any:
    for reference in writer.root["/AcroForm"]["/Fields"]:
        if reference.get_object().get("/T") == name:
            return reference
    raise UsageError(f"The document has no field {name}.", "Name a field of its plan.")


def appear(writer: Any, name: str, drawn: Callable[[float, float], Any]) -> None:
    """Gives a field its appearance."""
    from pyhanko.pdf_utils import generic

    kinds: Any = generic
    reference = field_of(writer, name)
    field = reference.get_object()
    x1, y1, x2, y2 = (float(n) for n in field["/Rect"])
    field["/AP"] = kinds.DictionaryObject({kinds.pdf_name("/N"): drawn(x2 - x1, y2 - y1)})
    writer.mark_update(reference)


def fill(writer: Any, name: str, text: str, stamps: Stamps) -> None:
    from pyhanko.pdf_utils.generic import pdf_string

    size = 8.5 if text == DECLINED else 12.0
    appear(writer, name, lambda w, h: stamps.centred(text, width=w, height=h, size=size))
    field_of(writer, name).get_object()["/V"] = pdf_string(text)


def signed(
    writer: Any,
    name: str,
    pen: Pen,
    *,
    now: dt.datetime,
    reason: str,
    certify: bool = False,
    changes: bool = True,
    locks: tuple[str, ...] = (),
) -> bytes:
    """The revision with a PAdES signature in field `name`. A certifying one says which `changes` may follow: filling in
    and signing (DocMDP 2), or none at all (DocMDP 1)."""
    from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import constants
    from pyhanko.sign.signers.cms_embedder import SigMDPSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    if certify:
        writer.register_extension(constants.ESIC_EXTENSION_1)
    signer = _signer(pen)
    size = len(run(signer.async_sign(bytes(32), HASH, dry_run=True, use_pades=True)).dump())
    placeholder = SignatureObject(
        bytes_reserved=2 * (size + 64),
        subfilter=SigSeedSubFilter.PADES,
        timestamp=now,
        name=pen.name,
        reason=reason,
    )
    lock = FieldMDPSpec(FieldMDPAction.INCLUDE, list(locks)) if locks else None
    allowed = MDPPerm.FILL_FORMS if changes else MDPPerm.NO_CHANGES
    setup = SigMDPSetup(md_algorithm=HASH, certify=certify, field_lock=lock, docmdp_perms=allowed if certify else None)
    return embedded(
        writer, name, placeholder, setup, lambda digest: run(signer.async_sign(digest, HASH, use_pades=True))
    )


def embedded(writer: Any, name: str, placeholder: Any, mdp: Any, made: Callable[[bytes], Any]) -> bytes:
    """Writes the revision with room for the signature, has its digest signed, and puts the signature in."""
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup

    steps = PdfCMSEmbedder().write_cms(name, writer, existing_fields_only=True)
    next(steps)
    steps.send(SigObjSetup(sig_placeholder=placeholder, mdp_setup=mdp))
    prepared, output = steps.send(SigIOSetup(md_algorithm=HASH))
    steps.send(made(prepared.document_digest))
    whole: bytes = output.getvalue()
    return whole


def _signer(pen: Pen) -> Any:
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator import registry

    class Held(Signer):
        """Has whoever holds the key put the value in; the envelope around it is made here."""

        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            return bytes(_value_size(pen)) if dry_run else pen.signature(data)

    kinds: Any = registry
    certificate, chain = _asn1(pen)
    store = kinds.SimpleCertificateStore()
    store.register_multiple(chain)
    return Held(signing_cert=certificate, cert_registry=store, embed_roots=False)


def _value_size(pen: Pen) -> int:
    """How many bytes the value of a signature takes at most."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    key: Any = pen.certificate.public_key()
    octets = (int(key.key_size) + 7) // 8
    return octets if isinstance(key, RSAPublicKey) else 2 * octets + 9


def _asn1(pen: Pen) -> tuple[Any, list[Any]]:
    """Certificate and chain in the types that pyHanko works with."""
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    first, *others = (x509.Certificate.load(c.public_bytes(Encoding.DER)) for c in (pen.certificate, *pen.chain))
    return first, others


def run(coroutine: Any) -> Any:
    import asyncio  # a seventh of a second that only signing pays

    return asyncio.run(coroutine)
