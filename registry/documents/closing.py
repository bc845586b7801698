"""Closing a document: a time stamp over everything, and with it what proves later that no certificate was revoked.

The lists of revoked certificates (DSS) go into the same revision, before the stamp, so that it covers them too; entries
for each signature (VRI) would be a last revision that nothing covers (trap 12).

What a time stamp proves ends with the certificate of its authority, so a closed document can be stamped again before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from registry.documents.appearance import Stamps
from registry.documents.credentials import Credential, refuse_outside_validity
from registry.documents.embedding import HASH, appear, embedded, run, writer_on
from registry.documents.terms import CLOSING_FIELD, PRINT_AND_LOCKED
from registry.documents.wording import moment
from registry.errors import UsageError


@dataclass(frozen=True, slots=True)
class Authority:
    """An RFC 3161 service: its address, and the way to it (a request in, the answer out; OSError where none comes)."""

    url: str
    post: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """What is put beside the signatures, as DER: certificates, and lists of revoked ones."""

    certificates: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()


def close(base: bytes, clock: Credential | Authority, *, now: dt.datetime, proofs: Proofs) -> bytes:
    """The document closed by the local clock, which proves order and no more, or by an authority of time."""
    said = f"{moment(now)}, local clock" if isinstance(clock, Credential) else f"Time stamp of {clock.url}"
    writer = writer_on(base)
    lines = [("Closed", 8.5), (said, 7.0)]
    stamps = Stamps(writer, [text for text, _ in lines])
    appear(writer, CLOSING_FIELD, lambda w, h: stamps.block(lines, width=w, height=h))
    _keep(writer, proofs)
    return stamped(writer, CLOSING_FIELD, clock, now, left="The document is not closed.")


def stamp_again(base: bytes, clock: Credential | Authority, *, now: dt.datetime, field: str) -> bytes:
    """A closed document with a further time stamp over all of it, before the earlier authority's certificate ends.

    Its field is new, and no page shows it: a place on a page would be a change of the page."""
    from pyhanko.pdf_utils import generic

    kinds: Any = generic
    name = kinds.pdf_name
    made = {
        name("/Type"): name("/Annot"),
        name("/Subtype"): name("/Widget"),
        name("/FT"): name("/Sig"),
        name("/T"): kinds.pdf_string(field),
        name("/Rect"): kinds.ArrayObject([kinds.NumberObject(0)] * 4),
        name("/F"): kinds.NumberObject(PRINT_AND_LOCKED),
    }
    writer: Any = writer_on(base)
    writer.root["/AcroForm"]["/Fields"].append(writer.add_object(kinds.DictionaryObject(made)))
    writer.update_root()
    return stamped(writer, field, clock, now, left="The document has no further time stamp.")


def stamped(writer: Any, field: str, clock: Credential | Authority, now: dt.datetime, *, left: str) -> bytes:
    """The revision with a time stamp in `field`. Raises UsageError where the authority gives none; `left` says how that
    leaves the document."""
    from pyhanko.sign.signers import pdf_byterange
    from pyhanko.sign.timestamps import TimestampRequestError

    stamper = _stamper(clock, now)
    try:
        size = len(run(stamper.async_dummy_response(HASH)).dump())
        kinds: Any = pdf_byterange
        placeholder = kinds.DocumentTimestamp(bytes_reserved=2 * (size + 64))
        return embedded(writer, field, placeholder, None, lambda digest: run(stamper.async_timestamp(digest, HASH)))
    except (TimestampRequestError, ValueError, TypeError) as error:
        if isinstance(clock, Credential):
            raise
        problem = f"{clock.url} answered with no time stamp: {str(error).rstrip('.')}. {left}"
        raise UsageError(problem, "Try again later, or name another authority with --tsa.") from None
    except OSError as error:
        if isinstance(clock, Credential):
            raise
        problem = f"{clock.url} cannot be reached: {_reason(error)}. {left}"
        raise UsageError(problem, "Try again later, or name another authority with --tsa.") from None


def _keep(writer: Any, proofs: Proofs) -> None:
    """The certificates and lists, in the catalog's DSS."""
    from pyhanko.pdf_utils import generic

    kinds: Any = generic

    def streams(items: tuple[bytes, ...]) -> Any:
        made = [kinds.StreamObject(stream_data=der) for der in items]
        for stream in made:
            stream.compress()
        return kinds.ArrayObject([writer.add_object(stream) for stream in made])

    if not proofs.lists:
        return
    name = kinds.pdf_name
    held = {
        name("/Type"): name("/DSS"),
        name("/Certs"): streams(proofs.certificates),
        name("/CRLs"): streams(proofs.lists),
    }
    writer.root["/DSS"] = writer.add_object(kinds.DictionaryObject(held))
    writer.update_root()


def _stamper(clock: Credential | Authority, now: dt.datetime) -> Any:
    return _local(clock, now) if isinstance(clock, Credential) else _remote(clock)


def _local(credential: Credential, now: dt.datetime) -> Any:
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.sign.timestamps import DummyTimeStamper

    refuse_outside_validity(credential.certificate, now=now)
    der = credential.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        tsa_cert=x509.Certificate.load(credential.certificate.public_bytes(Encoding.DER)),
        tsa_key=keys.PrivateKeyInfo.load(der),
        fixed_dt=now.astimezone(dt.UTC),
    )


def _remote(authority: Authority) -> Any:
    from asn1crypto import tsp
    from pyhanko.sign.timestamps import TimeStamper

    class Remote(TimeStamper):
        async def async_request_tsa_response(self, req: Any) -> Any:
            return tsp.TimeStampResp.load(authority.post(req.dump()), strict=True)

    kinds: Any = Remote
    return kinds()


def _reason(error: OSError) -> str:
    found = getattr(error, "reason", None) or error.strerror or str(error) or type(error).__name__
    return str(getattr(found, "strerror", None) or found).rstrip(".")
