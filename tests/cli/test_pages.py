"""`--html`: what is answered on the terminal, as one page to read, as somebody would type it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Ran

Registry = Callable[..., Ran]
USES = " ".join(f"--file examples/uses/{name}.yaml" for name in ("scan", "stunt", "crowd", "adr-pitch", "duet"))
LATER = NOW + dt.timedelta(days=1)
KNOWN = "2026-11-22T20:00:00Z"


class Words(HTMLParser):
    """What a reader sees, without what is style or script."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._hidden = 0
        self._words: list[str] = []
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data)


@pytest.fixture
def office(registry: Registry) -> Registry:
    """The example registry, its uses on file."""
    assert registry(f"check {USES} --record").status == 1
    return registry


def read(file: Path) -> str:
    return Words(file.read_text(encoding="utf-8")).text


def test_a_clearance_is_a_page_with_every_use_and_every_rule(office: Registry, tmp_path: Path) -> None:
    ran = office(f"clear harbor --known-at {KNOWN} --html c.html", now=LATER)
    assert ran.status == 1
    assert ran.out.startswith("NOT CLEARED   Harbor Light")
    assert ran.err.endswith("wrote c.html\n")
    words = read(tmp_path / "c.html")
    assert "Of 6 planned uses 1 may not go ahead and 5 may go ahead, all of them with duties that follow." in words
    for said in ("u-70-scan", "u-41-fall", "u-7-crowd", "u-23-pitch", "u-60-duet", "Rui Sousa", "Mai Tran"):
        assert said in words
    assert "UNMET US-WA-6360-FDL A clone nobody can tell from the person" in words
    assert "RCW 63.60 as amended by SSB 5886 (ch. 69, Laws of 2026); 63.60.040 · us-wa · grade B" in words
    assert "use.generative yes declared, T. Albright, 2026-09-01" in words
    assert "registry cure u-60-duet --rider" in words
    printed = office(f"clear harbor --known-at {KNOWN} --json", now=LATER).out
    assert f"SHA-256 of the same answer as JSON: {sha256(printed.encode()).hexdigest()}" in words


def test_the_same_question_gives_the_same_page(office: Registry, tmp_path: Path) -> None:
    def written() -> list[bytes]:
        office(f"clear harbor --known-at {KNOWN} --html a.html", now=LATER)
        office(f"check u-60-duet u-7-crowd --known-at {KNOWN} --html b.html", now=LATER)
        office("performer show okafor --html c.html", now=LATER)
        office("production show harbor --html d.html", now=LATER)
        return [(tmp_path / f"{name}.html").read_bytes() for name in "abcd"]

    assert written() == written()


def test_a_page_on_stdout_is_nothing_but_the_page(office: Registry, tmp_path: Path) -> None:
    for command in (
        f"clear harbor --known-at {KNOWN}",
        f"check u-60-duet --known-at {KNOWN}",
        "use show u-41-fall",
        "performer show okafor",
        "production show harbor",
    ):
        ran = office(f"{command} --html -", now=LATER)
        file = office(f"{command} --html page.html", now=LATER)
        assert ran.status == file.status
        assert ran.out.startswith("<!DOCTYPE html>\n")
        assert ran.out.endswith("</html>\n")
        assert ran.out.encode() == (tmp_path / "page.html").read_bytes()


def test_a_use_in_a_file_is_named_with_its_file(office: Registry, tmp_path: Path) -> None:
    ran = office(f"check --file examples/uses/duet.yaml --known-at {KNOWN} --html u.html", now=LATER)
    assert ran.status == 1
    words = read(tmp_path / "u.html")
    assert "Ada Okafor · use of replica · Harbor Light, sc. 60" in words
    assert "registry check u-60-duet --file examples/uses/duet.yaml --explain" in words
    assert f"registry check --file examples/uses/duet.yaml --known-at {KNOWN}" in words
    printed = office(f"check --file examples/uses/duet.yaml --known-at {KNOWN} --json", now=LATER).out
    assert sha256(printed.encode()).hexdigest() in words


def test_a_performer_is_a_page_with_their_uses_and_what_is_on_file(office: Registry, tmp_path: Path) -> None:
    ran = office("performer show okafor --html p.html")
    assert ran.out == office("performer show okafor").out
    words = read(tmp_path / "p.html")
    assert "Of 2 planned uses 1 may not go ahead and 1 may go ahead, with duties that follow." in words
    for said in ("Adaeze Okafor", "Owed within a year", "c-okafor-1", "§2.2", "Records"):
        assert said in words


def test_somebody_without_a_use_is_told_so(office: Registry, registry: Registry, tmp_path: Path) -> None:
    world = "format: consent-registry/1\nperformers:\n  - id: quiet\n    legal_name: Una Quiet\n"
    (tmp_path / "quiet.yaml").write_text(world, encoding="utf-8")
    assert registry("import quiet.yaml").status == 0
    assert registry("performer show quiet --html q.html").status == 0
    words = read(tmp_path / "q.html")
    assert "No use is on file. That says nothing about a use that is not on file." in words


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("clear harbor --html nowhere/c.html", "There is no folder nowhere for nowhere/c.html."),
        ("check u-41-fall --html nowhere/c.html", "There is no folder nowhere for nowhere/c.html."),
        ("check u-41-fall --html examples", "examples is a folder, not a file."),
        ("check u-41-fall --html - --json", "--html - and --json both write to stdout."),
        ("performer show okafor --html examples", "examples is a folder, not a file."),
        (
            "performer show okafor --withheld --html p.html",
            "--html writes everything about a performer, and no part of it.",
        ),
        ("use show u-41-fell --html u.html", "There is no use u-41-fell on file; did you mean u-41-fall?"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_left(
    office: Registry, tmp_path: Path, command: str, said: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    ran = office(command)
    assert ran.status == 2
    assert ran.out == ""
    assert said in ran.err
    assert sorted(tmp_path.rglob("*")) == before
