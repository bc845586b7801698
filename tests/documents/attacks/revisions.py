"""What a further revision may be made to carry: annotations, fields, metadata, actions, another order of pages."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils.generic import pdf_name, pdf_string

from tests.documents.attacks.making import (
    annotate,
    attack,
    box_of,
    by_writer,
    drawing_of,
    field_of,
    kinds,
    page_of,
    table_of,
)


@by_writer
def evil_annotation_free_text(writer: Any) -> None:
    annotate(writer, "/FreeText", Contents=pdf_string("All uses, in perpetuity."))


@by_writer
def evil_annotation_stamp(writer: Any) -> None:
    annotate(writer, "/Stamp")


@by_writer
def evil_annotation_redaction(writer: Any) -> None:
    annotate(writer, "/Redact")


@by_writer
def evil_annotation_link(writer: Any) -> None:
    action = kinds.DictionaryObject(
        {pdf_name("/S"): pdf_name("/URI"), pdf_name("/URI"): pdf_string("http://127.0.0.1")}
    )
    annotate(writer, "/Link", A=action)


@by_writer
def sneaky_signature_field_over_a_clause(writer: Any) -> None:
    annotate(writer, "/Widget", FT=pdf_name("/Sig"), T=pdf_string("approval"))
    writer.root["/AcroForm"]["/Fields"].append(page_of(writer)["/Annots"].raw_get(-1))
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


@by_writer
def a_signature_field_grown_over_the_page(writer: Any) -> None:
    reference = field_of(writer, "sig_company")
    reference.get_object()["/Rect"] = box_of(0, 0, 612, 792)
    writer.mark_update(reference)


@by_writer
def the_box_that_says_declined_hidden(writer: Any) -> None:
    reference = field_of(writer, "initial_3")
    reference.get_object()["/F"] = kinds.NumberObject(2)
    writer.mark_update(reference)


@by_writer
def a_lock_opened(writer: Any) -> None:
    reference = field_of(writer, "sig_performer")
    del reference.get_object()["/Lock"]
    writer.mark_update(reference)


@by_writer
def the_certification_taken_away(writer: Any) -> None:
    del writer.root["/Perms"]
    writer.update_root()


# What else a later revision may be made to carry.


@by_writer
def other_metadata(writer: Any) -> None:
    writer.root["/Metadata"] = writer.add_object(kinds.StreamObject(stream_data=b"<x:xmpmeta/>"))
    writer.update_root()


@by_writer
def other_terms_attached(writer: Any) -> None:
    file = writer.root["/AF"][0]
    other = kinds.StreamObject(stream_data=b'{"schema":"consent-rider/1"}')
    file["/EF"]["/F"] = file["/EF"]["/UF"] = writer.add_object(other)
    writer.update_container(file)


@by_writer
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


@by_writer
def a_script_run_on_opening(writer: Any) -> None:
    script = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    writer.root["/OpenAction"] = kinds.DictionaryObject(script)
    writer.update_root()


@by_writer
def an_action_on_a_page(writer: Any) -> None:
    action = kinds.DictionaryObject({pdf_name("/S"): pdf_name("/Launch"), pdf_name("/F"): pdf_string("calc")})
    page = page_of(writer)
    page["/AA"] = kinds.DictionaryObject({pdf_name("/O"): action})
    writer.update_container(page)


@by_writer
def layers_that_come_and_go(writer: Any) -> None:
    group = writer.add_object(kinds.DictionaryObject({pdf_name("/Type"): pdf_name("/OCG")}))
    off = kinds.DictionaryObject({pdf_name("/OFF"): kinds.ArrayObject([group])})
    layers = {pdf_name("/OCGs"): kinds.ArrayObject([group]), pdf_name("/D"): off}
    writer.root["/OCProperties"] = kinds.DictionaryObject(layers)
    writer.update_root()


@by_writer
def a_form_of_another_kind(writer: Any) -> None:
    form = writer.root["/AcroForm"]
    form["/XFA"] = writer.add_object(kinds.StreamObject(stream_data=b"<xdp/>"))
    writer.update_container(form)


@by_writer
def readers_asked_to_draw_the_fields(writer: Any) -> None:
    form = writer.root["/AcroForm"]
    form["/NeedAppearances"] = kinds.BooleanObject(True)
    writer.update_container(form)


@by_writer
def a_page_taken_away(writer: Any) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][0]
    pages["/Count"] = kinds.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


@by_writer
def pages_in_another_order(writer: Any) -> None:
    kids = writer.root["/Pages"]["/Kids"]
    kids[0], kids[1] = kids.raw_get(1), kids.raw_get(0)
    writer.update_container(kids)


@by_writer
def a_page_cut_to_its_margin(writer: Any) -> None:
    page = page_of(writer)
    page["/CropBox"] = box_of(0, 700, 612, 792)
    writer.update_container(page)


@by_writer
def other_words_for_readers_aloud(writer: Any) -> None:
    tree = writer.root["/StructTreeRoot"]
    element = tree["/K"]
    element = element[0].get_object() if isinstance(element, list) else element
    element["/ActualText"] = pdf_string("All uses, in perpetuity.")
    writer.update_container(element)


@by_writer
def another_appearance_of_a_signature(writer: Any) -> None:
    reference = field_of(writer, "sig_performer")
    drawn = drawing_of(writer, b"0 0 400 200 re f")
    reference.get_object()["/AP"] = kinds.DictionaryObject({pdf_name("/N"): drawn})
    writer.mark_update(reference)


@by_writer
def a_list_of_revoked_certificates_exchanged(writer: Any) -> None:
    held = kinds.DictionaryObject({pdf_name("/Type"): pdf_name("/DSS"), pdf_name("/CRLs"): kinds.ArrayObject([])})
    writer.root["/DSS"] = writer.add_object(held)
    writer.update_root()


@by_writer
def another_version_named(writer: Any) -> None:
    writer.root["/Version"] = pdf_name("/2.0")
    writer.update_root()


@by_writer
def another_title(writer: Any) -> None:
    info = writer.trailer_view["/Info"]
    info["/Title"] = pdf_string("Receipt")
    writer.update_container(info)


@attack
def said_to_be_encrypted(data: bytes) -> bytes:
    return table_of(data, {}, more=b" /Encrypt << /Filter /Standard /V 1 /R 2 /O () /U () /P -1 >>")


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
