"""Judging a file by itself: no database, no network, no trust in what the file says about itself.

Stricter than any library's verdict: what is not on the list of changes that a step may make is a fault.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from typing import Any

from registry.documents.container import check_envelope, check_root, envelope
from registry.documents.credentials import common_name, evidence_digest, fingerprint
from registry.documents.damage import damage
from registry.documents.fault import Broken
from registry.documents.keys import Roots
from registry.documents.report import Closed, Initialed, Method, Report, Sealed, Signed
from registry.documents.revisions import Step, check_stamp, check_step, steps
from registry.documents.revocation import counts, read_list, revocation
from registry.documents.sealed import Content, content_of, initials_of
from registry.documents.terms import CLOSING_FIELD, SEAL_FIELD, RiderTerms, SignatureField, stamp_field

LARGEST = 64 * 1024 * 1024  # bytes
TOO_MUCH = "The file cannot be judged: reading it takes more time or memory than any document of ours."
_ACCEPTED = re.compile(r"^own certificate, for .+, accepted by (.+), evidence [0-9a-f]{64}$")
_FEW_BITS = 8
_EVIDENCE = re.compile(r"\bevidence ([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True)
class _Checked:
    """A signature that holds: who made it, by which root, and whether we trust that."""

    step: Step
    chain: tuple[Any, ...]
    issuer: str
    trusted: bool
    issued_by_ours: bool
    at: dt.datetime | None
    revoked_at: dt.datetime | None = None

    @property
    def certificate(self) -> Any:
        return self.chain[0]


def verify_pdf(data: bytes, roots: Roots, *, now: dt.datetime) -> Report:
    """What the file proves. Never raises: what cannot be judged says so, with exit status 4."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        with quiet():
            return _judged(data, sha256, roots, now)
    except Broken as fault:
        return Report(sha256=sha256, faults=(str(fault),))
    except MemoryError:
        return Report(sha256=sha256, judged=False, faults=(TOO_MUCH,))
    except Exception:
        return Report(sha256=sha256, judged=False, faults=(damage(data),))


def _judged(data: bytes, sha256: str, roots: Roots, now: dt.datetime) -> Report:
    from pyhanko.pdf_utils.reader import PdfFileReader

    if len(data) > LARGEST:
        raise Broken("The file is larger than any document of ours.")
    if not data.startswith(b"%PDF-"):
        raise Broken(damage(data))
    reader = PdfFileReader(BytesIO(data))
    taken = steps(reader, data)
    if not taken or taken[0].field != SEAL_FIELD:
        raise Broken("The file bears no seal as its first signature.")
    _check_certification(reader, taken[0])
    stamps = _stamps(taken)
    stamped = _in_order([_closed(step, roots) for step in stamps])
    moment = next((stamp.at for stamp in stamped if stamp.trusted), now)
    # The last signature covers every byte but its own envelope, so it is asked first.
    checked = [_checked(s, roots, moment) for s in reversed(taken) if s not in stamps][::-1]
    _check_names(checked, roots)
    inside = _lists(reader)
    checked = [_asked(c, roots, inside, moment) for c in checked]
    content = content_of(data[: taken[0].end])
    _check_changes(reader, data, taken, stamps, content.terms)
    signed = tuple(_signed(c, content.terms) for c in checked[1:])
    found = _report(data, sha256, taken, content, checked[0], signed, stamped)
    return replace(found, lists_of=min((crl.last_update_utc for crl in inside), default=None))


def _report(
    data: bytes,
    sha256: str,
    taken: tuple[Step, ...],
    content: Content,
    seal: _Checked,
    signed: tuple[Signed, ...],
    stamped: tuple[Closed, ...],
) -> Report:
    present = {s.field for s in signed}
    behind = len(data) - taken[-1].end
    tail = (f"Behind the last signature the file has {behind} bytes that nobody signed.",) if behind else ()
    return Report(
        sha256=sha256,
        faults=(*content.faults, *tail),
        intact=True,
        covered=taken[-1].end == len(data),
        words_agree=content.words_agree,
        digest_agrees=content.digest_agrees,
        digest=content.digest,
        terms=content.terms,
        seal=_seal(seal),
        signatures=signed,
        missing=tuple(s.name for s in content.terms.signatures if s.required and s.name not in present),
        initials=tuple(
            Initialed(field=i.name, clause=i.clause, text=text)
            for i, text in zip(content.terms.initials, initials_of(data, content.terms), strict=True)
        ),
        closed=stamped[0] if stamped else None,
        stamped=stamped[1:],
    )


def sealed_by(step: Step, roots: Roots, moment: dt.datetime) -> Sealed:
    """Whose seal a step is. Raises Broken where it does not hold."""
    return _seal(_asked(_checked(step, roots, moment), roots, (), moment))


def _seal(seal: _Checked) -> Sealed:
    return Sealed(
        company=common_name(seal.certificate),
        at=seal.at,
        fingerprint=fingerprint(seal.certificate),
        issuer=seal.issuer,
        trusted=seal.trusted,
        revoked_at=seal.revoked_at,
    )


def _check_certification(reader: Any, seal: Step) -> None:
    """The seal certifies the document, and allows filling in and signing only (DocMDP 2)."""
    from pyhanko.sign.fields import MDPPerm

    certified = reader.root["/Perms"].raw_get("/DocMDP") if "/Perms" in reader.root else None
    if certified != seal.signature.sig_field.raw_get("/V") or seal.signature.docmdp_level != MDPPerm.FILL_FORMS:
        raise Broken("The seal does not certify the document.")


def _stamps(taken: tuple[Step, ...]) -> tuple[Step, ...]:
    """The time stamps: the closing one, and those with which a closed document was stamped again."""
    closing = next((n for n, step in enumerate(taken) if step.field == CLOSING_FIELD), len(taken))
    stamps = taken[closing:]
    if [step.field for step in stamps] != [stamp_field(n) for n in range(len(stamps))]:
        raise Broken("The document was signed after it was closed.")
    return stamps


def _in_order(stamped: list[Closed]) -> tuple[Closed, ...]:
    if any(later.at < earlier.at for earlier, later in pairwise(stamped)):
        raise Broken("A time stamp says an earlier moment than the one that it covers.")
    return tuple(stamped)


def _check_changes(
    reader: Any, data: bytes, taken: tuple[Step, ...], stamps: tuple[Step, ...], terms: RiderTerms
) -> None:
    signed: set[str] = set()
    for step in taken[1:]:
        if step.field == CLOSING_FIELD:
            check_step(reader, data, step, frozenset({CLOSING_FIELD}), proofs=True)
            continue
        if step in stamps:
            check_stamp(reader, data, step)
            continue
        planned = terms.signature(step.field)
        if planned is None:
            raise Broken(f"Field {step.field} is no place to sign in this document.")
        _check_order(planned, signed, terms)
        signed.add(step.field)
        _check_lock(step, planned)
        check_step(reader, data, step, frozenset({step.field, *planned.locks}))


def _check_order(planned: SignatureField, signed: set[str], terms: RiderTerms) -> None:
    first = next((s for s in terms.before(planned) if s.name not in signed), None)
    if first is not None and first.locks:
        raise Broken("Somebody signed before the clauses were initialed.")
    if first is not None:
        raise Broken(f"Signature {planned.name} was made before {first.name}, which has to come first.")


def _check_lock(step: Step, planned: SignatureField) -> None:
    from pyhanko.sign.fields import FieldMDPAction

    lock = step.signature.fieldmdp
    locked = set(lock.fields or ()) if lock and lock.action == FieldMDPAction.INCLUDE else set()
    if locked != set(planned.locks):
        raise Broken(f"Signature {step.field} does not lock the initials it has to lock.")


@contextlib.contextmanager
def _container(field: str) -> Iterator[None]:
    """What libraries make of a damaged container is a fault of that signature, whatever they call it."""
    try:
        yield
    except Broken:
        raise
    except Exception:
        raise Broken(f"The container of signature {field} is damaged.") from None


def _checked(step: Step, roots: Roots, moment: dt.datetime) -> _Checked:
    """The signature holds over its bytes and its envelope is ours; trust is a separate answer. Raises Broken."""
    from cryptography import x509
    from pyhanko.sign.validation import validate_pdf_signature

    if str(step.signature.sig_object_type) != "/Sig":
        raise Broken(f"Field {step.field} holds no signature of a person or a company.")
    with _container(step.field):
        chain = check_envelope(envelope(step.hexadecimal, step.field), step.field, stamp=False)
        check_root(chain, _anchors(roots.signers), step.field)
        status = validate_pdf_signature(step.signature, context(roots.signers, moment), skip_diff=True)
    if not (status.intact and status.valid):
        raise Broken(f"Signature {step.field} does not fit what it signs.")
    held = tuple(x509.load_der_x509_certificate(c.dump()) for c in chain)
    return _Checked(
        step=step,
        chain=held,
        issuer=chain[-1].issuer.native.get("common_name", chain[-1].issuer.human_friendly),
        trusted=bool(status.trusted),
        issued_by_ours=_issued_by(held[-1], roots.signers),
        at=step.signature.self_reported_timestamp,
    )


def _check_names(checked: list[_Checked], roots: Roots) -> None:
    """Under a seal that goes back to a root of ours, a certificate that names this root by all but a few bits of its
    identifier, and was issued by another key, was altered: the identifier is all that leads from it to the root."""
    if not checked[0].issued_by_ours:
        return
    for one in checked[1:]:
        if not one.issued_by_ours and any(_nearly_names(one.chain[-1], root) for root in roots.signers):
            raise Broken(f"A certificate in signature {one.step.field} was altered.")


def _nearly_names(certificate: Any, root: Any) -> bool:
    from cryptography import x509

    if certificate.issuer != root.subject:
        return False
    try:
        said = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
        ours = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except (x509.ExtensionNotFound, ValueError):
        return True
    if said is None or len(said) != len(ours):
        return True
    return bool(sum((a ^ b).bit_count() for a, b in zip(said, ours, strict=True)) <= _FEW_BITS)


def _issued_by(certificate: Any, roots: tuple[Any, ...]) -> bool:
    """Whether the key of one of these roots signed a certificate, whatever its dates are."""
    from cryptography.exceptions import InvalidSignature

    for root in roots:
        with contextlib.suppress(InvalidSignature, ValueError, TypeError):
            certificate.verify_directly_issued_by(root)
            return True
    return False


def _lists(reader: Any) -> tuple[Any, ...]:
    """The lists of revoked certificates inside the file. Raises Broken for what is none."""
    if "/DSS" not in reader.root:
        return ()
    found = [read_list(stream.get_object().data) for stream in reader.root["/DSS"]["/CRLs"]]
    if None in found:
        raise Broken("The file holds a list of revoked certificates that cannot be read.")
    return tuple(found)


def _asked(checked: _Checked, roots: Roots, inside: tuple[Any, ...], moment: dt.datetime) -> _Checked:
    """The same, not trusted where a certificate of it was revoked in time."""
    lists = (*inside, *roots.lists)
    issuers = [*checked.chain[1:], *(r for r in roots.signers if r.subject == checked.chain[-1].issuer)]
    for certificate in checked.chain:
        for issuer in (i for i in issuers if i.subject == certificate.issuer):
            one = revocation(certificate, issuer, lists)
            if one is not None and counts(one, claimed=checked.at, proven=moment):
                return replace(checked, trusted=False, revoked_at=one.at)
    return checked


def _closed(step: Step, roots: Roots) -> Closed:
    """A time stamp. It is trusted only for moments inside the authority's own dates, which we check."""
    from cryptography import x509
    from pyhanko.sign.validation import validate_pdf_timestamp

    if str(step.signature.sig_object_type) != "/DocTimeStamp":
        raise Broken(f"Field {step.field} holds no time stamp.")
    with _container(step.field):
        chain = check_envelope(envelope(step.hexadecimal, step.field), step.field, stamp=True)
        at: dt.datetime = step.signature.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
        status = validate_pdf_timestamp(step.signature, context(roots.time, at), skip_diff=True)
    if not (status.intact and status.valid):
        raise Broken(f"The time stamp {step.field} does not fit what it covers.")
    certificate = x509.load_der_x509_certificate(chain[0].dump())
    inside = certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
    return Closed(
        at=at,
        authority=common_name(certificate),
        fingerprint=fingerprint(certificate),
        trusted=bool(status.trusted) and inside,
    )


def _anchors(roots: tuple[Any, ...]) -> list[Any]:
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    return [x509.Certificate.load(r.public_bytes(Encoding.DER)) for r in roots]


def context(roots: tuple[Any, ...], moment: dt.datetime) -> Any:
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=_anchors(roots), allow_fetching=False, moment=moment.astimezone(dt.UTC))


def _signed(checked: _Checked, terms: RiderTerms) -> Signed:
    planned = terms.signature(checked.step.field)
    assert planned is not None
    name = common_name(checked.certificate)
    once = evidence_digest(checked.certificate)
    return Signed(
        field=planned.name,
        role=planned.role,
        name=name,
        expected=planned.signer,
        name_agrees=names_agree(name, planned.signer),
        at=checked.at,
        method=Method.ONE_TIME if once else Method.OWN,
        evidence_sha256=once or _evidence_named(checked.step),
        fingerprint=fingerprint(checked.certificate),
        serial=f"{checked.certificate.serial_number:x}",
        issuer=checked.issuer,
        trusted=checked.trusted,
        revoked_at=checked.revoked_at,
        accepted_by=_accepted(checked.step),
    )


def _accepted(step: Step) -> str | None:
    """Who took the other name in a certificate for the person named, as the signature's own reason says."""
    found = _ACCEPTED.search(str(step.signature.sig_object.get("/Reason", "")))
    return found[1] if found else None


def _evidence_named(step: Step) -> str | None:
    """The SHA-256 of the evidence record that a signature with a key of the signer's own names in its reason."""
    reason = step.signature.sig_object.get("/Reason")
    found = _EVIDENCE.search(str(reason)) if reason is not None else None
    return found[1] if found else None


def names_agree(name: str, expected: str | None) -> bool:
    """Whether a certificate's name can be the name on record: the words of one are among those of the other."""
    if expected is None:
        return True
    ours, theirs = (set(text.casefold().replace(".", " ").replace(",", " ").split()) for text in (expected, name))
    return ours <= theirs or theirs <= ours


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """pyHanko logs what it meets; here it becomes part of the answer, and nothing is printed besides."""
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator", "pikepdf")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
