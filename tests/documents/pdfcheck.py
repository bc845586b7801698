"""What a PDF of ours must be, to be PDF/A-3a and PDF/UA-1 and to carry its terms: the rules that once failed here.

No checker of PDF/UA that can be had from a package index is good enough to be a gate; this one knows exactly the faults
that WeasyPrint's and pyHanko's own output had. test_pdfcheck.py breaks each rule and sees it fail.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from registry.documents.text import character_map, page_text
from tests.documents import pdfua


def faults(data: bytes, *, attached: str | None = "consent.json") -> set[str]:
    """The names of the rules that the file breaks; `attached` is the file that it carries (None: it carries none)."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return {name for name, holds in (*_rules(pdf, attached), *pdfua.rules(pdf)) if not holds}


def _rules(pdf: pikepdf.Pdf, attached: str | None) -> Iterator[tuple[str, bool]]:
    root = pdf.Root
    form = root.get("/AcroForm", pikepdf.Dictionary())
    fields = [field for field in form.get("/Fields", []) if pdfua.shown(field)]
    yield "no-need-appearances", "/NeedAppearances" not in form
    yield "no-default-resources", "/DR" not in form and "/DA" not in form
    yield "widget-appearance", all("/AP" in f and "/N" in f.AP for f in fields)
    yield "widget-tooltip", all(str(f.get("/TU", "")) for f in fields)
    yield "widget-printed", all(int(f.get("/F", 0)) & 4 and not int(f.F) & 2 for f in fields)
    yield "widget-tagged", all(_form_element(pdf, f) is not None for f in fields)
    yield "form-kid-direct", all(isinstance(e.K, pikepdf.Dictionary) for e in _form_elements(pdf, fields))
    fonts = list(_fonts(pdf))
    yield "font-embedded", bool(fonts) and all(_embedded(f.DescendantFonts[0].FontDescriptor) for f in fonts)
    yield "code-mapped", all(codes <= set(character_map(font)) for font, codes in _used(pdf))
    yield "no-notdef", all(0 not in codes for _, codes in _used(pdf))
    yield (
        "no-interpolate",
        not any(isinstance(o, pikepdf.Stream) and bool(o.get("/Interpolate", False)) for o in pdf.objects),
    )
    yield from _catalog(pdf)
    yield from _metadata(pdf)
    if attached is not None:
        yield from _terms(pdf, attached)


def _catalog(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    root = pdf.Root
    yield "language", bool(str(root.get("/Lang", "")))
    yield "marked", bool(root.get("/MarkInfo", {}).get("/Marked", False))
    yield "title-shown", bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False))
    yield (
        "output-intent",
        any(i.S == "/GTS_PDFA1" and "/DestOutputProfile" in i for i in root.get("/OutputIntents", [])),
    )
    yield "trailer-id", len(pdf.trailer.get("/ID", [])) == 2
    yield "no-action", "/OpenAction" not in root and "/AA" not in root and "/JavaScript" not in root.get("/Names", {})
    yield "no-encryption", not pdf.is_encrypted
    yield "tab-order", all(page.get("/Tabs") == "/S" for page in pdf.pages)


def _metadata(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    packet = _packet(pdf)
    yield "pdfa-3a", "<pdfaid:part>3<" in packet and "<pdfaid:conformance>A<" in packet
    yield "pdfua-1", "<pdfuaid:part>1<" in packet
    schemas = re.findall(r"<pdfaSchema:namespaceURI>([^<]+)<", packet)
    declared = {*schemas} >= {"http://www.aiim.org/pdfua/ns/id/", "urn:consent-registry:document:1#"}
    yield "extension-schemas", declared
    title = re.search(r"<dc:title>.*?<rdf:li[^>]*>([^<]+)<", packet, re.DOTALL)
    yield "title-agrees", title is not None and title[1] == str(pdf.trailer.Info.get("/Title", ""))
    created = re.search(r"<xmp:CreateDate>([^<]+)<", packet)
    stamp = re.sub(r"\D", "", str(pdf.trailer.Info.get("/CreationDate", "")))
    yield "date-agrees", created is not None and re.sub(r"\D", "", created[1]) == stamp


def _terms(pdf: pikepdf.Pdf, name: str) -> Iterator[tuple[str, bool]]:
    names = pdf.Root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    attached = names[1] if len(names) == 2 else None
    yield "attached", attached is not None and str(names[0]) == name
    yield "af-relationship", attached is not None and attached.get("/AFRelationship") == "/Source"
    yield "catalog-af", len(pdf.Root.get("/AF", [])) == 1
    data = b"" if attached is None else attached.EF.F.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    yield "digest-printed", all(digest in margin for margin in _margins(pdf))
    yield "digest-in-metadata", f">{digest}<" in _packet(pdf)


def _margins(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    try:
        return page_text(pdf).furniture
    except ValueError:  # text that cannot be read: `code-mapped` says so
        return ("",)


def _packet(pdf: pikepdf.Pdf) -> str:
    return bytes(pdf.Root.Metadata.read_bytes()).decode() if "/Metadata" in pdf.Root else ""


def _embedded(descriptor: Any) -> bool:
    """TrueType outlines, or the PostScript ones that fonts of Chinese, Japanese and Korean have."""
    other = descriptor.get("/FontFile3", {})
    return "/FontFile2" in descriptor or other.get("/Subtype") in ("/OpenType", "/CIDFontType0C")


def _form_element(pdf: pikepdf.Pdf, field: Any) -> Any:
    """The Form element that a widget's StructParent leads to."""
    if "/StructParent" not in field:
        return None
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    for key, value in zip(numbers[::2], numbers[1::2], strict=True):
        if int(key) == int(field.StructParent) and isinstance(value, pikepdf.Dictionary) and value.S == "/Form":
            return value
    return None


def _form_elements(pdf: pikepdf.Pdf, fields: list[Any]) -> list[Any]:
    return [e for f in fields if (e := _form_element(pdf, f)) is not None]


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/DescendantFonts" in thing:
            yield thing


def _used(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, set[int]]]:
    """Each font of each page and appearance with the codes that are drawn in it."""
    fields = pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields", [])
    drawn = [*pdf.pages, *(f.AP.N for f in fields if "/AP" in f)]
    for content in drawn:
        stream = content.obj if isinstance(content, pikepdf.Page) else content
        fonts = dict(stream.get("/Resources", {}).get("/Font", {}).items())
        codes: dict[str, set[int]] = {name: set() for name in fonts}
        current = ""
        for instruction in pikepdf.parse_content_stream(content):
            operands: Any = instruction.operands
            if str(instruction.operator) == "Tf":
                current = str(operands[0])
            elif str(instruction.operator) in ("Tj", "TJ"):
                pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                for piece in pieces:
                    if isinstance(piece, pikepdf.String):
                        raw = bytes(piece)
                        codes[current] |= {int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw), 2)}
        yield from ((fonts[name], found) for name, found in codes.items() if found)
