"""What a signature, a seal or initials look like on the page: text in a subset of the shipped font, always embedded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from registry.documents.fonts import STAMP_FONT, font_file, known_characters, refuse_unknown_characters

_INK = b"0.07 0.07 0.07 rg"


@dataclass(frozen=True, slots=True)
class Subset:
    """The glyphs of some characters: the font's bytes, and code and width (per 1000) of each character."""

    name: str
    data: bytes
    codes: dict[str, int]
    widths: dict[str, int]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int


def subset(characters: str) -> Subset:
    """Source Sans cut down to `characters`; the same characters give the same bytes."""
    from fontTools import subset as cutter
    from fontTools.ttLib import TTFont

    wanted = "".join(sorted(set(characters) | {" "}))
    options = cutter.Options(layout_features=[], hinting=False, notdef_outline=True, recalc_timestamp=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "DSIG", "meta"]
    with TTFont(font_file(STAMP_FONT), lazy=True, recalcTimestamp=False) as font:
        knife = cutter.Subsetter(options)
        knife.populate(text=wanted)
        knife.subset(font)
        out = BytesIO()
        font.save(out)
        cmap, advance = font.getBestCmap(), font["hmtx"]
        scale = 1000 / font["head"].unitsPerEm
        tag = "".join(chr(65 + b % 26) for b in hashlib.sha256(wanted.encode()).digest()[:6])
        head, hhea = font["head"], font["hhea"]
        return Subset(
            name=f"{tag}+SourceSansPro-Regular",
            data=out.getvalue(),
            codes={c: font.getGlyphID(cmap[ord(c)]) for c in wanted},
            widths={c: round(advance[cmap[ord(c)]][0] * scale) for c in wanted},
            box=tuple(round(n * scale) for n in (head.xMin, head.yMin, head.xMax, head.yMax)),
            ascent=round(hhea.ascent * scale),
            descent=round(hhea.descent * scale),
        )


def can_stamp(text: str) -> bool:
    """Whether the font of stamps has every letter. It sets no script that joins or turns its letters."""
    return all(ord(character) in known_characters() for character in text)


class Stamps:
    """Appearances of one revision of a PDF, with one font for all of them. `writer` is pyHanko's incremental writer."""

    def __init__(self, writer: Any, texts: list[str]) -> None:
        for text in texts:
            refuse_unknown_characters(text, "A signature")
        self._writer = writer
        self._subset = subset("".join(texts))
        self._font = _embedded(writer, self._subset)

    def centred(self, text: str, *, width: float, height: float, size: float) -> Any:
        """One line in the middle of its box, smaller where it would not fit."""
        wide = self._width(text) * size / 1000
        size = size * min(1.0, (width - 4) / wide)
        x, y = (width - self._width(text) * size / 1000) / 2, (height - size * 0.66) / 2
        return self._form([self._line(text, size, x, y)], width, height)

    def block(self, lines: list[tuple[str, float]], *, width: float, height: float) -> Any:
        """Lines of given sizes from the top, each made to fit."""
        drawn: list[bytes] = []
        leading = [size * 1.32 for _, size in lines]
        y = (height + sum(leading)) / 2
        for (text, size), step in zip(lines, leading, strict=True):
            y -= step
            wide = self._width(text) * size / 1000
            drawn.append(self._line(text, size * min(1.0, (width - 12) / max(wide, 1)), 6, y + step * 0.28))
        return self._form(drawn, width, height)

    def _width(self, text: str) -> int:
        return max(1, sum(self._subset.widths[c] for c in text))

    def _line(self, text: str, size: float, x: float, y: float) -> bytes:
        codes = "".join(f"{self._subset.codes[c]:04X}" for c in text)
        return b"BT /F1 %.2f Tf %.2f %.2f Td <%s> Tj ET" % (size, x, y, codes.encode())

    def _form(self, drawn: list[bytes], width: float, height: float) -> Any:
        form = {
            "Type": _name("XObject"),
            "Subtype": _name("Form"),
            "BBox": [0.0, 0.0, round(width, 3), round(height, 3)],
            "Resources": {"Font": {"F1": self._font}},
        }
        return _stream(self._writer, form, b"\n".join([b"q", _INK, *drawn, b"Q"]))


def _embedded(writer: Any, cut: Subset) -> Any:
    """The subset as a font of the PDF: Type 0, two-byte codes that are glyph numbers, with a ToUnicode map."""
    descriptor = {
        "Type": _name("FontDescriptor"),
        "FontName": _name(cut.name),
        "Flags": 4,
        "FontBBox": list(cut.box),
        "ItalicAngle": 0,
        "Ascent": cut.ascent,
        "Descent": cut.descent,
        "CapHeight": 660,
        "StemV": 84,
        "FontFile2": _stream(writer, {"Length1": len(cut.data)}, cut.data),
    }
    widths: list[object] = []
    for character, code in sorted(cut.codes.items(), key=lambda item: item[1]):
        widths += [code, [cut.widths[character]]]
    descendant = {
        "Type": _name("Font"),
        "Subtype": _name("CIDFontType2"),
        "BaseFont": _name(cut.name),
        "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
        "CIDToGIDMap": _name("Identity"),
        "DW": 500,
        "W": widths,
        "FontDescriptor": writer.add_object(_object(descriptor)),
    }
    font = {
        "Type": _name("Font"),
        "Subtype": _name("Type0"),
        "BaseFont": _name(cut.name),
        "Encoding": _name("Identity-H"),
        "DescendantFonts": [writer.add_object(_object(descendant))],
        "ToUnicode": _stream(writer, {}, _to_unicode(cut)),
    }
    return writer.add_object(_object(font))


def _name(text: str) -> Any:
    from pyhanko.pdf_utils.generic import pdf_name

    return pdf_name(f"/{text}")


def _object(value: Any) -> Any:
    """A Python value as pyHanko's; its own objects pass as they are."""
    from pyhanko.pdf_utils import generic

    kinds: Any = generic
    match value:
        case kinds.PdfObject():
            return value
        case dict():
            return kinds.DictionaryObject({_name(key): _object(item) for key, item in value.items()})
        case list():
            return kinds.ArrayObject([_object(item) for item in value])
        case int():
            return kinds.NumberObject(value)
        case float():
            return kinds.FloatObject(value)
        case _:
            return kinds.pdf_string(value)


def _stream(writer: Any, entries: dict[str, Any], data: bytes) -> Any:
    from pyhanko.pdf_utils import generic

    kinds: Any = generic
    stream = kinds.StreamObject(dict(_object(entries)), stream_data=data)
    stream.compress()
    return writer.add_object(stream)


def _to_unicode(cut: Subset) -> bytes:
    pairs = [f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>" for character, code in cut.codes.items()]
    blocks = [pairs[n : n + 100] for n in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()
