"""Making a pack: the pieces, a cover, a page that says how to check it, and the list of digests. And putting it in its
place: whole or not at all, and over nothing."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from registry.documents.bundle_page import bundle_html
from registry.documents.prepare import report_prepared
from registry.documents.render import Renderer
from registry.documents.xmp import Metadata
from registry.domain.cover import Cover, Sheet
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.errors import UsageError
from registry.files.bundle import LIST, About, Piece, digest, sealed, zipped
from registry.services.bundles.asking import Asked, Stock
from registry.services.bundles.papers import papers
from registry.services.placing import put
from registry.services.register import Register
from registry.storage.store import Store

_ROWS = 300  # of a table on the cover; the file beside it has them all


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A pack that was made: its files by path, and the digest of its list, which stands for all of it."""

    about: About
    files: Mapping[str, bytes]
    missing: tuple[str, ...]

    @property
    def seal(self) -> str:
        return digest(self.files[LIST])


def stock_of(store: Store, register: Register, asked: Asked, *, replays: bool, proved: World | None = None) -> Stock:
    """What a pack is made from. Papers are judged as of the moment of knowledge, so that a pack can be made again. The
    ledger is that of what is `proved`; left out, of the register's world."""
    clocks = register.clocks
    now = clocks.known_at or clocks.now
    world = proved or register.world
    uses = sorted({u.id for u in register.uses()} | {u.id for u in world.uses if proved})
    return Stock(
        register=register,
        decisions=store.decided(uses, known_at=clocks.known_at),
        papers=papers(register.on_file.consents.values(), asked.folders, asked.roots, now=now),
        head=store.head(),
        proof=store.proof(world, uses),
        replays=replays and not asked.redact,
    )


def made(stock: Stock, asked: Asked, parts: Iterable[Piece], cover: Cover, *, kind: str, subject: str) -> Made:
    """The pack of some pieces under a cover. `cover.digest` is filled in here."""
    pieces = sorted(parts, key=lambda piece: piece.path)
    contents = sha256("".join(f"{digest(p.data)}  {p.path}\n" for p in pieces).encode()).hexdigest()
    about = _about(stock, asked, cover, kind, subject)
    html = bundle_html(_covered(cover, contents, asked, pieces))
    with Renderer() as renderer:
        page = renderer.pdf(html, identifier=sha256(html.encode()).hexdigest()[:32])
    moment = dt.datetime.combine(cover.made_on, dt.time(), dt.UTC)
    told = Metadata(
        title=f"{cover.kind}: {cover.title}", language="en", issued_at=moment, record=cover.record, digest=contents
    )
    pdf = report_prepared(page, told)
    pieces += [
        Piece("index.pdf", pdf, "the cover: what is in this pack, on paper"),
        Piece("README.txt", _readme(about, pieces).encode(), "what this is, and how to check it without our program"),
    ]
    missing = tuple(p.consent.id for p in stock.papers if p.expected and p.data is None)
    return Made(about=about, files=sealed(pieces, about), missing=missing)


def _covered(cover: Cover, contents: str, asked: Asked, pieces: list[Piece]) -> Cover:
    files = Sheet(title="Files", columns=("file", "what it is"), rows=_listed(pieces))
    return Cover(
        kind=cover.kind,
        title=cover.title,
        subtitle=cover.subtitle,
        record=cover.record,
        facts=cover.facts,
        says=cover.says,
        sheets=tuple(_short(sheet) for sheet in (*cover.sheets, files)),
        marks=cover.marks,
        made_on=cover.made_on,
        digest=contents,
        paper=asked.paper,
    )


def _listed(pieces: Iterable[Piece]) -> tuple[tuple[str, str], ...]:
    """The files with what they are; the many of a folder on one line."""
    many = {
        "consents": "each consent clause by clause",
        "documents": "the signed papers, under the id of their consent",
    }
    found: dict[str, str] = {}
    for piece in sorted(pieces, key=lambda p: p.path):
        folder = piece.path.partition("/")[0]
        found.setdefault(f"{folder}/" if folder in many else piece.path, many.get(folder, piece.what))
    return tuple(found.items())


def _short(sheet: Sheet) -> Sheet:
    if len(sheet.rows) <= _ROWS:
        return sheet
    more = f"{len(sheet.rows) - _ROWS:,} more are in the files."
    note = f"{sheet.note} {more}" if sheet.note else more
    return Sheet(title=sheet.title, columns=sheet.columns, rows=sheet.rows[:_ROWS], note=note)


def _about(stock: Stock, asked: Asked, cover: Cover, kind: str, subject: str) -> About:
    clocks = stock.register.clocks
    return About(
        kind=kind,
        subject=subject,
        title=cover.title,
        as_of=clocks.as_of.isoformat() if clocks.as_of else None,
        known_at=(clocks.known_at or clocks.now).isoformat(),
        asked=(
            ("as_of", clocks.as_of.isoformat() if clocks.as_of else None),
            ("known_at", clocks.known_at.isoformat() if clocks.known_at else None),
        ),
        ledger=(stock.head.seq, stock.head.hash.hex()),
        redacted=asked.redact,
        replays=stock.replays,
        program=asked.program,
    )


def _readme(about: About, pieces: Iterable[Piece]) -> str:
    lines = [
        about.title,
        "=" * min(len(about.title), 79),
        "",
        f"A pack of evidence ({about.kind}) from a registry of performers' consents to digital replicas.",
        f"As known at {about.known_at}" + (f", as of {about.as_of}." if about.as_of else "."),
        f"The ledger of the registry stood at entry {about.ledger[0]}, hash {about.ledger[1]}.",
        "",
        "How to check it without our program",
        "-----------------------------------",
        "  sha256sum -c manifest.txt        (macOS: shasum -a 256 -c manifest.txt)",
        "says for every file whether it is the one that was packed. Whoever changes a file can change the list too: so",
        "compare the digest of the list itself with the one you were told by another way:",
        "  sha256sum manifest.txt",
        "A signed paper in documents/ proves itself: open it in any reader that shows signatures, or see consents.csv.",
        "Each line of ledger/entries.jsonl chains to the one before: hash = SHA-256(previous hash, as bytes, then the",
        "bytes of `bytes`). A text in ledger/texts.jsonl is the one recorded if HMAC-SHA256(salt, content) is the",
        "`commitment` in the bytes of its entry.",
        "With our program, offline and without any registry:  registry pack verify FOLDER",
        "",
        "What is in it",
        "-------------",
    ]
    lines += [f"  {path}\n      {what}" for path, what in _listed(pieces)]
    if about.redacted:
        lines += [
            "",
            "Redacted: birth dates, member numbers and the names of those who act for performers are left out, and so",
        ]
        lines += [
            "are the signed papers and the texts of the ledger, which cannot be redacted. Their digests are in it."
        ]
    lines += [
        "",
        "A verdict says what is on file and what the rules ask for. It never says that something is legal.",
        "",
    ]
    return "\n".join(lines)


def refuse_taken(target: Path) -> None:
    """Raises UsageError where something is there already: a pack is not written over it."""
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target} is there already; a pack is not written over it.", "add --out ANOTHER-NAME")
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent}.", f"mkdir -p {target.parent}")


def place(made: Made, target: Path) -> None:
    """Write a pack: a ZIP where the name ends in .zip, else a folder. Under its name there is a whole one or none."""
    refuse_taken(target)
    if target.suffix.lower() == ".zip":
        put(target, zipped(made.files))
        return
    aside = target.with_name(f".{target.name[:40]}.{secrets.token_hex(8)}")
    try:
        for path, data in made.files.items():
            file = aside / path
            file.parent.mkdir(parents=True, exist_ok=True)
            put(file, data)
        os.rename(aside, target)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
