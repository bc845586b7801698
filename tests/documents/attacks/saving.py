"""Shadow attacks, and incremental saving that leaves out what a reader goes by."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils.generic import pdf_string

from tests.documents.attacks.making import (
    attack,
    entries_of,
    field_of,
    kinds,
    last_list,
    new_content,
    objects_of,
    page_of,
    table_of,
    trailer_of,
    with_revision,
)


@attack
def shadow_hide_by_freeing_the_content_of_a_page(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
    return table_of(data, {number: None})


@attack
def shadow_replace_the_font_that_a_page_is_set_in(data: bytes) -> bytes:
    """Other glyphs for the same codes: every word reads differently, and no page changed."""

    def change(writer: Any) -> None:
        fonts = page_of(writer)["/Resources"]["/Font"]
        first, second = sorted(fonts)[:2]
        other = fonts[second]["/DescendantFonts"][0]["/FontDescriptor"].raw_get("/FontFile2")
        descriptor = fonts[first]["/DescendantFonts"][0]["/FontDescriptor"]
        descriptor["/FontFile2"] = other
        writer.update_container(descriptor)

    return with_revision(data, change)


@attack
def shadow_replace_the_value_of_a_field(data: bytes) -> bytes:
    def change(writer: Any) -> None:
        reference = field_of(writer, "initial_3")
        reference.get_object()["/V"] = pdf_string("AO")
        reference.get_object()["/AP"] = field_of(writer, "initial_1").get_object()["/AP"]
        writer.mark_update(reference)

    return with_revision(data, change)


@attack
def shadow_hide_and_replace_by_another_catalog(data: bytes) -> bytes:
    """A second document lies in the file; the last trailer leads to it."""
    with pikepdf.open(BytesIO(data)) as pdf:
        form = pdf.Root.AcroForm.objgen[0] if pdf.Root.AcroForm.is_indirect else None
        size = int(pdf.trailer.Size)
    kept = b" /AcroForm %d 0 R" % form if form else b""
    objects = {
        size: b"<< /Type /Catalog /Pages %d 0 R%s >>" % (size + 1, kept),
        size + 1: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (size + 2),
        size + 2: b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 612 792] >>" % (size + 1),
    }
    return table_of(data, objects, root=size)


# Incremental saving: bodies with and without the lists that a reader looks for.


@attack
def saved_body_alone(data: bytes) -> bytes:
    return data + objects_of(new_content(data), len(data))[0]


@attack
def saved_body_and_end_mark(data: bytes) -> bytes:
    return data + objects_of(new_content(data), len(data))[0] + b"%%EOF\n"


@attack
def saved_body_and_trailer_without_a_list(data: bytes) -> bytes:
    return data + objects_of(new_content(data), len(data))[0] + b"trailer\n" + trailer_of(data) + b"\n%%EOF\n"


@attack
def saved_body_list_and_no_trailer(data: bytes) -> bytes:
    body, places = objects_of(new_content(data), len(data))
    return data + body + entries_of(places) + b"startxref\n%d\n%%%%EOF\n" % (len(data) + len(body))


@attack
def saved_body_list_and_trailer(data: bytes) -> bytes:
    return table_of(data, new_content(data))


@attack
def saved_with_the_old_list_named_last(data: bytes) -> bytes:
    """The new body is there; the last startxref leads to the list of before."""
    return table_of(data, new_content(data)) + b"startxref\n%d\n%%%%EOF\n" % last_list(data)


@attack
def saved_in_an_object_stream(data: bytes) -> bytes:
    """The changed page stands compressed in an object stream."""

    def change(writer: Any) -> None:
        writer.stream_xrefs = writer._force_write_when_empty = True
        page = page_of(writer)
        page["/Rotate"] = kinds.NumberObject(180)
        stream = writer.prepare_object_stream()
        reference = writer.root["/Pages"]["/Kids"].raw_get(0)
        stream.add_object(reference.idnum, page)

    return with_revision(data, change)


@attack
def saved_with_another_generation(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
    start = len(data)
    body = b"%d 1 obj\n<< /Length 3 >>\nstream\nq Q\nendstream\nendobj\n" % number
    lists = b"xref\n%d 1\n%010d 00001 n \n" % (number, start)
    return data + body + lists + b"trailer\n" + trailer_of(data) + b"\nstartxref\n%d\n%%%%EOF\n" % (start + len(body))


@attack
def twice_the_last_list(data: bytes) -> bytes:
    at = last_list(data)
    copy = data[at : data.rindex(b"startxref")]
    return data + copy + b"startxref\n%d\n%%%%EOF\n" % len(data)


@attack
def an_end_mark_more(data: bytes) -> bytes:
    return data + b"%%EOF\n"


@attack
def the_end_mark_taken_away(data: bytes) -> bytes:
    return data.rstrip().removesuffix(b"%%EOF")


@attack
def led_back_to_an_earlier_list(data: bytes) -> bytes:
    """The last startxref leads to the list of the revision before: who signed last is out of sight."""
    offsets = [int(n) for n in re.findall(rb"startxref\s+(\d+)", data)]
    return data[: data.rindex(b"startxref")] + b"startxref\n%d\n%%%%EOF\n" % offsets[-2]


@attack
def words_before_the_header(data: bytes) -> bytes:
    return b"% a line of somebody else's\n" + data


@attack
def hidden_object_between_two_revisions(data: bytes) -> bytes:
    at = data.index(b"%%EOF") + len(b"%%EOF\n")
    return data[:at] + b"9999 0 obj\n<< >>\nendobj\n" + data[at:]


# Signature wrapping and universal forgery: the range and the container of the last signature.
