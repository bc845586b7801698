"""What `registry clear` writes for people to take along, as somebody would type it."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import icalendar
import pikepdf
import pytest
from python_calamine import CalamineWorkbook

from registry.services.reports.slips import FORMAT
from tests.cli.conftest import NOW, Ran

Registry = Callable[..., Ran]
USES = " ".join(f"--file examples/uses/{name}.yaml" for name in ("scan", "stunt", "crowd", "adr-pitch", "duet"))
LATER = NOW + dt.timedelta(days=1)
KNOWN = "2026-11-22T20:00:00Z"


@pytest.fixture
def office(registry: Registry) -> Registry:
    """The example registry, its uses on file."""
    ran = registry(f"check {USES} --record")
    assert ran.status == 1, ran
    return registry


def clear(office: Registry, options: str, **more: object) -> Ran:
    return office(f"clear harbor --known-at {KNOWN} {options}", now=LATER, **more)


def test_everything_is_written_at_once(office: Registry, tmp_path: Path) -> None:
    ran = clear(office, "--pdf c.pdf --csv c.csv --xlsx c.xlsx --ics c.ics --slips s.pdf --paper a4")
    assert ran.status == 1
    assert ran.out.startswith("NOT CLEARED   Harbor Light")
    assert [line for line in ran.err.splitlines() if line.startswith("wrote")] == [
        f"wrote {name}" for name in ("c.csv", "c.xlsx", "c.ics", "c.pdf", "s.pdf")
    ]
    assert "No slip for u-60-duet, Ada Okafor: NOT CLEARED." in ran.err
    assert (tmp_path / "c.csv").read_bytes().startswith(b"\xef\xbb\xbfList,Day,")
    book = CalamineWorkbook.from_path(tmp_path / "c.xlsx")
    assert book.sheet_names == ["By day", "To do", "Concerns", "People", "Changes", "About"]
    calendar = icalendar.Calendar.from_ical((tmp_path / "c.ics").read_bytes())
    assert calendar.walk("VEVENT")
    for name in ("c.pdf", "s.pdf"):
        with pikepdf.open(tmp_path / name) as pdf:
            assert [round(float(n)) for n in pdf.pages[0].MediaBox] == [0, 0, 595, 842]


def test_the_json_in_the_report_is_the_one_that_is_printed(office: Registry, tmp_path: Path) -> None:
    clear(office, "--pdf c.pdf")
    printed = clear(office, "--json").out
    with pikepdf.open(tmp_path / "c.pdf") as pdf:
        assert pdf.attachments["clearance.json"].get_file().read_bytes().decode() == printed


def test_a_second_run_on_what_was_known_then_writes_the_same_bytes(office: Registry, tmp_path: Path) -> None:
    def written() -> list[bytes]:
        clear(office, "--pdf c.pdf --csv c.csv --xlsx c.xlsx --ics c.ics --slips s.pdf --letters l")
        return [file.read_bytes() for file in sorted(tmp_path.rglob("*")) if file.suffix in _WRITTEN]

    assert written() == written()


_WRITTEN = (".pdf", ".csv", ".xlsx", ".ics", ".txt")


def test_anybody_can_compute_the_digest_of_a_slip(office: Registry, tmp_path: Path) -> None:
    """docs/reports.md: what the QR names is what `check` prints."""
    clear(office, "--slips s.pdf")
    with pikepdf.open(tmp_path / "s.pdf") as pdf:
        codes = [_alternative(element) for element in _figures(pdf)]
    assert len(codes) == 5
    for code in codes:
        said = dict(line.split(" ", 1) for line in code.splitlines()[1:])
        checked = office(f"check {said['use']} --json --known-at {said['known-at']}").out.splitlines()
        (line,) = [one for one in checked if json.loads(one)["performer"] == said["performer"]]
        assert sha256(f"{line}\n".encode()).hexdigest() == said["sha256"]
        assert said["day"] in ("2026-12-07", "2026-12-09", "2026-12-14", "2026-11-30")


def _figures(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]


def _alternative(figure: pikepdf.Object) -> str:
    """The code, from the text that stands for the drawing."""
    return FORMAT + str(figure.Alt).partition(FORMAT)[2]


def test_letters_are_listed_with_the_command_that_records_them(office: Registry, tmp_path: Path) -> None:
    office("record correction n-bell --because 'sent to the wrong address'")
    ran = office(f"clear harbor --letters letters --known-at {LATER.isoformat()}", now=LATER)
    listed = ran.out.splitlines()[-1]
    assert listed == (
        "letters/notice-bell-u-70-scan.pdf   to Mina Bell   by Sat 28 Nov 2026, 14:00 PST   "
        "not on file: for which scenes and by whom"
    )
    text = (tmp_path / "letters" / "notice-bell-u-70-scan.txt").read_text(encoding="utf-8")
    assert text.startswith("To Mina Bell\nFrom T. Albright for Harbor Light Productions LLC, 23 Nov 2026\n")
    (command,) = re.findall(r"Send notice-bell-u-70-scan, then: registry (.*)", ran.err)
    sent = office(command.replace("…", "2026-11-23T10:00:00-08:00"), now=LATER)
    assert sent.status == 0, sent
    later = office("clear harbor --letters more", now=LATER + dt.timedelta(hours=20))
    assert "notice-bell" not in later.out


def test_many_slips_are_several_files(office: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.cli.clear_files._SLIPS", 2)
    ran = clear(office, "--slips s.pdf")
    assert [line for line in ran.err.splitlines() if line.startswith("wrote")] == [
        "wrote s.pdf",
        "wrote s-2.pdf",
        "wrote s-3.pdf",
    ]
    counts = []
    for name in ("s.pdf", "s-2.pdf", "s-3.pdf"):
        with pikepdf.open(tmp_path / name) as pdf:
            counts.append(len(_figures(pdf)))
    assert counts == [2, 2, 1]


def test_the_csv_alone_on_stdout_is_nothing_but_the_csv(office: Registry) -> None:
    ran = clear(office, "--csv -")
    assert ran.out.startswith("List,Day,Scenes,")
    assert ran.status == 1
    assert ran.err == ""


def test_json_on_stdout_stays_json(office: Registry) -> None:
    ran = clear(office, "--json --letters l --ics c.ics")
    assert json.loads(ran.out)["format"] == "consent-clearance/1"


@pytest.mark.parametrize(
    "options, said",
    [
        ("--ics -", "--ics - has nowhere to go: stdout takes the CSV alone."),
        ("--csv - --json", "--csv - and --json both write to stdout."),
        ("--pdf a --xlsx ./a", "--xlsx and --pdf both write a."),
        ("--pdf nosuch/c.pdf", "There is no folder nosuch for nosuch/c.pdf."),
        ("--slips examples", "examples is a folder, not a file."),
        ("--letters registry.toml", "registry.toml is a file, and letters go into a folder."),
        ("--pdf c.pdf --paper a5", "--paper: a5 is not a word known here; did you mean a4?"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is_made(office: Registry, options: str, said: str) -> None:
    ran = clear(office, options)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == said


def test_a_name_that_cannot_be_printed_leaves_no_half_of_a_set(office: Registry, tmp_path: Path) -> None:
    world = "format: consent-registry/1\nperformers: [{id: marsh, legal_name: 'Leo 🎬 Marsh'}]\n"
    (tmp_path / "w.yaml").write_text(world, encoding="utf-8")
    assert office("import w.yaml", now=LATER).status == 0
    ran = office("clear harbor --xlsx c.xlsx --pdf c.pdf", now=LATER + dt.timedelta(hours=1))
    assert ran.status == 2
    assert "CLAPPER BOARD" in ran.err
    assert not (tmp_path / "c.xlsx").exists()
    assert not (tmp_path / "c.pdf").exists()


def test_the_paper_names_the_command_that_asks_again(office: Registry, tmp_path: Path) -> None:
    clear(office, "--from 2026-12-01 --to 2026-12-31 --pdf c.pdf")
    from registry.documents.text import page_text

    with pikepdf.open(tmp_path / "c.pdf") as pdf:
        said = page_text(pdf).body
    again = f"registry clear harbor --from 2026-12-01 --to 2026-12-31 --known-at {KNOWN}"
    assert "".join(again.split()) in said
    assert office(again.removeprefix("registry ")).status == 0
    assert shlex.split(again)[0] == "registry"
