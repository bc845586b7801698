"""Permission slips: one for each use that may go ahead, with its conditions, and never for another."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.cli import clearance_json
from registry.cli.verdict_json import line
from registry.domain.clearance import Clearance
from registry.domain.consent import Exclusion
from registry.domain.finding import Status, VerdictWord
from registry.domain.slip import Slips
from registry.domain.words import Act, Content
from registry.domain.world import World
from registry.services.checking import check_world
from registry.services.reports.slips import slips_of
from tests.services.clearances import NOW, alone, catalogue, clearance, harbor, uses

SPAN = "Mon 30 Nov 2026 to Mon 12 Apr 2027"


def slips(of: Clearance | None = None, world: World | None = None) -> Slips:
    return slips_of(of or clearance(), world or harbor(), span=SPAN, alone=alone(world), line=line)


def test_each_use_that_may_go_ahead_has_a_slip_and_each_other_a_reason() -> None:
    found = slips()
    assert [(s.use, s.who) for s in found.slips] == [
        ("u-41-fall", "Ada Okafor"),
        ("u-7-crowd", "Mai Tran"),
        ("u-7-crowd", "Rui Sousa"),
        ("u-23-pitch", "Leo Marsh"),
    ]
    assert found.without == (
        "u-70-scan, Mina Bell: NOT CLEARED",
        "u-7-ono, K. Ono: nobody on file is known to be meant",
        "u-60-duet, Ada Okafor: NOT CLEARED",
    )


def test_a_slip_says_the_clause_and_what_the_use_must_stay_inside() -> None:
    fall = slips().slips[0]
    assert fall.clauses == (
        "c-okafor-1 §2.2, signed 10 Sep 2026: Mara falls from the ferry roof, scenes 41 and 42; about 6 seconds; no "
        "dialogue.",
    )
    assert fall.conditions == (
        "At Mon 7 Dec 2026, 09:00 PST.",
        "Planned: 6 seconds.",
        "No sensitive content.",
        "§2.2: scenes 41–42; for final and promotion; from 14 Sep 2026 to 31 Dec 2030; not in real time; at most 30 "
        "seconds in all.",
        "Never: endorsement.",
    )
    assert "Replica days are paid like days in person, 3,000.00 USD (TVT23-PAY-USE-1)" in fall.duties


def test_what_is_exempt_says_by_which_rule() -> None:
    assert slips().slips[-1].clauses == ("No consent is asked for: exempt under TVT23-ALT-1 and NFX-040.",)


def test_an_exclusion_of_another_act_is_not_on_the_slip() -> None:
    world = harbor()
    other = Exclusion(acts=(Act.DUB,), content=(Content.PROFANITY,))
    consents = tuple(replace(c, excludes=(*c.excludes, other)) for c in world.consents)
    conditions = slips(world=replace(world, consents=consents)).slips[0].conditions
    assert not [said for said in conditions if "profanity" in said]


def test_the_conditions_of_an_approval_are_on_the_slip() -> None:
    world = harbor()
    records = tuple(replace(r, conditions="no close-up") if r.id == "a-harbor" else r for r in world.records)
    conditions = slips(clearance(replace(world, records=records)), replace(world, records=records)).slips[0].conditions
    assert "netflix, subject to: No close-up." in conditions


def test_the_digest_is_that_of_the_verdict_as_check_prints_it() -> None:
    fall = next(use for use in uses() if use.id == "u-41-fall")
    (verdict,) = check_world(harbor(), (fall,), catalogue(), now=NOW + dt.timedelta(days=900), known_at=NOW)
    digest = sha256(f"{line(verdict)}\n".encode()).hexdigest()
    slip = slips().slips[0]
    assert slip.digest == digest
    assert slip.code == (
        "CONSENT-SLIP/1\nuse u-41-fall\nperformer okafor\nproduction harbor\nverdict conditional\nday 2026-12-07\n"
        f"known-at 2026-11-22T10:00:00Z\nsha256 {digest}"
    )


def test_a_use_that_has_its_moment_from_the_schedule_says_so() -> None:
    of = clearance()
    planned = tuple(replace(one, scheduled=True, judged="at the crew call") for one in of.planned)
    slip = slips(replace(of, planned=planned)).slips[0]
    assert "\nscheduled yes\n" in slip.code
    assert slip.conditions[0] == "Judged at the crew call."


def test_the_digest_of_a_scheduled_use_is_in_the_clearance(checkout: Path) -> None:
    """As docs/reports.md computes it from `registry clear … --jsonl`."""
    of = clearance()
    of = replace(of, planned=tuple(replace(one, scheduled=True) for one in of.planned))
    (program,) = re.findall(r"```python\n(.*?)```", (checkout / "docs" / "reports.md").read_text("utf-8"), re.DOTALL)
    lines = "\n".join(clearance_json.lines(of))
    ran = subprocess.run([sys.executable, "-c", program], input=lines, capture_output=True, text=True, check=True)
    computed = {tuple(line.split()) for line in ran.stdout.splitlines()}
    found = slips(of).slips
    assert len(found) == 4
    assert {(slip.use, slip.performer, slip.digest) for slip in found} <= computed


def test_a_use_without_a_day_has_no_slip() -> None:
    of = clearance()
    found = slips(replace(of, planned=tuple(replace(one, on=None) for one in of.planned)))
    assert found.slips == ()
    assert "u-41-fall, Ada Okafor: no day is planned for it, and a slip is for a day" in found.without


def test_a_clearance_that_no_longer_holds_gives_no_slip() -> None:
    """What was cleared and is refused when it is checked once more gets none."""
    stale = replace(harbor(), consents=())
    found = slips(clearance(), stale)
    assert "u-41-fall" not in {slip.use for slip in found.slips}
    assert "u-41-fall, Ada Okafor: checked alone it is NOT CLEARED" in found.without


@settings(max_examples=25)
@given(st.lists(st.none() | st.sampled_from(VerdictWord), min_size=7, max_size=7), st.booleans())
def test_there_is_never_a_slip_for_a_use_that_may_not_go_ahead(
    words: list[VerdictWord | None], scheduled: bool
) -> None:
    of = clearance()
    planned = tuple(
        replace(
            one,
            verdict=replace(one.verdict, verdict=word) if word and one.verdict else None,
            scheduled=scheduled,
        )
        for one, word in zip(of.planned, words, strict=True)
    )
    found = slips(replace(of, planned=planned))
    ahead = {(one.use.id, one.performer) for one in planned if one.verdict and one.verdict.status is Status.CLEARED}
    assert {(slip.use, slip.performer) for slip in found.slips} <= ahead
    assert len(found.slips) + len(found.without) == len(planned)
