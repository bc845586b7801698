"""The shipped fonts: which characters they have, the blank font of form fields, and subsets for signatures."""

from __future__ import annotations

import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path

from registry.errors import UsageError
from registry.resources import templates

BODY_FONTS = (
    "SourceSerifPro-Regular.ttf",
    "SourceSerifPro-Semibold.ttf",
    "SourceSansPro-Regular.ttf",
    "SourceSansPro-Semibold.ttf",
)
STAMP_FONT = "SourceSansPro-Regular.ttf"
FIELD_FONT = "field.ttf"


def font_file(name: str) -> Path:
    return templates() / "fonts" / name


@cache
def known_characters() -> frozenset[int]:
    """The code points that every shipped font has: text may stand in any of them."""
    from fontTools.ttLib import TTFont

    found: set[int] | None = None
    for name in BODY_FONTS:
        with TTFont(font_file(name), lazy=True) as font:
            points = set(font.getBestCmap())
        found = points if found is None else found & points
    return frozenset(found or ())


def refuse_unknown_characters(text: str, where: str) -> None:
    """Raises UsageError naming the first character that would print as an empty box."""
    known = known_characters()
    for character in text:
        if ord(character) not in known and character not in "\n\t\r":
            name = unicodedata.name(character, f"U+{ord(character):04X}")
            shown = character if character.isprintable() else "a character that cannot be shown"
            raise UsageError(
                f"{where} has {shown} (U+{ord(character):04X}, {name}), which the shipped fonts do not have: “{text}”.",
                "Write it in letters the fonts have (Latin, Greek, Cyrillic), and keep the original among other_names.",
            )


@cache
def field_font() -> bytes:
    """A font of one blank glyph for form fields. With any other, the whole font goes into the file (trap 4)."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "space"])
    builder.setupCharacterMap({0x20: "space"})
    empty = TTGlyphPen(None).glyph()
    builder.setupGlyf({".notdef": empty, "space": empty})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "space": (250, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Field", "styleName": "Regular", "psName": "Field-Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.save(out)
    return out.getvalue()
