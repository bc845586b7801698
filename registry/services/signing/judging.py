"""Whether a step may be taken: the file judged before and after, the place to sign, its order, and its boxes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection
from pathlib import Path

from registry.documents.keys import own_roots
from registry.documents.report import Report
from registry.documents.terms import DECLINED, SignatureField
from registry.documents.verify import verify_pdf
from registry.errors import IntegrityError, UsageError
from registry.services.holding import plainly
from registry.services.signing.signers import Keys
from registry.source.spelling import nearest


def judged(base: bytes, path: Path, keys: Keys, now: dt.datetime, latest_sha256: str | None) -> Report:
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
    refuse_a_step_backwards(report, now)
    return report


def refuse_a_step_backwards(report: Report, now: dt.datetime) -> None:
    """A clock that stands before the last signature or time stamp is wrong, now or then."""
    made = (report.seal, *report.signatures, *report.stamps)
    moments = [one.at for one in made if one is not None and one.at is not None]
    if moments and now < max(moments):
        raise UsageError(
            f"The clock of this machine says {now:%Y-%m-%d %H:%M %Z}, and the document was last signed after that.",
            "Set the clock right before signing.",
        )


def place_of(report: Report, name: str) -> SignatureField:
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


def place_to_sign(report: Report, name: str) -> SignatureField:
    """A place that can be signed now. Raises UsageError for one that is signed, or that somebody else comes before."""
    place = place_of(report, name)
    refuse_out_of_order(report, place)
    return place


def refuse_out_of_order(report: Report, place: SignatureField) -> None:
    assert report.terms is not None
    first = next((s for s in report.terms.before(place) if s.name in report.missing), None)
    if first is not None:
        why = (
            "that signature fills the boxes beside the clauses" if first.locks else f"{plainly(place.name)} comes after"
        )
        raise UsageError(f"{plainly(first.name)} signs first: {why}.", f"add --field {plainly(first.name)}")


def boxes_of(report: Report, place: SignatureField, initials: str | None, declined: Collection[str]) -> dict[str, str]:
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


def checked(base: bytes, made: bytes, keys: Keys, now: dt.datetime) -> Report:
    """The new revision, judged as a stranger would before it may take the place of the old one."""
    report = verify_pdf(made, own_roots(keys.folder), now=now)
    if not made.startswith(base) or not report.unchanged:
        fault = report.faults[0] if report.faults else "The file before is not its beginning."
        raise IntegrityError(f"The new revision does not hold, and was not written. {fault}")
    return report
