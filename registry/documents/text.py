"""What the pages of a PDF say, in reading order, read from the file's own structure tree without any other program.

Two streams: the words of the body, and whatever else is drawn as text (page furniture, and anything hidden from it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from registry.documents.direction import logical

if TYPE_CHECKING:
    import pikepdf

_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a document without white space: the body in reading order, and the furniture of each page."""

    body: str
    furniture: tuple[str, ...]


def page_text(pdf: pikepdf.Pdf) -> PageText:
    """Raises ValueError for text drawn with a code that its font gives no character for."""
    marked: list[dict[int, str]] = []
    furniture: list[str] = []
    for page in pdf.pages:
        by_mark, outside = _drawn(page)
        marked.append(by_mark)
        furniture.append(outside)
    numbers = {page.objgen: n for n, page in enumerate(pdf.pages)}
    body = [marked[page].pop(mark, "") for page, mark in _reading_order(pdf.Root.StructTreeRoot, None, numbers)]
    # What the tree does not reach is furniture: WeasyPrint marks it and leaves it out of the tree.
    return PageText(
        body="".join(body), furniture=tuple(f + "".join(m.values()) for f, m in zip(furniture, marked, strict=True))
    )


def _reading_order(node: Any, page: int | None, numbers: dict[Any, int]) -> Iterator[tuple[int, int]]:
    """Marked content of the structure tree, as (page, mark)."""
    if "/Pg" in node:
        page = numbers[node.Pg.objgen]
    kids = node.get("/K", [])
    for kid in kids if _is_array(kids) else [kids]:
        if isinstance(kid, int):
            if page is None:
                raise ValueError("marked content without a page")
            yield page, kid
        elif kid.get("/Type") != "/OBJR":
            yield from _reading_order(kid, page, numbers)


def _is_array(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array)


def _drawn(page: Any) -> tuple[dict[int, str], str]:
    """Text of a page by its mark, and text that has none."""
    import pikepdf

    fonts = {name: character_map(font) for name, font in dict(page.Resources.get("/Font", {})).items()}
    by_mark: dict[int, str] = {}
    outside: list[str] = []
    marks: list[int | None] = []
    current: dict[int, str] = {}
    # The pieces of one line of text, and the mark they stand under: a line is read as a whole, for its direction.
    line: list[str] = []
    under: int | None = None

    def said() -> None:
        if under is None:
            outside.append(logical(line))
        else:
            by_mark[under] = by_mark.get(under, "") + logical(line)
        line.clear()

    for instruction in pikepdf.parse_content_stream(page):
        operands, name = cast(Any, instruction.operands), str(instruction.operator)
        if name in ("BDC", "BMC"):
            has_mark = name == "BDC" and hasattr(operands[1], "keys") and "/MCID" in operands[1]
            marks.append(int(operands[1].MCID) if has_mark else None)
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            current = fonts[str(operands[0])]
        elif name in ("Tj", "TJ", "'", '"'):
            mark = next((m for m in reversed(marks) if m is not None), None)
            if mark != under:
                said()
                under = mark
            line += shown(operands[-1], current)
        elif name == "ET":
            said()
    return by_mark, "".join(outside)


def appearance_text(form: Any) -> str:
    """The text an appearance draws, without white space."""
    import pikepdf

    resources = form.get("/Resources", {})
    fonts = {name: character_map(font) for name, font in dict(resources.get("/Font", {})).items()}
    current: dict[int, str] = {}
    said: list[str] = []
    for instruction in pikepdf.parse_content_stream(form):
        operands, name = cast(Any, instruction.operands), str(instruction.operator)
        if name == "Tf":
            current = fonts[str(operands[0])]
        elif name in ("Tj", "TJ"):
            said.append(logical(shown(operands[-1], current)))
    return "".join(said)


def shown(operand: Any, characters: dict[int, str]) -> list[str]:
    """The characters of a show operator from left to right, two bytes a code, no white space. Raises ValueError for an
    unmapped code."""
    pieces = operand if _is_array(operand) else [operand]
    said: list[str] = []
    for piece in pieces:
        if not isinstance(piece, (bytes, str)) and not _is_string(piece):
            continue
        raw = bytes(piece)
        for at in range(0, len(raw), 2):
            code = int.from_bytes(raw[at : at + 2], "big")
            if code not in characters:
                raise ValueError(f"code {code:04x} has no character")
            said.append("".join(characters[code].split()))
    return [piece for piece in said if piece]


def _is_string(piece: Any) -> bool:
    import pikepdf

    return isinstance(piece, pikepdf.String)


def character_map(font: Any) -> dict[int, str]:
    """Code → characters, from the font's ToUnicode map."""
    if "/ToUnicode" not in font:
        return {}
    cmap = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in _PAIR.findall(block):
            found[int(code, 16)] = _utf16(text)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, start, listed in _RANGE.findall(block):
            texts = re.findall(r"<([0-9A-Fa-f]+)>", listed) if listed else None
            for n in range(int(last, 16) - int(first, 16) + 1):
                text = _utf16(texts[n]) if texts else _next(start, n)
                found[int(first, 16) + n] = text
    return found


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be")


def _next(start: str, by: int) -> str:
    text = _utf16(start)
    return text[:-1] + chr(ord(text[-1]) + by)
