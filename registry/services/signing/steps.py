"""Issuing, signing and closing a document: each step a new revision, verified before it takes the place of the last.

A step reads the file, adds its revision in memory, judges the result as a stranger would, and only then renames it into
place. The file before is the beginning of the file after: nothing is lost by replacing it. With a registry at hand the
revision goes into its archive first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from registry.documents import sign as revisions
from registry.documents.closing import Authority, stamp_again
from registry.documents.closing import close as closed_by
from registry.documents.credentials import Credential
from registry.documents.keys import KeyName, credential, own_lists
from registry.documents.render import Renderer
from registry.documents.report import Report
from registry.documents.revocation import refuse_outdated, refuse_revoked
from registry.documents.sealed import content_of
from registry.documents.terms import RiderTerms, Seal, stamp_field
from registry.domain.revision import Step
from registry.errors import UsageError
from registry.services.archive import Archive
from registry.services.holding import evidence_file, held, is_sealed, plainly
from registry.services.placing import put
from registry.services.rendering import render_rider
from registry.services.signing.hands import hand_of, proofs_of
from registry.services.signing.judging import boxes_of, checked, judged, place_of, refuse_out_of_order
from registry.services.signing.recorded import caught_up, taken_before
from registry.services.signing.signers import Keys, Signer


def issue(
    terms: RiderTerms,
    target: Path,
    *,
    keys: Keys,
    now: dt.datetime,
    renderer: Renderer | None = None,
    archive: Archive | None = None,
    record: bytes | None = None,
) -> Report:
    """Renders a document with the company's root on it and seals it. `target` must not exist yet; `record` is kept with
    the issue."""
    if target.exists():
        raise UsageError(f"{target} exists already; a document is issued once.", "Name another file with --out.")
    rooted = replace(terms, seal=Seal(company=terms.seal.company, root_sha256=keys.root_sha256))
    made, report = _sealed(render_rider(rooted, renderer), rooted.seal.company, target, keys, now)
    if record is not None:
        put(evidence_file(target, "issue"), record, private=True)
    return entered(target, made, report, Step.ISSUED, archive, now, evidence=record)


def seal(
    path: Path,
    *,
    company: str,
    keys: Keys,
    now: dt.datetime,
    archive: Archive | None = None,
    record: bytes | None = None,
) -> Report:
    """Seals a rendered document in place. Refuses one that prints another root than the one that seals it. `record` is
    what is kept with the issue: in the archive, and beside the document."""
    with held(path) as base:
        if is_sealed(base):
            raise UsageError(f"{path.name} is sealed already.", f"registry verify {path.name}")
        document = content_of(base).digest
        if archive is not None and (before := taken_before(archive, document, base, keys, now, Step.ISSUED)):
            put(path, before[0])
            return before[1]
        made, report = _sealed(base, company, path, keys, now)
        if record is not None:
            put(evidence_file(path, "issue"), record, private=True)
        return entered(path, made, report, Step.ISSUED, archive, now, base=base, evidence=record)


def sign(
    path: Path,
    *,
    field: str,
    signer: Signer,
    keys: Keys,
    now: dt.datetime,
    initials: str | None = None,
    declined: Collection[str] = (),
    latest_sha256: str | None = None,
    archive: Archive | None = None,
) -> Report:
    """One signature on a sealed document, in place. `initials` go beside every clause not in `declined`.

    `latest_sha256` is the revision on record, where there is one: any other file is refused as not the latest. An
    `archive` knows by itself."""
    with held(path) as base:
        before = judged(base, path, keys, now, latest_sha256)
        if archive is not None:
            if (again := taken_before(archive, before.digest, base, keys, now, Step.SIGNED, field)) is not None:
                put(path, again[0])
                return again[1]
            caught_up(archive, path, base, before, now)
        place = place_of(before, field)
        refuse_out_of_order(before, place)
        boxes = boxes_of(before, place, initials, declined)
        hand = hand_of(before, place, signer, boxes, keys, now)
        made = revisions.sign(
            base, place, hand.pen, now=now, initials=boxes, method=hand.method, reason=hand.reason, drawing=hand.drawing
        )
        after = checked(base, made, keys, now)
        put(evidence_file(path, field), hand.record, private=True)
        return entered(path, made, after, Step.SIGNED, archive, now, base=base, place=field, evidence=hand.record)


def close(
    path: Path,
    *,
    keys: Keys,
    now: dt.datetime,
    clock: Authority | None = None,
    latest_sha256: str | None = None,
    archive: Archive | None = None,
) -> Report:
    """Closes a document that everybody has signed, in place, with the lists of revoked certificates inside: by a time
    stamp of the local authority, or of the one named."""
    with held(path) as base:
        before = judged(base, path, keys, now, latest_sha256)
        if archive is not None:
            if (again := taken_before(archive, before.digest, base, keys, now, Step.CLOSED)) is not None:
                put(path, again[0])
                return again[1]
            caught_up(archive, path, base, before, now)
        _refuse_unready(path, before)
        lists = own_lists(keys.folder)
        refuse_outdated(lists, now=now)
        stamper: Credential | Authority = clock or credential(keys.folder, KeyName.TIME, keys.passphrase)
        made = closed_by(base, stamper, now=now, proofs=proofs_of(keys.folder, lists))
        after = checked(base, made, keys, now)
        return entered(path, made, after, Step.CLOSED, archive, now, base=base)


def stamp(
    path: Path,
    *,
    keys: Keys,
    now: dt.datetime,
    clock: Authority | None = None,
    archive: Archive | None = None,
) -> Report:
    """Stamps a closed document again, in place, before the certificate of the earlier authority ends: from then on the
    further stamp proves that the earlier one is older. Nothing else of the document changes."""
    with held(path) as base:
        before = judged(base, path, keys, now, None)
        field = stamp_field(len(before.stamps))
        if archive is not None:
            if (again := taken_before(archive, before.digest, base, keys, now, Step.STAMPED, field)) is not None:
                put(path, again[0])
                return again[1]
            caught_up(archive, path, base, before, now)
        if before.closed is None:
            problem = f"{path.name} is not closed yet; a further time stamp goes on one that is."
            raise UsageError(problem, f"registry sign {path.name} --close")
        stamper: Credential | Authority = clock or credential(keys.folder, KeyName.TIME, keys.passphrase)
        made = stamp_again(base, stamper, now=now, field=field)
        after = checked(base, made, keys, now)
        _refuse_same_authority(path, before, after)
        return entered(path, made, after, Step.STAMPED, archive, now, base=base, place=field)


def _refuse_same_authority(path: Path, before: Report, after: Report) -> None:
    """A stamp with the certificate that the last one has ends on the same day, and proves nothing more."""
    last, made = before.stamps[-1], after.stamps[-1]
    if made.fingerprint == last.fingerprint:
        problem = f"{path.name} has a time stamp with this certificate of {made.authority} already."
        raise UsageError(problem, "registry keys rotate time    makes a new one; or add --tsa URL")


def _refuse_unready(path: Path, before: Report) -> None:
    if before.closed is not None:
        raise UsageError(f"{path.name} is closed already.", f"registry verify {path.name}")
    if before.missing:
        lacks = [plainly(name) for name in before.missing]
        problem = f"{path.name} still lacks {', '.join(lacks)}."
        raise UsageError(problem, f"registry sign {path.name} --field {lacks[0]} --name NAME")
    empty = next((i for i in before.initials if i.text is None), None)
    if empty is not None:
        place = next(s for s in before.terms.signatures if empty.field in s.locks) if before.terms else None
        who = plainly(place.name) if place else "NAME"
        problem = f"The box of {who} beside clause {empty.clause} is empty; every clause is initialed or declined."
        raise UsageError(problem, f"registry sign {path.name} --field {who} --name NAME --initials XX")


def _sealed(base: bytes, company: str, target: Path, keys: Keys, now: dt.datetime) -> tuple[bytes, Report]:
    pen = credential(keys.folder, KeyName.SEAL, keys.passphrase)
    refuse_revoked(pen.certificate, own_lists(keys.folder), "registry keys rotate seal    makes another")
    made = revisions.seal(base, pen, company=company, now=now)
    report = checked(base, made, keys, now)
    assert report.terms is not None
    if report.terms.seal.root_sha256 != keys.root_sha256:
        raise UsageError(
            f"{target.name} prints another root certificate than the one that would seal it.",
            "Render it again with these keys at hand.",
        )
    return made, report


def entered(
    path: Path,
    made: bytes,
    report: Report,
    step: Step,
    archive: Archive | None,
    now: dt.datetime,
    *,
    base: bytes | None = None,
    place: str | None = None,
    evidence: bytes | None = None,
) -> Report:
    """The revision in the archive, then in its place."""
    if archive is not None:
        archive.enter(made, report, step, now=now, base=base, place=place, evidence=evidence)
    put(path, made)
    return report
