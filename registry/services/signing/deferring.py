"""Signing with a key that is elsewhere: prepared here, signed there, put together here. Nothing here holds the key.

What has to be signed lies in `NAME.FIELD.tosign`; the prepared revision, until the value is there, in
`NAME.FIELD.deferred`.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Collection
from pathlib import Path

from registry.documents import sign as revisions
from registry.documents.evidence import Captured
from registry.documents.pens import Elsewhere, certificates_in
from registry.documents.report import Report
from registry.domain.canonical import canonical_bytes
from registry.domain.revision import Step
from registry.domain.values import dataclass
from registry.errors import UsageError
from registry.services.archive import Archive
from registry.services.holding import evidence_file, held, plainly
from registry.services.placing import put
from registry.services.signing.hands import with_own
from registry.services.signing.judging import boxes_of, checked, judged, place_of, refuse_out_of_order
from registry.services.signing.recorded import caught_up
from registry.services.signing.signers import Keys
from registry.services.signing.steps import entered

SCHEMA = "consent-deferred/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """What the holder of the key is given: the file to sign, and the SHA-256 of it that some devices ask for."""

    file: Path
    sha256: str


def defer(
    path: Path,
    *,
    field: str,
    certificate: Path,
    captured: Captured,
    keys: Keys,
    now: dt.datetime,
    initials: str | None = None,
    declined: Collection[str] = (),
    archive: Archive | None = None,
) -> Deferred:
    """Prepares a signature with the certificate of a key that is elsewhere. The document itself stays as it is."""
    first, *others = certificates_in(certificate)
    pen = Elsewhere(certificate=first, chain=tuple(c for c in others if c.issuer != c.subject))
    with held(path) as base:
        before = judged(base, path, keys, now, None)
        if archive is not None:
            caught_up(archive, path, base, before, now)
        place = place_of(before, field)
        refuse_out_of_order(before, place)
        boxes = boxes_of(before, place, initials, declined)
        hand = with_own(before, place, pen, captured, boxes, now)
        made = revisions.sign(base, place, pen, now=now, initials=boxes, method=hand.method, reason=hand.reason)
        state = {
            "schema": SCHEMA,
            "base_sha256": hashlib.sha256(base).hexdigest(),
            "revision": base64.b64encode(made[len(base) :]).decode(),
            "evidence": base64.b64encode(hand.record).decode(),
        }
        to_sign = revisions.to_sign(made)
        put(_beside(path, field, "deferred"), canonical_bytes(state), private=True)
        put(_beside(path, field, "tosign"), to_sign)
    return Deferred(file=_beside(path, field, "tosign"), sha256=hashlib.sha256(to_sign).hexdigest())


def complete(
    path: Path, *, field: str, value: Path, keys: Keys, now: dt.datetime, archive: Archive | None = None
) -> Report:
    """The signature that was deferred, with the value that the holder of the key made. Raises UsageError where it does
    not fit, or the document was changed meanwhile."""
    with held(path) as base:
        state = _state(path, field)
        if state["base_sha256"] != hashlib.sha256(base).hexdigest():
            problem = f"{path.name} was signed by somebody else since {plainly(field)} was deferred."
            raise UsageError(problem, f"registry sign {path.name} --field {plainly(field)} --defer CERTIFICATE")
        before = judged(base, path, keys, now, None)
        if archive is not None:
            caught_up(archive, path, base, before, now)
        prepared = base + base64.b64decode(state["revision"])
        made = revisions.completed(prepared, _value(value))
        after = checked(base, made, keys, now)
        record = base64.b64decode(state["evidence"])
        put(evidence_file(path, field), record, private=True)
        report = entered(path, made, after, Step.SIGNED, archive, now, base=base, place=field, evidence=record)
        for kind in ("tosign", "deferred"):
            _beside(path, field, kind).unlink(missing_ok=True)
        return report


def _beside(path: Path, field: str, kind: str) -> Path:
    return path.with_name(f"{path.stem}.{field}.{kind}")


def _state(path: Path, field: str) -> dict[str, str]:
    file = _beside(path, field, "deferred")
    remedy = f"registry sign {path.name} --field {plainly(field)} --defer CERTIFICATE"
    try:
        found = json.loads(file.read_bytes())
        if found["schema"] == SCHEMA and {"base_sha256", "revision", "evidence"} <= found.keys():
            return dict(found)
    except FileNotFoundError:
        raise UsageError(
            f"No signature of {plainly(field)} was deferred here: there is no {file.name}.", remedy
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise UsageError(f"{file.name} is not what was written when the signature was deferred.", remedy)


def _value(file: Path) -> bytes:
    """The value as bytes; a file in base64 is read too, as many devices write it."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", f"ls -l {file}") from None
    try:
        return base64.b64decode(b"".join(data.split()), validate=True) if data.isascii() else data
    except ValueError:
        return data
