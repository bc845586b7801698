"""The shipped fonts: which characters they have, the blank font of form fields, and subsets for signatures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
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
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/opt/homebrew/share/fonts", "/Library/Fonts")
_ENDS = ("ttf", "otf", "ttc")
_SPACES = "\n\t\r"
# Controls, invisible marks, private characters and pictures: none is a letter, and some turn the text around them. The
# joiners of Persian and Indic scripts belong to a word.
_JOINERS = "\u200c\u200d"
_NEVER = ("Cc", "Cf", "Cn", "Co", "Cs", "So")
_CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")


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
        if ord(character) not in known and character not in _SPACES:
            raise _unknown(character, text, where)


def fonts_for(texts: Iterable[str], where: str) -> tuple[Path, ...]:
    """The fonts of the system that texts need besides the shipped ones, in the order of their names. Raises UsageError
    naming the first character that none of them has, and what to install."""
    found: set[Path] = set()
    known = known_characters()
    for text in texts:
        for character in text:
            if ord(character) in known or character in _SPACES:
                continue
            if any(ord(character) in covered(font) for font in found):
                continue
            hidden = unicodedata.category(character) in _NEVER and character not in _JOINERS
            font = None if hidden else system_font(character)
            if font is None:
                raise _unknown(character, text, where)
            found.add(font)
    return tuple(sorted(found))


@cache
def system_font(character: str) -> Path | None:
    """The Noto font on this machine that has a character: of its own script first, then any."""
    script = unicodedata.name(character, "").split(" ")[0].split("-")[0].capitalize()
    ours = [f for f in _installed() if script and script in f.stem]
    return next((f for f in (*ours, *_installed()) if ord(character) in covered(f)), None)


@cache
def _installed() -> tuple[Path, ...]:
    """The Noto fonts that can stand in running text, those with serifs first."""
    found = {f for folder in _FOLDERS for end in _ENDS for f in Path(folder).rglob(f"Noto*-Regular.{end}")}
    letters = [f for f in found if "Emoji" not in f.name]
    rank = {"NotoNaskh": 0, "NotoSerif": 1, "NotoSans": 2, "": 3}
    return tuple(sorted(letters, key=lambda f: (min(rank[p] for p in rank if f.name.startswith(p)), f)))


@cache
def covered(font: Path) -> frozenset[int]:
    """The code points that a font has."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(font, lazy=True, fontNumber=0) as opened:
            return frozenset(opened.getBestCmap() or ())
    except (TTLibError, OSError):
        return frozenset()


def _unknown(character: str, text: str, where: str) -> UsageError:
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    shown = character if character.isprintable() else "a character that cannot be shown"
    problem = f"{where} has {shown} (U+{ord(character):04X}, {name}), which no font at hand has: “{text}”."
    if unicodedata.category(character) in _NEVER:
        return UsageError(problem, "Leave it out: it is no letter of a name or a text.")
    package = "fonts-noto-cjk" if name.split(" ")[0].split("-")[0] in _CJK else "fonts-noto-core"
    return UsageError(problem, f"apt-get install {package}    or write it in Latin, Greek or Cyrillic letters")


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
