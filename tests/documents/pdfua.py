"""Rules of PDF/A-3a and PDF/UA-1 that pages of ours could break: structure, fonts, annotations, files, metadata.

Written from the standards' requirements (ISO 19005-3, ISO 14289-1); pdfcheck.py asks them, with its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

_STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct", "Private",
    "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead",
    "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Figure", "Formula",
    "Form", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP",
}  # fmt: skip
_PARENTS = {"TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}, "LI": {"L"}, "LBody": {"LI"}}
_TEXT = {"Tj", "TJ", "'", '"'}
_PAINTS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "EI"}
_NAMESPACES = {"pdfaid", "pdfuaid", "dc", "xmp", "pdf", "registry", "pdfaExtension", "pdfaSchema", "pdfaProperty"}


def rules(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    """Each rule by its name, and whether the file keeps it."""
    yield from _structure(pdf)
    yield from _content(pdf)
    yield from _fonts(pdf)
    yield from _annotations(pdf)
    yield from _files(pdf)
    yield from _packet(pdf)


def _elements(node: Any, parent: str = "") -> Iterator[tuple[Any, str, str]]:
    """Every structure element in reading order, with its type and its parent's."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            kind = str(kid.S)[1:]
            yield kid, kind, parent
            yield from _elements(kid, kind)


def _structure(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    tree = pdf.Root.StructTreeRoot
    found = list(_elements(tree))
    kinds = [kind for _, kind, _ in found]
    yield "structure-types", bool(kinds) and set(kinds) <= _STANDARD and "/RoleMap" not in tree
    yield "structure-document", [k for _, k, p in found if not p] == ["Document"]
    yield "structure-parents", all(parent in _PARENTS.get(kind, {parent}) for _, kind, parent in found)
    levels = [int(kind[1]) for kind in kinds if re.fullmatch(r"H[1-6]", kind)]
    steps = zip([0, *levels], levels, strict=False)
    yield "headings-in-order", bool(levels) and all(level <= before + 1 for before, level in steps)
    yield "header-scope", all(_scope(e) for e, kind, _ in found if kind == "TH")
    yield "figure-alternate", all(str(e.get("/Alt", "")) for e, kind, _ in found if kind in ("Figure", "Formula"))
    yield "rows-even", all(len(set(_widths(e))) == 1 for e, kind, _ in found if kind == "Table")
    yield "bookmarks", "/Outlines" in pdf.Root and "/First" in pdf.Root.Outlines


def _scope(element: Any) -> bool:
    attributes = element.get("/A", [])
    held = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return any(isinstance(a, pikepdf.Dictionary) and a.get("/Scope") in ("/Row", "/Column", "/Both") for a in held)


def _widths(table: Any) -> Iterator[int]:
    """How many columns each row of a table spans, rows that reach down into it included."""
    reaching: list[int] = []
    for element, kind, _ in _elements(table):
        if kind != "TR":
            continue
        cells = [cell for cell, k, _ in _elements(element, "TR") if k in ("TH", "TD")]
        yield sum(_span(c, "/ColSpan") for c in cells) + sum(1 for r in reaching if r > 0)
        reaching = [r - 1 for r in reaching if r > 1]
        for cell in cells:
            reaching += [_span(cell, "/RowSpan") - 1] * _span(cell, "/ColSpan") if _span(cell, "/RowSpan") > 1 else []


def _span(cell: Any, key: str) -> int:
    attributes = cell.get("/A", [])
    held = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return max([int(a.get(key, 1)) for a in held if isinstance(a, pikepdf.Dictionary)], default=1)


def _content(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    drawn = [_drawn(page) for page in pdf.pages]
    yield "content-marked", not any(loose for loose, _ in drawn)
    tagged = set(_tagged(pdf))
    marks = {(page.objgen, mark) for page, (_, found) in zip(pdf.pages, drawn, strict=True) for mark in found}
    yield "marks-in-structure", marks <= tagged
    yield "structure-on-page", tagged <= marks
    yield "page-tree-parent", all("/StructParents" in page for page in pdf.pages)
    groups = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary | pikepdf.Stream) and "/Group" in o]
    yield "blending-space", all("/CS" in o.Group for o in groups if o.Group.get("/S") == "/Transparency")
    states = [
        o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and ("/ca" in o or "/CA" in o or "/SMask" in o)
    ]
    opaque = all(o.get("/ca", 1) == 1 and o.get("/CA", 1) == 1 and o.get("/SMask", "/None") == "/None" for o in states)
    yield "no-transparency", opaque or bool(groups)
    coloured = any(i.get("/S") == "/GTS_PDFA1" and _icc(i) for i in pdf.Root.get("/OutputIntents", []))
    yield "colour-profile", coloured


def _icc(intent: Any) -> bool:
    profile = intent.get("/DestOutputProfile")
    return isinstance(profile, pikepdf.Stream) and bytes(profile.read_bytes())[36:40] == b"acsp"


def _drawn(page: Any) -> tuple[int, set[int]]:
    """What a page paints outside all marks, and the marks it has in its structure."""
    open_marks: list[bool] = []
    loose, marks = 0, set()
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name in ("BDC", "BMC"):
            known = str(operands[0]) == "/Artifact"
            if name == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
                marks.add(int(operands[1].MCID))
                known = True
            open_marks.append(known)
        elif name == "EMC":
            open_marks.pop()
        elif name in _TEXT | _PAINTS and not any(open_marks):
            loose += 1
    return loose, marks


def _tagged(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, int]]:
    """The marks that the structure leads to, with their page."""
    for element, _, _ in _elements(pdf.Root.StructTreeRoot):
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                yield element.Pg.objgen, kid
            elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
                yield (kid.get("/Pg") or element.Pg).objgen, int(kid.MCID)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
    whole = [f for f in fonts if "/DescendantFonts" in f]
    below = [f.DescendantFonts[0] for f in whole]
    yield "font-composite", all(f.get("/Subtype") in ("/Type0", "/CIDFontType2", "/CIDFontType0") for f in fonts)
    yield "font-map", all(d.get("/CIDToGIDMap") == "/Identity" for d in below if d.Subtype == "/CIDFontType2")
    yield "font-encoding", all(f.get("/Encoding") in ("/Identity-H", "/Identity-V") for f in whole)
    yield "font-unicode", all("/ToUnicode" in f for f in whole)
    subset = re.compile(r"/[A-Z]{6}\+.+")
    named = all(subset.fullmatch(str(f.BaseFont)) and f.BaseFont == f.DescendantFonts[0].BaseFont for f in whole)
    yield "font-name", named and all(d.FontDescriptor.FontName == d.BaseFont for d in below)
    yield "font-set", all("/CIDSet" not in d.FontDescriptor for d in below)  # one that is there has to be complete
    yield "font-widths", all(_widths_agree(d) for d in below if "/FontFile2" in d.FontDescriptor)


def _widths_agree(font: Any) -> bool:
    """The widths that the PDF gives are those of the font inside it, to a thousandth of an em."""
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()), lazy=True) as inside:
        em, order = inside["head"].unitsPerEm, inside.getGlyphOrder()
        widths = inside["hmtx"].metrics
        said = dict(_said_widths(font))
        return all(
            code >= len(order) or abs(widths[order[code]][0] * 1000 / em - width) <= 1 for code, width in said.items()
        )


def _said_widths(font: Any) -> Iterator[tuple[int, float]]:
    items = list(font.get("/W", []))
    at = 0
    while at < len(items):
        if isinstance(items[at + 1], pikepdf.Array):
            yield from ((int(items[at]) + n, float(w)) for n, w in enumerate(items[at + 1]))
            at += 2
        else:
            yield from ((code, float(items[at + 2])) for code in range(int(items[at]), int(items[at + 1]) + 1))
            at += 3


def shown(field: Any) -> bool:
    """Whether a field has a place on a page; that of a further time stamp has none."""
    return "/Rect" not in field or any(float(n) for n in field.Rect)


def _annotations(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    yield "annotation-kind", all(n.Subtype in ("/Widget", "/Link") for n in notes)
    yield "annotation-said", all(str(n.get("/TU", n.get("/Contents", ""))) for n in notes)
    yield "annotation-tagged", all("/StructParent" in n for n in notes)
    yield "annotation-no-action", all("/A" not in n and "/AA" not in n for n in notes if n.Subtype == "/Widget")
    drawn = [n.AP.N for n in notes if n.Subtype == "/Widget" and "/AP" in n]
    yield "appearance-form", all(isinstance(d, pikepdf.Stream) and d.get("/Subtype") == "/Form" for d in drawn)
    yield "appearance-resources", all("/Resources" in d and "/BBox" in d for d in drawn)
    fields = pdf.Root.get("/AcroForm", {}).get("/Fields", [])
    yield "fields-on-pages", {f.objgen for f in fields if shown(f)} == {n.objgen for n in notes if "/FT" in n}


def _files(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    files = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Filespec"]
    yield "file-named", all(str(f.get("/F", "")) and f.get("/F") == f.get("/UF") for f in files)
    yield "file-described", all(str(f.get("/Desc", "")) for f in files)
    inside = [f.EF.F for f in files if "/EF" in f]
    yield "file-type", len(inside) == len(files) and all("/" in str(s.get("/Subtype", ""))[1:] for s in inside)
    dated = all("/ModDate" in s.get("/Params", {}) for s in inside)
    yield "file-dated", dated and all(int(s.Params.get("/Size", -1)) == len(s.read_bytes()) for s in inside)
    linked = {f.objgen for f in pdf.Root.get("/AF", [])}
    yield "file-associated", {f.objgen for f in files} <= linked
    streams = [o for o in pdf.objects if isinstance(o, pikepdf.Stream)]
    yield "no-outside-file", not any("/F" in s or "/FFilter" in s for s in streams)


def _packet(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        yield "packet-plain", False
        return
    text = bytes(stream.read_bytes()).decode("utf-8", "replace")
    yield "packet-plain", "/Filter" not in stream and stream.get("/Type") == "/Metadata"
    yield "packet-declared", set(re.findall(r"<([A-Za-z]+):", text)) - {"x", "rdf"} <= _NAMESPACES
    used = set(re.findall(r"<registry:(\w+)>", text))
    declared = set(re.findall(r"<pdfaProperty:name>(\w+)<", text))
    yield "packet-properties", used | {"part"} <= declared
    said = re.search(r"<dc:language>.*?<rdf:li>([^<]+)<", text, re.DOTALL)
    yield "packet-language", said is not None and said[1] == str(pdf.Root.get("/Lang", ""))
    changed = re.search(r"<xmp:ModifyDate>([^<]+)<", text)
    stamp = re.sub(r"\D", "", str(pdf.trailer.Info.get("/ModDate", "")))
    yield "packet-changed", changed is not None and re.sub(r"\D", "", changed[1]) == stamp
    producer = re.search(r"<pdf:Producer>([^<]+)<", text)
    yield "packet-producer", producer is not None and producer[1] == str(pdf.trailer.Info.get("/Producer", ""))
    yield "info-known", set(pdf.trailer.Info.keys()) <= {"/Title", "/CreationDate", "/ModDate", "/Producer"}
