"""A PostgreSQL of the tests' own: the one named by REGISTRY_TEST_POSTGRES, or a server started where the programs are.

The storage tests run on SQLite and, where either is to be had, on PostgreSQL too.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OWNER = "postgres"  # the server refuses to run as root


def _program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


def _can_start() -> bool:
    if _program("initdb") is None or _program("pg_ctl") is None:
        return False
    return os.geteuid() != 0 or any(entry.pw_name == _OWNER for entry in pwd.getpwall())


_GIVEN = os.environ.get("REGISTRY_TEST_POSTGRES")
DATABASES = ("sqlite", "postgresql") if _GIVEN or _can_start() else ("sqlite",)


@contextmanager
def server() -> Iterator[str]:
    """The address of a database from which others can be made."""
    if _GIVEN:
        yield _GIVEN
        return
    folder = tempfile.mkdtemp(prefix="registry-postgres-")
    if os.geteuid() == 0:
        shutil.chown(folder, _OWNER)
    data = f"{folder}/data"
    try:
        _run(folder, "initdb", "-D", data, "-A", "trust", "-U", _OWNER, "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        _run(folder, "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://{_OWNER}@/postgres?host={folder}"
        finally:
            _run(folder, "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: str, name: str, *arguments: str) -> None:
    command = [str(_program(name)), *arguments]
    user = _OWNER if os.geteuid() == 0 else None
    subprocess.run(command, cwd=folder, user=user, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
