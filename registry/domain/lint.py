"""What a reading of a draft finds before it is issued: where, what, why, and what to write instead."""

from __future__ import annotations

from enum import StrEnum

from registry.domain.values import dataclass


class Severity(StrEnum):
    """Whether a finding stops the issue, or is only to be looked at."""

    REFUSES = "refuses"
    WARNS = "warns"


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFinding:
    """One thing in a draft that would make it void, refused or regretted. `id` is a rule of a pack, or our own
    (`LINT-…`); `where` is a clause and a field; `why` names the rule or source; `write` is what to write instead."""

    id: str
    where: str
    says: str
    why: str
    severity: Severity
    write: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Despite:
    """What somebody issues a document in spite of, and the reason they give."""

    ids: tuple[str, ...]
    because: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """Everything found in one draft; what refuses comes first."""

    consent: str
    kind: str
    findings: tuple[LintFinding, ...]

    @property
    def refusing(self) -> tuple[LintFinding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.REFUSES)

    @property
    def warning(self) -> tuple[LintFinding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.WARNS)

    def stopping(self, despite: Despite | None) -> tuple[LintFinding, ...]:
        """What still stops the issue when somebody answers for the rest."""
        answered = despite.ids if despite else ()
        return tuple(f for f in self.refusing if f.id not in answered)
