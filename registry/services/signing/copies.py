"""A signer's copy: the revision that holds their signature, and a record of how they came by it.

The record is made after the signature and stands beside its evidence. It is never put into that evidence: what is
signed cannot tell what happened later.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

from registry.domain.canonical import canonical_bytes, to_plain
from registry.domain.values import dataclass
from registry.services.holding import evidence_file, plainly
from registry.services.placing import put

SCHEMA = "consent-copy/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One copy that left: in which way, and when."""

    how: str
    at: dt.datetime


def copy_file(path: Path, field: str) -> Path:
    """Where the record of a signer's copies is kept: beside the document."""
    return path.with_name(f"{path.stem}.{field}.copy.json")


def record_copies(path: Path, field: str, *, signer: str, data: bytes, copies: Sequence[Copy]) -> None:
    """Write down which copies of the revision `data` a signer has had."""
    record = {
        "schema": SCHEMA,
        "signer": signer,
        "field": field,
        "copy_sha256": hashlib.sha256(data).hexdigest(),
        "evidence_sha256": hashlib.sha256(evidence_file(path, field).read_bytes()).hexdigest(),
        "copies": [to_plain(copy) for copy in copies],
    }
    put(copy_file(path, field), canonical_bytes(record) + b"\n", private=True)


def save_copy(path: Path, field: str, *, data: bytes, folder: Path) -> Path:
    """Put a signer's copy in a folder, called after the document and the signer. Another file is never written over:
    the copy then bears the beginning of its digest. Raises OSError where it cannot be written."""
    file = folder / f"{path.stem}.{plainly(field)}.pdf"
    if file.exists() and file.read_bytes() != data:
        file = file.with_stem(f"{file.stem}-{hashlib.sha256(data).hexdigest()[:8]}")
    put(file, data, private=True)
    return file
