"""Files put in their place: whole or not at all, and never with other permissions than one would expect."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from registry.services.placing import put


def test_a_file_is_put_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "rider.pdf"
    put(path, b"one")
    put(path, b"two")
    assert path.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["rider.pdf"]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rider.pdf"
    path.write_bytes(b"signed")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        put(path, b"another")
    assert caught.value.filename == str(path)
    assert path.read_bytes() == b"signed"
    assert os.listdir(tmp_path) == ["rider.pdf"]


def test_a_folder_that_is_not_there_is_told_by_the_name_that_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "rider.pdf"
    with pytest.raises(FileNotFoundError) as caught:
        put(path, b"")
    assert caught.value.filename == str(path)


def test_a_file_keeps_its_permissions_and_a_private_one_is_its_owners(tmp_path: Path) -> None:
    kept, new, own = (tmp_path / name for name in ("kept", "new", "own"))
    kept.write_bytes(b"one")
    kept.chmod(0o640)
    (tmp_path / "plain").write_bytes(b"")
    for path in (kept, new):
        put(path, b"two")
    put(own, b"evidence", private=True)
    assert [path.stat().st_mode & 0o777 for path in (kept, own)] == [0o640, 0o600]
    assert new.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "latest.pdf").symlink_to("rider.pdf")
    put(tmp_path / "latest.pdf", b"one")
    assert (tmp_path / "latest.pdf").is_symlink()
    assert (tmp_path / "rider.pdf").read_bytes() == b"one"


def test_what_is_no_file_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    put(pipe, b"exported")
    assert os.read(reader, 100) == b"exported"
    os.close(reader)
    assert pipe.is_fifo()
