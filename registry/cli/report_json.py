"""A proof for machines: every fact of `registry verify`, keys always the same and in the same order."""

from __future__ import annotations

import datetime as dt
from typing import Any

from registry.documents.report import Closed, Sealed, Signed
from registry.services.standing import Standing
from registry.services.verifying import Verified

FORMAT = "consent-proof/1"


def plain(found: Verified, standing: Standing | None, now: dt.datetime) -> dict[str, Any]:
    """The facts as texts, numbers, lists and objects. `still_in_force` is null where no registry was at hand."""
    report, evidence = found.report, dict(found.evidence)
    return {
        "format": FORMAT,
        "headline": report.headline,
        "status": report.status,
        "sha256": report.sha256,
        "judged": report.judged,
        "faults": list(report.faults),
        "intact": report.intact,
        "covered": report.covered,
        "words_agree": report.words_agree,
        "digest_agrees": report.digest_agrees,
        "terms_sha256": report.digest,
        "consent": report.terms.consent.id if report.terms else None,
        "complete": report.complete,
        "trusted": report.trusted,
        "names_agree": report.names_agree,
        "signed": report.required - len(report.missing),
        "required": report.required,
        "missing": list(report.missing),
        "sealed": _sealed(report.seal),
        "signatures": [_signed(s, evidence.get(s.field)) for s in report.signatures],
        "initials": [{"clause": i.clause, "field": i.field, "text": i.text} for i in report.initials],
        "closed": _stamp(report.closed) if report.closed else None,
        "stamped_again": [_stamp(stamp) for stamp in report.stamped],
        "revocations_known_until": _moment(report.lists_of or (report.closed.at if report.closed else now)),
        "still_in_force": _standing(standing),
    }


def _sealed(sealed: Sealed | None) -> dict[str, Any] | None:
    if sealed is None:
        return None
    return {
        "by": sealed.company,
        "at": _moment(sealed.at),
        "fingerprint": sealed.fingerprint,
        "issuer": sealed.issuer,
        "trusted": sealed.trusted,
        "revoked_at": _moment(sealed.revoked_at),
    }


def _signed(signed: Signed, evidence: bool | None) -> dict[str, Any]:
    return {
        "field": signed.field,
        "role": signed.role.value,
        "name": signed.name,
        "expected": signed.expected,
        "name_agrees": signed.name_agrees,
        "name_accepted_by": signed.accepted_by,
        "at": _moment(signed.at),
        "method": signed.method.value,
        "fingerprint": signed.fingerprint,
        "serial": signed.serial,
        "issuer": signed.issuer,
        "trusted": signed.trusted,
        "revoked_at": _moment(signed.revoked_at),
        "evidence_sha256": signed.evidence_sha256,
        "evidence_agrees": evidence,
    }


def _stamp(stamp: Closed) -> dict[str, Any]:
    return {
        "at": _moment(stamp.at),
        "authority": stamp.authority,
        "fingerprint": stamp.fingerprint,
        "trusted": stamp.trusted,
    }


def _standing(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {
        "on_file": standing.on_file,
        "from_this_document": standing.same,
        "revision": standing.line.value,
        "latest": standing.latest.id if standing.latest else None,
        "in_force": standing.in_force,
        "clauses": [
            {
                "clause": c.clause,
                "state": c.state.value,
                "since": c.since.isoformat() if c.since else None,
                "record": c.record,
                "replaced_by": c.replaced_by,
            }
            for c in standing.clauses
        ],
    }


def _moment(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
