"""The file of a document while it is signed: nobody else signs it meanwhile, and what lies beside it."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from registry.errors import UsageError


@contextlib.contextmanager
def held(path: Path) -> Iterator[bytes]:
    """The bytes of a file that nobody else signs meanwhile. Two signers of one revision would lose one signature."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise unread(path, error) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_ino != path.stat().st_ino:
            raise UsageError(f"{path.name} was signed by somebody else at this moment.", "Sign the new revision.")
        yield path.read_bytes()
    finally:
        os.close(handle)


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
