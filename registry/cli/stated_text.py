"""What a statement of something signed elsewhere proves, one fact a line."""

from __future__ import annotations

from typing import Any

from registry.cli.output import labelled
from registry.cli.phrases import day, listing
from registry.documents.statement import StatementKind
from registry.documents.statement_proof import StatementReport
from registry.documents.wording import NOT_RECORDED

INDENT = 14


def stated_text(report: StatementReport) -> list[str]:
    stated = report.statement
    lines = [report.headline if stated is None else f"{report.headline}   consent {stated.consent.id}"]
    for fault in report.faults:
        lines += labelled("fault", fault, indent=INDENT)
    if report.seal is not None:
        known = "yes" if report.seal.trusted else "no"
        lines += labelled("sealed by", f"{report.seal.company}, no change allowed; trusted: {known}", indent=INDENT)
    if stated is None:
        return lines
    wet = stated.kind is StatementKind.WET_INK
    what = "signed in ink, scan inside" if wet else "signed with another product, file kept apart"
    lines += labelled("states", f"{what}: {stated.subject_name}, sha256 {stated.subject_sha256[:16]}…", indent=INDENT)
    lines += labelled("signed by", listing(f"{s.name} ({s.place})" for s in stated.signers), indent=INDENT)
    if wet:
        said = f"{len(stated.pages)} files as they came; compared by {stated.compared_by or NOT_RECORDED}"
        lines += labelled("pages", said, indent=INDENT)
        lines += labelled("paper", stated.paper_at or NOT_RECORDED, indent=INDENT)
    for finding in stated.findings:
        lines += labelled("judged", finding, indent=INDENT)
    agreed = listing(f"§{g.clause}" for g in stated.consent.grants) or "nothing"
    refused = f"; declined {listing(f'§{c}' for c in stated.consent.declined)}" if stated.consent.declined else ""
    lines += labelled("agreed", f"{agreed}{refused}", indent=INDENT)
    said = f"more than that {report.seal.company if report.seal else 'the company'} stated this on "
    return [*lines, *labelled("cannot know", f"{said}{day(stated.issued_at.date())}", indent=INDENT)]


def stated_plain(report: StatementReport) -> dict[str, Any]:
    stated = report.statement
    return {
        "format": "consent-statement-proof/1",
        "headline": report.headline,
        "status": report.status,
        "sha256": report.sha256,
        "faults": list(report.faults),
        "trusted": report.trusted,
        "statement_sha256": report.digest,
        "kind": stated.kind.value if stated else None,
        "consent": stated.consent.id if stated else None,
        "subject_sha256": stated.subject_sha256 if stated else None,
        "pages": [{"name": p.name, "sha256": p.sha256} for p in stated.pages] if stated else [],
    }
