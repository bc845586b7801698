"""A pack of evidence as files: what is in it, a list of digests that anybody can check, and the same bytes every time.

`manifest.txt` is what `sha256sum` writes: a digest and a path for every other file, checked with `sha256sum -c
manifest.txt` and nothing of ours. `manifest.json` says the same for programs, and what each file is.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from registry.domain.values import dataclass
from registry.errors import UsageError

FORMAT = "consent-evidence/1"
LIST, INDEX = "manifest.txt", "manifest.json"
MOST_FILES, MOST_BYTES = 100_000, 4 * 1024**3
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._()+-]{0,119}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # a ZIP keeps no earlier one; the time of packing says nothing about the evidence


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a pack: its path, its bytes, and what it is, in a line."""

    path: str
    data: bytes
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a pack is of. `ledger` is where the ledger stood: the number of its last entry and its hash. `replays`: the
    verdicts in the pack come out the same from what is in it."""

    kind: str
    subject: str
    title: str
    as_of: str | None
    known_at: str
    asked: tuple[tuple[str, str | None], ...]
    ledger: tuple[int, str]
    redacted: bool
    replays: bool
    program: str


def sealed(pieces: Iterable[Piece], about: About) -> dict[str, bytes]:
    """The files of a pack by path, manifests included, in order. Raises ValueError for a path that is not safe."""
    files: dict[str, bytes] = {}
    whats: dict[str, str] = {}
    for piece in sorted(pieces, key=lambda p: p.path):
        if fault := path_fault(piece.path) or ("is given twice" if piece.path in files else None):
            raise ValueError(f"{piece.path}: {fault}")
        files[piece.path] = piece.data
        whats[piece.path] = piece.what
    said = {
        "format": FORMAT,
        "kind": about.kind,
        "subject": about.subject,
        "title": about.title,
        "as_of": about.as_of,
        "known_at": about.known_at,
        "asked": dict(about.asked),
        "ledger": {"entry": about.ledger[0], "hash": about.ledger[1]},
        "redacted": about.redacted,
        "replays": about.replays,
        "program": about.program,
        "files": [
            {"path": path, "sha256": digest(data), "bytes": len(data), "what": whats[path]}
            for path, data in files.items()
        ],
    }
    files[INDEX] = (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
    files = {path: files[path] for path in sorted(files)}
    listed = "".join(f"{digest(data)}  {path}\n" for path, data in files.items())
    return {**files, LIST: listed.encode()}


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def path_fault(path: str) -> str | None:
    """What keeps a path from being one that every system can hold, inside the folder it is unpacked in."""
    parts = path.split("/")
    if len(parts) > 4 or not all(_NAME.fullmatch(part) for part in parts):
        return "is no plain path"
    if any(part.endswith((".", " ")) or _RESERVED.fullmatch(part) for part in parts):
        return "has a name that some systems keep for themselves"
    return None


def plain_name(text: str) -> str:
    """A name for a file, from an id or a title."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip("-.")[:80] or "unnamed"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP: stored, in order, without times; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _FIRST_DAY)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path])
    return out.getvalue()


def unpacked(place: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files in a folder or a ZIP, by path; and what is in it that cannot be one of ours, in sentences. Raises
    UsageError where it is neither."""
    if place.is_dir():
        return _in_folder(place)
    try:
        with zipfile.ZipFile(place) as archive:
            return _in_archive(archive)
    except (OSError, zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise UsageError(
            f"{place} is neither a folder nor a ZIP that can be read: {error}.", "registry pack verify FOLDER|ZIP"
        ) from None


def _in_folder(place: Path) -> tuple[dict[str, bytes], tuple[str, ...]]:
    files: dict[str, bytes] = {}
    odd: list[str] = []
    size = 0
    for found in sorted(place.rglob("*")):
        path = found.relative_to(place).as_posix()
        if found.is_symlink():
            odd.append(f"{path} is a link, and no file.")
        elif found.is_file():
            size += found.stat().st_size
            _refuse_size(len(files), size)
            files[path] = found.read_bytes()
    return files, tuple(odd)


def _in_archive(archive: zipfile.ZipFile) -> tuple[dict[str, bytes], tuple[str, ...]]:
    entries = [e for e in archive.infolist() if not e.is_dir()]
    _refuse_size(len(entries), sum(e.file_size for e in entries))
    files: dict[str, bytes] = {}
    odd: list[str] = []
    for entry in entries:
        if path_fault(entry.filename):
            odd.append(f"{PurePosixPath(entry.filename).as_posix()} is no plain path.")
        elif entry.filename in files:
            odd.append(f"{entry.filename} is in it twice.")
        else:
            try:
                files[entry.filename] = archive.read(entry)
            except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
                odd.append(f"{entry.filename} cannot be read: {error}.")
    return files, tuple(odd)


def _refuse_size(count: int, size: int) -> None:
    if count > MOST_FILES or size > MOST_BYTES:
        raise UsageError(
            f"It holds {count:,} files or more, {size:,} bytes; a pack of ours has at most {MOST_FILES:,} files and "
            f"{MOST_BYTES:,} bytes.",
            "Check it with: sha256sum -c manifest.txt",
        )


def faults(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Everything in which the files are not those of the list, in sentences; nothing where all agree."""
    if LIST not in files:
        return (f"{LIST} is missing: nobody can tell what belongs to it.",)
    listed, found = _listed(files[LIST])
    for path, expected in listed.items():
        if path not in files:
            found.append(f"{path} is missing.")
        elif digest(files[path]) != expected:
            found.append(f"{path} was changed: its digest is {digest(files[path])[:16]}…, not {expected[:16]}….")
    found += [f"{path} is not on the list." for path in sorted(set(files) - set(listed) - {LIST})]
    if INDEX not in listed:
        found.append(f"{INDEX} is not on the list.")
    elif INDEX in files:
        found += _index_faults(files[INDEX], {p: d for p, d in listed.items() if p != INDEX})
    return tuple(found)


def _listed(data: bytes) -> tuple[dict[str, str], list[str]]:
    listed: dict[str, str] = {}
    found: list[str] = []
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        match = re.fullmatch(r"([0-9a-f]{64})  (.+)", line)
        if match is None or path_fault(match[2]) or match[2] in listed:
            found.append(f"{LIST} line {number} cannot be read.")
        else:
            listed[match[2]] = match[1]
    return listed, found


def _index_faults(data: bytes, listed: Mapping[str, str]) -> list[str]:
    try:
        said = json.loads(data)
        files = {each["path"]: each["sha256"] for each in said["files"]}
        known = said["format"] == FORMAT
    except (ValueError, KeyError, TypeError):
        return [f"{INDEX} cannot be read."]
    if not known:
        return [f"{INDEX} is of another format than {FORMAT}."]
    return [] if files == dict(listed) else [f"{INDEX} names other files or digests than {LIST}."]
