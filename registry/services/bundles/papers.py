"""The signed papers of consents: found by what they are, not by what they are called, and judged offline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from registry.documents.keys import Roots
from registry.documents.report import Report
from registry.documents.verify import verify_pdf
from registry.domain.consent import Consent
from registry.domain.values import dataclass
from registry.errors import UsageError

_MOST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The document of one consent. `data` is None where no file of its digest was found, `report` where there is
    nothing to judge. `expected` is None where the consent names no document."""

    consent: Consent
    expected: str | None
    data: bytes | None
    report: Report | None

    @property
    def state(self) -> str:
        """In a word or two, for lists."""
        if self.expected is None:
            return "none on file"
        if self.report is None:
            return "missing"
        return self.report.headline.lower()


def papers(
    consents: Iterable[Consent], folders: Sequence[Path], roots: Roots, *, now: dt.datetime
) -> tuple[Paper, ...]:
    """The paper of each consent, by id. Raises UsageError for a folder that is not there."""
    shelf = _Shelf(folders)
    found = []
    for consent in sorted(consents, key=lambda c: c.id):
        expected = consent.document.sha256.lower() if consent.document else None
        data = shelf.find(expected, consent.document.file if consent.document else None) if expected else None
        report = verify_pdf(data, roots, now=now) if data is not None else None
        found.append(Paper(consent=consent, expected=expected, data=data, report=report))
    return tuple(found)


class _Shelf:
    """Folders to look in: first under the name a consent gives, then under the digest, then at every PDF there is."""

    def __init__(self, folders: Sequence[Path]) -> None:
        for folder in folders:
            if not folder.is_dir():
                raise UsageError(f"There is no folder {folder}.", "give one that holds the signed PDFs")
        self._folders = folders
        self._every: dict[str, Path] | None = None

    def find(self, digest: str, name: str | None) -> bytes | None:
        names = [Path(name).name] if name else []
        names += [digest, f"{digest}.pdf", f"{digest[:2]}/{digest}", f"{digest[:2]}/{digest}.pdf"]
        for folder in self._folders:
            for each in names:
                data = _read(folder / each)
                if data is not None and sha256(data).hexdigest() == digest:
                    return data
        if self._every is None:
            self._every = self._all()
        return _read(self._every[digest]) if digest in self._every else None

    def _all(self) -> dict[str, Path]:
        every: dict[str, Path] = {}
        for folder in self._folders:
            for path in sorted(folder.rglob("*.pdf")):
                data = _read(path)
                if data is not None:
                    every.setdefault(sha256(data).hexdigest(), path)
        return every


def _read(path: Path) -> bytes | None:
    try:
        if not path.is_file() or path.stat().st_size > _MOST:
            return None
        return path.read_bytes()
    except OSError:
        return None
