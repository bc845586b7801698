"""A document held against its record: a step that did not end is finished, and an old revision is not signed again."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from registry.documents.keys import own_roots
from registry.documents.report import Report
from registry.documents.verify import verify_pdf
from registry.domain.revision import Revision, Step
from registry.errors import UsageError
from registry.services.archive import Archive, last_step
from registry.services.holding import plainly
from registry.services.signing.signers import Keys


def taken_before(
    archive: Archive,
    document: str | None,
    base: bytes,
    keys: Keys,
    now: dt.datetime,
    step: Step,
    place: str | None = None,
) -> tuple[bytes, Report] | None:
    """The revision that this very step made of this very file, where it was recorded and the file was not yet replaced:
    its bytes and what they prove."""
    latest = archive.latest(document) if document is not None else None
    if latest is None or latest.prefix != _sha256(base) or (latest.step, latest.place) != (step, place):
        return None
    made = archive.data(latest)
    return made, verify_pdf(made, own_roots(keys.folder), now=now)


def caught_up(archive: Archive, path: Path, base: bytes, report: Report, now: dt.datetime) -> None:
    """Record the file where the record is behind it. Raises UsageError where the file is behind the record."""
    assert report.digest is not None
    latest = archive.latest(report.digest)
    if latest is not None and latest.id == _sha256(base):
        return
    if latest is None or base.startswith(archive.data(latest)):
        step, place = last_step(report)
        archive.enter(base, report, step, now=now, base=None, place=place)
        return
    raise UsageError(
        f"{path.name} is not the latest revision on record: {_last(latest)} since.",
        f"cp {archive.file(latest.id)} {path}    brings the latest one back",
    )


def _last(latest: Revision) -> str:
    if latest.step is Step.SIGNED and latest.place:
        return f"{plainly(latest.place)} signed"
    done = {Step.CLOSED: "it was closed", Step.STAMPED: "it was stamped again"}
    return done.get(latest.step, "it was changed")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
