"""How an attack is made: another revision by an incremental writer, or bytes put after the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

kinds: Any = generic

Attack = Callable[[bytes], bytes]

ATTACKS: dict[str, Attack] = {}


def attack(made: Attack) -> Attack:
    ATTACKS[made.__name__] = made
    return made


def with_revision(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The file with one more revision, as any incremental writer makes it."""
    writer: Any = IncrementalPdfFileWriter(BytesIO(data))
    writer._update_meta = lambda: None
    change(writer)
    out = BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(data)
    return out.getvalue()


def by_writer(change: Callable[[Any], None]) -> Callable[[Any], None]:
    ATTACKS[change.__name__] = lambda data: with_revision(data, change)
    return change


def page_of(writer: Any, number: int = 0) -> Any:
    return writer.root["/Pages"]["/Kids"][number].get_object()


def field_of(writer: Any, name: str) -> Any:
    return next(r for r in writer.root["/AcroForm"]["/Fields"] if r.get_object()["/T"] == name)


def box_of(*numbers: int) -> Any:
    return kinds.ArrayObject([kinds.NumberObject(n) for n in numbers])


def drawing_of(writer: Any, content: bytes) -> Any:
    head = {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form")}
    return writer.add_object(
        kinds.StreamObject({**head, pdf_name("/BBox"): box_of(0, 0, 400, 200)}, stream_data=content)
    )


def annotate(writer: Any, kind: str, **more: Any) -> None:
    page = page_of(writer)
    note = kinds.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name(kind),
            pdf_name("/Rect"): box_of(60, 200, 400, 400),
            pdf_name("/AP"): kinds.DictionaryObject({pdf_name("/N"): drawing_of(writer, b"1 g 0 0 400 200 re f")}),
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


def new_content(data: bytes) -> dict[int, bytes | None]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return {pdf.pages[0].Contents.objgen[0]: b"<< /Length 3 >>\nstream\nq Q\nendstream"}


def objects_of(objects: Mapping[int, bytes | None], at: int) -> tuple[bytes, dict[int, int | None]]:
    """The text of objects that stand from byte `at` on, and where each begins; None frees one."""
    body, places = b"", dict[int, int | None]()
    for number, text in objects.items():
        places[number] = at + len(body) if text is not None else None
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text) if text is not None else b""
    return body, places


def entries_of(places: dict[int, int | None]) -> bytes:
    lines = [b"xref\n"]
    for number, at in sorted(places.items()):
        lines.append(b"%d 1\n" % number)
        lines.append(b"0000000000 00001 f \n" if at is None else b"%010d 00000 n \n" % at)
    return b"".join(lines)


def table_of(data: bytes, objects: Mapping[int, bytes | None], root: int = 0, more: bytes = b"") -> bytes:
    body, places = objects_of(objects, len(data))
    end = b"trailer\n" + trailer_of(data, root, more) + b"\nstartxref\n%d\n%%%%EOF\n" % (len(data) + len(body))
    return data + body + entries_of(places or {0: None}) + end


def trailer_of(data: bytes, root: int = 0, more: bytes = b"") -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        names = (root or pdf.trailer.Root.objgen[0], pdf.trailer.Info.objgen[0])
        size, (one, two) = int(pdf.trailer.Size), (bytes(i).hex().encode() for i in pdf.trailer.ID)
    return b"<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] /Prev %d%s >>" % (
        size + 10, *names, one, two, last_list(data), more
    )  # fmt: skip


def last_list(data: bytes) -> int:
    return int(re.findall(rb"startxref\s+(\d+)", data)[-1])


def range_of(data: bytes) -> re.Match[bytes]:
    """The range of the last signature."""
    return list(re.finditer(rb"/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+) ?\] *", data))[-1]


def same_length(data: bytes, found: re.Match[bytes], numbers: tuple[int, ...]) -> bytes:
    said = b"/ByteRange [%d %d %d %d]" % numbers
    assert len(said) <= len(found[0])
    return data[: found.start()] + said.ljust(len(found[0])) + data[found.end() :]


def container_of(data: bytes) -> tuple[int, int]:
    """Where the hex digits of the last signature begin and end."""
    start = data.rindex(b"/Contents <") + len(b"/Contents <")
    return start, data.index(b">", start)
