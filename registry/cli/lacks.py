"""What a verdict says is missing and what follows it, put together the way people count: one consent, one approval."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import field

from registry.cli.phrases import counted, day, listing, moment, piece, sentence
from registry.domain.finding import Finding, Requirement, RequirementKind, ScopePiece, State, Verdict
from registry.domain.money import Money
from registry.domain.values import dataclass

_NOUNS = {
    RequirementKind.CONSENT: ("consent", "consents"),
    RequirementKind.NOTICE: ("notice", "notices"),
    RequirementKind.APPROVAL: ("approval", "approvals"),
    RequirementKind.REASON: ("recorded reason", "recorded reasons"),
    RequirementKind.BARGAINING: ("round of bargaining", "rounds of bargaining"),
    RequirementKind.PAYMENT: ("payment", "payments"),
    RequirementKind.DUTY: ("duty", "duties"),
    RequirementKind.RULING: ("ruling", "rulings"),
    RequirementKind.FACT: ("condition", "conditions"),
    RequirementKind.FORM: ("form of a consent", "forms of a consent"),
    RequirementKind.PROHIBITED: ("prohibition", "prohibitions"),
    RequirementKind.PACK: ("question of scope", "questions of scope"),
}

# A part of the residual is named by these; other axes are said where some clause stops at them.
_ALWAYS_SAID = ("scenes", "elements")
# What nobody grants without naming it is asked for by name, whatever else is missing.
_TO_BE_NAMED = ("content", "real_time", "purposes", "ages")
_UNSAID = (("none",), ("no",), ("final",), ("as the performer is",))
_STOPS = {"role_use": "use as", "real_time": "real time:", "purposes": "purpose"}
# One consent, approval or notice serves every clause that asks for it.
_SHARED = (RequirementKind.CONSENT, RequirementKind.APPROVAL, RequirementKind.NOTICE)


@dataclass(slots=True)
class Lack:
    """One thing that is missing, and every clause that asks for it."""

    kind: RequirementKind
    party: str | None
    findings: list[Finding] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)

    @property
    def rules(self) -> list[str]:
        return list(dict.fromkeys(finding.rule for finding in self.findings))

    @property
    def deadline(self) -> dt.datetime | None:
        """The earliest moment by which it has to be there."""
        return min((r.deadline for r in self.requirements if r.deadline), default=None)

    @property
    def too_late(self) -> bool:
        return any(f.cure.can_still_be_met is False for f in self.findings if f.cure)

    @property
    def noun(self) -> str:
        """What it is, without a number: `approval by Netflix`."""
        name = _NOUNS[self.kind][0]
        if self.party is None:
            return name
        link = {RequirementKind.NOTICE: "to", RequirementKind.BARGAINING: "with"}.get(self.kind, "by")
        return f"{name} {link} {party(self.party)}"


def party(name: str) -> str:
    """A platform by its name, the performer and the union with their article."""
    if name in ("performer", "union", "platform"):
        return f"the {name}"
    return name.capitalize() if name.islower() else name


def lacks(verdict: Verdict, state: State) -> list[Lack]:
    """What the findings in `state` ask for; the same thing of the same people taken together."""
    found: dict[tuple[object, ...], Lack] = {}
    for finding in verdict.findings:
        if finding.state is not state:
            continue
        parts = [part.requirement for part in finding.parts if part.state is state]
        for requirement in parts or [Requirement(kind=RequirementKind.PACK)]:
            other = requirement.to or requirement.sender
            own = None if requirement.kind in _SHARED else finding.rule
            lack = found.setdefault((requirement.kind, other, own), Lack(requirement.kind, other))
            lack.findings.append(finding)
            lack.requirements.append(requirement)
    return list(found.values())


def counted_lacks(found: Iterable[Lack]) -> str:
    """`one consent and two approvals`; who is asked is said where there is only one to ask."""
    kinds: dict[RequirementKind, list[Lack]] = {}
    for lack in found:
        kinds.setdefault(lack.kind, []).append(lack)
    return listing(
        f"one {same[0].noun}" if len(same) == 1 else counted(len(same), *_NOUNS[kind]) for kind, same in kinds.items()
    )


def due_text(finding: Finding, zone: str | None) -> str:
    """A duty or payment that follows, in a line: `pay 3,000.00 USD before credits, by 5 Dec 2026`."""
    requirement = finding.requirement
    if requirement is None:
        return finding.title
    text = _owed(requirement, finding)
    if requirement.due_on is not None:
        text += f", by {day(requirement.due_on)}"
    elif requirement.deadline is not None:
        text += f", by {moment(requirement.deadline, zone)}"
    return text


def _owed(requirement: Requirement, finding: Finding) -> str:
    label = requirement.label or ""
    match requirement.kind:
        case RequirementKind.PAYMENT if requirement.amount is not None:
            worked = _worked_out(finding, requirement.amount)
            return " ".join(word for word in ("pay", worked, label) if word)
        case RequirementKind.PAYMENT:
            return f"pay {label}: the amount is not known yet".replace("pay :", "pay:")
        case RequirementKind.NOTICE:
            return f"notice to {party(requirement.to or 'performer')}"
        case _:
            return label or finding.title


def _worked_out(finding: Finding, amount: Money) -> str:
    """The sum, with days and rate where those are exactly what it was made of."""
    days = next((f.value for f in finding.facts if f.name == "use.days_estimated"), None)
    rates = [f.value for f in finding.facts if isinstance(f.value, Money)]
    if isinstance(days, int) and days > 1:
        for rate in rates:
            if rate.currency == amount.currency and days * rate.minor == amount.minor:
                return f"{days} days × {rate.spoken()} = {amount.spoken()}"
    return amount.spoken()


def by_question(verdict: Verdict) -> dict[str, list[Finding]]:
    """What a named person has to decide, each question with the findings that wait for it. A ruling on a rule is for
    that rule alone: `rule TVT26-ALT-1`."""
    found: dict[str, list[Finding]] = {}
    for finding in verdict.findings:
        if finding.state is State.REFER:
            for question in finding.rulings or ("rule",):
                key = f"rule {finding.rule}" if question == "rule" else question
                found.setdefault(key, []).append(finding)
    return found


def brief(verdict: Verdict, zone: str | None = None) -> str:
    """Why, in a few words: for a line of a table, or to say what an answer would bring."""
    for state in (State.BARRED, State.UNMET):
        found = lacks(verdict, state)
        if found:
            return "; ".join(_short(lack, verdict) for lack in found)
    referred = lacks(verdict, State.REFER)
    if referred:
        return _referred(referred)
    if verdict.questions:
        asked = verdict.questions[0].ask.partition(":")[0].rstrip("?") + "?"
        return asked if len(verdict.questions) == 1 else f"{len(verdict.questions)} questions open"
    owed = [f for f in verdict.findings if f.state is State.DUE]
    due = [due_text(f, zone) for f in sorted(owed, key=lambda f: bool(f.conditional_on))]
    return due[0] + (f", and {len(due) - 1} more" if len(due) > 1 else "") if due else ""


def residual(verdict: Verdict) -> list[str]:
    """What no grant covers, a line for each part: scenes and elements, what has to be named to be granted, and whatever
    a clause on file stops short of."""
    stops = " ".join(verdict.coverage.edges)
    lines: list[str] = []
    for part in verdict.coverage.residual:
        named = ("languages",) if dict(part.axes).get("acts") == ("dub",) else ()
        always = [(n, v) for n, v in part.axes if n in (*_ALWAYS_SAID, *named)]
        asked = [(n, v) for n, v in part.axes if n in _TO_BE_NAMED and v not in _UNSAID]
        short = [(n, v) for n, v in part.axes if f" at {_STOPS.get(n, n)} " in stops]
        axes = dict([*always, *asked, *short])
        said = piece(ScopePiece(tuple((n, v) for n, v in axes.items() if v != ("any",)))) if axes else ""
        lines.append(said or "consent to this use")
    return list(dict.fromkeys(lines)) or ["consent to this use"]


def _short(lack: Lack, verdict: Verdict) -> str:
    if lack.kind is RequirementKind.CONSENT:
        parts = residual(verdict)
        return f"consent: {parts[0]}" if len(parts) == 1 and parts[0] != "consent to this use" else "consent"
    return lack.noun if lack.party is not None else lack.findings[0].title


def _referred(found: list[Lack]) -> str:
    said = " or ".join(f.cure.who for lack in found for f in lack.findings if f.cure and f.cure.who)
    who = [word for word in ("business affairs", "counsel") if word in said.replace("_", " ")]
    titles = list(dict.fromkeys(lack.findings[0].title for lack in found))
    to = f"to {listing(who, 'or')}: " if who else ""
    return f"{to}{titles[0]}" + (f", and {len(titles) - 1} more" if len(titles) > 1 else "")


def summary(verdict: Verdict) -> str:
    """The second line of a verdict: how much is missing, and whether it can wait."""
    barred, unmet = lacks(verdict, State.BARRED), lacks(verdict, State.UNMET)
    if barred:
        return "Nothing that anybody signs can cure this."
    if unmet:
        return _missing(unmet)
    referred = lacks(verdict, State.REFER)
    if referred:
        return _open(len(by_question(verdict)), len(verdict.questions))
    open_ = len(verdict.questions)
    if open_ or any(f.state is State.UNKNOWN for f in verdict.findings):
        return "One question decides." if open_ == 1 else sentence(f"{counted(open_, 'question')} are open")
    due = [f for f in verdict.findings if f.state is State.DUE]
    if due:
        return _may_go_ahead(sum(not f.conditional_on for f in due), sum(bool(f.conditional_on) for f in due))
    met = sum(f.state is State.MET for f in verdict.findings)
    exempt = sum(f.state is State.EXEMPT for f in verdict.findings)
    said = [counted(met, "requirement met", "requirements met")] * bool(met)
    said += [counted(exempt, "exempt")] * bool(exempt)
    return sentence(f"{', '.join(said) or 'nothing asks for anything'}; nothing is owed")


def _may_go_ahead(certain: int, conditional: int) -> str:
    follows = counted(certain, "duty follows", "duties follow") if certain else ""
    perhaps = f"{counted(conditional, 'more' if certain else 'duty', 'more' if certain else 'duties')} may follow"
    said = ", ".join([follows] * bool(certain) + [perhaps] * bool(conditional))
    return sentence(f"it may go ahead; {said}")


def _missing(unmet: list[Lack]) -> str:
    n = len(unmet)
    text = sentence(f"{counted_lacks(unmet)} {_be(n)} missing")
    late = sum(lack.too_late for lack in unmet)
    if late:
        which = "it" if n == 1 else "all of it" if late == n else f"{counted(late, 'of them', 'of them')}"
        return f"{text} The time for {which} has passed."
    return f"{text} {'It cannot' if n == 1 else 'Neither can' if n == 2 else 'None of it can'} wait until after."


def _open(rulings: int, questions: int) -> str:
    asked = f" and {counted(questions, 'question')}" if questions else ""
    text = f"{counted(rulings, 'judgement')}{asked} {_be(rulings + questions)} open"
    return sentence(f"{text}; software does not decide a judgement")


def _be(n: int) -> str:
    return "is" if n == 1 else "are"
