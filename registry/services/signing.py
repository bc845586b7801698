"""Issuing, signing and closing a document: each step a new revision, verified before it takes the place of the last.

A step reads the file, adds its revision in memory, judges the result as a stranger would, and only then renames it into
place. The file before is the beginning of the file after: nothing is lost by replacing it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import os
from collections.abc import Collection, Iterator
from dataclasses import field, replace
from pathlib import Path

from registry.documents import sign as steps
from registry.documents.credentials import Credential, fingerprint, load_pkcs12, make_one_time
from registry.documents.evidence import Evidence, Gesture, evidence_bytes, evidence_sha256
from registry.documents.keys import KeyName, certificate, credential, own_roots
from registry.documents.render import Renderer
from registry.documents.report import Report
from registry.documents.terms import DECLINED, RiderTerms, Seal, SignatureField
from registry.documents.verify import names_agree, verify_pdf
from registry.domain.values import dataclass
from registry.errors import IntegrityError, UsageError
from registry.services.placing import put
from registry.services.rendering import render_rider
from registry.source.spelling import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The folder of the registry's keys and the passphrase that opens them."""

    folder: Path
    passphrase: bytes = field(repr=False)

    @property
    def root_sha256(self) -> str:
        """The fingerprint that every document prints."""
        return fingerprint(certificate(self.folder, KeyName.ROOT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A person who signs by a click or a typed name, and what was captured of it. Nothing else is claimed."""

    name: str
    words_agreed: str
    gesture: Gesture = Gesture.TYPED
    identity_proof: str | None = None
    identity_checked_by: str | None = None
    electronic_form_agreed: bool | None = None
    copy_delivered_to: str | None = None
    copy_delivered_at: dt.datetime | None = None
    operator: str | None = None
    authority: str | None = None
    court_reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKey:
    """A person who signs with a certificate of their own, from a PKCS#12 file."""

    file: Path
    passphrase: bytes = field(repr=False)


def issue(terms: RiderTerms, target: Path, *, keys: Keys, now: dt.datetime, renderer: Renderer | None = None) -> Report:
    """Renders a rider with the company's root on it and seals it. `target` must not exist yet."""
    if target.exists():
        raise UsageError(f"{target} exists already; a document is issued once.", "Name another file with --out.")
    rooted = replace(terms, seal=Seal(company=terms.seal.company, root_sha256=keys.root_sha256))
    return _sealed(render_rider(rooted, renderer), rooted.seal.company, target, keys, now)


def seal(path: Path, *, company: str, keys: Keys, now: dt.datetime) -> Report:
    """Seals a rendered rider in place. Refuses one that prints another root than the one that seals it."""
    with _held(path) as base:
        if is_sealed(base):
            raise UsageError(f"{path.name} is sealed already.", f"registry verify {path.name}")
        return _sealed(base, company, path, keys, now)


def sign(
    path: Path,
    *,
    field: str,
    signer: Hand | OwnKey,
    keys: Keys,
    now: dt.datetime,
    initials: str | None = None,
    declined: Collection[str] = (),
    latest_sha256: str | None = None,
) -> Report:
    """One signature on a sealed document, in place. `initials` go beside every clause not in `declined`.

    `latest_sha256` is the revision on record, where there is one: any other file is refused as not the latest.
    """
    with _held(path) as base:
        before = _judged(base, path, keys, now, latest_sha256)
        place = _place(before, field)
        _in_order(before, place)
        boxes = _boxes(before, place, initials, declined)
        hand, method, record = _hand(before, place, signer, boxes, keys, now)
        _refuse_other_name(hand, place)
        made = steps.sign(base, place, hand, now=now, initials=boxes, method=method)
        after = _checked(base, made, keys, now)
        if record is not None:
            put(evidence_file(path, field), record, private=True)
        put(path, made)
        return after


def close(path: Path, *, keys: Keys, now: dt.datetime, latest_sha256: str | None = None) -> Report:
    """Closes a document that everybody has signed with a time stamp of the local authority, in place."""
    with _held(path) as base:
        before = _judged(base, path, keys, now, latest_sha256)
        if before.closed is not None:
            raise UsageError(f"{path.name} is closed already.", f"registry verify {path.name}")
        if before.missing:
            lacks = [plainly(name) for name in before.missing]
            problem = f"{path.name} still lacks {', '.join(lacks)}."
            raise UsageError(problem, f"registry sign {path.name} --field {lacks[0]} --name NAME")
        made = steps.close(base, credential(keys.folder, KeyName.TIME, keys.passphrase), now=now)
        after = _checked(base, made, keys, now)
        put(path, made)
        return after


def is_sealed(data: bytes) -> bool:
    """Whether a file carries a seal or a signature, good or not: what covers the bytes around it stands in no draft."""
    return b"/ByteRange" in data


def evidence_file(path: Path, field: str) -> Path:
    """Where the evidence record of a signature is kept: beside the document."""
    return path.with_name(f"{path.stem}.{field}.evidence.json")


def plainly(place: str) -> str:
    """A place to sign as people type it: `performer` for `sig_performer`."""
    return place.removeprefix("sig_")


def unread(path: Path, error: OSError) -> UsageError:
    """A document that cannot be opened, and where to look."""
    if isinstance(error, FileNotFoundError):
        return UsageError(f"There is no file {path}.", f"ls {path.parent}")
    return UsageError(f"{path} cannot be read: {error.strerror}.", f"ls -ld {path}")


def _sealed(base: bytes, company: str, target: Path, keys: Keys, now: dt.datetime) -> Report:
    made = steps.seal(base, credential(keys.folder, KeyName.SEAL, keys.passphrase), company=company, now=now)
    report = _checked(base, made, keys, now)
    assert report.terms is not None
    if report.terms.seal.root_sha256 != keys.root_sha256:
        raise UsageError(
            f"{target.name} prints another root certificate than the one that would seal it.",
            "Render it again with these keys at hand.",
        )
    put(target, made)
    return report


def _judged(base: bytes, path: Path, keys: Keys, now: dt.datetime, latest_sha256: str | None) -> Report:
    if latest_sha256 is not None and hashlib.sha256(base).hexdigest() != latest_sha256:
        raise UsageError(f"{path.name} is not the latest revision on record.", "Sign the latest one.")
    report = verify_pdf(base, own_roots(keys.folder), now=now)
    if not report.unchanged:
        raise IntegrityError(f"{path.name} is not signed. {report.faults[0] if report.faults else ''}".strip())
    if report.seal is None or not report.seal.trusted:
        raise UsageError(
            f"{path.name} is not sealed with the keys in {keys.folder}; nobody signs it here.",
            f"registry verify {path.name}",
        )
    _refuse_a_step_backwards(report, now)
    return report


def _refuse_a_step_backwards(report: Report, now: dt.datetime) -> None:
    """A clock that stands before the last signature is wrong, now or then."""
    moments = [s.at for s in (report.seal, *report.signatures) if s is not None and s.at is not None]
    if moments and now < max(moments):
        raise UsageError(
            f"The clock of this machine says {now:%Y-%m-%d %H:%M %Z}, and the document was last signed after that.",
            "Set the clock right before signing.",
        )


def _place(report: Report, name: str) -> SignatureField:
    assert report.terms is not None
    place = report.terms.signature(name)
    if place is None:
        names = [plainly(n) for n in report.open or tuple(s.name for s in report.terms.signatures)]
        problem = f"The document has no place {plainly(name)} to sign."
        raise UsageError(problem, f"add --field {nearest(plainly(name), names) or names[0]}")
    if name not in report.open:
        problem = f"{plainly(name)} is signed already; a signature is never replaced."
        raise UsageError(problem, "Issue a new document.")
    if report.closed is not None:
        raise UsageError(f"The document is closed; nobody can sign {plainly(name)} any more.", "Issue a new document.")
    return place


def _in_order(report: Report, place: SignatureField) -> None:
    assert report.terms is not None
    first = next((s for s in report.terms.before(place) if s.name in report.missing), None)
    if first is not None:
        why = (
            "that signature fills the boxes beside the clauses" if first.locks else f"{plainly(place.name)} comes after"
        )
        raise UsageError(f"{plainly(first.name)} signs first: {why}.", f"add --field {plainly(first.name)}")


def _boxes(report: Report, place: SignatureField, initials: str | None, declined: Collection[str]) -> dict[str, str]:
    """The text for every box that this signature fills."""
    assert report.terms is not None
    if not place.locks:
        if initials or declined:
            raise UsageError(f"{plainly(place.name)} has no clauses to initial.", "Leave out the initials.")
        return {}
    clauses = {i.clause: i.name for i in report.terms.initials if i.name in place.locks}
    if unknown := sorted(set(declined) - set(clauses)):
        raise UsageError(f"There is no clause {unknown[0]} to decline.", f"add --decline {' or '.join(clauses)}")
    if set(declined) != set(clauses) and not (initials or "").strip():
        raise UsageError(
            "No initials were given for the clauses that are agreed to.", "add --initials XX, or --decline NO"
        )
    text = (initials or "").strip()
    if text.upper() == DECLINED or len(text) > 8:
        raise UsageError(f"“{text}” cannot stand as initials.", "Give up to eight letters; decline with --decline.")
    return {name: DECLINED if clause in declined else text for clause, name in clauses.items()}


def _hand(
    report: Report, place: SignatureField, signer: Hand | OwnKey, boxes: dict[str, str], keys: Keys, now: dt.datetime
) -> tuple[Credential, str, bytes | None]:
    """What to sign with, how that is called on the page, and the evidence record of a one-time certificate."""
    if isinstance(signer, OwnKey):
        own = load_pkcs12(signer.file.read_bytes(), signer.passphrase, name=signer.file.name)
        return own, "own certificate", None
    record = evidence_bytes(_evidence(report, place, signer, boxes, now))
    digest = evidence_sha256(record)
    issuer = credential(keys.folder, KeyName.ISSUER, keys.passphrase)
    made = make_one_time(signer.name, issuer, evidence_sha256=digest, now=now)
    return made, f"one-time certificate (SES), evidence {digest[:16]}…", record


def _evidence(report: Report, place: SignatureField, hand: Hand, boxes: dict[str, str], now: dt.datetime) -> Evidence:
    assert report.terms is not None
    assert report.digest is not None
    return Evidence(
        signer=hand.name,
        field=place.name,
        words_agreed=hand.words_agreed,
        gesture=hand.gesture,
        at=now,
        clock="clock of this machine",
        document_sha256=report.sha256,
        terms_sha256=report.digest,
        template=f"{report.terms.template} {report.terms.template_version}",
        language=report.terms.language,
        initials=tuple(f"{i.clause}: {boxes[i.name]}" for i in report.terms.initials if i.name in boxes),
        identity_proof=hand.identity_proof,
        identity_checked_by=hand.identity_checked_by,
        electronic_form_agreed=hand.electronic_form_agreed,
        copy_delivered_to=hand.copy_delivered_to,
        copy_delivered_at=hand.copy_delivered_at,
        operator=hand.operator,
        authority=hand.authority,
        court_reference=hand.court_reference,
    )


def _refuse_other_name(hand: Credential, place: SignatureField) -> None:
    if not names_agree(hand.name, place.signer):
        raise UsageError(
            f"{hand.name} is not who {plainly(place.name)} is for: the document names {place.signer}.",
            "Sign as the person named, or issue a document that names the other one.",
        )


def _checked(base: bytes, made: bytes, keys: Keys, now: dt.datetime) -> Report:
    """The new revision, judged as a stranger would before it may take the place of the old one."""
    report = verify_pdf(made, own_roots(keys.folder), now=now)
    if not made.startswith(base) or not report.unchanged:
        fault = report.faults[0] if report.faults else "The file before is not its beginning."
        raise IntegrityError(f"The new revision does not hold, and was not written. {fault}")
    return report


@contextlib.contextmanager
def _held(path: Path) -> Iterator[bytes]:
    """The bytes of a file that nobody else signs meanwhile. Two signers of one revision would lose one signature."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise unread(path, error) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_ino != path.stat().st_ino:
            raise UsageError(f"{path.name} was signed by somebody else in this moment.", "Sign the new revision.")
        yield path.read_bytes()
    finally:
        os.close(handle)
