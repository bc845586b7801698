"""`registry import SHEET`: what would be recorded, recording it, and taking it back, as somebody types it."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from registry.files.registry_file import read_registry
from registry.rules.dictionary import load_dictionary
from tests.cli.conftest import NOW, Registry
from tests.files.sheets.conftest import workbook
from tests.files.sheets.test_call_sheets import NIGHT

LATER = NOW + dt.timedelta(hours=1)
PLAN = """\
cast-list.csv: cast-list of Harbor Light: 2 new, 2 changed, 4 on file already.
 version  performer   bell             representatives: J. Ortiz (Sound & Stage)
                                       (agent)
 added    performer   calloway         Iris Calloway
 version  engagement  bell-harbor      cast numbers: 9 2026-11-30–
 added    engagement  calloway-harbor  Young Mara · day_performer · 12
"""
MINOR = """\
 Row 5: Iris Calloway is a minor, by the sheet; no birth date is on file. Ask
 for it and write `born:` for calloway: until then the age is unknown.
 Nothing says whether sag-aftra-tv-theatrical covers 1 of 4 engagements; until
 then none of its rules speaks for them, the 48 hours' notice included. Add a
 column `covered by agreement`: y or n.
"""
CAST = "import examples/sheets/cast-list.csv --production harbor"


def number(registry: Registry) -> str:
    """The id of the import made last."""
    return re.findall(r"^i-\w+", registry("import --list").out, re.MULTILINE)[-1]


def sheet(folder: Path, *lines: str) -> None:
    (folder / "sheet.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_dry_run_shows_what_would_be_recorded_and_writes_nothing(registry: Registry) -> None:
    before = registry("export").out
    ran = registry(f"{CAST} --dry-run")
    assert (ran.status, ran.out) == (0, PLAN)
    assert ran.err == f"{MINOR}Nothing was recorded: this was a dry run.\n"
    assert registry("export").out == before


def test_importing_records_exactly_what_was_shown_once(registry: Registry) -> None:
    ran = registry(CAST)
    name = number(registry)
    assert (ran.status, ran.out) == (0, PLAN)
    assert ran.err == (
        f"{MINOR}Recorded as import {name}.\nregistry import --undo {name} --because …    takes it back\n"
    )
    again = registry(CAST, now=LATER)
    assert again.out == "cast-list.csv: cast-list of Harbor Light. Nothing new: all of it is on file.\n"
    assert registry("import --list").out == (
        "id        when                   sheet                brought\n"
        f"{name}  22 Nov 2026 10:00 UTC  cast-list of harbor  2 performers, 2\n"
        "                                                      engagements\n"
    )
    shown = registry(f"import --show {name[:5]}").out
    assert " file         cast-list.csv\n" in shown
    assert " by           T. Albright\n" in shown
    assert " added    performer   calloway\n" in shown


def test_what_is_undone_counts_no_longer_and_comes_back_with_the_file(registry: Registry) -> None:
    before = registry("performer show bell").out
    registry(CAST, now=NOW + dt.timedelta(minutes=1))
    name = number(registry)
    ran = registry(f"import --undo {name} --because 'the wrong draft'", now=LATER)
    assert ran.out == (
        f"Import {name} of cast-list.csv is undone.\n"
        " no longer counts  performer   calloway\n"
        " no longer counts  engagement  calloway-harbor\n"
        " as before         performer   bell\n"
        " as before         engagement  bell-harbor\n"
    )
    assert "calloway" not in registry("performer list").out
    assert registry("performer show bell", now=LATER).out.splitlines()[:8] == before.splitlines()[:8]
    again = registry(f"import --undo {name} --because x", now=LATER)
    assert (again.status, again.err.splitlines()[0]) == (
        2, f"Import {name} was undone already, by T. Albright: the wrong draft."
    )  # fmt: skip
    assert registry(CAST, now=LATER + dt.timedelta(hours=1)).out == PLAN
    assert "calloway" in registry("performer list").out
    assert "every byte as recorded" in registry("doctor").out


def test_an_import_that_later_records_build_on_is_not_undone(registry: Registry, tmp_path: Path) -> None:
    registry(CAST, now=NOW + dt.timedelta(minutes=1))
    name = number(registry)
    (tmp_path / "more.yaml").write_text(
        "format: consent-registry/1\nconsents:\n  - id: c-1\n    performer: calloway\n    grantor: {capacity: self}\n"
        "    grants: [{clause: '1', acts: [dub], elements: [voice], productions: [harbor], purposes: [final],"
        " description: A dub.}]\n",
        encoding="utf-8",
    )
    assert registry("import more.yaml", now=LATER).status == 0
    ran = registry(f"import --undo {name} --because wrong", now=LATER)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        f"Import {name} cannot be undone: later records build on it. Nothing was changed.\n"
        " consent c-1 is of calloway.\n"
    )
    assert "calloway" in registry("performer list").out


def test_an_export_carries_imports_and_what_was_taken_back(registry: Registry, tmp_path: Path) -> None:
    registry("import examples/sheets/use-requests.csv --production harbor")
    registry(f"import --undo {number(registry)} --because 'wrong week'", now=LATER)
    registry("import examples/sheets/call-sheet.csv --production harbor", now=LATER)
    (tmp_path / "all.yaml").write_text(registry("export").out, encoding="utf-8")
    copy = "--registry copy"
    assert registry(f"{copy} init").status == 0
    assert registry(f"{copy} import all.yaml", now=LATER).status == 0
    assert registry(f"{copy} export").out == registry("export").out
    assert registry(f"{copy} use list").out == registry("use list").out == "No use is on file yet.\n"
    assert registry(f"{copy} import --list").out == registry("import --list").out


def test_requests_become_uses_with_the_people_they_mean(registry: Registry) -> None:
    ran = registry("import examples/sheets/use-requests.csv --production harbor")
    assert (ran.status, ran.out) == (0, """\
use-requests.csv: use-requests of Harbor Light: 3 new.
 added  use  u-41-ferry     use replica · okafor
 added  use  u-42-deck      alter performance · marsh
 added  use  u-60-ballroom  use replica · okafor
""")  # fmt: skip
    assert registry("use list").out.count("okafor") == 2


def test_people_who_cannot_be_told_are_faults_with_candidates(registry: Registry, tmp_path: Path) -> None:
    sheet(
        tmp_path,
        "use_id,act,scene,shoot_date,cast_no,performer,tool",
        "u-1,dub,1,2026-12-07,4,Leo Marsh,",
        "u-2,dub,1,2026-12-07,77,,",
        "u-3,dub,1,2026-12-07,,Leo Mrsh,",
        "u-4,dub,1,2026-12-07,,Zed Nobody,",
    )
    ran = registry("import sheet.csv --production harbor")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "sheet.csv: 4 faults, nothing recorded.",
        " row 2  number 4 is held by Ada Okafor on 7 Dec 2026, but the line says Leo Marsh; write the id, marsh or "
        "okafor, or settle it under `people:` in a mapping file",
        " row 3  nobody on file holds number 77 on 7 Dec 2026; import a cast list that has them first",
        " row 4  Leo Mrsh is nobody on file; nearest: marsh: write the id, or settle it under `people:` in a "
        "mapping file",
        " row 5  Zed Nobody is nobody on file; import a cast list that has them first",
    ]


def test_a_crowd_is_named_person_by_person(registry: Registry, tmp_path: Path) -> None:
    sheet(tmp_path, "use_id,act,scene,performer", "u-1,use_replica,7,Rui Sousa; Mai Tran", "u-2,dub,7,sousa;tran")
    ran = registry("import sheet.csv --production harbor")
    assert "added  use  u-1  use replica · sousa, tran" in ran.out
    assert "added  use  u-2  dub · sousa, tran" in ran.out


def test_what_a_use_names_has_to_be_on_file(registry: Registry, tmp_path: Path) -> None:
    sheet(tmp_path, "use_id,act,scene,performer,tool", "u-1,dub,1,marsh,clearvoic")
    ran = registry("import sheet.csv --production harbor")
    assert (ran.status, ran.err.splitlines()[1]) == (2, " u-1 tool: clearvoic  no such tool; nearest: clearvoice")


def test_two_people_of_one_name_are_never_guessed(registry: Registry, tmp_path: Path) -> None:
    sheet(tmp_path, "No.,Name,Role,SAG Number", "20,J. Smith,Cop,111", "21,J. Smith,Clerk,222", "22,Leo Mars,Baker,")
    ran = registry("import sheet.csv --production harbor")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "sheet.csv: 2 faults, nothing recorded.",
        " row 3  J. Smith stands in row 2 too; one person or two? Add a column `performer id`: the same id for one "
        "person, different ids for two",
        " row 4  Leo Mars is nobody on file, but nearly: marsh (Leo Marsh); settle it under `people:` of a mapping "
        "file, with an id on file or a new one",
    ]
    sheet(
        tmp_path,
        "No.,Name,Role,SAG Number,performer id",
        "20,J. Smith,Cop,111,smith-1",
        "21,J. Smith,Clerk,222,j-smith-b",
        "22,Leo Mars,Baker,,",
    )
    (tmp_path / "columns.yaml").write_text(
        "format: consent-columns/1\npeople: {Leo Mars: leo-mars}\n", encoding="utf-8"
    )
    ran = registry("import sheet.csv --production harbor --columns columns.yaml")
    assert ran.status == 0, ran.err
    assert "added  performer   leo-mars" in ran.out
    assert registry("performer list").out.count("J. Smith") == 2


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("5,Leo Marsh,Tom Quill,,", "number 6 is on file, 5 in the sheet; write from which day in a column `start`"),
        (
            "4,Leo Marsh,Tom Quill,,",
            "number 4 is held by Ada Okafor (okafor); give that one an end, or this row another",
        ),
        ("4,New Person,Cop,,", "number 4 is held by Ada Okafor (okafor); give that one an end, or this row another"),
        (
            "9,Leo Marsh,Tom Quill,10482213,",
            "member number 10482213 is on file for Ada Okafor, but the row says Leo Marsh",
        ),
        ("4,Ada Okafor,Mara,555,", "Ada Okafor (okafor) has member number 10482213, the row says 555"),
        ("4,Leo Marsh,Mara,,okafor", "okafor is on file as Ada Okafor, but the row says Leo Marsh"),
        ("9,Someone New,Cop,,okafr", "no such performer: okafr; did you mean okafor?"),
        ("9,Okafor,Cop,,", "a last name alone names nobody"),
    ],
)
def test_a_row_that_contradicts_what_is_on_file(registry: Registry, tmp_path: Path, row: str, told: str) -> None:
    sheet(tmp_path, "No.,Name,Role,SAG Number,performer id", row)
    ran = registry("import sheet.csv --production harbor")
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err.splitlines()[1]


def test_a_double_in_the_same_role_is_somebody_new(registry: Registry, tmp_path: Path) -> None:
    sheet(tmp_path, "No.,Name,Role,Contract", "104,Jo Fall,Mara,Stunt")
    ran = registry("import sheet.csv --production harbor")
    assert "added  performer   fall         Jo Fall" in ran.out
    assert "added  engagement  fall-harbor  Mara · stunt · 104" in ran.out


def test_an_alias_is_kept_and_found_again(registry: Registry, tmp_path: Path) -> None:
    sheet(tmp_path, "No.,Name,Role,Code Name", "6,Leo Marsh,Tom Quill,Blue Heron")
    assert registry("import sheet.csv --production harbor").status == 0
    sheet(tmp_path, "use_id,act,scene,shoot_date,cast_no,performer", "u-1,dub,1,2026-12-07,6,Blue Heron")
    ran = registry("import sheet.csv --production harbor", now=LATER)
    assert "added  use  u-1  dub · marsh" in ran.out


def test_a_cast_number_that_changes_has_a_first_day(registry: Registry, tmp_path: Path) -> None:
    sheet(tmp_path, "No.,Name,Role,Start", "16,Leo Marsh,Tom Quill,2026-12-01")
    assert registry("import sheet.csv --production harbor").status == 0
    text = registry("export").out
    assert '{number: "6", from: 2026-09-21, to: 2026-11-30}' in text
    assert '{number: "16", from: 2026-12-01}' in text
    assert "starts_on: 2026-12-01" not in text


def test_a_revision_says_what_moves(registry: Registry, tmp_path: Path) -> None:
    registry("import examples/sheets/schedule.csv --production harbor")
    text = Path("examples/sheets/schedule.csv").read_text(encoding="utf-8")
    scene = '60,INT,BALLROOM,Night,3 1/8,"4, 6",Long Beach\n'
    moved = text.replace(scene, "").replace("END OF DAY 44", f"{scene}END OF DAY 44").replace("Blue Rev.", "Pink Rev.")
    (tmp_path / "pink.csv").write_text(moved, encoding="utf-8")
    ran = registry("import pink.csv --production harbor", now=LATER)
    assert ran.out == (
        "pink.csv: shooting-schedule of Harbor Light: 1 changed.\n"
        " version  schedule  harbor-shooting-schedule  scene 60 from 2026-12-08 to\n"
        "                                              2026-12-07; revision Blue Rev →\n"
        "                                              Pink Rev\n"
    )


def test_minors_and_unions_are_only_what_the_sheet_says(registry: Registry, tmp_path: Path) -> None:
    sheet(tmp_path, "No.,Name,Role,Union,Age Group", "30,Kid New,Boy,,Minor", "31,Nell Ray,Cop,Non-Union,Adult")
    ran = registry("import sheet.csv --production harbor")
    assert "Row 2: Kid New is a minor, by the sheet" in ran.err
    assert "Row 3: non_member without a union was not recorded." in ran.err
    assert "ray     Nell Ray       not known" in registry("performer list").out
    assert "born" not in registry("performer show new").out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("import examples/sheets/cast-list.csv", "A sheet belongs to a production."),
        (f"{CAST}x", "There is no production harborx on file; did you mean harbor?"),
        (f"{CAST} --as castlist", "There is no kind of sheet castlist; did you mean cast-list?"),
        ("import examples/sheets/cast-lst.csv --production harbor", "There is no file examples/sheets/cast-lst.csv."),
        ("import", "registry import needs FILE."),
        ("import --undo i-123456", "An import is undone for a reason."),
        ("import --show i-123456", "There is no import i-123456."),
        ("import examples/world.yaml --dry-run", "--dry-run is for sheets; examples/world.yaml is a registry file."),
    ],
)
def test_slips_are_told_in_words(registry: Registry, typed: str, told: str) -> None:
    ran = registry(typed)
    assert (ran.status, ran.out, ran.err.splitlines()[0]) == (2, "", told)


@pytest.mark.parametrize("name", ["uses", "cast", "columns"])
def test_templates_are_written_to_be_filled_in(registry: Registry, tmp_path: Path, name: str) -> None:
    ran = registry(f"template {name}")
    assert (ran.status, ran.err) == (0, "")
    if name == "cast":
        sheet(tmp_path, ran.out.strip(), "40,Nell Ray,,,Wren,Cop,Daily,,,,Adult,900,USD,,,,2026-12-01,2026-12-02,")
        assert registry("import sheet.csv --production harbor").status == 0
    elif name == "columns":
        (tmp_path / "columns.yaml").write_text(ran.out, encoding="utf-8")
        assert registry(f"{CAST} --columns columns.yaml --dry-run").out == PLAN
    else:
        assert ran.out.startswith("use_id,production,episode,scene,shot,shoot_date,performer,cast_no,character,act,")


def test_a_workbook_is_imported_with_its_night(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "call.xlsx").write_bytes(workbook({"Call": NIGHT, "Notes": [["Bring coats"]]}))
    ran = registry("import call.xlsx --production harbor")
    assert (ran.status, ran.out) == (0, """\
call.xlsx: call-sheet of Harbor Light: 1 new.
 added  schedule  harbor-call-sheet-2026-10-31  1 day, 1 scene, 6 calls
""")  # fmt: skip
    assert " Sheets not read: Notes.\n" in ran.err
    assert "released_at: 2026-11-01T01:30:00-08:00" in registry("export").out


def test_every_example_is_read(registry: Registry) -> None:
    kinds = {"call-sheet": "call-sheet", "day-out-of-days": "day-out-of-days", "schedule": "shooting-schedule"}
    for file, kind in kinds.items():
        ran = registry(f"import examples/sheets/{file}.csv --production harbor")
        assert ran.out.startswith(f"{file}.csv: {kind} of Harbor Light: 1 new.\n"), ran


@pytest.mark.parametrize("turned", [False, True])
def test_a_number_passes_on_when_the_engagement_of_its_holder_ends(
    registry: Registry, tmp_path: Path, turned: bool
) -> None:
    rows = ["44,Cal Cole,Deputy,2026-10-26,2026-10-31", "44,Dee Dole,Sheriff,2026-11-02,"]
    sheet(tmp_path, "No,Name,Role,Start Date,End Date", *(reversed(rows) if turned else rows))
    assert registry("import sheet.csv --production harbor").status == 0
    on_file = read_registry(registry("export").out, "export.yaml", load_dictionary()).engagements
    numbers = {e.performer: [(n.from_, n.to) for n in e.cast_numbers] for e in on_file}
    assert numbers["cole"] == [(dt.date(2026, 10, 26), dt.date(2026, 11, 1))]
    assert numbers["dole"] == [(dt.date(2026, 11, 2), None)]


ONE_LINER = (
    "Shooting Schedule,,,,",
    "Scene,Set,D/N,Pgs,Cast",
    "41,ROOF,N,1,4",
    "End of Day 30 - Mon Nov 30 2026,,,,",
    "42,ROOF,N,1,4",
    "End of Day 31 - Tue Dec 1 2026,,,,",
)
NUMBERED = ("Shooting day,Character,30,31", "4,Mara,SW,WF")


def test_numbered_days_are_dated_by_the_schedule_beside_them(registry: Registry, tmp_path: Path) -> None:
    """In one import, in a dry run of it, and as files of a clearance in whatever order."""
    for name, lines in (("one-liner.csv", ONE_LINER), ("dood.csv", NUMBERED)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    alone = registry("import dood.csv --production harbor")
    assert alone.status == 2
    assert "no schedule on file says when they are" in alone.err
    found = registry("clear harbor --file dood.csv --file one-liner.csv --json")
    assert {day["on"] for day in json.loads(found.out)["days"]} == {"2026-11-30", "2026-12-01"}
    for dry in (" --dry-run", ""):
        ran = registry(f"import one-liner.csv dood.csv --production harbor{dry}", now=LATER)
        assert ran.status == 0
        assert "dates of the schedule on file: 30 Nov 2026 to 1 Dec 2026" in " ".join(ran.err.split())
    later = "\n".join(ONE_LINER).replace("Tue Dec 1", "Wed Dec 2") + "\n"
    (tmp_path / "one-liner.csv").write_text(later, encoding="utf-8")
    found = registry("clear harbor --file dood.csv --file one-liner.csv --json", now=LATER + dt.timedelta(hours=1))
    called = {(c["on"], c["code"]) for c in json.loads(found.out)["called"] if c["number"] == "4"}
    assert ("2026-12-02", "WF") in called, "the schedule that is given goes before the one on file"


def strips(*days: str) -> str:
    """A one-liner; each day is `number of whole | date | scenes`."""
    lines = ["Shooting Schedule,,,,", "Scene,Set,D/N,Pgs,Cast"]
    for day in days:
        number, date, numbers = (part.strip() for part in day.split("|"))
        lines += [f"DAY {number} -- {date} 2026,,,,", *(f"{scene},ROOF,N,1,4" for scene in numbers.split())]
    return "\n".join(lines) + "\n"


WHITE = ("30 of 52 | Mon Nov 30 | 40 41", "31 of 52 | Tue Dec 1 | 42 43", "32 of 52 | Wed Dec 2 | 44")


def test_pages_of_some_days_that_say_so_leave_the_others_as_they_are(registry: Registry, tmp_path: Path) -> None:
    """Blue pages for one day of 52: scene 44 is pulled into it, the day itself is pushed, the rest stays."""
    (tmp_path / "one-liner.csv").write_text(strips(*WHITE), encoding="utf-8")
    assert registry("import one-liner.csv --production harbor").status == 0
    (tmp_path / "one-liner.csv").write_text(strips("31 of 52 | Tue Dec 1 | 42 44"), encoding="utf-8")
    given = registry("clear harbor --file one-liner.csv --json", now=LATER)
    assert "Only day 31 of 52 is in it; days 30 and 32 stay as on file." in given.err
    ran = registry("import one-liner.csv --production harbor", now=LATER)
    assert "Only day 31 of 52 is in it; days 30 and 32 stay as on file." in " ".join(ran.err.split())
    assert "no longer: scene 43" in " ".join(ran.out.split())
    shown = {s.id: s for s in read_registry(registry("export", now=LATER).out, "x", load_dictionary()).schedules}
    latest = shown["harbor-shooting-schedule"]
    assert [(s.scene, s.on.day) for s in latest.scenes] == [("40", 30), ("41", 30), ("42", 1), ("44", 1)]
    assert [(d.number, d.on.day) for d in latest.days] == [("30", 30), ("31", 1), ("32", 2)]
    again = registry("import one-liner.csv --production harbor", now=LATER + dt.timedelta(hours=1))
    assert "Nothing new" in again.out


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ("31 of 53 | Tue Dec 1 | 42", None),  # another whole: days may have other numbers now
        ("31 | Tue Dec 1 | 42", None),  # nothing says that it is a part
        ("31 of 52 | Thu Dec 3 | 42", "the other days on file cannot stay where they are"),
    ],
)
def test_pages_that_do_not_say_so_take_the_place_of_the_whole(
    registry: Registry, tmp_path: Path, pages: str, said: str | None
) -> None:
    (tmp_path / "one-liner.csv").write_text(strips(*WHITE), encoding="utf-8")
    assert registry("import one-liner.csv --production harbor").status == 0
    (tmp_path / "one-liner.csv").write_text(strips(pages), encoding="utf-8")
    ran = registry("import one-liner.csv --production harbor", now=LATER)
    assert "no longer: scene 40, 41, 43, 44" in " ".join(ran.out.split())
    assert (said or "Recorded as import") in " ".join(ran.err.split())
    assert "stay as on file" not in ran.err


def test_a_fault_of_a_row_names_its_sheet_where_a_workbook_has_several(registry: Registry, tmp_path: Path) -> None:
    head = ["use_id", "act", "performer", "shoot_date"]
    book = {"Notes": [["read me"]], "AI uses": [head, ["u-1", "scan", "K. Ono", "2026-12-07"]]}
    (tmp_path / "office.xlsx").write_bytes(workbook(book))
    ran = registry("import office.xlsx --production harbor")
    assert ran.status == 2
    assert "AI uses!row 2  K. Ono is nobody on file; import a cast list that has them first" in ran.err
