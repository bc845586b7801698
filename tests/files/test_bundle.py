"""A pack as files: the same bytes every time, checked by anybody, and nothing in it can be changed unseen."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.errors import UsageError
from registry.files.bundle import INDEX, LIST, About, Piece, faults, path_fault, plain_name, sealed, unpacked, zipped

ABOUT = About(
    kind="delivery",
    subject="harbor",
    title="Harbor Light",
    as_of=None,
    known_at="2026-11-22T10:00:00+00:00",
    asked=(("as_of", None), ("known_at", None)),
    ledger=(7, "ab" * 32),
    redacted=False,
    replays=True,
    program="registry 0.1.0",
)
PIECES = [Piece("uses.csv", b"use\nu-1\n", "uses"), Piece("consents/c-1.json", b"{}\n", "a consent")]
names = st.from_regex(r"[a-z][a-z0-9-]{0,8}(/[a-z][a-z0-9-]{0,8})?\.(csv|json|pdf)", fullmatch=True)
contents = st.dictionaries(names, st.binary(max_size=64), min_size=1, max_size=6)


def _files(given: dict[str, bytes]) -> dict[str, bytes]:
    return sealed([Piece(path, data, "a file") for path, data in given.items()], ABOUT)


@given(contents)
def test_a_pack_as_it_was_made_holds(given: dict[str, bytes]) -> None:
    files = _files(given)
    assert faults(files) == ()
    assert files == _files(dict(reversed(given.items())))
    assert zipped(files) == zipped(dict(reversed(files.items())))


@given(contents, st.data())
def test_one_byte_changed_in_any_file_is_noticed(given: dict[str, bytes], data: st.DataObject) -> None:
    files = _files(given)
    path = data.draw(st.sampled_from(sorted(p for p in files if files[p])))
    at = data.draw(st.integers(0, len(files[path]) - 1))
    changed = bytearray(files[path])
    changed[at] ^= data.draw(st.integers(1, 255))
    assert faults({**files, path: bytes(changed)})


@given(contents, st.data())
def test_a_file_taken_away_or_put_in_is_noticed(given: dict[str, bytes], data: st.DataObject) -> None:
    files = _files(given)
    path = data.draw(st.sampled_from(sorted(files)))
    assert faults({p: d for p, d in files.items() if p != path})
    assert faults({**files, "extra.csv": b""})


def test_another_list_made_for_a_changed_file_does_not_agree_with_the_index() -> None:
    files = sealed(PIECES, ABOUT)
    other = sealed([Piece("uses.csv", b"use\nu-2\n", "uses"), PIECES[1]], ABOUT)
    forged = {**files, "uses.csv": other["uses.csv"]}
    forged[LIST] = other[LIST].replace(*(_line(other, INDEX), _line(files, INDEX)))
    assert faults(forged) == (f"{INDEX} names other files or digests than {LIST}.",)


def _line(files: dict[str, bytes], path: str) -> bytes:
    return next(line for line in files[LIST].splitlines() if line.endswith(path.encode()))


def test_sha256sum_agrees_with_us(tmp_path: Path) -> None:
    files = sealed(PIECES, ABOUT)
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    check = ["sha256sum", "--check", "--strict", "--quiet", LIST]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "uses.csv").write_bytes(b"use\nu-3\n")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1
    assert unpacked(tmp_path)[0].keys() == files.keys()


@settings(max_examples=25)
@given(contents)
def test_a_zip_is_unpacked_as_it_was_packed(tmp_path_factory: pytest.TempPathFactory, given: dict[str, bytes]) -> None:
    files = _files(given)
    place = tmp_path_factory.mktemp("zip") / "pack.zip"
    place.write_bytes(zipped(files))
    assert unpacked(place) == (files, ())


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/etc/passwd",
        "a/../b",
        "a//b",
        "a\\b",
        ".hidden",
        "con",
        "nul.txt",
        "x.",
        "a/b/c/d/e",
        "",
        "ü.csv",
        "a\nb",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    assert path_fault(path)
    with pytest.raises(ValueError):
        sealed([Piece(path, b"", "a file")], ABOUT)


@pytest.mark.parametrize("text", ["Mara", "Young Mara / 2", "../../x", "", "…", "a" * 300, "Trần Mai"])
def test_a_name_made_of_any_text_is_a_plain_one(text: str) -> None:
    assert path_fault(f"{plain_name(text)}.csv") is None


def _archive(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def test_an_archive_that_reaches_outside_is_noticed_and_nothing_of_it_is_written(tmp_path: Path) -> None:
    place = tmp_path / "evil.zip"
    place.write_bytes(_archive(("../evil.txt", b"x"), ("uses.csv", b"")))
    files, odd = unpacked(place)
    assert (list(files), odd) == (["uses.csv"], ("../evil.txt is no plain path.",))
    assert [p.name for p in tmp_path.iterdir()] == ["evil.zip"]


def test_a_file_that_is_twice_in_an_archive_is_noticed(tmp_path: Path) -> None:
    place = tmp_path / "twice.zip"
    with pytest.warns(UserWarning, match="Duplicate name"):
        place.write_bytes(_archive(("uses.csv", b"1"), ("uses.csv", b"2")))
    assert unpacked(place)[1] == ("uses.csv is in it twice.",)


def test_a_link_in_a_folder_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "uses.csv").symlink_to("/etc/hostname")
    assert unpacked(tmp_path) == ({}, ("uses.csv is a link, and no file.",))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", b"hello"])
def test_what_is_no_archive_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "pack.zip"
    place.write_bytes(data)
    with pytest.raises(UsageError, match="is neither a folder nor a ZIP"):
        unpacked(place)


def test_the_index_says_what_every_file_is() -> None:
    said = json.loads(sealed(PIECES, ABOUT)[INDEX])
    assert said["format"] == "consent-evidence/1"
    assert [f["path"] for f in said["files"]] == ["consents/c-1.json", "uses.csv"]
    assert [f["what"] for f in said["files"]] == ["a consent", "uses"]
