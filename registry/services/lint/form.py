"""What the rules of the packs say of a draft, and what to write so that they are met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from registry.domain.consent import Grant
from registry.domain.finding import RequirementKind, State
from registry.domain.lint import LintFinding, Severity
from registry.domain.words import Agreement, Capacity, RecordKind
from registry.rules.catalogue import Catalogue
from registry.rules.pack import FormRule, PackGate, Rule
from registry.services.lint import suggesting
from registry.services.lint.draft import Draft, refuses, warns
from registry.services.lint.trial import Formed, Told, Trial

_REPRESENTED = ("consent.counsel_negotiated", "consent.cba_addresses_replicas")


def findings(draft: Draft, trial: Trial, catalogue: Catalogue) -> Iterator[LintFinding]:
    """Forms that fail, bars, representation, notices, and the platform; each rule once for each clause."""
    yield from _forms(draft, trial)
    yield from _bars(trial, catalogue)
    yield from _representation(draft, trial)
    yield from _notices(draft, trial)
    yield from _platform(trial)


def _forms(draft: Draft, trial: Trial) -> Iterator[LintFinding]:
    for formed in trial.signed:
        rule = formed.rule
        if formed.state is State.MET:
            continue
        yield LintFinding(
            id=rule.id,
            where=_where(formed.grant, _field(rule)),
            says=_said(formed),
            why=f"{rule.cite}: {rule.title}",
            severity=Severity.REFUSES if formed.state is State.UNMET else Severity.WARNS,
            write=_instead(draft, formed),
        )


def _said(formed: Formed) -> str:
    if formed.state is State.UNMET:
        return formed.rule.says
    asked = [name for name in formed.asks if name != "rule"]
    if asked:
        return f"Whether this holds turns on {', '.join(asked)}. {formed.rule.says}"
    return f"Counsel has to say whether this holds. {formed.rule.says}"


def _bars(trial: Trial, catalogue: Catalogue) -> Iterator[LintFinding]:
    """What no signature can turn. A bar of an agreement or a platform may pass, as a strike does: it is only said."""
    for told in trial.findings:
        finding = told.finding
        if finding.state is not State.BARRED:
            continue
        pack = catalogue.pack(finding.pack)
        lasting = pack is not None and pack.gate in (PackGate.HOUSE, PackGate.LAW)
        made = refuses if lasting else warns
        allowed = ", ".join(told.grant.allows)
        write = f"allows: []    and leave out {allowed}" if allowed else f"leave out clause {told.grant.clause}"
        yield made(
            finding.rule, _where(told.grant, "allows" if allowed else ""), finding.says, why=finding.cite, write=write
        )


def _representation(draft: Draft, trial: Trial) -> Iterator[LintFinding]:
    """Rules that a lawyer or a union agreement behind the performer would meet, were the description found wanting."""
    said = {(f.grant.clause, f.rule.id) for f in trial.signed if f.state is not State.MET}
    for formed in trial.doubted:
        rule = formed.rule
        if not isinstance(rule, FormRule) or not set(_REPRESENTED) & set(rule.reads):
            continue
        if formed.state is State.MET or (formed.grant.clause, rule.id) in said:
            continue
        yield warns(
            rule.id,
            _where(formed.grant, "counsel"),
            f"The clause may be void under {rule.cite}: only its description stands for it, and nobody who counts as "
            "the performer's representation for replica terms is named.",
            why=f"{rule.cite}: {rule.title}",
            write=represented(draft),
        )


def represented(draft: Draft) -> str:
    """The line that names representation, from the attorney and the agreement on file."""
    production, person = draft.setting.production, draft.setting.performer
    engagement = draft.setting.engagement
    union = production.agreement not in (None, Agreement.NONE, Agreement.UNKNOWN)
    if union and (engagement is None or engagement.covered_by_agreement is not False):
        return f"cba_addresses_replicas: yes    if {production.agreement}, which covers the work, does so expressly"
    attorney = next(
        (r.name for r in person.representatives if r.capacity is Capacity.ATTORNEY and r.acts_on(draft.today)), None
    )
    name = attorney or "[a lawyer; an agent is none]"
    return f"counsel: {{name: {name}, negotiated_replica_terms: yes}}    once it is so"


def _notices(draft: Draft, trial: Trial) -> Iterator[LintFinding]:
    """Notices to the performer that a planned session still needs, counted by the rule's own deadline."""
    for told in trial.findings:
        for part in told.finding.parts:
            required = part.requirement
            if not told.planned or part.state is not State.UNMET or required.to != "performer":
                continue
            if required.kind is not RequirementKind.NOTICE or required.deadline is None:
                continue
            late = draft.now > required.deadline
            zone = draft.setting.production.timezone
            by = _spoken(required.deadline, zone)
            given = _given(draft, told)
            says = f"Notice of {told.use.id} was due by {by}{given}." if late else f"No notice of {told.use.id} yet."
            write = f"move {told.use.id}, or record the notice that was given: " if late else f"by {by}: "
            write += f"registry record notice --to performer --about {told.use.id}"
            made = refuses if late else warns
            yield made(
                told.finding.rule,
                _where(told.grant, "session"),
                says,
                why=f"{told.finding.cite}: {told.finding.title}",
                write=write,
            )


def _given(draft: Draft, told: Told) -> str:
    """The notice that is on file and came too late."""
    found = [
        r.given_at
        for r in draft.world.records
        if r.kind is RecordKind.NOTICE and told.use.id in r.about and r.to == "performer" and r.given_at
    ]
    return f"; it was given {_spoken(max(found), draft.setting.production.timezone)}" if found else ""


def _spoken(moment: dt.datetime, zone: str | None) -> str:
    return f"{moment.astimezone(ZoneInfo(zone) if zone else dt.UTC):%Y-%m-%d %H:%M %Z}"


def _platform(trial: Trial) -> Iterator[LintFinding]:
    """A consent is no approval: what the platform of a planned use has still to be told or asked."""
    open_: dict[str, list[Told]] = {}
    for told in trial.findings:
        asks = [p for p in told.finding.parts if p.requirement.to == "platform" or p.requirement.sender]
        if told.planned and told.finding.gate == "platform" and any(p.state is State.UNMET for p in asks):
            open_.setdefault(told.use.id, []).append(told)
    for use, of_use in open_.items():
        rules = ", ".join(dict.fromkeys(t.finding.rule for t in of_use))
        yield warns(
            "LINT-PLATFORM",
            f"§{of_use[0].grant.clause}",
            f"The platform has still to be told of {use}, or to approve it; this consent does not stand for that.",
            why=rules,
            write=f"registry cure {use} --note    writes the note to its contact",
        )


def _where(grant: Grant, name: str) -> str:
    return f"§{grant.clause} {name}".strip()


# Which field of a draft a fact is read from, the first that a rule reads.
_FIELDS = {
    "consent.blanket_words": "description",
    "consent.specific": "description",
    "consent.court_approved": "court_approved",
    "consent.estate_share": "co_grantors",
    "consent.delivered_at": "delivered_at",
    "consent.delivered_on": "delivered_at",
    "consent.basis": "basis",
    "consent.instrument": "instrument",
    "consent.separately_signed": "separately_signed",
    "consent.conspicuous": "conspicuous",
    "consent.personally_signed": "personally_signed",
    "consent.signed_on": "signed_at",
    "consent.grantor": "grantor",
}


def _reads(rule: Rule | FormRule) -> set[str]:
    if isinstance(rule, FormRule):
        return set(rule.reads)
    return {name for e in rule.expressions for name in e.facts}


def _field(rule: Rule | FormRule) -> str:
    read = _reads(rule)
    return next((name for fact, name in _FIELDS.items() if fact in read), "")


def _answer(draft: Draft, formed: Formed) -> str | None:
    """Where a fact that is missing is written; None where it is one of the consent itself."""
    asked = [name for name in formed.asks if name != "rule" and not name.startswith("consent.")]
    work, person = draft.setting.production.id, draft.consent.performer
    if any(name.startswith("replica.") for name in asked):
        return (
            f"replicas: [{{id: [ID], performer: {person}, kind: employment_based, made_for: {work}, made_on: [DAY]}}]"
        )
    if asked:
        return f"{', '.join(asked)}: answered by the use: registry use add, then registry check"
    return None


def _instead(draft: Draft, formed: Formed) -> str:
    """What would meet the rule, as lines of the draft: the first thing that it reads and the draft lacks."""
    read = _reads(formed.rule)
    if formed.state is not State.UNMET and (line := _answer(draft, formed)):
        return line
    consent = draft.consent
    if {"consent.blanket_words", "consent.specific"} & read:
        lines = [f"description: {suggesting.description(draft, formed.grant)}"]
        return "; or ".join([*lines, represented(draft)]) if set(_REPRESENTED) & read else lines[0]
    answers: Iterable[tuple[str, str]] = (
        ("consent.court_approved", "court_approved: yes, and --fill court=CASE, once the order is there"),
        ("consent.estate_share", "co_grantors: the other right-holders; see registry consent signers"),
        ("consent.delivered_at", "delivered_at: the moment the text was handed over; sign three business days later"),
        ("consent.delivered_on", "delivered_at: the day the text was handed over; sign three business days later"),
        ("consent.signed_on", f"sign before {_first_day(draft)}, or have it said where and how it was put"),
        ("consent.search_enough", "grantor: a right-holder; or a search record and counsel's ruling on it"),
        ("consent.basis", "basis: contract"),
        ("consent.instrument", "instrument: separate_writing"),
    )
    for fact, write in answers:
        if fact in read:
            return write
    return f"registry rules show {formed.rule.id}    says what has to be there; {consent.id} lacks it"


def _first_day(draft: Draft) -> str:
    engagement = draft.setting.engagement
    return engagement.starts_on.isoformat() if engagement and engagement.starts_on else "the first day of work"
