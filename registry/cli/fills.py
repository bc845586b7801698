"""What a document has to state and the registry has no record of, as it is typed: `--fill voucher=V-20417`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from registry.cli.run import Run
from registry.cli.subject import latest
from registry.cli.typed import day, day_or_none
from registry.documents.kinds import NOTICES, DocumentKind
from registry.documents.terms import Particulars, Replaced, Withdrawal
from registry.domain.consent import Consent
from registry.errors import UnknownError, UsageError
from registry.source.spelling import nearest

_PARTICULARS = (
    "voucher", "court", "witness", "translation", "policy", "reports", "spots", "script", "place", "operators",
    "storage", "pay", "approvals", "contact", "loan_out",
)  # fmt: skip
_KEYS = (*_PARTICULARS, "period", "replaces", "clauses", "effective", "until", "because", "record")


def fills(typed: Sequence[str]) -> dict[str, str]:
    """The pairs that were typed. Raises UsageError for one that says nothing, and for a key of no document."""
    found: dict[str, str] = {}
    for text in typed:
        key, equals, value = text.partition("=")
        if not equals or not value.strip():
            raise UsageError(f"--fill: {text} names no value.", f"add --fill {key or 'voucher'}=VALUE")
        if key not in _KEYS:
            meant = nearest(key, _KEYS)
            hint = f"; did you mean {meant}?" if meant else "."
            raise UsageError(f"--fill: no document states {key}{hint}", f"it is one of {', '.join(_KEYS)}")
        found[key] = value.strip()
    return found


def particulars(filled: Mapping[str, str]) -> Particulars:
    given = {key: filled[key] for key in _PARTICULARS if key in filled}
    return Particulars(period_until=day_or_none("--fill period", filled.get("period")), **given)


def replaced(run: Run, consent: Consent, filled: Mapping[str, str]) -> Replaced | None:
    """The consent on file that an amendment changes, by the digest of its signed file."""
    name = filled.get("replaces")
    if name is None:
        return None
    earlier = latest(run.store.values(Consent, {name}), name)
    if earlier is None:
        raise UnknownError("consent", name)
    if earlier.document is None:
        problem = f"Consent {name} is on file without its signed document, and an amendment prints the digest of that."
        raise UsageError(problem, f"registry import {name}.pdf")
    own = {g.clause for g in consent.grants}
    clauses = _clauses(filled) or tuple(g.clause for g in earlier.grants if g.clause in own)
    return Replaced(consent=name, sha256=earlier.document.sha256, clauses=clauses)


def withdrawal(kind: DocumentKind | None, consent: Consent, filled: Mapping[str, str]) -> Withdrawal | None:
    """What a notice withdraws, and from when."""
    if kind not in NOTICES or "effective" not in filled:
        return None
    return Withdrawal(
        record=filled.get("record", f"{kind}-{consent.id}"),
        effective=day("--fill effective", filled["effective"]),
        until=day_or_none("--fill until", filled.get("until")),
        clauses=_clauses(filled),
        because=filled.get("because"),
    )


def _clauses(filled: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in filled.get("clauses", "").split(",") if part.strip())
