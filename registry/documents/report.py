"""What a file proves by itself: separate facts, none of which stands in for another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from registry.documents.terms import DECLINED, RiderTerms, Role


class Method(StrEnum):
    """Who held the key. Nothing above SES is claimed unless a certificate of the signer's own was validated."""

    OWN = "own_certificate"
    ONE_TIME = "one_time_certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One signature as the file shows it. `at` is what the signer's clock said; only the closing time is stamped.
    `revoked_at` is when its certificate was revoked, where a list says so and that reaches this signature.
    `accepted_by` took the other name in a certificate for the person that the document names."""

    field: str
    role: Role
    name: str
    expected: str | None
    name_agrees: bool
    at: dt.datetime | None
    method: Method
    evidence_sha256: str | None
    fingerprint: str
    serial: str
    issuer: str
    trusted: bool
    revoked_at: dt.datetime | None = None
    accepted_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The company's seal."""

    company: str
    at: dt.datetime | None
    fingerprint: str
    issuer: str
    trusted: bool
    revoked_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A time stamp over everything: by whose clock, and whether we trust that authority for that moment."""

    at: dt.datetime
    authority: str
    fingerprint: str
    trusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Initialed:
    """What stands in a box beside a clause; None is an empty box, which grants nothing."""

    field: str
    clause: str
    text: str | None

    @property
    def agreed(self) -> bool:
        return self.text is not None and self.text != DECLINED

    @property
    def declined(self) -> bool:
        return self.text == DECLINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The facts of one file, offline and without a database.

    `intact`: every signature holds, and nothing was changed but what its step was meant to change. `covered`: the last
    signature reaches the last byte. `words_agree`: the pages say what consent.json says. `digest_agrees`: consent.json,
    every page and the metadata name one digest. `faults` says in sentences what does not hold. `lists_of` is the day of
    the oldest list of revoked certificates inside; `stamped` are the time stamps since it was closed.
    """

    sha256: str
    judged: bool = True
    faults: tuple[str, ...] = ()
    intact: bool = False
    covered: bool = False
    words_agree: bool = False
    digest_agrees: bool = False
    digest: str | None = None
    terms: RiderTerms | None = None
    seal: Sealed | None = None
    signatures: tuple[Signed, ...] = ()
    missing: tuple[str, ...] = ()
    initials: tuple[Initialed, ...] = ()
    closed: Closed | None = None
    stamped: tuple[Closed, ...] = ()
    lists_of: dt.datetime | None = None

    @property
    def stamps(self) -> tuple[Closed, ...]:
        """Every time stamp, the closing one first."""
        return (self.closed, *self.stamped) if self.closed else ()

    @property
    def required(self) -> int:
        """How many people have to sign."""
        return sum(s.required for s in self.terms.signatures) if self.terms else 0

    @property
    def open(self) -> tuple[str, ...]:
        """The places that nobody has signed yet, those included that need not be signed."""
        signed = {s.field for s in self.signatures}
        return tuple(s.name for s in self.terms.signatures if s.name not in signed) if self.terms else ()

    @property
    def agreed(self) -> tuple[str, ...]:
        """The clauses that everybody agreed to who has a box beside them."""
        agreed = {i.clause for i in self.initials} - {i.clause for i in self.initials if not i.agreed}
        return self._in_order(agreed)

    @property
    def declined(self) -> tuple[str, ...]:
        """The clauses that somebody declined."""
        return self._in_order({i.clause for i in self.initials if i.declined})

    def _in_order(self, clauses: set[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(i.clause for i in self.initials if i.clause in clauses))

    @property
    def trusted(self) -> bool:
        """Whether seal, signatures and every time stamp go back to roots we were told to trust."""
        held = [s.trusted for s in (self.seal, *self.signatures, *self.stamps) if s is not None]
        return bool(held) and all(held)

    @property
    def names_agree(self) -> bool:
        return all(s.name_agrees for s in self.signatures)

    @property
    def complete(self) -> bool:
        """Everybody signed, every box is filled, and the document is closed."""
        boxes = all(i.text is not None for i in self.initials)
        return self.terms is not None and not self.missing and boxes and self.closed is not None

    @property
    def unchanged(self) -> bool:
        return self.judged and self.intact and self.covered and self.words_agree and self.digest_agrees

    @property
    def status(self) -> int:
        """0 complete and valid; 3 valid, but not complete or not trusted; 4 not intact, or cannot be judged."""
        if not self.unchanged:
            return 4
        return 0 if self.complete and self.trusted and self.names_agree else 3

    @property
    def headline(self) -> str:
        if not self.judged:
            return "CANNOT BE JUDGED"
        if not self.unchanged:
            return "NOT INTACT"
        if not self.trusted:
            return "UNCHANGED, NOT TRUSTED"
        if not self.names_agree:
            return "UNCHANGED, SIGNED BY ANOTHER NAME"
        if self.complete:
            return "COMPLETE AND UNCHANGED"
        if not self.missing:
            return "UNCHANGED, NOT CLOSED"
        return f"UNCHANGED, {self.required - len(self.missing)} OF {self.required} SIGNED"
