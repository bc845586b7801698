"""Proving a pack offline: digests, the ledger's chain and the texts in it, signed papers, and the verdicts again."""

from __future__ import annotations

import csv
import datetime as dt
import hmac
import io
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from registry.documents.apart import document_apart
from registry.documents.keys import Roots
from registry.domain.dates import parse_date, parse_moment
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.engine.on_file import latest
from registry.errors import FileError
from registry.files.bundle import INDEX, LIST, digest, faults, unpacked
from registry.files.registry_file import read_registry
from registry.rules.catalogue import Catalogue
from registry.services.bundles.asking import VerdictLine
from registry.services.register import Clocks, registered


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """What came of it. `faults` is empty where everything holds; `checks` says in sentences what was looked at, `left`
    what could not be. `seal` is the digest of the list, to be compared with the one told by another way. `broken`: the
    files are not those of the list, and nothing else was looked at."""

    kind: str
    title: str
    known_at: str
    seal: str
    files: int
    checks: tuple[str, ...]
    left: tuple[str, ...]
    faults: tuple[str, ...]
    broken: bool


def prove(
    place: Path,
    *,
    roots: Roots,
    catalogue: Catalogue,
    line: VerdictLine,
    now: dt.datetime,
    seal: str | None = None,
) -> Proved:
    """What a pack proves by itself. `seal` is the digest it should have. Raises UsageError for what is no pack."""
    files, odd = unpacked(place)
    found = [*odd, *faults(files)]
    own = digest(files[LIST]) if LIST in files else ""
    if seal is not None and own != seal.lower().removeprefix("sha256:"):
        found.append(f"The list is another than the one you were told of: its digest is {own[:16]}….")
    if found:
        return _proved(files, own, (), (), tuple(found), broken=True)
    said = json.loads(files[INDEX])
    checks: list[str] = [f"{_count(len(files), 'file')} as the list has them."]
    left: list[str] = []
    found += _ledger(files, checks, left, said)
    found += _papers(files, checks, roots, now)
    found += _verdicts(files, checks, left, said, catalogue, line)
    return _proved(files, own, tuple(checks), tuple(left), tuple(found), broken=False)


def _proved(
    files: Mapping[str, bytes],
    own: str,
    checks: tuple[str, ...],
    left: tuple[str, ...],
    found: tuple[str, ...],
    *,
    broken: bool,
) -> Proved:
    said = _index(files)
    return Proved(
        kind=str(said.get("kind", "pack")),
        title=str(said.get("title", "")),
        known_at=str(said.get("known_at", "")),
        seal=own,
        files=len(files),
        checks=checks,
        left=left,
        faults=found,
        broken=broken,
    )


def _index(files: Mapping[str, bytes]) -> dict[str, Any]:
    """What the pack says of itself; nothing where that cannot be read."""
    try:
        said = json.loads(files.get(INDEX, b"{}"))
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _ledger(files: Mapping[str, bytes], checks: list[str], left: list[str], said: Mapping[str, Any]) -> Iterator[str]:
    """The chain, its last entry, and the texts."""
    if "ledger/entries.jsonl" not in files:
        return
    links = [json.loads(each) for each in _lines(files["ledger/entries.jsonl"])]
    previous = None
    for link in links:
        if previous is not None and link["previous"] != previous:
            yield f"Entry {link['entry']} of the ledger does not follow the one before it."
        if sha256(bytes.fromhex(link["previous"]) + link["bytes"].encode()).hexdigest() != link["hash"]:
            yield f"Entry {link['entry']} of the ledger has another hash than its bytes."
        previous = link["hash"]
    if links and (links[-1]["entry"], previous) != (said["ledger"]["entry"], said["ledger"]["hash"]):
        yield "The ledger in the pack does not end where the pack says it stood."
    checks.append(f"{_count(len(links), 'entry', 'entries')} of the ledger, each following the one before.")
    if "ledger/texts.jsonl" not in files:
        left.append("The texts of the ledger are left out.")
        return
    texts = [json.loads(each) for each in _lines(files["ledger/texts.jsonl"])]
    by_entry = {link["entry"]: json.loads(link["bytes"]) for link in links}
    for text in texts:
        entry = by_entry.get(text["entry"])
        fits = hmac.new(bytes.fromhex(text["salt"]), text["content"].encode(), sha256).hexdigest()
        if entry is None or not hmac.compare_digest(fits, entry["commitment"]):
            yield f"The text of entry {text['entry']} is not the one the ledger is committed to."
    checks.append(f"{_count(len(texts), 'text')} as recorded.")


def _papers(files: Mapping[str, bytes], checks: list[str], roots: Roots, now: dt.datetime) -> Iterator[str]:
    """Signed papers: of the digest their consent names, and as whole as when they were packed."""
    if "consents.csv" not in files:
        return
    trusted = looked_at = 0
    for row in csv.DictReader(io.StringIO(files["consents.csv"].decode())):
        path = row["document"]
        if not path:
            continue
        data = files.get(path)
        if data is None or digest(data) != row["document_sha256"]:
            yield f"{path} is not the paper that consent {row['consent']} names."
            continue
        report = document_apart(data, roots, now=now)
        looked_at += 1
        trusted += report.trusted
        was_whole = not row["faults"]
        if report.unchanged is not was_whole:
            yield f"{path}: {'; '.join(report.faults) or report.headline}"
    if looked_at:
        checks.append(f"{_count(looked_at, 'signed paper')} as named by the consents; {trusted} by a root you trust.")


def _verdicts(
    files: Mapping[str, bytes],
    checks: list[str],
    left: list[str],
    said: Mapping[str, Any],
    catalogue: Catalogue,
    line: VerdictLine,
) -> Iterator[str]:
    """The verdicts again, from what is on file in the pack, by the same rules."""
    path = "verdicts/then.jsonl" if "verdicts/then.jsonl" in files else "verdicts/now.jsonl"
    if path not in files:
        return
    packed = _lines(files[path])
    if not said["replays"] or "registry.yaml" not in files:
        left.append("The verdicts cannot be worked out again: what they rest on is not all in the pack.")
        return
    try:
        world = read_registry(files["registry.yaml"].decode(), "registry.yaml", catalogue.dictionary)
    except FileError as error:
        left.append(f"The verdicts were not worked out again: {error}")
        return
    clocks = _clocks(said)
    named = {pack: its for each in packed for pack, its in json.loads(each)["packs"].items()}
    found = registered(world, _filed(world), catalogue, clocks)
    again = {line(e.verdict): e for e in found.entries}
    differing = [json.loads(each)["use"] for each in packed if each not in again]
    ours = {pack: its for e in found.entries for pack, its in e.verdict.packs}
    other = sorted(pack for pack in named if ours.get(pack, named[pack]) != named[pack] or catalogue.pack(pack) is None)
    if differing and other:
        left.append(f"The verdicts were not worked out again: this program has other rules in {', '.join(other[:3])}.")
        return
    for use in dict.fromkeys(differing):
        yield f"The verdict on {use} does not come out of what is in the pack."
    checks.append(f"{_count(len(packed), 'verdict')} worked out again from what is in the pack, the same to the byte.")


def _filed(world: World) -> list[Use]:
    """Each use once, as last filed."""
    uses = latest(world.uses, None)
    return [uses[name] for name in sorted(uses)]


def _clocks(said: Mapping[str, Any]) -> Clocks:
    asked = said["asked"]
    as_of = asked["as_of"]
    moment = parse_moment(as_of) if as_of and "T" in as_of else parse_date(as_of) if as_of else None
    known = parse_moment(asked["known_at"]) if asked["known_at"] else None
    return Clocks(now=parse_moment(said["known_at"]), as_of=moment, known_at=known)


def _lines(data: bytes) -> list[str]:
    return [each for each in data.decode().split("\n") if each]


def _count(n: int, noun: str, plural: str = "") -> str:
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"
