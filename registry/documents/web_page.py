"""A page to read as one HTML file: nothing outside it is asked for, and nothing in it can ask.

Every text is escaped by the templates. The policy of the page names the digests of its one style sheet and its one
script and allows nothing else, so that a name that looks like a script is a name and nothing more.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from functools import cache
from typing import TYPE_CHECKING

from registry.domain.finding import State
from registry.domain.reading import Page
from registry.domain.unseen import clean
from registry.resources import templates

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LIGHTS = {"red": "may not go ahead", "amber": "not before it is answered", "green": "may go ahead"}
_SETTLED = (State.MET, State.EXEMPT, State.NONE)
_SOME = 8  # of a list that stands beside something else, before it is folded


def page_html(page: Page) -> str:
    """The whole file, ending in a line end. The same page gives the same text."""
    style, script = _asset("page.css"), _asset("page.js")
    return (
        environment()
        .get_template("pages/page.html")
        .render(
            page=page,
            people=_people(page),
            numbered=any(line.row.number for day in page.days for line in day.lines),
            style=style,
            script=script,
            policy=_policy(style, script),
        )
    )


def _policy(style: str, script: str) -> str:
    """The Content-Security-Policy: https://www.w3.org/TR/CSP3/."""
    return "; ".join(
        [
            "default-src 'none'",
            f"style-src 'sha256-{_digest(style)}'",
            f"script-src 'sha256-{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> Markup:
    """A part of the page that ships with the program, and is put in as it is."""
    from markupsafe import Markup

    return Markup((templates() / "pages" / name).read_text(encoding="utf-8"))


@cache
def environment() -> Environment:
    """The templates of pages. What is printed loses, beside what escaping does, the characters nobody sees."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_seen,
    )
    made.filters |= {"day": _day, "sentence": _sentence, "word": _word}
    made.globals |= {"lights": _LIGHTS, "settled": _SETTLED, "few": _SOME}
    return made


def _seen(value: object) -> object:
    """A text as it is printed: without characters that nobody sees."""
    return (
        clean(value) if isinstance(value, str) and not hasattr(value, "__html__") and not value.isprintable() else value
    )


def _people(page: Page) -> dict[str, int]:
    """Everybody in a row of the page, by name, with a number each."""
    names = {clean(name) for day in page.days for line in day.lines for name in line.row.people or (line.row.who,)}
    return {name: n for n, name in enumerate(sorted(names - {""}), 1)}


def _day(on: dt.date | None) -> str:
    return f"{_WEEKDAYS[on.weekday()]} {on.day} {on:%b} {on.year}" if on else "–"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _word(text: str) -> str:
    """A word of a closed list in capitals, as verdicts and findings are headed."""
    return text.replace("_", " ").upper()
