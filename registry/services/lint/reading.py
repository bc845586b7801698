"""Lint: every reading of a draft in one list, what refuses first, nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from registry.domain.consent import Consent
from registry.domain.lint import Lint, LintFinding, Severity
from registry.rules.catalogue import Catalogue
from registry.services.lint import form, regimes, scope, signers, wording
from registry.services.lint.draft import Draft
from registry.services.lint.trial import tried


def lint(draft: Draft, catalogue: Catalogue) -> Lint:
    """What a draft lacks. A notice takes back what was granted: there is nothing to read in it."""
    found: Iterable[LintFinding] = ()
    if not draft.notice:
        found = (
            *wording.findings(draft),
            *scope.findings(draft),
            *signers.findings(draft),
            *regimes.findings(draft),
            *form.findings(draft, tried(draft, catalogue), catalogue),
        )
    return Lint(consent=draft.consent.id, kind=draft.kind.value, findings=_ordered(found, draft.consent))


def _ordered(found: Iterable[LintFinding], consent: Consent) -> tuple[LintFinding, ...]:
    """The worst of each id and place, what refuses first, in the order of the clauses; said once where several clauses
    lack the same."""
    worst: dict[tuple[str, str], LintFinding] = {}
    for finding in found:
        kept = worst.get((finding.id, finding.where))
        if kept is None or (kept.severity is Severity.WARNS and finding.severity is Severity.REFUSES):
            worst[(finding.id, finding.where)] = finding
    clauses = {f"§{g.clause}": n for n, g in enumerate(consent.grants)}

    def place(finding: LintFinding) -> tuple[bool, int]:
        return finding.severity is Severity.WARNS, clauses.get(finding.where.partition(" ")[0], len(clauses))

    together: dict[tuple[str, ...], list[LintFinding]] = {}
    for finding in sorted(worst.values(), key=place):
        field = finding.where.partition(" ")[2] if finding.where.startswith("§") else finding.where
        key = (finding.id, field, finding.says, finding.why, finding.severity, finding.write)
        together.setdefault(key, []).append(finding)
    return tuple(_once(alike) for alike in together.values())


def _once(alike: list[LintFinding]) -> LintFinding:
    first = alike[0]
    if len(alike) == 1:
        return first
    clauses = ", ".join(f.where.partition(" ")[0] for f in alike)
    return replace(first, where=f"{clauses} {first.where.partition(' ')[2]}".strip())


def lint_json(found: Lint) -> str:
    """The same for programs; sorted keys, one document."""
    told = {
        "consent": found.consent,
        "findings": [
            {"id": f.id, "where": f.where, "says": f.says, "why": f.why, "severity": f.severity.value, "write": f.write}
            for f in found.findings
        ],
        "kind": found.kind,
        "refused": bool(found.refusing),
    }
    return json.dumps(told, indent=2, ensure_ascii=False, sort_keys=True)
