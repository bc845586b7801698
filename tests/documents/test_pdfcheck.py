"""The rider passes pdfcheck in every state; and pdfcheck notices each rule being broken."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from registry.documents.issue import unsealed_rider
from registry.documents.render import Renderer
from registry.documents.terms import RiderTerms
from tests.documents.pdfcheck import faults


@pytest.mark.parametrize("state", ["sealed", "performer", "signed", "complete"])
def test_every_state_passes(states: dict[str, Path], state: str) -> None:
    assert faults(states[state].read_bytes()) == set()


def test_the_unsealed_rider_passes(terms: RiderTerms, renderer: Renderer) -> None:
    assert faults(unsealed_rider(terms, renderer)) == set()


def _font(pdf: pikepdf.Pdf) -> Any:
    fonts = pdf.pages[0].Resources.Font
    return next(f for _, f in fonts.items() if "Serif" in str(f.BaseFont))


def _element(pdf: pikepdf.Pdf) -> Any:
    return next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Form")


def _rewrite(pdf: pikepdf.Pdf, old: str, new: str) -> None:
    packet = bytes(pdf.Root.Metadata.read_bytes()).decode()
    assert old in packet
    pdf.Root.Metadata.write(packet.replace(old, new, 1).encode())


def _draw_notdef(pdf: pikepdf.Pdf) -> None:
    name = min(pdf.pages[0].Resources.Font.keys())
    pdf.pages[0].contents_add(f"BT {name} 9 Tf <0000> Tj ET".encode())


def _forget_codes(pdf: pikepdf.Pdf) -> None:
    _font(pdf).ToUnicode = pdf.make_stream(b"1 beginbfchar\n<FFFF> <0041>\nendbfchar")


def _image(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"\x00")
    stream.Interpolate = True
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Im=stream)


def _intents(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


BREAKAGES: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "no-need-appearances": lambda p: setattr(p.Root.AcroForm, "NeedAppearances", True),
    "no-default-resources": lambda p: setattr(p.Root.AcroForm, "DR", pikepdf.Dictionary()),
    "widget-appearance": lambda p: p.Root.AcroForm.Fields[0].__delattr__("AP"),
    "widget-tooltip": lambda p: p.Root.AcroForm.Fields[0].__delattr__("TU"),
    "widget-printed": lambda p: setattr(p.Root.AcroForm.Fields[0], "F", 128),
    "widget-tagged": lambda p: p.Root.AcroForm.Fields[0].__delattr__("StructParent"),
    "form-kid-direct": lambda p: setattr(_element(p), "K", pikepdf.Array([_element(p).K])),
    "font-embedded": lambda p: _font(p).DescendantFonts[0].FontDescriptor.__delattr__("FontFile2"),
    "code-mapped": _forget_codes,
    "no-notdef": _draw_notdef,
    "no-interpolate": _image,
    "language": lambda p: p.Root.__delattr__("Lang"),
    "marked": lambda p: setattr(p.Root.MarkInfo, "Marked", False),
    "title-shown": lambda p: p.Root.__delattr__("ViewerPreferences"),
    "output-intent": _intents,
    "no-action": lambda p: setattr(p.Root, "OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript)),
    "tab-order": lambda p: p.pages[0].obj.__delattr__("Tabs"),
    "pdfa-3a": lambda p: _rewrite(p, "<pdfaid:conformance>A<", "<pdfaid:conformance>B<"),
    "pdfua-1": lambda p: _rewrite(p, "<pdfuaid:part>1<", "<pdfuaid:part>2<"),
    "extension-schemas": lambda p: _rewrite(p, ">http://www.aiim.org/pdfua/ns/id/<", "><"),
    "title-agrees": lambda p: setattr(p.trailer.Info, "Title", pikepdf.String("Another")),
    "date-agrees": lambda p: setattr(p.trailer.Info, "CreationDate", pikepdf.String("D:20010101000000+00'00'")),
    "attached": lambda p: p.Root.__delattr__("Names"),
    "af-relationship": lambda p: setattr(p.Root.AF[0], "AFRelationship", pikepdf.Name.Data),
    "catalog-af": lambda p: p.Root.__delattr__("AF"),
    "digest-printed": lambda p: p.Root.AF[0].EF.F.write(b"{}"),
    "digest-in-metadata": lambda p: _rewrite(p, "<registry:digest>", "<registry:digest>0"),
}


@pytest.mark.parametrize("rule", BREAKAGES)
def test_a_broken_rule_is_noticed(complete: bytes, rule: str) -> None:
    with pikepdf.open(BytesIO(complete)) as pdf:
        BREAKAGES[rule](pdf)
        out = BytesIO()
        pdf.save(out)
    assert rule in faults(out.getvalue())
