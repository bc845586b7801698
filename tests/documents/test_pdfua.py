"""pdfua.py notices each of its rules being broken."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.documents.pdfcheck import faults


def element(pdf: pikepdf.Pdf, kind: str) -> Any:
    return next(o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == f"/{kind}" and "/P" in o)


def below(pdf: pikepdf.Pdf) -> Any:
    """The font that words are set in."""
    fonts = pdf.pages[0].Resources.Font
    return next(f for _, f in fonts.items() if "Serif" in str(f.BaseFont)).DescendantFonts[0]


def whole(pdf: pikepdf.Pdf) -> Any:
    return next(f for _, f in pdf.pages[0].Resources.Font.items() if "Serif" in str(f.BaseFont))


def put(thing: Any, key: str, value: Any) -> None:
    thing[key] = value


def drop(thing: Any, key: str) -> None:
    del thing[key]


def rewritten(pdf: pikepdf.Pdf, old: str, new: str) -> None:
    packet = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert old in packet
    pdf.Root.Metadata.write(packet.replace(old, new, 1).encode())


def file(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.AF[0]


def widget(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.AcroForm.Fields[0]


def one_cell_less(pdf: pikepdf.Pdf) -> None:
    row = element(pdf, "TR")
    row.K = Array([row.K[0]])


def mark_nobody_knows(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"/Span << /MCID 999 >> BDC 0 0 1 1 re f EMC")


def mark_that_is_nowhere(pdf: pikepdf.Pdf) -> None:
    found = element(pdf, "P")
    kids = list(found.K) if isinstance(found.K, Array) else [found.K]
    found.K = Array([*kids, 998])
    found.Pg = pdf.pages[0].obj


def see_through(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.ExtGState = Dictionary(Half=pdf.make_indirect(Dictionary(Type=Name.ExtGState, ca=0.5)))


def blended_nowhere(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency)


def note(pdf: pikepdf.Pdf) -> None:
    shown = Dictionary(Type=Name.Annot, Subtype=Name.Sound, Rect=Array([0, 0, 1, 1]), StructParent=1)
    shown.Contents = String("a sound")
    pdf.pages[0].obj.Annots = Array([*pdf.pages[0].obj.get("/Annots", []), pdf.make_indirect(shown)])


def lost_field(pdf: pikepdf.Pdf) -> None:
    form = pdf.Root.AcroForm
    form.Fields = Array([*form.Fields, pdf.make_indirect(Dictionary(T=String("lost"), FT=Name.Tx))])


def file_beside(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Extra = pdf.make_indirect(Dictionary({**dict(file(pdf).items())}))


BREAKAGES: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "structure-types": lambda p: put(element(p, "Sect"), "/S", Name.Chapter),
    "structure-document": lambda p: put(element(p, "Document"), "/S", Name.Part),
    "structure-parents": lambda p: put(element(p, "TR"), "/S", Name.P),
    "headings-in-order": lambda p: put(element(p, "H2"), "/S", Name.H6),
    "header-scope": lambda p: drop(element(p, "TH"), "/A"),
    "figure-alternate": lambda p: put(element(p, "P"), "/S", Name.Figure),
    "rows-even": one_cell_less,
    "bookmarks": lambda p: drop(p.Root, "/Outlines"),
    "content-marked": lambda p: p.pages[0].contents_add(b"0 0 9 9 re f"),
    "marks-in-structure": mark_nobody_knows,
    "structure-on-page": mark_that_is_nowhere,
    "page-tree-parent": lambda p: drop(p.pages[0].obj, "/StructParents"),
    "blending-space": blended_nowhere,
    "no-transparency": see_through,
    "colour-profile": lambda p: p.Root.OutputIntents[0].DestOutputProfile.write(b"no profile" * 9),
    "font-composite": lambda p: put(whole(p), "/Subtype", Name.Type1),
    "font-map": lambda p: drop(below(p), "/CIDToGIDMap"),
    "font-encoding": lambda p: put(whole(p), "/Encoding", Name.WinAnsiEncoding),
    "font-unicode": lambda p: drop(whole(p), "/ToUnicode"),
    "font-name": lambda p: put(whole(p), "/BaseFont", Name("/Serif")),
    "font-set": lambda p: put(below(p).FontDescriptor, "/CIDSet", p.make_stream(b"\x80")),
    "font-widths": lambda p: put(below(p), "/W", Array([1, Array([5000])])),
    "annotation-kind": note,
    "annotation-said": lambda p: drop(widget(p), "/TU"),
    "annotation-tagged": lambda p: drop(widget(p), "/StructParent"),
    "annotation-no-action": lambda p: put(widget(p), "/AA", Dictionary()),
    "appearance-form": lambda p: drop(widget(p).AP.N, "/Subtype"),
    "appearance-resources": lambda p: drop(widget(p).AP.N, "/BBox"),
    "fields-on-pages": lost_field,
    "file-named": lambda p: drop(file(p), "/UF"),
    "file-described": lambda p: drop(file(p), "/Desc"),
    "file-type": lambda p: drop(file(p).EF.F, "/Subtype"),
    "file-dated": lambda p: drop(file(p).EF.F.Params, "/ModDate"),
    "file-associated": file_beside,
    "no-outside-file": lambda p: put(file(p).EF.F, "/FFilter", Name.FlateDecode),
    "packet-plain": lambda p: drop(p.Root.Metadata, "/Type"),
    "packet-declared": lambda p: rewritten(p, "<pdf:Producer>", "<other:thing/><pdf:Producer>"),
    "packet-properties": lambda p: rewritten(p, "<pdfaProperty:name>digest<", "<pdfaProperty:name>digits<"),
    "packet-language": lambda p: put(p.Root, "/Lang", String("fr")),
    "packet-changed": lambda p: put(p.trailer.Info, "/ModDate", String("D:20010101000000+00'00'")),
    "packet-producer": lambda p: put(p.trailer.Info, "/Producer", String("Another")),
    "info-known": lambda p: put(p.trailer.Info, "/Author", String("Somebody")),
}


@pytest.mark.parametrize("rule", BREAKAGES)
def test_a_broken_rule_is_noticed(complete: bytes, rule: str) -> None:
    with pikepdf.open(BytesIO(complete)) as pdf:
        BREAKAGES[rule](pdf)
        out = BytesIO()
        kept = pikepdf.StreamDecodeLevel.none
        pdf.save(out, fix_metadata_version=False, stream_decode_level=kept, compress_streams=False)
    assert rule in faults(out.getvalue())


def test_the_unbroken_file_keeps_them_all(complete: bytes) -> None:
    assert faults(complete) == set()


def test_every_rule_is_broken_once(complete: bytes) -> None:
    from tests.documents import pdfua

    with pikepdf.open(BytesIO(complete)) as pdf:
        assert {name for name, _ in pdfua.rules(pdf)} == set(BREAKAGES)
