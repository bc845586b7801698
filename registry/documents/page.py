"""A sheet printed into HTML, and the words a reader would see on it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from registry.documents.direction import runs
from registry.documents.fonts import fonts_for
from registry.documents.language import language
from registry.documents.sheet import Sheet, printed_strings
from registry.documents.terms import Paper, RiderTerms
from registry.resources import templates

if TYPE_CHECKING:
    from jinja2 import Environment

PAPERS = {Paper.A4: "A4", Paper.LETTER: "letter"}


@cache
def environment() -> Environment:
    """The templates that ship, and nothing else."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=set_apart,
    )


def set_apart(value: object) -> object:
    """What runs from right to left in a span of its own, which the page draws by itself. A value marked with `|e`, as
    text in an attribute is, stays as it is."""
    from markupsafe import Markup, escape

    if not isinstance(value, str) or isinstance(value, Markup) or value.isascii():
        return value
    pieces = runs(value)
    if not any(turned for _, turned in pieces):
        return value
    spans = [Markup("<span>{}</span>").format(piece) if turned else escape(piece) for piece, turned in pieces]
    return Markup("").join(spans)


def page_html(terms: RiderTerms, sheet: Sheet, digest: str) -> str:
    """The page of a document."""
    template = environment().get_template(f"consent/{terms.template}.html")
    return template.render(
        sheet=sheet,
        furniture=furniture_of(terms.language, running=sheet.running, record=sheet.record, digest=digest),
        paper=PAPERS[terms.paper],
        language=terms.language,
        created=terms.issued_at.isoformat(),
    )


def page_fonts(terms: RiderTerms, sheet: Sheet) -> tuple[Path, ...]:
    """The fonts of the system that the page needs. Refuses characters that no font has, naming them."""
    return fonts_for(printed_strings(sheet), f"Document {terms.record}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What stands in the margins of every page: what it is, the record it belongs to, its digest, and the page."""

    running: str
    record: str
    digest: str
    page: str
    of: str

    def margin(self, number: int, pages: int) -> str:
        """The words in the margins of one page, as they are drawn, without white space."""
        said = f"{self.running}{self.record}{self.digest}{self.page}{number}{self.of}{pages}"
        return without_space(said)


def furniture_of(tag: str, *, running: str, record: str, digest: str, of: str = "furniture.terms") -> Furniture:
    """The margins in a language; `of` is the key of what the digest is taken of."""
    words = language(tag)
    return Furniture(
        running=running,
        record=f"{words.say('furniture.record')} {record}",
        digest=f"{words.say(of)}  {digest}",
        page=words.say("furniture.page"),
        of=words.say("furniture.of"),
    )


class _Words(HTMLParser):
    """Collects what stands in the body, as a reader sees it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._body = self._body or tag == "body"

    def handle_data(self, data: str) -> None:
        if self._body:
            self.words.append(data)


def words_of(html: str) -> str:
    """The text of a page without any white space: what a PDF of it must say, wherever its lines break."""
    reader = _Words()
    reader.feed(html)
    return without_space("".join(reader.words))


def without_space(text: str) -> str:
    return "".join(text.split())


def words_digest(words: str) -> str:
    """SHA-256 of text without white space, as `text_sha256` in consent.json has it."""
    return hashlib.sha256(words.encode()).hexdigest()
