"""What has been published against signed PDFs, built here from a document of ours.

Each takes the bytes of a signed file and gives those of the attack.

Shadow attacks (hide, replace, hide and replace), incremental saving, signature wrapping, universal forgery, evil
annotation and sneaky signature on certified documents, and what else a revision may be made to carry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

kinds: Any = generic
Attack = Callable[[bytes], bytes]
ATTACKS: dict[str, Attack] = {}


def attack(made: Attack) -> Attack:
    ATTACKS[made.__name__] = made
    return made


def _written(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The file with one more revision, as any incremental writer makes it."""
    writer: Any = IncrementalPdfFileWriter(BytesIO(data))
    writer._update_meta = lambda: None
    change(writer)
    out = BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(data)
    return out.getvalue()


def _by_writer(change: Callable[[Any], None]) -> Callable[[Any], None]:
    ATTACKS[change.__name__] = lambda data: _written(data, change)
    return change


def _page(writer: Any, number: int = 0) -> Any:
    return writer.root["/Pages"]["/Kids"][number].get_object()


def _field(writer: Any, name: str) -> Any:
    return next(r for r in writer.root["/AcroForm"]["/Fields"] if r.get_object()["/T"] == name)


def _box(*numbers: int) -> Any:
    return kinds.ArrayObject([kinds.NumberObject(n) for n in numbers])


def _drawing(writer: Any, content: bytes) -> Any:
    head = {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form")}
    return writer.add_object(kinds.StreamObject({**head, pdf_name("/BBox"): _box(0, 0, 400, 200)}, stream_data=content))


def _annotation(writer: Any, kind: str, **more: Any) -> None:
    page = _page(writer)
    note = kinds.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name(kind),
            pdf_name("/Rect"): _box(60, 200, 400, 400),
            pdf_name("/AP"): kinds.DictionaryObject({pdf_name("/N"): _drawing(writer, b"1 g 0 0 400 200 re f")}),
            **{pdf_name(f"/{key}"): value for key, value in more.items()},
        }
    )
    reference = writer.add_object(note)
    if "/Annots" in page:
        page["/Annots"].append(reference)
        writer.update_container(page["/Annots"])
    else:
        page["/Annots"] = kinds.ArrayObject([reference])
        writer.update_container(page)


# Shadow attacks: what was prepared before signing is uncovered or exchanged after it.


@attack
def shadow_hide_by_freeing_the_content_of_a_page(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
    return _table(data, {number: None})


@attack
def shadow_replace_the_font_that_a_page_is_set_in(data: bytes) -> bytes:
    """Other glyphs for the same codes: every word reads differently, and no page changed."""

    def change(writer: Any) -> None:
        fonts = _page(writer)["/Resources"]["/Font"]
        first, second = sorted(fonts)[:2]
        other = fonts[second]["/DescendantFonts"][0]["/FontDescriptor"].raw_get("/FontFile2")
        descriptor = fonts[first]["/DescendantFonts"][0]["/FontDescriptor"]
        descriptor["/FontFile2"] = other
        writer.update_container(descriptor)

    return _written(data, change)


@attack
def shadow_replace_the_value_of_a_field(data: bytes) -> bytes:
    def change(writer: Any) -> None:
        reference = _field(writer, "initial_3")
        reference.get_object()["/V"] = pdf_string("AO")
        reference.get_object()["/AP"] = _field(writer, "initial_1").get_object()["/AP"]
        writer.mark_update(reference)

    return _written(data, change)


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
    return _table(data, objects, root=size)


# Incremental saving: bodies with and without the lists that a reader looks for.


@attack
def saved_body_alone(data: bytes) -> bytes:
    return data + _objects(_new_content(data), len(data))[0]


@attack
def saved_body_and_end_mark(data: bytes) -> bytes:
    return data + _objects(_new_content(data), len(data))[0] + b"%%EOF\n"


@attack
def saved_body_and_trailer_without_a_list(data: bytes) -> bytes:
    return data + _objects(_new_content(data), len(data))[0] + b"trailer\n" + _trailer(data) + b"\n%%EOF\n"


@attack
def saved_body_list_and_no_trailer(data: bytes) -> bytes:
    body, places = _objects(_new_content(data), len(data))
    return data + body + _entries(places) + b"startxref\n%d\n%%%%EOF\n" % (len(data) + len(body))


@attack
def saved_body_list_and_trailer(data: bytes) -> bytes:
    return _table(data, _new_content(data))


@attack
def saved_with_the_old_list_named_last(data: bytes) -> bytes:
    """The new body is there; the last startxref leads to the list of before."""
    return _table(data, _new_content(data)) + b"startxref\n%d\n%%%%EOF\n" % _last_list(data)


@attack
def saved_in_an_object_stream(data: bytes) -> bytes:
    """The changed page stands compressed in an object stream."""

    def change(writer: Any) -> None:
        writer.stream_xrefs = writer._force_write_when_empty = True
        page = _page(writer)
        page["/Rotate"] = kinds.NumberObject(180)
        stream = writer.prepare_object_stream()
        reference = writer.root["/Pages"]["/Kids"].raw_get(0)
        stream.add_object(reference.idnum, page)

    return _written(data, change)


@attack
def saved_with_another_generation(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
    start = len(data)
    body = b"%d 1 obj\n<< /Length 3 >>\nstream\nq Q\nendstream\nendobj\n" % number
    lists = b"xref\n%d 1\n%010d 00001 n \n" % (number, start)
    return data + body + lists + b"trailer\n" + _trailer(data) + b"\nstartxref\n%d\n%%%%EOF\n" % (start + len(body))


@attack
def twice_the_last_list(data: bytes) -> bytes:
    at = _last_list(data)
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


@attack
def a_range_that_leaves_a_gap(data: bytes) -> bytes:
    """The container ends early; what follows it lies in the gap that no signature covers."""
    _, end = _container(data)
    planted = b"> /Ignored (All uses, in perpetuity) /Rest <"
    assert set(data[end - len(planted) : end]) == {ord("0")}
    return data[: end - len(planted)] + planted + data[end:]


@attack
def a_range_moved_behind_what_was_put_in(data: bytes) -> bytes:
    """The second part that is signed moves down, and something else stands in its old place."""
    found = _range(data)
    zero, before, after, length = (int(n) for n in found.groups())
    planted = b"\n9999 0 obj\n<< /Type /Catalog >>\nendobj\n"
    moved = data[:after] + planted + data[after:]
    return _same_length(moved, found, (zero, before, after + len(planted), length))


@attack
def a_range_that_begins_later(data: bytes) -> bytes:
    found = _range(data)
    _, before, after, length = (int(n) for n in found.groups())
    return _same_length(data, found, (16, before - 16, after, length))


@attack
def a_range_that_ends_early(data: bytes) -> bytes:
    found = _range(data)
    zero, before, after, length = (int(n) for n in found.groups())
    return _same_length(data, found, (zero, before, after, length - 6))


@attack
def a_range_of_three_parts(data: bytes) -> bytes:
    found = _range(data)
    _, before, after, length = (int(n) for n in found.groups())
    said = b"/ByteRange [0 9 9 %d %d %d]" % (before - 9, after, length)
    return data[: found.start()] + said + data[found.end() :]


def _forgeries() -> None:
    """Range and container missing, empty, null, zero, negative, or something else."""
    ranges = {
        "missing": b"/Ignored  [0 0 0 0]",
        "null": b"/ByteRange null",
        "zeros": b"/ByteRange [0 0 0 0]",
        "negative": b"/ByteRange [0 -9 -9 9]",
        "empty": b"/ByteRange []",
        "text": b"/ByteRange (0 9 9 9)",
        "of_itself": b"/ByteRange [0 99999999 0 99999999]",
    }
    for name, words in ranges.items():
        ATTACKS[f"a_range_that_is_{name}"] = (
            lambda data, w=words: (  # type: ignore[misc]
                data[: _range(data).start()] + w.ljust(len(_range(data)[0])) + data[_range(data).end() :]
            )
        )
    containers = {"empty": b"<>", "zero": b"<00>", "null": b"null", "text": b"()", "a_list": b"[]"}
    for name, words in containers.items():
        ATTACKS[f"a_container_that_is_{name}"] = lambda data, w=words: (  # type: ignore[misc]
            data[: _container(data)[0] - 1] + w.ljust(_container(data)[1] - _container(data)[0] + 2)
            + data[_container(data)[1] + 1 :]
        )  # fmt: skip


_forgeries()


@attack
def a_container_of_another_field(data: bytes) -> bytes:
    """The container of the first signature in the place of the last."""
    first = data.index(b"/Contents <") + len(b"/Contents <")
    held = data[first : data.index(b">", first)]
    start, end = _container(data)
    return data[:start] + held[: end - start].ljust(end - start, b"0") + data[end:]


# Evil annotation, sneaky signature: what a certified document lets people add.


@_by_writer
def evil_annotation_free_text(writer: Any) -> None:
    _annotation(writer, "/FreeText", Contents=pdf_string("All uses, in perpetuity."))


@_by_writer
def evil_annotation_stamp(writer: Any) -> None:
    _annotation(writer, "/Stamp")


@_by_writer
def evil_annotation_redaction(writer: Any) -> None:
    _annotation(writer, "/Redact")


@_by_writer
def evil_annotation_link(writer: Any) -> None:
    action = kinds.DictionaryObject(
        {pdf_name("/S"): pdf_name("/URI"), pdf_name("/URI"): pdf_string("http://127.0.0.1")}
    )
    _annotation(writer, "/Link", A=action)


@_by_writer
def sneaky_signature_field_over_a_clause(writer: Any) -> None:
    _annotation(writer, "/Widget", FT=pdf_name("/Sig"), T=pdf_string("approval"))
    writer.root["/AcroForm"]["/Fields"].append(_page(writer)["/Annots"].raw_get(-1))
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


@_by_writer
def a_signature_field_grown_over_the_page(writer: Any) -> None:
    reference = _field(writer, "sig_company")
    reference.get_object()["/Rect"] = _box(0, 0, 612, 792)
    writer.mark_update(reference)


@_by_writer
def the_box_that_says_declined_hidden(writer: Any) -> None:
    reference = _field(writer, "initial_3")
    reference.get_object()["/F"] = kinds.NumberObject(2)
    writer.mark_update(reference)


@_by_writer
def a_lock_opened(writer: Any) -> None:
    reference = _field(writer, "sig_performer")
    del reference.get_object()["/Lock"]
    writer.mark_update(reference)


@_by_writer
def the_certification_taken_away(writer: Any) -> None:
    del writer.root["/Perms"]
    writer.update_root()


# What else a later revision may be made to carry.


@_by_writer
def other_metadata(writer: Any) -> None:
    writer.root["/Metadata"] = writer.add_object(kinds.StreamObject(stream_data=b"<x:xmpmeta/>"))
    writer.update_root()


@_by_writer
def other_terms_attached(writer: Any) -> None:
    file = writer.root["/AF"][0]
    other = kinds.StreamObject(stream_data=b'{"schema":"consent-rider/1"}')
    file["/EF"]["/F"] = file["/EF"]["/UF"] = writer.add_object(other)
    writer.update_container(file)


@_by_writer
def a_second_attachment(writer: Any) -> None:
    stream = writer.add_object(kinds.StreamObject(stream_data=b"more"))
    file = kinds.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Filespec"),
            pdf_name("/F"): pdf_string("side-letter.txt"),
            pdf_name("/EF"): kinds.DictionaryObject({pdf_name("/F"): stream}),
        }
    )
    names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    names += [pdf_string("side-letter.txt"), writer.add_object(file)]
    writer.update_container(names)


@_by_writer
def a_script_run_on_opening(writer: Any) -> None:
    script = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    writer.root["/OpenAction"] = kinds.DictionaryObject(script)
    writer.update_root()


@_by_writer
def an_action_on_a_page(writer: Any) -> None:
    action = kinds.DictionaryObject({pdf_name("/S"): pdf_name("/Launch"), pdf_name("/F"): pdf_string("calc")})
    page = _page(writer)
    page["/AA"] = kinds.DictionaryObject({pdf_name("/O"): action})
    writer.update_container(page)


@_by_writer
def layers_that_come_and_go(writer: Any) -> None:
    group = writer.add_object(kinds.DictionaryObject({pdf_name("/Type"): pdf_name("/OCG")}))
    off = kinds.DictionaryObject({pdf_name("/OFF"): kinds.ArrayObject([group])})
    layers = {pdf_name("/OCGs"): kinds.ArrayObject([group]), pdf_name("/D"): off}
    writer.root["/OCProperties"] = kinds.DictionaryObject(layers)
    writer.update_root()


@_by_writer
def a_form_of_another_kind(writer: Any) -> None:
    form = writer.root["/AcroForm"]
    form["/XFA"] = writer.add_object(kinds.StreamObject(stream_data=b"<xdp/>"))
    writer.update_container(form)


@_by_writer
def readers_asked_to_draw_the_fields(writer: Any) -> None:
    form = writer.root["/AcroForm"]
    form["/NeedAppearances"] = kinds.BooleanObject(True)
    writer.update_container(form)


@_by_writer
def a_page_taken_away(writer: Any) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][0]
    pages["/Count"] = kinds.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


@_by_writer
def pages_in_another_order(writer: Any) -> None:
    kids = writer.root["/Pages"]["/Kids"]
    kids[0], kids[1] = kids.raw_get(1), kids.raw_get(0)
    writer.update_container(kids)


@_by_writer
def a_page_cut_to_its_margin(writer: Any) -> None:
    page = _page(writer)
    page["/CropBox"] = _box(0, 700, 612, 792)
    writer.update_container(page)


@_by_writer
def other_words_for_readers_aloud(writer: Any) -> None:
    tree = writer.root["/StructTreeRoot"]
    element = tree["/K"]
    element = element[0].get_object() if isinstance(element, list) else element
    element["/ActualText"] = pdf_string("All uses, in perpetuity.")
    writer.update_container(element)


@_by_writer
def another_appearance_of_a_signature(writer: Any) -> None:
    reference = _field(writer, "sig_performer")
    drawn = _drawing(writer, b"0 0 400 200 re f")
    reference.get_object()["/AP"] = kinds.DictionaryObject({pdf_name("/N"): drawn})
    writer.mark_update(reference)


@_by_writer
def a_list_of_revoked_certificates_exchanged(writer: Any) -> None:
    held = kinds.DictionaryObject({pdf_name("/Type"): pdf_name("/DSS"), pdf_name("/CRLs"): kinds.ArrayObject([])})
    writer.root["/DSS"] = writer.add_object(held)
    writer.update_root()


@_by_writer
def another_version_named(writer: Any) -> None:
    writer.root["/Version"] = pdf_name("/2.0")
    writer.update_root()


@_by_writer
def another_title(writer: Any) -> None:
    info = writer.trailer_view["/Info"]
    info["/Title"] = pdf_string("Receipt")
    writer.update_container(info)


@attack
def said_to_be_encrypted(data: bytes) -> bytes:
    return _table(data, {}, more=b" /Encrypt << /Filter /Standard /V 1 /R 2 /O () /U () /P -1 >>")


@attack
def written_anew_by_another_program(data: bytes) -> bytes:
    """All objects kept, all places changed."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(out)
    return out.getvalue()


@attack
def written_anew_with_other_terms(data: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        file = pdf.Root.AF[0].EF.F
        file.write(file.read_bytes().replace(b"likeness", b"voice"))
        pdf.save(out)
    return out.getvalue()


# Raw writing, for what no library writes.


def _new_content(data: bytes) -> dict[int, bytes | None]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return {pdf.pages[0].Contents.objgen[0]: b"<< /Length 3 >>\nstream\nq Q\nendstream"}


def _objects(objects: Mapping[int, bytes | None], at: int) -> tuple[bytes, dict[int, int | None]]:
    """The text of objects that stand from byte `at` on, and where each begins; None frees one."""
    body, places = b"", dict[int, int | None]()
    for number, text in objects.items():
        places[number] = at + len(body) if text is not None else None
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text) if text is not None else b""
    return body, places


def _entries(places: dict[int, int | None]) -> bytes:
    lines = [b"xref\n"]
    for number, at in sorted(places.items()):
        lines.append(b"%d 1\n" % number)
        lines.append(b"0000000000 00001 f \n" if at is None else b"%010d 00000 n \n" % at)
    return b"".join(lines)


def _table(data: bytes, objects: Mapping[int, bytes | None], root: int = 0, more: bytes = b"") -> bytes:
    body, places = _objects(objects, len(data))
    end = b"trailer\n" + _trailer(data, root, more) + b"\nstartxref\n%d\n%%%%EOF\n" % (len(data) + len(body))
    return data + body + _entries(places or {0: None}) + end


def _trailer(data: bytes, root: int = 0, more: bytes = b"") -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        names = (root or pdf.trailer.Root.objgen[0], pdf.trailer.Info.objgen[0])
        size, (one, two) = int(pdf.trailer.Size), (bytes(i).hex().encode() for i in pdf.trailer.ID)
    return b"<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] /Prev %d%s >>" % (
        size + 10, *names, one, two, _last_list(data), more
    )  # fmt: skip


def _last_list(data: bytes) -> int:
    return int(re.findall(rb"startxref\s+(\d+)", data)[-1])


def _range(data: bytes) -> re.Match[bytes]:
    """The range of the last signature."""
    return list(re.finditer(rb"/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+) ?\] *", data))[-1]


def _same_length(data: bytes, found: re.Match[bytes], numbers: tuple[int, ...]) -> bytes:
    said = b"/ByteRange [%d %d %d %d]" % numbers
    assert len(said) <= len(found[0])
    return data[: found.start()] + said.ljust(len(found[0])) + data[found.end() :]


def _container(data: bytes) -> tuple[int, int]:
    """Where the hex digits of the last signature begin and end."""
    start = data.rindex(b"/Contents <") + len(b"/Contents <")
    return start, data.index(b">", start)
