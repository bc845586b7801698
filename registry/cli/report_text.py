"""What a document proves, as separate facts, one a line; none stands in for another."""

from __future__ import annotations

import datetime as dt

from registry.cli.output import WIDTH, columns, labelled, padded
from registry.cli.phrases import day, listing, moment
from registry.documents.report import Method, Report, Signed
from registry.documents.terms import Role
from registry.domain.revision import Revision, Step
from registry.services.holding import plainly
from registry.services.standing import ClauseStanding, Line, Standing, State
from registry.services.verifying import Verified

INDENT = 14
_FOR = {
    Role.COMPANY: "for the company",
    Role.LOAN_OUT: "for the loan-out company",
    Role.GUARDIAN: "as guardian",
    Role.ESTATE: "for the estate",
    Role.UNION: "for the union",
    Role.MINOR: "the minor",
    Role.VENDOR: "for the capture vendor",
    Role.WITNESS: "as witness",
}
# How far a document has come with a revision after which nobody has to sign any more.
STEPS = {
    Step.CLOSED: "closed",
    Step.STAMPED: "stamped again",
    Step.WET_INK: "signed on paper, scan sealed",
    Step.STATED: "our statement of a document made elsewhere",
    Step.KEPT: "made elsewhere, kept as it came",
}
_METHODS = {Method.OWN: "own certificate", Method.ONE_TIME: "one-time certificate, SES"}


def proof(found: Verified, now: dt.datetime, standing: Standing | None = None) -> list[str]:
    """The whole report; with what a registry knows of the consent where one was at hand."""
    report = found.report
    zone = report.terms.production.timezone if report.terms else None
    lines = [_headline(report)]
    for fault in report.faults:
        lines += labelled("fault", fault, indent=INDENT)
    if report.seal is not None:
        lines += _beside(
            "sealed by", report.seal.company, f"key {short(report.seal.fingerprint)}  {_trust(report.seal.trusted)}"
        )
    if report.seal is not None and report.seal.revoked_at is not None:
        lines += labelled(
            "", f"the seal's certificate was revoked on {day(report.seal.revoked_at.date())}", indent=INDENT
        )
    evidence = dict(found.evidence)
    for n, signed in enumerate(report.signatures):
        lines += _beside("" if n else "signed by", _signed(signed, zone), _METHODS[signed.method])
        lines += _doubts(signed, evidence.get(signed.field, False))
    if report.missing:
        lines += labelled("missing", listing(plainly(name) for name in report.missing), indent=INDENT)
    if report.initials:
        lines += labelled("initials", "   ".join(_initialed(report, c) for c in _clauses(report)), indent=INDENT)
    lines += _terms(report)
    lines += _time(report, zone)
    return [*lines, *_still(report, now, standing)]


def _still(report: Report, now: dt.datetime, standing: Standing | None) -> list[str]:
    """Whether it is still in force, or that nobody can know here."""
    if standing is None:
        return _unknown(f"revocations after {_last_day(report, now)}: no registry at hand")
    if not standing.on_file:
        said = f"revocations after {_last_day(report, now)}: consent {standing.consent} is not on file in this registry"
        return [*_unknown(said), *_revision(standing)]
    said = "; ".join(_state(clause) for clause in standing.clauses)
    apart = standing.line is Line.ANOTHER and not standing.same
    whose = ", from another document than this" if apart else ""
    known = labelled("in force", f"{said} ({day(now.astimezone().date())}, this registry{whose})", indent=INDENT)
    return [*known, *_revision(standing)]


def _revision(standing: Standing) -> list[str]:
    """Which revision of a document on record this file is, where it is not the latest; and how to see them all."""
    if standing.latest is None or standing.line not in (Line.EARLIER, Line.UNRECORDED):
        return []
    what = "an earlier one" if standing.line is Line.EARLIER else "none that is on record"
    latest = f"{standing.latest.id[:12]}…, {stands(standing.latest)}"
    lines = labelled("revision", f"{what}; the latest on record is {latest}", indent=INDENT)
    return [*lines, *labelled("", f"registry document show {standing.latest.consent}", indent=INDENT)]


def stands(revision: Revision) -> str:
    """How far a document has come with this revision."""
    if revision.step in STEPS:
        return STEPS[revision.step]
    if revision.signed == revision.required:
        return "everybody signed, not closed"
    return f"{revision.signed} of {revision.required} signed"


def _unknown(said: str) -> list[str]:
    return labelled("cannot know", said, indent=INDENT)


def _state(clause: ClauseStanding) -> str:
    since = f" {day(clause.since)}" if clause.since else ""
    match clause.state:
        case State.IN_FORCE:
            return f"§{clause.clause} yes"
        case State.REVOKED:
            return f"§{clause.clause} REVOKED from{since} by {clause.record}"
        case State.REPLACED:
            return f"§{clause.clause} REPLACED from{since} by {clause.replaced_by}"
        case State.EXPIRED:
            return f"§{clause.clause} ENDED{since}"
        case State.NOT_YET:
            return f"§{clause.clause} from{since}"
        case State.DECLINED:
            return f"§{clause.clause} declined"


def progress(report: Report, file: str) -> list[str]:
    """Where a document stands, and the step that comes next."""
    lines = [_headline(report)]
    if report.missing:
        lines.append(f" registry sign {file} {_as(report, report.missing[0])}")
    elif report.closed is None:
        lines.append(f" registry sign {file} --close")
    else:
        what = "it" if report.terms and report.terms.withdrawal else "its consent"
        lines.append(f" registry import {file}    takes {what} in")
    return lines


def _as(report: Report, field: str) -> str:
    """The options with which whoever the document names signs a place."""
    place = report.terms.signature(field) if report.terms else None
    name = f'"{place.signer}"' if place and place.signer else "NAME"
    return f"--field {plainly(field)} --name {name}" + (" --initials XX" if place and place.locks else "")


def _headline(report: Report) -> str:
    if report.terms is None:
        return report.headline
    return f"{report.headline}   {_what(report)} {report.terms.record} · issued {day(report.terms.issued_at.date())}"


def _what(report: Report) -> str:
    notice = report.terms is not None and report.terms.withdrawal is not None
    return report.terms.kind.value if report.terms and notice else "consent"


def _signed(signed: Signed, zone: str | None) -> str:
    role = _FOR.get(signed.role)
    name = f"{role}: {signed.name}" if role else signed.name
    return f"{name}, {moment(signed.at, zone)}" if signed.at else name


def _doubts(signed: Signed, evidence: bool | None) -> list[str]:
    """What is not as it should be about one signature; nothing where all is."""
    doubts = []
    if signed.revoked_at is not None:
        doubts.append(f"not trusted: its certificate was revoked on {day(signed.revoked_at.date())}")
    elif not signed.trusted:
        doubts.append("not trusted: the root it goes back to is not known here, or its certificate had ended")
    if not signed.name_agrees:
        taken = f"; {signed.accepted_by} accepted that it is the same person" if signed.accepted_by else ""
        doubts.append(f"the document names {signed.expected}{taken}")
    if signed.evidence_sha256 is not None and evidence is False:
        doubts.append("the evidence record beside the file is not the one that was signed")
    return [line for doubt in doubts for line in labelled("", doubt, indent=INDENT)]


def _clauses(report: Report) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i.clause for i in report.initials))


def _initialed(report: Report, clause: str) -> str:
    said = "DECLINED" if clause in report.declined else "yes" if clause in report.agreed else "empty"
    return f"{clause} {said}"


def _terms(report: Report) -> list[str]:
    if report.digest is None:
        return []
    if report.words_agree and report.digest_agrees:
        said = f"JSON = text = digest {report.digest[:4]}…{report.digest[-4:]} on every page"
    else:
        said = "the pages do not say what the terms inside say" if not report.words_agree else "the digests differ"
    return labelled("terms", said, indent=INDENT)


def _time(report: Report, zone: str | None) -> list[str]:
    if report.closed is None:
        return labelled("time", "not closed: no time stamp yet", indent=INDENT) if report.judged else []
    return stamps(report)


def stamps(report: Report) -> list[str]:
    """When a document was closed and stamped again, by whose clock."""
    zone = report.terms.production.timezone if report.terms else None
    lines: list[str] = []
    for n, stamp in enumerate(report.stamps):
        what = "stamped again" if n else "closed"
        whose = "" if stamp.trusted else ", not trusted"
        said = f"{what} {moment(stamp.at, zone)}, {stamp.authority}{whose}"
        lines += labelled("" if n else "time", said, indent=INDENT)
    return lines


def _last_day(report: Report, now: dt.datetime) -> str:
    return day((report.lists_of or (report.closed.at if report.closed else now)).date())


def _trust(trusted: bool) -> str:
    return f"trusted: {'yes' if trusted else 'no'}"


def short(fingerprint: str) -> str:
    """`7F:3A:…`: enough to compare by eye with a fingerprint on paper."""
    plain = fingerprint.replace(":", "").upper()
    return f"{plain[:2]}:{plain[2:4]}:…"


def _beside(label: str, left: str, right: str) -> list[str]:
    """Two facts on a line where they fit, else the second under the first, flush right."""
    head = padded(f" {label}", INDENT)
    if columns(head + left) + 2 + columns(right) <= WIDTH:
        return [padded(head + left, WIDTH - columns(right)) + right]
    return [*labelled(label, left, indent=INDENT), right.rjust(WIDTH)]
