"""Pages to read, in a real browser: for eyes, for the keyboard, for a screen reader, on paper, and without scripts."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from registry.cli import main
from registry.cli.pages import clearance_page
from registry.documents.web_page import page_html
from registry.services.clearance import Cleared
from tests.browser.conftest import Visitor
from tests.cli.conftest import NOW, compiled, example_home
from tests.services import clearances

__all__ = ["compiled", "example_home"]

PAGES = ("clearance", "check", "use", "performer", "production", "nothing")
WAYS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
}
HOSTILE = '</script><script>alert("1")</script><img src=x onerror=alert(2)> \u202eדנה "O\'Neil" & Söhne'


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, example_home: Path, compiled: Path, checkout: Path) -> Path:
    """A folder with a page of each kind, written as somebody would type it."""
    home = tmp_path_factory.mktemp("pages")
    shutil.copytree(example_home, home, dirs_exist_ok=True)
    environ = {"REGISTRY_HOME": str(home), "REGISTRY_BY": "T. Albright", "REGISTRY_CACHE": str(compiled)}
    examples = checkout / "examples" / "uses"
    files = [
        p for name in ("scan", "stunt", "crowd", "adr-pitch", "duet") for p in ("--file", f"{examples / name}.yaml")
    ]

    def typed(*words: str, status: int = 0) -> None:
        assert main(list(words), now=NOW, environ=environ) == status

    typed("check", *files, "--record", "--html", str(home / "check.html"), status=1)
    typed("clear", "harbor", "--html", str(home / "clearance.html"), status=1)
    typed("clear", "harbor", "--day", "2026-12-24", "--html", str(home / "nothing.html"), status=3)
    typed("use", "show", "u-60-duet", "--html", str(home / "use.html"))
    typed("performer", "show", "okafor", "--html", str(home / "performer.html"))
    typed("production", "show", "harbor", "--html", str(home / "production.html"))
    return home


def unfolded(page: Page) -> None:
    """One row of a page, whole: axe looks at every word that can be seen, and a page has many rows alike."""
    rows = "document.querySelector('.use.red').querySelectorAll('details')"
    page.evaluate(f"() => {rows}.forEach((one) => {{ one.open = true; }})")


@pytest.mark.parametrize(
    ("name", "way"),
    [*((name, "light") for name in PAGES), *((n, w) for n in ("check", "performer") for w in ("dark", "narrow"))],
)
def test_everybody_can_read_it(visit: Visitor, pages: Path, name: str, way: str) -> None:
    """axe finds nothing; nothing has to be scrolled sideways; nothing is asked for."""
    file = pages / f"{name}.html"
    visited = visit(file, **WAYS[way])
    assert visited.violations() == []
    assert visited.page.evaluate(_OVERFLOW) == 0
    assert visited.requests == [file.as_uri()]


@pytest.mark.parametrize("way", WAYS)
def test_everybody_can_read_what_is_unfolded(visit: Visitor, pages: Path, way: str) -> None:
    visited = visit(pages / "clearance.html", **WAYS[way])
    unfolded(visited.page)
    assert visited.violations() == []
    assert visited.page.evaluate(_OVERFLOW) == 0


_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_the_keyboard_alone_goes_everywhere(visit: Visitor, pages: Path) -> None:
    visited = visit(pages / "clearance.html")
    page, press = visited.page, visited.page.keyboard.press
    press("Tab")
    assert visited.focused() == "a Skip to the answer"
    press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"
    order = []
    while not (order and order[-1].startswith("summary")):
        press("Tab")
        order.append(visited.focused())
        assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none", order
    assert order[:5] == ["input Words in a row", "select Verdict", "select Person", "select Day", "button Show all"]
    assert order[5:-1] == [f"a {day}" for day in DAYS]
    summary = page.locator("summary:focus")
    details = page.locator("details:has(> summary:focus)")
    for key, open_ in (("Enter", True), ("Space", False), ("Space", True)):
        summary.press(key)
        assert details.evaluate("(one) => one.open") is open_
    press("Tab")
    assert visited.focused().startswith("summary DUE TVT23-PAY-CREATE-1")
    press("Enter")
    expect(details.get_by_text("use.separate_session_day")).to_be_visible()


DAYS = ("Mon 30 Nov 2026", "Mon 7 Dec 2026", "Wed 9 Dec 2026", "Mon 14 Dec 2026", "Mon 12 Apr 2027")


def test_the_filter_says_how_many_are_left(visit: Visitor, pages: Path) -> None:
    page = visit(pages / "clearance.html").page
    said = page.get_by_role("status")
    expect(said).to_have_attribute("aria-live", "polite")
    expect(said).to_have_text("All 6 planned uses are shown.")
    words = page.get_by_role("searchbox", name="Words in a row")
    words.press_sequentially("okafor")
    expect(said).to_have_text("2 of 6 planned uses are shown.")
    expect(page.locator(".use:visible")).to_have_count(2)
    expect(page.get_by_role("heading", name="Wed 9 Dec 2026")).to_be_hidden()
    words.press("Escape")
    expect(said).to_have_text("All 6 planned uses are shown.")
    expect(words).to_have_value("")
    expect(page.get_by_role("heading", name="Wed 9 Dec 2026")).to_be_visible()
    page.get_by_label("Verdict", exact=True).select_option("NOT CLEARED")
    expect(said).to_have_text("1 of 6 planned uses is shown.")
    page.get_by_label("Person").select_option(label="Mai Tran")
    expect(said).to_have_text("None of 6 planned uses fits. Show all, or ask for less.")
    page.get_by_role("button", name="Show all").press("Enter")
    expect(words).to_be_focused()
    page.get_by_label("Person").select_option(label="Mai Tran")
    expect(said).to_have_text("2 of 6 planned uses are shown.")  # her crowd's row
    page.get_by_label("Day", exact=True).select_option(label="Mon 7 Dec 2026")
    expect(said).to_have_text("None of 6 planned uses fits. Show all, or ask for less.")


@pytest.mark.parametrize("way", WAYS)
def test_a_screen_reader_meets_tables_with_names(visit: Visitor, pages: Path, way: str) -> None:
    """The roles of tables survive where a narrow window lays their cells out one under the other."""
    page = visit(pages / "clearance.html", **WAYS[way]).page
    expect(page.get_by_role("banner")).to_have_count(1)
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("navigation", name="On this page")).to_have_count(1)
    expect(page.get_by_role("search", name="Find planned uses")).to_have_count(1)
    grid = page.get_by_role("table", name="Planned uses of Mon 12 Apr 2027")
    heads = grid.get_by_role("columnheader")
    assert heads.all_text_contents() == ["Scene", "No.", "Who", "What", "Verdict", "Why"]
    row = grid.get_by_role("row").nth(1)
    expect(row.get_by_role("rowheader")).to_contain_text("Ada Okafor")
    assert row.get_by_role("cell").all_text_contents()[3].startswith("NOT CLEARED")
    levels = page.eval_on_selector_all("h1,h2,h3", "(found) => found.map((one) => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    fold = grid.locator("summary").first
    assert fold.text_content() == "Findings on Ada Okafor, u-60-duet: 8 unmet, 1 refer, 6 due, 4 met"


def test_without_scripts_everything_is_there(visit: Visitor, pages: Path) -> None:
    page = visit(pages / "clearance.html", java_script_enabled=False).page
    expect(page.get_by_role("search")).to_have_count(0)
    expect(page.locator(".use:visible")).to_have_count(5)
    fold = page.locator("details.answer-of").last
    expect(fold.get_by_text("One consent is missing.")).to_be_hidden()
    fold.locator("summary").first.click()
    expect(fold.get_by_text("One consent is missing.")).to_be_visible()
    finding = fold.locator("details", has_text="Images, video or voices falsified").first
    finding.locator("summary").first.click()
    expect(finding.get_by_text("Art. 612-quater c.p.", exact=False).first).to_be_visible()
    expect(finding.get_by_text("use.generative")).to_be_visible()
    expect(finding.get_by_text("declared, T. Albright", exact=False).first).to_be_visible()


def test_paper_shows_what_stands_in_the_way(visit: Visitor, pages: Path) -> None:
    """Unfolded on paper: every answer, and of what may not go ahead what each open rule says. What is met is a line."""
    page = visit(pages / "clearance.html").page
    page.emulate_media(media="print", color_scheme="dark")
    for gone in (".filter", "nav", ".skip"):
        expect(page.locator(gone)).to_be_hidden()
    refused = page.locator(".use.red")
    expect(refused.get_by_text("Images, video or voices falsified", exact=False)).to_be_visible()
    expect(refused.get_by_text("use.generative").first).to_be_visible()
    expect(page.get_by_text("It may go ahead; three duties follow.").first).to_be_visible()
    expect(page.locator(".names")).to_be_visible()
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(format="A4").startswith(b"%PDF")
    assert page.pdf(format="Letter").startswith(b"%PDF")


def test_a_name_that_looks_like_a_script_is_a_name(visit: Visitor, tmp_path: Path) -> None:
    one = clearances.clearance()
    planned = tuple(replace(p, who=HOSTILE, character=HOSTILE, why=HOSTILE) for p in one.planned)
    hostile = replace(one, title=HOSTILE, planned=planned, since=HOSTILE)
    file = tmp_path / "hostile.html"
    file.write_text(written(hostile), encoding="utf-8")
    visited = visit(file)
    expect(visited.page.get_by_role("heading", level=1)).to_contain_text("</script><script>alert")
    expect(visited.page.locator("img")).to_have_count(0)
    expect(visited.page.locator("script")).to_have_count(1)
    visited.page.get_by_role("searchbox").press_sequentially("<img src=x")
    expect(visited.page.get_by_role("status")).to_have_text("All 7 planned uses are shown.")
    assert visited.violations() == []
    assert visited.requests == [file.as_uri()]


def test_a_script_that_was_slipped_in_does_not_run(visit: Visitor, pages: Path, tmp_path: Path) -> None:
    """The policy of the page allows its own script and its own style sheet, and no other."""
    html = (pages / "use.html").read_text(encoding="utf-8")
    file = tmp_path / "changed.html"
    slipped = '<script>document.title = "changed"</script><img src="https://example.com/x.png" alt=""></main>'
    file.write_text(html.replace("</main>", slipped), encoding="utf-8")
    visited = visit(file)
    expect(visited.page).to_have_title(re.compile("^Check of planned digital work"))
    refused = [said for said in visited.complaints if "Content Security Policy" in said]
    assert len(refused) == 2
    assert "failed: https://example.com/x.png" in visited.complaints
    visited.complaints.clear()


def test_a_whole_film_is_read_in_one_page(visit: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "film.html"
    file.write_text(written(clearances.long(600)), encoding="utf-8")
    page = visit(file).page
    expect(page.locator("#f-said")).to_have_text("All 600 planned uses are shown.")
    page.locator("#f-text").fill("u-60-0599")
    expect(page.locator("#f-said")).to_have_text("1 of 600 planned uses is shown.")
    row = page.locator(".use:not([hidden])")
    expect(row).to_have_count(1)
    expect(row).to_be_visible()
    row.locator("summary").last.click()
    row.locator("a").first.click()
    expect(page.locator(".rule > :target")).to_be_visible()


def written(clearance: Any) -> str:
    cleared = Cleared(clearance=clearance, plan=(), world=clearances.harbor())
    return page_html(clearance_page(cleared, company="Harbor Light", digest="0" * 64, again="registry clear harbor"))
