"""Putting a file in its place: under its final name there is always a whole one, the last or the next."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def put(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write `data` under `path`: aside, flushed to the disk, renamed. A file that is replaced keeps its permissions; a
    new one has those of any new file, or is for its owner alone where `private`.

    What is no file (a pipe, a terminal) is written to as it is. Raises OSError that names `path`, whatever failed."""
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replace(path.resolve(), data, 0o600 if private else 0o666)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from error


def _replace(path: Path, data: bytes, mode: int) -> None:
    aside = path.with_name(f".{path.name[:40]}.{secrets.token_hex(8)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            if path.exists():
                os.fchmod(handle, path.stat().st_mode & 0o777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    _flush(path.parent)


def _flush(folder: Path) -> None:
    """The new name itself on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
