"""`registry clear`: is tomorrow clean? A week of Harbor Light with everything a production office can do to a sheet."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from syrupy.assertion import SnapshotAssertion

from registry.cli.output import columns
from tests.cli.conftest import Ran, Registry

ZONE = ZoneInfo("America/Los_Angeles")
EVENING = dt.datetime(2026, 10, 28, 18, tzinfo=ZONE)  # Wednesday; the clocks go back on Sunday
MORE = """
format: consent-registry/1
performers:
  - {id: lee-1, legal_name: Kim Lee, born: 1990-01-01, domicile: US-CA}
  - {id: lee-2, legal_name: Kim Lee, born: 1971-01-01, domicile: US-CA}
  - {id: calloway, legal_name: Iris Calloway, born: 2014-05-05, domicile: US-CA}
engagements:
  - {id: lee-1-harbor, performer: lee-1, production: harbor, role: Deckhand, category: day_performer,
     engaged_at: 2026-10-01T09:00:00-07:00, covered_by_agreement: yes, daily_rate: "1246.00 USD",
     cast_numbers: [{number: "12"}], union_clearance: {code: OK, on: 2026-10-02}}
  - {id: lee-2-harbor, performer: lee-2, production: harbor, role: Cook, category: day_performer,
     engaged_at: 2026-10-01T09:00:00-07:00, covered_by_agreement: yes, daily_rate: "1246.00 USD",
     cast_numbers: [{number: "13"}]}
  - {id: calloway-harbor, performer: calloway, production: harbor, role: Young Mara, category: day_performer,
     engaged_at: 2026-10-01T09:00:00-07:00, covered_by_agreement: yes, daily_rate: "1246.00 USD",
     cast_numbers: [{number: "14"}]}
"""
SCHEDULE = """Harbor Light - Shooting Schedule,,,,,,
"White - issued Oct 20, 2026",,,,,,
Scene,INT/EXT,Setting,Time,Length,Cast,Location
41,EXT,FERRY ROOF,Night,1 4/8,4,Long Beach
END OF DAY 30 - Fri Oct 30 2026 - 1 4/8 pgs,,,,,,
60,INT,BALLROOM,Night,3 1/8,"4, 6",Long Beach
7,EXT,PIER,Dusk,1 3/8,"12, 13, 14",Long Beach
END OF DAY 31 - Mon Nov 2 2026 - 4 4/8 pgs,,,,,,
"""
PUSHED = SCHEDULE.replace("White - issued Oct 20", "Blue - issued Oct 27").replace("Mon Nov 2 2026", "Tue Nov 3 2026")
CALL_SHEET = """HARBOR LIGHT,,,CALL SHEET,,,,
Crew call:,6:00P,,DATE:,"Fri, Oct 30, 2026",,,
Est. wrap:,5:30A,,SHOOT DAY:,30 of 52,,,
Scene,INT/EXT,Set,D/N,Cast,Pgs,Location,
41,EXT,FERRY ROOF,N,"4, 6",1 4/8,Long Beach,
No.,Cast,Character,Status,Make-Up,Rehearsal,On Set,Remarks
4,A. OKAFOR,MARA,W,5:15P,6:30P,7:00P,
6,"MARSH, Leo",Tom Quill,W,7:30P,,9:00P,
31,Leo Mrash,Bosun,SW,,,9:00P,
BACKGROUND,,,,,,,
24 SA pedestrians 7:00P,,,,,,,
"""
REQUESTS = """use_id,production,scene,shot,shoot_date,cast_no,performer,act,modality,purpose,content,tool,use.session
q-41-roof,harbor,41,41C,,4,Ada Okafor,use_replica,face,final,none,northgate-pipeline,
q-60-duet,harbor,60,60A,,#04,"OKAFOR, ADA",use_replica,face,final,none,northgate-pipeline,
q-7-deck,harbor,7,7A,,,Kim Lee,scan,face,final,none,northgate-pipeline,yes
q-7-cook,harbor,7,7B,,13,K. Lee,scan,face,final,none,northgate-pipeline,yes
q-7-young,harbor,7,7C,,14,Iris Calloway,scan,face,final,none,northgate-pipeline,yes
q-7-crowd,harbor,7,7D,,,24 background,use_replica,face,final,none,northgate-pipeline,
q-7-swap,harbor,7,7E,,13,Ada Okafor,scan,face,final,none,northgate-pipeline,yes
"""


@pytest.fixture
def harbor(empty: Registry, tmp_path: Path, checkout: Path) -> Registry:
    """The example world with more of the cast, on file since the first of October, and the sheets of the week."""
    texts = {
        "more.yaml": MORE, "schedule.csv": SCHEDULE, "pushed.csv": PUSHED, "call-sheet.csv": CALL_SHEET,
        "requests.csv": REQUESTS,
    }  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    october = dt.datetime(2026, 10, 1, 9, tzinfo=ZONE)
    assert empty("init --company Harbor", now=october).status == 0
    assert empty(f"import {checkout}/examples/world.yaml more.yaml", now=october).status == 0

    def run(command: str, *, now: dt.datetime = EVENING, **more: str) -> Ran:
        return empty(command, now=now, **more)

    return run


WEEK = "clear harbor --file schedule.csv --file requests.csv"


def test_friday_night(harbor: Registry, snapshot: SnapshotAssertion) -> None:
    ran = harbor(f"{WEEK} --file call-sheet.csv --day 2026-10-30")
    assert ran.status == 1
    assert all(columns(line) <= 80 for line in ran.out.splitlines())
    assert ran == snapshot


def test_the_week_with_its_change_of_clocks(harbor: Registry, snapshot: SnapshotAssertion) -> None:
    """Scans on Monday the 2nd: notice by Saturday, 48 elapsed hours before, in summer time."""
    ran = harbor(f"{WEEK} --from 2026-10-30 --to 2026-11-06")
    assert ran.status == 1
    assert all(columns(line) <= 80 for line in ran.out.splitlines())
    assert ran == snapshot


def cleared(ran: Ran) -> dict:  # type: ignore[type-arg]
    found = json.loads(ran.out)
    assert found["format"] == "consent-clearance/1"
    return found  # type: ignore[no-any-return]


def test_the_whole_clearance_for_machines(harbor: Registry) -> None:
    found = cleared(harbor(f"{WEEK} --file call-sheet.csv --from 2026-10-30 --to 2026-11-06 --json"))
    assert found["status"] == 1
    rows = {row["use"]: row for row in found["planned"]}
    assert {use: row["performer"] for use, row in rows.items()} == {
        "q-41-roof": "okafor", "q-60-duet": "okafor", "q-7-cook": "lee-2", "q-7-young": "calloway",
        "q-7-deck": None, "q-7-crowd": None, "q-7-swap": None,
    }  # fmt: skip
    assert rows["q-7-deck"]["candidates"] == ["lee-1", "lee-2"]
    assert rows["q-7-swap"]["candidates"] == ["lee-2", "okafor"]
    assert rows["q-41-roof"]["at"] == "2026-10-30T17:15:00-07:00"
    assert rows["q-41-roof"]["judged"] == "at the performer's call"
    assert rows["q-7-cook"]["at"] == "2026-11-02T00:00:00-08:00"
    notices = [t for t in found["todos"] if t["kind"] == "notice" and t["to"] == "performer" and not t["follows"]]
    by = {t["performer"]: t["by"] for t in notices if "TVT23-NOTICE-1" in t["rules"]}
    assert by == {"lee-2": "2026-10-31T01:00:00-07:00", "calloway": "2026-10-31T01:00:00-07:00"}
    assert {one["who"] for one in found["called"] if one["performer"] is None} == {
        "Leo Mrash",
        "24 SA pedestrians 7:00P",
    }
    kinds = {concern["kind"] for concern in found["concerns"]}
    assert {"unmatched", "unplanned", "no_union_clearance"} <= kinds


def test_a_push_by_a_day_is_one_change(harbor: Registry, tmp_path: Path) -> None:
    (tmp_path / "before.json").write_text(harbor(f"{WEEK} --json").out, encoding="utf-8")
    ran = harbor("clear harbor --file pushed.csv --file requests.csv --since before.json --json")
    moved = cleared(ran)["changes"]
    assert {change["use"] for change in moved} == {
        "q-60-duet", "q-7-deck", "q-7-cook", "q-7-young", "q-7-crowd", "q-7-swap",
    }  # fmt: skip
    assert {change["text"] for change in moved} == {"moved from 2 Nov 2026 to 3 Nov 2026"}
    same = harbor(f"{WEEK} --since before.json")
    assert "Nothing has changed since before.json" in same.out
    assert same.status == 1


def test_what_was_recorded_is_compared_with_and_replays(harbor: Registry) -> None:
    none = harbor("clear harbor --since LAST")
    assert (none.status, none.err.splitlines()[0]) == (2, "No run has been recorded yet.")
    kept = harbor(f"{WEEK} --record")
    assert "Recorded by T. Albright" in kept.err
    assert "Not filed, as they name somebody who is not on file: q-7-crowd, q-7-deck, q-7-swap." in kept.err
    later = EVENING + dt.timedelta(hours=1)
    ran = harbor("clear harbor --file pushed.csv --since LAST --json", now=later)
    assert {change["use"] for change in cleared(ran)["changes"]} == {"q-60-duet", "q-7-cook", "q-7-young"}
    for line in harbor("clear harbor --file schedule.csv --jsonl", now=later).out.splitlines():
        row = json.loads(line)
        again = harbor(f"check {row['use']} --json --known-at {EVENING.isoformat()}", now=later)
        verdict = next(v for v in map(json.loads, again.out.splitlines()) if v["performer"] == row["performer"])
        assert verdict["verdict"] == row["verdict"]["verdict"]
        assert verdict["as_of"] == row["verdict"]["as_of"]


def test_uses_of_files_that_leave_their_performer_to_a_replica(registry: Registry) -> None:
    files = " ".join(f"--file examples/uses/{name}.yaml" for name in ("stunt", "crowd", "scan", "mood-board", "duet"))
    ran = registry(f"clear harbor {files} --json")
    on_file = registry(f"check {files} --json")
    checked = {(v["use"], v["performer"]): v["verdict"] for v in map(json.loads, on_file.out.splitlines())}
    found = {(row["use"], row["performer"]): row["verdict"]["verdict"] for row in cleared(ran)["planned"]}
    assert found == checked
    assert ran.status == on_file.status


NIGHT = """HARBOR LIGHT,,,CALL SHEET,,,,
Crew call:,6:00P,,DATE:,"Sun, Nov 1, 2026",,,
Est. wrap:,5:30A,,SHOOT DAY:,31 of 52,,,
Scene,INT/EXT,Set,D/N,Cast,Pgs,Location,
7,EXT,PIER,N,"12, 13",1 4/8,Long Beach,
No.,Cast,Character,Status,Make-Up,Rehearsal,On Set,Remarks
12,Kim Lee,Deckhand,W,6:15P,,7:00P,
13,"LEE, Kim",Cook,W,6:15P,,7:00P,
"""


def test_a_night_shoot_after_the_clocks_went_back(harbor: Registry, tmp_path: Path) -> None:
    """Pulled to Sunday by its call sheet: the notice was due on Friday, an hour later on the clock than 48 hours."""
    (tmp_path / "night.csv").write_text(NIGHT, encoding="utf-8")
    found = cleared(harbor(f"{WEEK} --file night.csv --day 2026-11-01 --json"))
    rows = {row["use"]: row for row in found["planned"]}
    assert rows["q-7-cook"]["at"] == "2026-11-01T18:00:00-08:00"
    notices = [
        t for t in found["todos"] if t["kind"] == "notice" and not t["follows"] and "TVT23-NOTICE-1" in t["rules"]
    ]
    friday = "2026-10-30T19:00:00-07:00"
    assert {t["performer"]: t["by"] for t in notices} == {"lee-2": friday, "calloway": friday}
    assert [(c["number"], c["performer"]) for c in found["called"]] == [("12", "lee-1"), ("13", "lee-2")]
    assert cleared(harbor(f"{WEEK} --file night.csv --day 2026-11-02 --json"))["planned"][0]["use"] == "q-60-duet"


CROWD = """
format: consent-uses/1
uses:
  - {id: u-all, production: harbor, performer: [sousa, tran, marsh, nobdy], act: use_replica, purpose: final,
     elements: [likeness], content: none, scenes: ["41"]}
"""


def test_a_crowd_is_one_line_and_apart_for_machines(harbor: Registry, tmp_path: Path) -> None:
    (tmp_path / "crowd.yaml").write_text(CROWD, encoding="utf-8")
    command = "clear harbor --file schedule.csv --file crowd.yaml --day 2026-10-30"
    (line,) = [line for line in harbor(command).out.splitlines() if line.startswith("NOT CLEARED  41")]
    assert line.startswith("NOT CLEARED  41  4 people  use of replica  3 not cleared:")
    rows = cleared(harbor(f"{command} --json"))["planned"]
    assert {(row["performer"], row["who"]) for row in rows} == {
        ("sousa", "Rui Sousa"), ("tran", "Mai Tran"), ("marsh", "Leo Marsh"), (None, "nobdy"),
    }  # fmt: skip


def test_nothing_planned_is_said_and_is_not_clean(harbor: Registry) -> None:
    ran = harbor("clear harbor --day tomorrow")
    assert (ran.status, ran.out) == (
        3, "NOTHING PLANNED   Harbor Light · Thu 29 Oct 2026\nNo use is planned: nothing was cleared.\n"
    )  # fmt: skip


def test_tomorrow_is_that_of_the_place_of_work(harbor: Registry) -> None:
    late = dt.datetime(2026, 10, 29, 3, tzinfo=dt.UTC)  # still the 28th in Los Angeles
    assert "Thu 29 Oct 2026" in harbor("clear harbor --day tomorrow", now=late).out


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("clear harbr", "There is no production harbr on file; did you mean harbor?"),
        ("clear harbor --day soon", "--day: soon cannot be read."),
        ("clear harbor --day today --to 2026-10-30", "--day is one day, --from and --to are several."),
        ("clear harbor --from 2026-10-30 --to 2026-10-29", "--to 2026-10-29 lies before --from 2026-10-30."),
        ("clear harbor --file none.csv", "There is no file none.csv."),
        ("clear harbor --since requests.csv", "requests.csv cannot be read as an earlier run."),
        ("clear harbor --since more.yaml", "more.yaml cannot be read as an earlier run."),
        ("clear harbor --file schedule.csv --file other.csv", "are two versions of harbor-shooting-schedule"),
    ],
)
def test_what_cannot_be_done_is_said(harbor: Registry, tmp_path: Path, command: str, said: str) -> None:
    (tmp_path / "other.csv").write_text(SCHEDULE.replace("60,INT", "61,INT"), encoding="utf-8")
    ran = harbor(command)
    assert ran.status == 2
    assert said in ran.err
    assert ran.out == ""


def test_thousands_of_rows_are_folded_and_counted(harbor: Registry, tmp_path: Path) -> None:
    rows = "".join(
        f"m-{n},harbor,41,41C,2026-10-30,4,Ada Okafor,use_replica,face,final,none,northgate-pipeline\n"
        for n in range(80)
    )
    (tmp_path / "many.csv").write_text(REQUESTS.splitlines()[0] + "\n" + rows, encoding="utf-8")
    ran = harbor("clear harbor --file many.csv --day 2026-10-30")
    assert "NOT CLEARED  72 more, folded: add --all" in ran.out
    assert len(ran.out.splitlines()) < 70
    whole = harbor("clear harbor --file many.csv --day 2026-10-30 --all")
    assert sum(line.startswith("NOT CLEARED  41") for line in whole.out.splitlines()) == 80


def test_the_bytes_do_not_hang_on_the_hash_seed(
    harbor: Registry, tmp_path: Path, checkout: Path, compiled: Path
) -> None:
    """The same inputs, the same bytes, whatever the hash seed."""
    program = (
        "import datetime as dt, sys; from registry.cli import main; "
        "sys.exit(main(sys.argv[1:], now=dt.datetime(2026, 10, 29, tzinfo=dt.UTC)))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, *f"{WEEK} --file call-sheet.csv --json".split()],
            cwd=tmp_path,
            env={"PYTHONPATH": str(checkout), "PYTHONHASHSEED": seed, "REGISTRY_CACHE": str(compiled)},
            capture_output=True,
            check=False,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs != {b""}


def test_uses_that_a_sheet_brought_are_kept_and_move_with_the_schedule(registry: Registry) -> None:
    registry("import examples/sheets/schedule.csv --production harbor")
    registry("import examples/sheets/use-requests.csv --production harbor")
    for hours in (1, 2):
        kept = registry("clear harbor --record", now=EVENING + dt.timedelta(hours=hours))
        assert "Recorded by T. Albright" in kept.err
    ran = registry("clear harbor --since LAST", now=EVENING + dt.timedelta(hours=3))
    assert "Nothing has changed since what was last recorded" in ran.out


def test_a_picture_that_was_not_on_file_yet_is_not_mistaken_for_another(registry: Registry) -> None:
    ran = registry("clear harbor --known-at 2020-01-01")
    assert (ran.status, ran.err) == (
        2, "harbor was not on file yet at that moment.\nregistry production show harbor\n"
    )  # fmt: skip


def test_another_reason_and_a_moment_that_has_gone_by_are_changes(harbor: Registry, tmp_path: Path) -> None:
    """The verdict stays NOT CLEARED: what stands in the way has changed, and then it is too late for a notice."""
    (tmp_path / "before.json").write_text(harbor(f"{WEEK} --json").out, encoding="utf-8")
    assert harbor(f"{WEEK} --record").status == 1
    assert harbor("record reason q-7-cook --text 'no stunt can do it' --at 2026-10-28T18:00:00-07:00").status == 0
    night = dt.datetime(2026, 10, 31, 1, 30, tzinfo=ZONE)
    for since in ("before.json", "LAST"):
        ran = harbor(f"{WEEK} --since {since}", now=night)
        assert ran.status == 1
        assert all(columns(line) <= 80 for line in ran.out.splitlines())
        assert "31 Oct 2026 01:00 PDT has gone by: TVT23-NOTICE-1" in " ".join(ran.out.split())
        found = cleared(harbor(f"{WEEK} --since {since} --json", now=night))["changes"]
        cook = next(change for change in found if change["use"] == "q-7-cook")
        assert (cook["before"], cook["after"], cook["came"]) == ("not_cleared", "not_cleared", [])
        assert cook["went"] == ["TVT26-SCAN-1"]
        assert {"rule": "TVT23-NOTICE-1", "by": "2026-10-31T01:00:00-07:00"} in cook["gone_by"]
        assert "no longer in the way: TVT26-SCAN-1" in cook["text"]
        assert "31 Oct 2026 01:00 PDT has gone by: TVT23-NOTICE-1" in cook["text"]
    again = night + dt.timedelta(minutes=10)
    (tmp_path / "night.json").write_text(harbor(f"{WEEK} --json", now=night).out, encoding="utf-8")
    assert cleared(harbor(f"{WEEK} --since night.json --json", now=again))["changes"] == []


def test_uses_that_name_a_stranger_are_shown_only_when_they_changed(harbor: Registry, tmp_path: Path) -> None:
    """They cannot be filed; what was answered on them is kept all the same, and exported."""
    assert harbor(f"{WEEK} --record").status == 1
    hour = dt.timedelta(hours=1)
    assert cleared(harbor(f"{WEEK} --since LAST --json", now=EVENING + hour))["changes"] == []
    moved = cleared(harbor("clear harbor --file pushed.csv --file requests.csv --since LAST --json"))["changes"]
    assert {c["use"] for c in moved if c["performer"] is None} == {"q-7-deck", "q-7-crowd", "q-7-swap"}
    assert {c["text"] for c in moved} == {"moved from 2 Nov 2026 to 3 Nov 2026"}
    settled = REQUESTS.replace("q-7-deck,harbor,7,7A,,,Kim Lee", "q-7-deck,harbor,7,7A,,12,Kim Lee")
    (tmp_path / "requests.csv").write_text(settled, encoding="utf-8")
    found = cleared(harbor(f"{WEEK} --since LAST --json", now=EVENING + 2 * hour))["changes"]
    told = {(c["use"], c["performer"]): c["text"] for c in found}
    assert told == {("q-7-deck", None): "no longer unmatched", ("q-7-deck", "lee-1"): "new"}
    assert harbor(f"{WEEK} --record", now=EVENING + 3 * hour).status == 1
    assert cleared(harbor(f"{WEEK} --since LAST --json", now=EVENING + 4 * hour))["changes"] == []
    (tmp_path / "all.yaml").write_text(harbor("export").out, encoding="utf-8")
    assert "clearances:" in (tmp_path / "all.yaml").read_text(encoding="utf-8")
    assert "Nothing new" in harbor("import all.yaml", now=EVENING + 5 * hour).out
