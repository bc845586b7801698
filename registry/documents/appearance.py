"""What a signature, a seal or initials look like on the page: text in a subset of the shipped font, always embedded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from registry.documents.drawing import Drawing, Move, Pixels
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

    def block(
        self, lines: list[tuple[str, float]], *, width: float, height: float, drawing: Drawing | None = None
    ) -> Any:
        """Lines of given sizes from the top, each made to fit; a drawn signature stands to their left."""
        left = 6.0 if drawing is None else width * 0.45
        drawn: list[bytes] = []
        leading = [size * 1.32 for _, size in lines]
        y = (height + sum(leading)) / 2
        for (text, size), step in zip(lines, leading, strict=True):
            y -= step
            wide = self._width(text) * size / 1000
            size *= min(1.0, (width - left - 6) / max(wide, 1))
            drawn.append(self._line(text, size, left, y + step * 0.28))
        images: dict[str, Any] = {}
        if drawing is not None:
            drawn += self._drawn(drawing, images, width=left - 12, height=height - 6)
        return self._form(drawn, width, height, images)

    def _drawn(self, drawing: Drawing, images: dict[str, Any], *, width: float, height: float) -> list[bytes]:
        """A drawing as large as its place allows, as strokes or as an image."""
        pixels = drawing.pixels()
        if pixels is None:
            return drawn_strokes(drawing.strokes(), width=width, height=height)
        images["Im1"] = _stream(self._writer, _image(pixels), pixels.data)
        scale = min(width / pixels.width, height / pixels.height)
        wide, high = pixels.width * scale, pixels.height * scale
        place = b"%.3f 0 0 %.3f %.3f %.3f cm" % (wide, high, 6 + (width - wide) / 2, 3 + (height - high) / 2)
        return [b"q", place, b"/Im1 Do", b"Q"]

    def _width(self, text: str) -> int:
        return max(1, sum(self._subset.widths[c] for c in text))

    def _line(self, text: str, size: float, x: float, y: float) -> bytes:
        codes = "".join(f"{self._subset.codes[c]:04X}" for c in text)
        return b"BT /F1 %.2f Tf %.2f %.2f Td <%s> Tj ET" % (size, x, y, codes.encode())

    def _form(self, drawn: list[bytes], width: float, height: float, images: dict[str, Any] | None = None) -> Any:
        resources = {"Font": {"F1": self._font}} | ({"XObject": images} if images else {})
        form = {
            "Type": _name("XObject"),
            "Subtype": _name("Form"),
            "BBox": [0.0, 0.0, round(width, 3), round(height, 3)],
            "Resources": resources,
        }
        return _stream(self._writer, form, b"\n".join([b"q", _INK, *drawn, b"Q"]))


def drawn_strokes(strokes: tuple[Move, ...], *, width: float, height: float) -> list[bytes]:
    """Strokes of an SVG, turned upside down for PDF and scaled into a place 6 points from the left, 3 from below."""
    points = [p for _, ps in strokes for p in ps]
    low, high = ([f(p[axis] for p in points) for axis in (0, 1)] for f in (min, max))
    scale = min(width / max(high[0] - low[0], 1e-6), height / max(high[1] - low[1], 1e-6), 1e4)
    x = 6 + (width - (high[0] - low[0]) * scale) / 2
    y = 3 + (height + (high[1] - low[1]) * scale) / 2
    lines = [b"q 1.1 w 1 J 1 j 0.07 0.07 0.35 RG"]
    for verb, ps in strokes:
        numbers = b" ".join(b"%.2f %.2f" % (x + (px - low[0]) * scale, y - (py - low[1]) * scale) for px, py in ps)
        lines += [b"S"] if verb == "m" and len(lines) > 1 else []
        lines.append(numbers + b" " + verb.encode())
    return [*lines, b"S Q"]


def _image(pixels: Pixels) -> dict[str, Any]:
    return {
        "Type": _name("XObject"),
        "Subtype": _name("Image"),
        "Width": pixels.width,
        "Height": pixels.height,
        "ColorSpace": _name("DeviceGray"),
        "BitsPerComponent": 8,
    }


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
