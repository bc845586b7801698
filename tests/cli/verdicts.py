"""Verdicts made by hand: what a note looks like must not depend on any pack."""

from __future__ import annotations

import datetime as dt
from typing import Any

from registry.cli.subject import Subject
from registry.domain.consent import Consent, Grant, Grantor
from registry.domain.facts import Fact, Origin
from registry.domain.finding import (
    Coverage,
    CoveredBy,
    Cure,
    Finding,
    Gate,
    Grade,
    Part,
    Question,
    Requirement,
    RequirementKind,
    ScopePiece,
    State,
    Verdict,
    VerdictWord,
)
from registry.domain.money import Money
from registry.domain.performer import Performer
from registry.domain.production import Production
from registry.domain.use import Use
from registry.domain.words import Act, Element, GrantorCapacity, Purpose
from registry.domain.world import World

PACIFIC = dt.timezone(dt.timedelta(hours=-7))
NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)

CONSENT = Consent(
    id="c-okafor-1",
    performer="okafor",
    grantor=Grantor(capacity=GrantorCapacity.SELF),
    separately_signed=True,
    signed_at=dt.datetime(2026, 9, 10, 9, 15, tzinfo=PACIFIC),
    grants=(
        Grant(
            clause="2.2",
            acts=(Act.USE_REPLICA,),
            elements=(Element.LIKENESS, Element.MOVEMENT),
            productions=("harbor",),
            purposes=(Purpose.FINAL,),
            description="Mara falls from the ferry roof, scenes 41 and 42.",
            scenes=("41", "42"),
            territories=("world",),
            until=dt.date(2030, 12, 31),
        ),
    ),
)
WORLD = World(
    performers=(Performer(id="okafor", legal_name="Adaeze Okafor", professional_name="Ada Okafor"),),
    productions=(Production(id="harbor", title="Harbor Light", timezone="America/Los_Angeles"),),
    consents=(CONSENT,),
)
DUET = Use(
    id="u-60-duet",
    act=Act.USE_REPLICA,
    production="harbor",
    performers=("okafor",),
    scenes=("60",),
    at=dt.datetime(2026, 10, 2, 9, tzinfo=PACIFIC),
)
AGE = Use(id="u-12-age", act=Act.ALTER_PERFORMANCE, production="harbor", performers=("okafor",), scenes=("9",))


def subject(use: Use = DUET, world: World = WORLD) -> Subject:
    return Subject(use=use, world=world)


def finding(rule: str, state: State, kind: RequirementKind, **given: Any) -> Finding:
    """A finding with one requirement; what is given goes to the requirement where it has such a field."""
    asked = {k: given.pop(k) for k in ("to", "sender", "deadline", "amount", "label", "due_on") if k in given}
    gate = given.pop("gate", Gate.AGREEMENT)
    met_by = given.pop("met_by", ())
    part = Part(requirement=Requirement(kind=kind, **asked), state=state, gate=gate, met_by=met_by)
    rest = {"title": f"Title of {rule}", "says": "What the clause says.", "cite": "MOA XX.A.2.b.i", "grade": Grade.B}
    return Finding(rule=rule, pack="some-pack", gate=gate, state=state, parts=(part,), **(rest | given))


def verdict(word: VerdictWord, *findings: Finding, **given: Any) -> Verdict:
    gates = {gate: State.worst([f.state for f in findings if f.gate is gate]) for gate in Gate}
    rest: dict[str, Any] = {
        "use": "u-60-duet",
        "performer": "okafor",
        "production": "harbor",
        "as_of": "2026-10-02",
        "known_at": NOW,
        "coverage": Coverage(),
        "questions": (),
        "packs": (("some-pack", "sha256:9f31"),),
    }
    return Verdict(verdict=word, findings=findings, gates=tuple(gates.items()), **(rest | given))


def refusal() -> Verdict:
    """One consent and one approval missing, a payment to follow."""
    return verdict(
        VerdictWord.NOT_CLEARED,
        finding(
            "TVT23-EBDR-USE-1", State.UNMET, RequirementKind.CONSENT, gate=Gate.CONSENT,
            cure=Cure(kind="rider", text="Ask for a rider with exactly what is missing."),
            facts=(
                Fact("use.act", "use_replica", Origin.USE),
                Fact("replica.kind", "employment_based", Origin.REGISTRY),
            ),
        ),
        finding(
            "NFX-032", State.UNMET, RequirementKind.CONSENT, gate=Gate.CONSENT,
            cure=Cure(kind="rider", text="Ask for a rider with exactly what is missing."),
        ),
        finding(
            "NFX-030", State.UNMET, RequirementKind.APPROVAL, gate=Gate.PLATFORM, sender="netflix",
            cure=Cure(kind="approval_request", text="Ask netflix.", to="netflix"),
        ),
        finding("TVT23-NOTICE-1", State.MET, RequirementKind.NOTICE, to="performer", met_by=("n-1",)),
        finding(
            "TVT23-PAY-USE-1", State.DUE, RequirementKind.PAYMENT, amount=Money(300_000, "USD"), label="before credits",
            facts=(
                Fact("use.days_estimated", 2, Origin.USE),
                Fact("engagement.daily_rate", Money(150_000, "USD"), Origin.REGISTRY),
            ),
        ),
        coverage=Coverage(
            consents=(CoveredBy(consent="c-okafor-1", clause="2.2"),),
            residual=(
                ScopePiece(
                    (
                        ("acts", ("use_replica",)), ("productions", ("harbor",)),
                        ("elements", ("likeness", "movement")),
                        ("scenes", ("60",)), ("territories", ("world",)),
                    )
                ),
            ),
            edges=("c-okafor-1 §2.2 stops at scenes 41, 42",),
        ),
    )  # fmt: skip


def cleared() -> Verdict:
    met = finding("TVT23-ALT-1", State.MET, RequirementKind.CONSENT, gate=Gate.CONSENT, met_by=("c-okafor-1",))
    return verdict(VerdictWord.CLEARED, met)


def referral() -> Verdict:
    return verdict(
        VerdictWord.REFER,
        finding(
            "TVT23-ALT-1", State.REFER, RequirementKind.CONSENT, gate=Gate.CONSENT, rulings=("use.as_scripted",),
            title="A digital alteration needs consent",
            cure=Cure(kind="ruling", text="A named person has to decide this.", who="business_affairs"),
            notes=("The production claims the scene stays substantially as scripted and performed.",),
        ),
        use="u-12-age",
    )  # fmt: skip


def open_question() -> Verdict:
    return verdict(
        VerdictWord.INCOMPLETE,
        finding(
            "TVT23-ALT-1", State.UNKNOWN, RequirementKind.CONSENT, gate=Gate.CONSENT,
            questions=("use.scripted_alteration",),
        ),
        use="u-12-age",
        questions=(
            Question(
                fact="use.scripted_alteration", ask="Is the alteration called for by the script?", type="bool",
                rules=("TVT23-ALT-1",),
            ),
        ),
    )  # fmt: skip
