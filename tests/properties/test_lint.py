"""Lint and check never disagree: what lint says of the form of a draft, the check says of it once it is signed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.consent import Consent, Counsel
from registry.domain.finding import RequirementKind, State
from registry.domain.lint import Severity
from registry.domain.production import Production
from registry.domain.use import Use
from registry.domain.words import Act, Agreement, Basis, Instrument
from registry.engine.cure import Issuer, specificity
from registry.services.checking import check_world
from registry.services.lint import draft_of, lint
from registry.services.lint.trial import as_signed
from tests.services.lints import CREATE, NOW, USE, WORLD, Case, catalogue

PRODUCTION = WORLD.productions[0]
DESCRIPTIONS = (
    USE.description,
    "Mara falls once; any and all uses, in perpetuity.",
    "Mara cae una vez; todos los usos.",
    "Mara tombe une fois, à perpétuité.",
)
ISSUER = Issuer(name="T. Albright", capacity="business_affairs", on=NOW.date())
maybe = st.sampled_from([None, True, False])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Drafts that differ in what rules of form read, on pictures that differ in who governs them."""
    place = draw(st.sampled_from(["US-CA", "US-NY", "US-IL", "GB-ENG", "FR"]))
    agreement = draw(st.sampled_from([None, Agreement.NONE, Agreement.TV_THEATRICAL, Agreement.EQUITY_UK]))
    production: Production = replace(PRODUCTION, places=(place,), governing_law=place, agreement=agreement)
    counsel = draw(st.sampled_from([None, Counsel(name="none"), Counsel(name="R. L.", negotiated_replica_terms=True)]))
    use = replace(USE, description=draw(st.sampled_from(DESCRIPTIONS)))
    draft: Consent = replace(
        Case().consent,
        grants=(CREATE, use),
        counsel=counsel,
        cba_addresses_replicas=draw(maybe),
        instrument=draw(st.sampled_from([None, *Instrument])),
        separately_signed=draw(maybe),
        conspicuous=draw(maybe),
        basis=draw(st.sampled_from([None, *Basis])),
    )
    return replace(Case(), consent=draft, world=replace(WORLD, productions=(production,)))


def inside(act: Act) -> Use:
    """A use that the clauses cover but for their form; outside what the consent excludes."""
    return Use(
        id="u-inside",
        act=act,
        production="harbor",
        performers=("okafor",),
        replica="okafor-scan-1",
        elements=USE.elements,
        purpose=USE.purposes[0],
        scenes=("41",),
        media=("theatrical",),
        territories=("US",),
        languages=("en",),
        ages=(35, 35),
        content=(),
        seconds=5,
        at=NOW.replace(month=11),
        facts=(("use.in_lieu", True), ("use.real_time", False)),
    )


@settings(max_examples=30, deadline=None)
@given(cases(), st.sampled_from([Act.CREATE_REPLICA, Act.USE_REPLICA]))
def test_what_lint_says_of_a_form_the_check_says_once_it_is_signed(case: Case, act: Act) -> None:
    draft = draft_of(case.consent, case.world, now=NOW, **dict(case.issuing))
    found = lint(draft, catalogue())
    signed = as_signed(draft)
    records = (*case.world.records, *specificity(signed, ISSUER))
    world = replace(case.world, consents=(signed,), records=records)
    (verdict,) = check_world(world, (inside(act),), catalogue(), now=NOW)
    clause = "2.1" if act is Act.CREATE_REPLICA else "2.2"
    said = {f.id: f.severity for f in found.findings if f"§{clause}" in f.where.replace(",", " ").split()}
    for finding in verdict.findings:
        if finding.requirement is None or finding.requirement.kind is not RequirementKind.FORM:
            continue
        if finding.rule not in said:
            assert finding.state is State.MET, finding.rule
        if said.get(finding.rule) is Severity.REFUSES:
            assert finding.state is State.UNMET, finding.rule
        if finding.state is State.UNMET:
            assert said[finding.rule] is Severity.REFUSES
