"""Pages to read: whatever a name is made of stays a name; a whole film keeps every row; the policy names what is in."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.cli.pages import clearance_page
from registry.documents.web_page import page_html
from registry.domain.clearance import Clearance
from registry.domain.unseen import clean
from registry.services.clearance import Cleared
from tests.services import clearances


class Tags(HTMLParser):
    """The tags of a page with their attributes' names, and the words of its first heading."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, ...]] = []
        self.heading = ""
        self._in = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))
        self._in = self._in or tag == "h1"

    def handle_endtag(self, tag: str) -> None:
        self._in = self._in and tag != "h1"

    def handle_data(self, data: str) -> None:
        self.heading += data if self._in else ""


def written(clearance: Clearance) -> str:
    cleared = Cleared(clearance=clearance, plan=(), world=clearances.harbor())
    return page_html(clearance_page(cleared, company=None, digest="0" * 64, again="registry clear harbor"))


def short() -> Clearance:
    """One row, so that a property is tried often."""
    one = clearances.clearance()
    return replace(one, planned=one.planned[:1], todos=one.todos[:2], concerns=one.concerns[:1], changes=None)


@cache
def ordinary() -> list[tuple[str, ...]]:
    """The tags of the page whose names are ordinary."""
    one = short()
    planned = tuple(replace(p, who="x", why="x", character="x") for p in one.planned)
    return Tags(written(replace(one, title="x", planned=planned))).tags


@settings(max_examples=40)
@given(st.text(alphabet=st.sampled_from("<>&\"'/=! abc-\u202e\u2028\x00\x1bדé\ud800"), min_size=1))
def test_no_name_ever_becomes_a_tag(name: str) -> None:
    """The tags of a page are the same whatever people, pictures and reasons are called."""
    odd = short()
    named = tuple(replace(p, who=f"x{name}", why=f"x{name}", character=f"x{name}") for p in odd.planned)
    html = written(replace(odd, title=f"x{name}", planned=named))
    page = Tags(html)
    assert page.tags == ordinary()
    assert " ".join(page.heading.split()) == clean(f"x{name}")
    html.encode()


def test_the_policy_names_the_one_style_sheet_and_the_one_script() -> None:
    html = written(short())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    for tag, kind in (("style", "style-src"), ("script", "script-src")):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{kind} &#39;sha256-{digest}&#39;" in policy[1]
    assert policy[1].startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy[1]
    assert not re.search(r"(?i)\s(style|on\w+|src)\s*=", re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.DOTALL))


def test_a_whole_film_keeps_every_row_and_says_what_it_tells_in_short() -> None:
    film = clearances.long(5_000)
    html = written(film)
    assert len(html.encode()) < 30_000_000
    rows = re.findall(r'data-n="(\d+)"', html)
    assert sum(map(int, rows)) == 5_000
    for n in (0, 777, 4_999):
        assert f'<span class="small id">u-{1 + n // 10}-{n:04d}</span>' in html
    said = re.search(r"([\d,]+) answers of this page are told in short", html)
    assert said is not None
    assert int(said[1].replace(",", "")) + html.count("What it was judged by") == 5_000
    linked = set(re.findall(r'href="#(rule-[^"]+)"', html))
    assert linked
    assert linked <= set(re.findall(r'id="(rule-[^"]+)"', html))


def test_a_small_page_tells_everything_in_full() -> None:
    html = written(clearances.clearance())
    assert html == written(clearances.clearance())
    assert "told in short" not in html
    assert "What the rules say" not in html
