"""A clearance, its slips and its letters on paper: conforming, complete, the same bytes; refused where unprintable."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import segno

from registry.cli.verdict_json import line
from registry.documents.page import without_space
from registry.documents.prepare import Packed
from registry.documents.render import Renderer
from registry.documents.terms import Paper
from registry.documents.text import _drawn, page_text
from registry.domain.clearance import Clearance
from registry.domain.letter import Block
from registry.errors import UsageError
from registry.services.reports.letters import letters_of
from registry.services.reports.platform_note import Writer
from registry.services.reports.printing import ROWS, print_clearance, print_letter, print_slips
from registry.services.reports.slips import slips_of
from registry.services.reports.view import report_of
from tests.documents.pdfcheck import faults
from tests.services.clearances import alone, clearance, harbor, long

DATA = b'{"format": "consent-clearance/1"}\n'
AGAIN = "registry clear harbor --known-at 2026-11-22T10:00:00Z"
WRITER = Writer(name="T. Albright", company="Harbor Light Productions LLC", on=dt.date(2026, 11, 22))


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as found:
        yield found


def printed(of: Clearance, renderer: Renderer, paper: Paper = Paper.LETTER) -> bytes:
    report = report_of(of, digest=sha256(DATA).hexdigest(), company="Harbor Light Productions LLC", rows=ROWS)
    return print_clearance(report, data=Packed.of([DATA]), command=AGAIN, paper=paper, renderer=renderer)


def slips(renderer: Renderer) -> bytes:
    found = slips_of(clearance(), harbor(), span="Mon 30 Nov 2026", alone=alone(), line=line)
    return print_slips(found, paper=Paper.A4, renderer=renderer)


def letters(renderer: Renderer) -> list[bytes]:
    found = letters_of(clearance(), harbor(), writer=WRITER)
    return [print_letter(letter, text=letter.subject, paper=Paper.A4, renderer=renderer) for letter in found]


def every_paper(renderer: Renderer) -> list[bytes]:
    return [printed(clearance(), renderer), slips(renderer), *letters(renderer)]


def said(data: bytes) -> str:
    """What the pages say, in reading order, without white space."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return page_text(pdf).body


def test_they_conform(renderer: Renderer, tmp_path: Path) -> None:
    report, *others = every_paper(renderer)
    assert faults(report, attached="clearance.json") == set()
    for data in others:
        assert faults(data, attached=None) == set()
    for n, data in enumerate([report, *others]):
        file = tmp_path / f"{n}.pdf"
        file.write_bytes(data)
        subprocess.run(["qpdf", "--check", file], check=True, capture_output=True)


@pytest.mark.parametrize("paper, size", [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))])
def test_the_report_is_on_the_paper_asked_for(renderer: Renderer, paper: Paper, size: tuple[int, int]) -> None:
    with pikepdf.open(BytesIO(printed(clearance(), renderer, paper))) as pdf:
        assert {tuple(round(float(n)) for n in page.MediaBox)[2:] for page in pdf.pages} == {size}


def test_the_report_says_everything_and_carries_its_json(renderer: Renderer) -> None:
    data = printed(clearance(), renderer)
    words = said(data)
    for expected in (
        "NOT CLEARED", "red: not to go ahead", "Of 7 planned uses 3 may not go ahead", "day 54 of 72", "Ada Okafor",
        "u-60-duet", "by Sat 28 Nov 2026, 14:00 PST", "TVT23-NOTICE-1", "K. Ono", "UNMATCHED", "Mai Tran, Rui Sousa",
        "Duties that follow", "3,000.00 USD", "Changed since the run of Fri 20 Nov 2026", "Sign-off", "Line producer",
        "Known at", AGAIN,
    ):  # fmt: skip
        assert without_space(expected) in words, expected
    with pikepdf.open(BytesIO(data)) as pdf:
        assert pdf.attachments["clearance.json"].get_file().read_bytes() == DATA
        fields = {str(field.T): str(field.FT) for field in pdf.Root.AcroForm.Fields}
    assert fields == {"sig_line_producer": "/Sig", "sig_business_affairs": "/Sig"}


def test_a_day_with_nothing_planned_and_a_clearance_of_nothing_print(renderer: Renderer) -> None:
    empty = replace(clearance(), planned=(), todos=(), concerns=(), changes=(), days=())
    words = said(printed(empty, renderer))
    assert without_space("No day of work, and no use is planned.") in words
    assert without_space("Nothing has to happen before the work.") in words
    assert without_space("Nothing changed.") in words


def test_markup_in_a_name_is_a_name(renderer: Renderer) -> None:
    of = clearance()
    names = ("<b>Ada</b>", "=HYPERLINK(1)", "</td><script>", "Łucja Đặng-Ωmega")
    planned = tuple(replace(of.planned[n], who=name, why=name) for n, name in enumerate(names))
    words = said(printed(replace(of, planned=planned), renderer))
    for name in names:
        assert without_space(name) in words


@pytest.mark.parametrize("name, told", [("فاطمة", "ARABIC LETTER FEH"), ("Ada 🎬", "CLAPPER BOARD")])
def test_a_name_the_fonts_lack_is_refused_with_the_character_named(renderer: Renderer, name: str, told: str) -> None:
    of = clearance()
    planned = tuple(replace(one, who=name) for one in of.planned)
    with pytest.raises(UsageError, match=told):
        printed(replace(of, planned=planned), renderer)


def test_a_long_schedule_folds_and_says_what_it_folded(renderer: Renderer) -> None:
    data = printed(long(5_000), renderer)
    words = said(data)
    assert without_space("4,700 of 5,000 planned uses are folded into sums under their day.") in words
    assert without_space("stands in full in clearance.json") in words
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) < 90


def test_a_crowd_of_thousands_is_one_row_that_says_how_many_are_not_named(renderer: Renderer) -> None:
    of = clearance()
    one = next(p for p in of.planned if p.who == "Mai Tran")
    crowd = tuple(replace(one, who=f"Extra {n}", performer=f"x-{n}") for n in range(3_000))
    words = said(printed(replace(of, planned=crowd), renderer))
    assert without_space("3000 people") in words
    assert without_space("Extra 39 and 2,960 more, named in clearance.json") in words


def test_a_slip_can_be_scanned(renderer: Renderer, tmp_path: Path) -> None:
    """Every module of the first QR stands on the page where it must, dark or light."""
    found = slips_of(clearance(), harbor(), span="Mon 30 Nov 2026", alone=alone(), line=line)
    matrix = [bytes(row) for row in segno.make(found.slips[0].code, error="m", micro=False).matrix]
    (tmp_path / "s.pdf").write_bytes(print_slips(found, paper=Paper.A4, renderer=renderer))
    subprocess.run(["pdftoppm", "-gray", "-r", "254", "-l", "1", "s.pdf", "s"], cwd=tmp_path, check=True)
    (page,) = tmp_path.glob("s-*.pgm")
    head, size, _, pixels = page.read_bytes().split(b"\n", 3)
    assert head == b"P5"
    width, height = (int(n) for n in size.split())
    module = 34 * 10 / (len(matrix) + 4)  # 34 mm at 10 pixels a millimetre, a quiet zone of two modules
    left = (210 - 14 - 36) * 10 + 2 * module

    def at(row: int, column: int, top: int) -> bool:
        x, y = int(left + (column + 0.5) * module), int(top + (row + 0.5) * module)
        return pixels[y * width + x] < 128

    def matches(top: int) -> bool:
        return all(
            at(row, column, top) == bool(dark) for row, line_ in enumerate(matrix) for column, dark in enumerate(line_)
        )

    assert any(matches(top) for top in range(200, min(600, height)))


def test_the_same_input_gives_the_same_bytes(renderer: Renderer) -> None:
    assert every_paper(renderer) == every_paper(renderer)


def test_the_order_of_sets_is_in_no_byte(checkout: Path) -> None:
    found = [
        subprocess.run(
            [sys.executable, "-c", _DIGESTS], cwd=checkout, check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(checkout)},
        ).stdout
        for seed in ("1", "77")
    ]  # fmt: skip
    assert found[0] == found[1]


_DIGESTS = """
from hashlib import sha256
from registry.documents.render import Renderer
from registry.files.clearance_csv import clearance_csv
from registry.files.clearance_ics import clearance_ics
from registry.files.clearance_xlsx import clearance_xlsx
from registry.services.reports.view import report_of
from tests.documents.test_clearance_pages import every_paper
from tests.services.clearances import clearance

report = report_of(clearance(), digest="ab" * 32)
with Renderer() as renderer:
    papers = every_paper(renderer)
files = [clearance_csv(report).encode(), clearance_ics(report), clearance_xlsx(report), *papers]
print([sha256(file).hexdigest() for file in files])
"""


def test_the_sender_of_a_letter_never_stands_alone_on_a_page(renderer: Renderer) -> None:
    notice = letters_of(clearance(), harbor(), writer=WRITER)[0]
    for length in range(20, 34):
        block = Block(
            sentences=("A line of the letter, as long as it has to be to fill a page sooner or later.",) * length
        )
        long_one = replace(notice, blocks=(block,))
        data = print_letter(long_one, text=notice.subject, paper=Paper.LETTER, renderer=renderer)
        with pikepdf.open(BytesIO(data)) as pdf:
            for page in pdf.pages:
                words = "".join(_drawn(page)[0].values())
                assert "Aline" in words, length


def test_a_letter_bears_sender_addressees_and_the_digest_of_its_text(renderer: Renderer) -> None:
    notice = replace(
        letters_of(clearance(), harbor(), writer=WRITER)[0], to=("the Netflix contact", "R. Bell, guardian")
    )
    data = print_letter(notice, text="the text", paper=Paper.A4, renderer=renderer)
    with pikepdf.open(BytesIO(data)) as pdf:
        text = page_text(pdf)
    for expected in (WRITER.company, WRITER.name, "The Netflix contact", "through R. Bell, guardian", notice.subject):
        assert without_space(str(expected)) in text.body
    assert sha256(b"the text").hexdigest() in text.furniture[0]
    with pytest.raises(UsageError, match=f"Letter {notice.name} has 🎬"):
        print_letter(replace(notice, sender="T. 🎬"), text="", paper=Paper.A4, renderer=renderer)
