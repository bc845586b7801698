"""A registry in a folder that may only be read: reading works, and where it cannot, the reason is told."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.storage.store import create_store

# Whoever runs the tests as the superuser may write anywhere: the store is then asked as nobody, after its modules are
# imported as somebody who may read them.
_ASKED = """
import json, os, sys
from registry.domain.performer import Performer
from registry.errors import RegistryError
from registry.storage.store import open_store
from registry.storage import reading, database
open_store(sys.argv[2]).values(Performer)
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    store = open_store(sys.argv[1])
    print(json.dumps([len(store.values(Performer)), store.head().seq]))
except RegistryError as error:
    print(json.dumps(error.lines()))
"""


@pytest.fixture
def still() -> Iterator[Path]:
    """A registry in a folder in which nobody may write."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        create_store(f"sqlite:///{folder / 'registry.db'}")
        for beside in folder.glob("registry.db-*"):
            beside.unlink()
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def _asked(folder: Path, other: Path) -> object:
    url, readable = f"sqlite:///{folder / 'registry.db'}", f"sqlite:///{other / 'registry.db'}"
    call = [sys.executable, "-c", _ASKED, url, readable]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_what_may_only_be_read_is_read(still: Path, tmp_path: Path) -> None:
    shutil.copy(still / "registry.db", tmp_path)
    before = {file.name: file.read_bytes() for file in still.iterdir()}
    assert _asked(still, tmp_path) == [0, 0]
    assert {file.name: file.read_bytes() for file in still.iterdir()} == before


def test_what_waits_beside_the_file_is_not_left_out_without_a_word(still: Path, tmp_path: Path) -> None:
    shutil.copy(still / "registry.db", tmp_path)
    still.chmod(0o755)
    (still / "registry.db-wal").write_bytes(bytes(4096))
    still.chmod(0o555)
    said = _asked(still, tmp_path)
    assert isinstance(said, list)
    assert "cannot be read as a registry" in said[0]
    assert "What was last recorded waits beside the file" in said[0]
    assert said[1] == f"registry --registry COPY …    after cp -r {still} COPY"
