"""Which files of a replica belong to which consent: their digests, bound to the clauses that let them be made.

A file is consented to where the making of what is in it is covered: for the performer, the production and the elements
(voice, likeness, movement) it holds, on the day the replica was made. Whether it is covered is the check's own answer.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from registry.domain.finding import Gate, State, Verdict
from registry.domain.replica import Replica
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import Act, Element, Purpose
from registry.engine.on_file import latest
from registry.errors import Fault, FileError, UnknownError, UsageError
from registry.rules.catalogue import Catalogue
from registry.services.register import Clocks, registered
from registry.source import nearest
from registry.storage.store import Store

_BLOCK = 1 << 20
_ALIASES = {
    "name": ("name", "file", "filename", "file name", "path", "asset"),
    "sha256": ("sha256", "sha-256", "hash", "digest", "checksum", "sha256sum"),
    "elements": ("elements", "element", "kind of data", "type"),
}
_GOOD = (State.MET, State.EXEMPT, State.NONE, State.DUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file as it was given: its name, its digest, and what of the performer it holds (left out: all of the
    replica)."""

    name: str
    sha256: str
    elements: tuple[Element, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A file with the clauses that let it be made. `consented` is no where none do; `why` says what is missing. `known`
    says how the registry knows it: `on file` under this name and digest, `renamed`, `changed` (the name with another
    digest), `elsewhere` (in the custody of another replica), or `new`."""

    name: str
    sha256: str
    elements: tuple[Element, ...]
    clauses: tuple[str, ...]
    consented: bool
    known: str
    holder: str | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All files of one delivery, in order of name, and those in custody that were not among them."""

    replica: Replica
    performer: str
    production: str
    files: tuple[Bound, ...]
    absent: tuple[str, ...]

    @property
    def unconsented(self) -> tuple[Bound, ...]:
        return tuple(f for f in self.files if not f.consented)


def hashed(paths: Iterable[Path]) -> list[Listed]:
    """Files as they lie on the disk; of a folder, every file in it. Raises UsageError for what cannot be read."""
    found = []
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for each in inside:
            name = each.relative_to(path).as_posix() if path.is_dir() else each.name
            found.append(Listed(name=name, sha256=_digest(each)))
    return found


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "registry replica manifest --help") from None
    return digest.hexdigest()


def listed(text: str, name: str) -> list[Listed]:
    """The files of a list: CSV with the columns name and sha256, and elements where files hold different ones; or what
    `sha256sum` writes. Raises FileError with every fault."""
    lines = text.lstrip("\ufeff").splitlines()
    if lines and re.fullmatch(r"[0-9a-fA-F]{64} [ *].+", lines[0]):
        rows = [(n, {"sha256": line[:64], "name": line[66:]}) for n, line in enumerate(lines, 1) if line.strip()]
        return _read(rows, name, {"name": "name", "sha256": "sha256"})
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    columns = _columns(reader.fieldnames or (), name)
    rows = [(n, {k: v or "" for k, v in row.items() if isinstance(k, str)}) for n, row in enumerate(reader, 2)]
    return _read(rows, name, columns)


def _columns(header: Sequence[str], name: str) -> dict[str, str]:
    found = {}
    for wanted, aliases in _ALIASES.items():
        match = next((h for h in header if h.strip().lower() in aliases), None)
        if match is not None:
            found[wanted] = match
    missing = [wanted for wanted in ("name", "sha256") if wanted not in found]
    if missing:
        problem = f"has no column for it; the columns are {', '.join(header) or 'none'}"
        raise FileError(name, [Fault(1, wanted, problem) for wanted in missing], "nothing bound")
    return found


def _read(rows: Iterable[tuple[int, dict[str, str]]], name: str, columns: dict[str, str]) -> list[Listed]:
    found: list[Listed] = []
    faults: list[Fault] = []
    for number, row in rows:
        said = {wanted: row.get(column, "").strip() for wanted, column in columns.items()}
        if not any(said.values()):
            continue
        if not said["name"]:
            faults.append(Fault(number, "name", "is empty"))
        if not re.fullmatch(r"[0-9a-fA-F]{64}", said["sha256"]):
            faults.append(Fault(number, "sha256", f"{said['sha256']!r} is no SHA-256: 64 digits of 0-9 and a-f"))
        words = [w.strip().lower() for w in re.split(r"[;,/ ]+", said.get("elements", "")) if w.strip()]
        wrong = [w for w in words if w not in list(Element)]
        for word in wrong:
            meant = nearest(word, list(Element))
            faults.append(Fault(number, "elements", f"{word}: write {meant or 'voice, likeness or movement'}"))
        if not faults:
            elements = tuple(Element(w) for w in dict.fromkeys(words)) or None
            found.append(Listed(name=said["name"], sha256=said["sha256"].lower(), elements=elements))
    if faults:
        raise FileError(name, faults, "nothing bound")
    return found


def manifest(store: Store, catalogue: Catalogue, replica: str, files: Sequence[Listed], clocks: Clocks) -> Manifest:
    """The files bound to the clauses that let them be made. Raises UsageError for a replica that is not on file, or
    that stands for nobody."""
    every = latest(store.values(Replica, known_at=clocks.known_at), None)
    found = every.get(replica)
    if found is None:
        raise UnknownError("replica", replica)
    if found.performer is None:
        raise UsageError(f"Replica {replica} stands for nobody on file.", "import it with its performer")
    if found.made_for is None:
        raise UsageError(f"Replica {replica} was made for no production on file.", "import it with made_for")
    verdicts = _verdicts(store, catalogue, found, files, clocks)
    known = {f.sha256.lower(): (r, f.name, c.holder) for r in every.values() for c in r.custody for f in c.files}
    named = {f.name: f.sha256.lower() for c in found.custody for f in c.files}
    bound = [_bound(one, found, verdicts, known, named) for one in files]
    given = {one.sha256 for one in files}
    return Manifest(
        replica=found,
        performer=found.performer,
        production=found.made_for,
        files=tuple(sorted(bound, key=lambda b: (b.name, b.sha256))),
        absent=tuple(sorted(name for name, digest in named.items() if digest not in given)),
    )


def _verdicts(
    store: Store, catalogue: Catalogue, replica: Replica, files: Sequence[Listed], clocks: Clocks
) -> dict[tuple[Element, ...], Verdict]:
    """The making of the replica judged for each set of elements that some file holds."""
    assert replica.performer is not None
    assert replica.made_for is not None
    filed = latest(store.values(Use, known_at=clocks.known_at), None)
    making = [u for u in filed.values() if u.act is Act.CREATE_REPLICA and u.replica == replica.id]
    world = store.load(
        performers=[replica.performer], productions=[replica.made_for], uses=making, known_at=clocks.known_at
    )
    production = next(p for p in world.productions if p.id == replica.made_for)
    base = min(making, key=lambda u: u.id) if making else _making(replica, production.timezone)
    base = replace(base, performers=(replica.performer,), production=replica.made_for)
    sets = {one.elements or replica.elements for one in files}
    found = {}
    for elements in sorted(sets):
        judged = registered(world, [replace(base, elements=elements)], catalogue, clocks)
        found[elements] = judged.entries[0].verdict
    return found


def _making(replica: Replica, zone: str | None) -> Use:
    """The making of a replica of which no use is on file: on its day, which counts as a whole."""
    at = None
    if replica.made_on is not None:
        at = dt.datetime.combine(replica.made_on, dt.time(23, 59, 59), ZoneInfo(zone) if zone else dt.UTC)
    return Use(
        id=f"making-{replica.id}"[:64], act=Act.CREATE_REPLICA, replica=replica.id, purpose=Purpose.FINAL, at=at,
        content=(),
    )  # fmt: skip


def _bound(
    one: Listed,
    replica: Replica,
    verdicts: dict[tuple[Element, ...], Verdict],
    known: dict[str, tuple[Replica, str, str]],
    named: dict[str, str],
) -> Bound:
    elements = one.elements or replica.elements
    verdict = verdicts[elements]
    consent = dict(verdict.gates)[Gate.CONSENT]
    clauses = tuple(f"{c.consent} §{c.clause}" for c in verdict.coverage.consents)
    beyond = [e.value for e in elements if e not in replica.elements]
    elsewhere = known.get(one.sha256)
    covered = consent in _GOOD and bool(clauses) and not verdict.coverage.residual and not beyond
    why = "" if covered else _why(verdict, beyond, consent, replica)
    how, holder = _known(one, replica, elsewhere, named)
    if how == "elsewhere":
        assert elsewhere is not None
        covered, why = False, f"it is a file of {elsewhere[0].id}"
    return Bound(
        name=one.name,
        sha256=one.sha256,
        elements=elements,
        clauses=clauses,
        consented=covered,
        known=how,
        holder=holder,
        why=why,
    )


def _why(verdict: Verdict, beyond: Sequence[str], consent: State, replica: Replica) -> str:
    if beyond:
        return f"it holds {', '.join(beyond)}, and the replica on file does not"
    missing = sorted({v for piece in verdict.coverage.residual for v in piece.axis("elements") or ()})
    if verdict.coverage.residual:
        what = f" of {', '.join(missing)}" if missing else ""
        return f"no clause covers the making{what} for {replica.made_for}"
    return f"the consent to the making is {consent.value}"


def _known(
    one: Listed, replica: Replica, elsewhere: tuple[Replica, str, str] | None, named: dict[str, str]
) -> tuple[str, str | None]:
    if elsewhere is not None and elsewhere[0].id == replica.id:
        return ("on file" if named.get(one.name) == one.sha256 else "renamed"), elsewhere[2]
    if elsewhere is not None:
        return "elsewhere", elsewhere[2]
    return ("changed" if one.name in named else "new"), None
