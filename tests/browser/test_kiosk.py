"""The kiosk in a real browser: by keyboard alone, by touch on a tablet, in three languages, without script, zoomed."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from registry.services.signing import Keys
from tests.browser.conftest import Visit, Visitor
from tests.browser.tablet import LANDSCAPE, TABLET, decides, draw, reads, send
from tests.documents import family
from tests.kiosk.tables import Running, make_keys, occasion, running, sealed

PERFORMER = "sig_performer"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return make_keys(tmp_path_factory.mktemp("kiosk") / "keys")


@pytest.fixture(scope="module")
def riders(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("riders")
    return {tag: sealed(family.employment(language=tag), folder / f"{tag}.pdf", keys) for tag in ("en", "es", "fr")}


@pytest.fixture
def table(riders: dict[str, Path], keys: Keys, tmp_path: Path) -> Iterator[Running]:
    file = Path(shutil.copy(riders["en"], tmp_path / "rider.pdf"))
    with running(occasion(file, keys, field=PERFORMER)) as found:
        yield found


def evidence(table: Running) -> dict[str, Any]:
    path = table.sitting.occasion.path
    return dict(json.loads(path.with_name(f"{path.stem}.{PERFORMER}.evidence.json").read_text(encoding="utf-8")))


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def small_targets(page: Page) -> list[str]:
    """What is to be pressed and smaller than 44 CSS pixels, labels of choices counted with their boxes."""
    return list(
        page.evaluate(
            """() => [...document.querySelectorAll("button, a, .choice, input[type=text]")]
                .filter(e => e.offsetParent !== null)
                .filter(e => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
                .map(e => e.outerHTML.slice(0, 80))"""
        )
    )


def look(visit: Visit, heading: str) -> None:
    """The page that is open: its name, where the focus is, and everything axe and a finger find fault with."""
    expect(visit.page.locator("h1")).to_have_text(heading)
    assert visit.focused().startswith(("h1 ", "section "))
    assert visit.violations() == []
    assert fits(visit.page)
    assert small_targets(visit.page) == []


def only_here(visit: Visit, table: Running) -> bool:
    ours = f"http://127.0.0.1:{table.kiosk.server_port}/"
    return all(address.startswith((ours, "data:")) for address in visit.requests)


def tab_to(visit: Visit, called: str) -> None:
    """Press Tab until something is reached, as somebody without a mouse would."""
    for _ in range(80):
        visit.page.keyboard.press("Tab")
        if called in visit.focused():
            return
    raise AssertionError(f"{called} is not reached; the focus is on {visit.focused()}")


def test_by_keyboard_alone(table: Running, visit: Visitor) -> None:
    """From the operator's page to the end, one clause declined, a fault met and mended on the way."""
    seen = visit(table.kiosk.gate.link)
    keyboard = seen.page.keyboard
    look(seen, "Before you hand over the device")
    tab_to(seen, "How the identity of Adaeze Okafor was checked")
    keyboard.type("passport seen")
    tab_to(seen, "Hand over to Adaeze Okafor")
    keyboard.press("Enter")
    look(seen, "Signing electronically")
    tab_to(seen, "I agree to read this document")
    keyboard.press("Space")
    tab_to(seen, "Read the document")
    keyboard.press("Enter")
    look(seen, "Read, and decide about each clause")
    tab_to(seen, "I agree to clause 2.1")
    keyboard.press("Space")
    tab_to(seen, "I agree to clause 2.2")
    keyboard.press("Space")
    tab_to(seen, "Your initials")
    keyboard.type("AO")
    tab_to(seen, "Go on to check and sign")
    keyboard.press("Enter")
    look(seen, "Read, and decide about each clause")
    assert seen.page.title() == "Not done yet: Read, and decide about each clause"
    assert seen.focused().startswith("section Before you can go on Clause 2.3")
    tab_to(seen, "Clause 2.3, Training of a model")
    keyboard.press("Enter")
    tab_to(seen, "clause 2.3")
    keyboard.press("ArrowDown")
    assert seen.page.locator("#initial_3-decline").is_checked()
    tab_to(seen, "Go on to check and sign")
    keyboard.press("Enter")
    look(seen, "Check and sign")
    tab_to(seen, "Your full name")
    keyboard.type("Adaeze Okafor")
    keyboard.press("Enter")
    assert table.sitting.turn.step == "sign", "Enter in a field signs nothing"
    tab_to(seen, "Sign now")
    keyboard.press("Enter")
    look(seen, "You have signed")
    with seen.page.expect_download() as taken:
        tab_to(seen, "Take your copy (PDF)")
        keyboard.press("Enter")
    assert Path(taken.value.path()).read_bytes() == table.sitting.occasion.path.read_bytes()
    tab_to(seen, "Finish")
    keyboard.press("Enter")
    seen.page.wait_for_selector("text=The signing is finished")
    assert seen.violations() == []
    assert table.wait()
    assert only_here(seen, table)
    assert table.sitting.shown.report.declined == ("2.3",)
    assert evidence(table)["gesture"] == "typed"
    assert evidence(table)["agent"].startswith("Mozilla/5.0")


@pytest.mark.parametrize("tablet", [TABLET, LANDSCAPE], ids=["portrait", "landscape"])
def test_by_touch_on_a_tablet_with_a_drawn_signature(table: Running, visit: Visitor, tablet: dict[str, Any]) -> None:
    seen = visit(table.kiosk.gate.link, **tablet)
    page = seen.page
    reads(page)
    look(seen, "Read, and decide about each clause")
    decides(page)
    look(seen, "Check and sign")
    page.locator("#drawn").tap()
    assert not page.locator("#name").is_visible()
    assert seen.violations() == []
    assert small_targets(page) == []
    send(page, "sign")
    assert seen.focused().startswith("section Before you can go on Draw your signature")
    page.locator("#board").scroll_into_view_if_needed()
    draw(page, [(0.1, 0.5), (0.3, 0.2), (0.5, 0.8)], [(0.6, 0.5), (0.8, 0.4)], [(0.9, 0.9), (0.95, 0.1)])
    page.locator("#undo").tap()
    send(page, "sign")
    look(seen, "You have signed")
    kept = evidence(table)
    assert (kept["gesture"], kept["signer"]) == ("drawn", "Adaeze Okafor")
    drawing = base64.b64decode(kept["drawing"].partition(",")[2]).decode()
    paths = re.findall(r'd="M([^"]*)"', drawing)
    assert len(paths) == 2, "the last stroke was taken back"
    assert all(abs(float(n) - e) < 3 for n, e in zip(paths[0].split("L")[0].split(), (60, 100), strict=True))
    assert only_here(seen, table)


@pytest.mark.parametrize(
    ("tag", "headings"),
    [
        ("es", ["Antes de entregar el dispositivo", "Firmar de forma electrónica", "Lea y decida sobre cada cláusula",
                "Revise y firme", "Ha firmado"]),
        ("fr", ["Avant de remettre l’appareil", "Signer sous forme électronique", "Lisez et décidez de chaque clause",
                "Vérifiez et signez", "Vous avez signé"]),
    ],
)  # fmt: skip
def test_in_the_language_of_the_document(
    riders: dict[str, Path], keys: Keys, visit: Visitor, tmp_path: Path, tag: str, headings: list[str]
) -> None:
    file = Path(shutil.copy(riders[tag], tmp_path / "rider.pdf"))
    with running(occasion(file, keys, field=PERFORMER)) as table:
        seen = visit(table.kiosk.gate.link, **TABLET)
        page = seen.page
        assert page.locator("html").get_attribute("lang") == tag
        look(seen, headings[0])
        send(page, "hand_over")
        look(seen, headings[1])
        page.locator("#electronic").tap()
        send(page, "agree")
        look(seen, headings[2])
        decides(page)
        look(seen, headings[3])
        page.fill("#name", "Adaeze Okafor")
        send(page, "sign")
        look(seen, headings[4])
        assert only_here(seen, table)
    assert evidence(table)["language"] == tag
    words = table.sitting.words
    assert evidence(table)["words_agreed"] == f"{words.say('kiosk.electronic.agree')} {words.say('kiosk.sign.words')}"


def test_without_script_a_name_is_typed(table: Running, visit: Visitor) -> None:
    seen = visit(table.kiosk.gate.link, java_script_enabled=False, **TABLET)
    page = seen.page
    reads(page)
    decides(page)
    assert not page.locator("#drawn").is_visible()
    assert not page.locator("#board").is_visible()
    page.fill("#name", "Adaeze Okafor")
    send(page, "sign")
    assert page.locator("h1").inner_text() == "You have signed"
    assert evidence(table)["gesture"] == "typed"


@pytest.mark.parametrize(("width", "height"), [(640, 512), (320, 256)], ids=["200 %", "400 %"])
def test_zoomed_in_nothing_is_cut_off(table: Running, visit: Visitor, width: int, height: int) -> None:
    """A window of 1280 × 1024 at 200 % and at 400 % leaves the page so many CSS pixels."""
    seen = visit(table.kiosk.gate.link, viewport={"width": width, "height": height}, has_touch=True)
    page = seen.page
    look(seen, "Before you hand over the device")
    reads(page)
    look(seen, "Read, and decide about each clause")
    decides(page)
    page.locator("#drawn").tap()
    assert fits(page)
    assert small_targets(page) == []


def test_the_way_out_the_back_button_and_a_second_tab(table: Running, visit: Visitor) -> None:
    before = table.sitting.occasion.path.read_bytes()
    seen = visit(table.kiosk.gate.link, **TABLET)
    page = seen.page
    reads(page)
    second = page.context.new_page()
    second.goto(page.url)
    decides(page)
    look(seen, "Check and sign")
    send(second, "leave")
    assert second.locator("h1").inner_text() == "Check and sign"
    assert "That page was sent twice, or was no longer the current one." in second.inner_text("main")
    page.go_back()
    assert page.locator("h1").inner_text() == "Check and sign"
    send(page, "leave")
    look(seen, "Leave without signing?")
    send(page, "leave_now")
    assert page.locator("h1").inner_text() == "You have not signed"
    assert seen.violations() == []
    assert table.wait()
    assert table.sitting.occasion.path.read_bytes() == before
