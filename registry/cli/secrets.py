"""Passphrases and PINs: typed at a terminal, or read from a file descriptor or from a file of its owner's alone.

Never an argument and never the environment: both are seen by others and kept in histories.
"""

from __future__ import annotations

import getpass
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from registry.errors import UsageError

_LONGEST = 4096


def secret(what: str, *, fd: str | None, file: str | None, options: str, again: bool = False) -> bytes:
    """What opens `what`. `options` names the two options in messages; `again` has it typed twice."""
    if fd is not None and file is not None:
        raise UsageError(f"The passphrase of {what} is given twice.", f"leave out {options.split(' or ')[1]}")
    if fd is not None:
        return _first_line(_from_descriptor(fd, options), f"file descriptor {fd}")
    if file is not None:
        return _first_line(_from_file(Path(file)), file)
    if not sys.stdin.isatty():
        raise UsageError(f"Nobody is there to type the passphrase of {what}.", f"add {options}")
    return _typed(what, getpass.getpass, again=again)


def _typed(what: str, ask: Callable[..., str], *, again: bool) -> bytes:
    first = ask(f"Passphrase of {what}: ", stream=sys.stderr)
    if again and ask("The same again: ", stream=sys.stderr) != first:
        raise UsageError("The two were not the same; nothing was done.", "Type it again.")
    return first.encode()


def _from_descriptor(number: str, options: str) -> bytes:
    try:
        with os.fdopen(int(number), "rb", closefd=False) as source:
            return source.read(_LONGEST)
    except ValueError:
        raise UsageError(f"{number} is not the number of a file descriptor.", f"add {options}") from None
    except OSError as error:
        raise UsageError(
            f"File descriptor {number} cannot be read: {error.strerror}.", "registry … --passphrase-fd 3 3< FILE"
        ) from None


def _from_file(path: Path) -> bytes:
    try:
        with path.open("rb") as source:
            mode = os.fstat(source.fileno()).st_mode
            if stat.S_ISREG(mode) and mode & 0o077:
                raise UsageError(f"{path} can be read by others than its owner; it was not used.", f"chmod 600 {path}")
            return source.read(_LONGEST)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", f"ls -l {path}") from None


def _first_line(data: bytes, source: str) -> bytes:
    line = data.split(b"\n", 1)[0].removesuffix(b"\r")
    if not line:
        raise UsageError(f"There is no passphrase in {source}.", "Write it in the first line.")
    return line
