"""A document as it is put before people to read and sign: its bytes, what they prove, and who has still to sign."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from registry.documents.report import Report
from registry.documents.terms import RiderTerms, SignatureField
from registry.domain.values import dataclass
from registry.errors import UsageError
from registry.services.archive import Archive
from registry.services.holding import held, is_sealed
from registry.services.signing.hands import issuer_of
from registry.services.signing.judging import judged
from registry.services.signing.recorded import caught_up
from registry.services.signing.signers import Keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One revision of a document, sealed by us, unchanged, and the latest there is."""

    data: bytes
    report: Report

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def terms(self) -> RiderTerms:
        assert self.report.terms is not None
        return self.report.terms

    @property
    def open(self) -> tuple[SignatureField, ...]:
        """The places nobody has signed yet, in the order in which they can be signed."""
        places = [s for s in self.terms.signatures if s.name in self.report.open]
        return tuple(sorted(places, key=lambda s: (not s.locks, s.group)))


def shown(path: Path, *, keys: Keys, now: dt.datetime, archive: Archive | None = None) -> Shown:
    """The document in a file, judged as it is before a signature. Raises what `sign` would raise after all the reading:
    for a file that is not sealed, not the latest revision, or keys that do not open."""
    with held(path) as base:
        if not is_sealed(base):
            raise UsageError(
                f"{path.name} is not sealed yet; nobody signs before that.", f"registry sign {path.name} --seal"
            )
        report = judged(base, path, keys, now, None)
        if archive is not None:
            caught_up(archive, path, base, report, now)
    issuer_of(keys)
    return Shown(data=base, report=report)
