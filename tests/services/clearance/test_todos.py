"""Clearing a schedule: what has to happen, and by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from registry.domain.clearance import ToDoKind
from registry.domain.record import Record
from registry.domain.words import Act, RecordKind
from registry.services.clearance import Asked, clear_world
from tests.engine.instruments import catalogue, pack
from tests.services.clearance.story import (
    FRIDAY,
    NOW,
    ONE_LINER,
    SATURDAY,
    SUNDAY,
    WORDS,
    WORLD,
    ZONE,
    moment,
    use,
)

NOTICE = catalogue(
    pack(
        """
rules:
  - id: T-NOTICE
    title: Notice of a session
    cite: Test 1
    grade: A
    when: use.act == "create_replica"
    require: {notice: {to: performer, by: 'use.at - duration("48h")'}}
    says: The performer is told 48 hours before.
  - id: T-APPROVAL
    title: Approval by the union
    cite: Test 2
    grade: A
    when: use.act == "use_replica"
    require: {approval: {from: union}}
    says: The union approves.
"""
    )
)


def test_a_deadline_of_48_hours_across_a_change_of_clocks() -> None:
    """A scan on Monday at nine, when the clocks went back on Sunday: Saturday at ten, summer time."""
    monday = SUNDAY + dt.timedelta(days=1)
    scans = tuple(
        replace(use(f"scan-{who}-{n}", who, at=moment(monday, hour)), act=Act.CREATE_REPLICA)
        for who in ("okafor", "marsh") for n, hour in ((1, 9), (2, 14))
    )  # fmt: skip
    asked = Asked(production="harbor")
    found = clear_world(replace(WORLD, uses=scans), NOTICE, asked, WORDS, now=NOW).clearance
    notices = [todo for todo in found.todos if todo.kind is ToDoKind.NOTICE]
    assert [(t.performer, t.uses) for t in notices] == [
        ("marsh", ("scan-marsh-1", "scan-marsh-2")),
        ("okafor", ("scan-okafor-1", "scan-okafor-2")),
    ]
    (by,) = {todo.by for todo in notices}
    assert by == moment(SATURDAY, 10)
    assert by is not None
    assert (by.isoformat(), by.tzname()) == ("2026-10-31T10:00:00-07:00", "PDT")
    assert not any(todo.late for todo in notices)
    assert notices[0].command == "registry record notice performer --about scan-marsh-1 --about scan-marsh-2 --at …"
    later = clear_world(replace(WORLD, uses=scans), NOTICE, asked, WORDS, now=moment(SATURDAY, 10, 1)).clearance
    assert all(todo.late for todo in later.todos if todo.kind is ToDoKind.NOTICE)


def test_one_request_asks_for_all_uses_of_a_day() -> None:
    found = clear_world(WORLD, NOTICE, Asked(production="harbor", schedules=(ONE_LINER,)), WORDS, now=NOW).clearance
    asked = [(todo.uses, todo.on, todo.to) for todo in found.todos if todo.kind is ToDoKind.APPROVAL]
    assert asked == [(("u-crowd", "u-41"), FRIDAY, "union"), (("u-42", "u-60"), SATURDAY, "union")]


def test_a_notice_on_file_serves_the_first_session_of_the_plan_alone() -> None:
    """Sessions whose days come from the schedule know of each other, whichever day is asked for."""
    scans = tuple(replace(use(f"scan-{n}", "okafor", scenes=[n]), act=Act.CREATE_REPLICA) for n in ("41", "60"))
    notice = Record(
        id="n-1", kind=RecordKind.NOTICE, to="performer", performer="okafor", production="harbor",
        given_at=dt.datetime(2026, 10, 20, tzinfo=ZONE),
    )  # fmt: skip
    world = replace(WORLD, uses=scans, records=(notice,))
    for span in ((None, None), (FRIDAY, FRIDAY), (SATURDAY, SATURDAY)):
        asked = Asked(production="harbor", first=span[0], last=span[1], schedules=(ONE_LINER,))
        found = clear_world(world, NOTICE, asked, WORDS, now=NOW).clearance
        met = {row.use.id: row.verdict.finding("T-NOTICE").state for row in found.planned}  # type: ignore[union-attr]
        expected = {"scan-41": "met", "scan-60": "unmet"}
        assert met == {id_: state for id_, state in expected.items() if id_ in met}
