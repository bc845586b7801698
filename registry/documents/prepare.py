"""From WeasyPrint's PDF to one that is PDF/A-3a and PDF/UA-1, with signature fields and `consent.json` inside.

WeasyPrint's own output is neither, once it has form fields; each step below answers one trap of docs/documents.md.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol

from registry.documents import consent_json
from registry.documents.tagging import complete_tags
from registry.documents.terms import CLOSING_FIELD, PRINT_AND_LOCKED, SEAL_FIELD, InitialField, SignatureField
from registry.documents.xmp import PRODUCER, Metadata, packet, pdf_date

if TYPE_CHECKING:
    import pikepdf

_READ_ONLY = 1


class Printed(Protocol):
    """What preparing has to know of a document: who signs where, and what its metadata say."""

    @property
    def signatures(self) -> tuple[SignatureField, ...]: ...
    @property
    def initials(self) -> tuple[InitialField, ...]: ...
    @property
    def language(self) -> str: ...
    @property
    def issued_at(self) -> dt.datetime: ...
    @property
    def record(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A file that travels inside a document as it came."""

    name: str
    media_type: str
    data: bytes


def prepared(
    made: bytes,
    terms: Printed,
    data: bytes,
    *,
    own: tuple[str, ...] = (SEAL_FIELD, CLOSING_FIELD),
    originals: tuple[Original, ...] = (),
) -> bytes:
    """The document ready to be sealed. `data` is the canonical JSON of `terms`; the same input gives the same bytes.

    `own` are the company's fields, beside those of `terms`."""
    import pikepdf

    with pikepdf.open(BytesIO(made)) as pdf:
        digest = consent_json.digest_of(data)
        _fields(pdf, terms, own)
        about = Metadata(
            title=str(pdf.docinfo["/Title"]),
            language=terms.language,
            issued_at=terms.issued_at,
            record=terms.record,
            digest=digest,
        )
        attached = Attachment(consent_json.NAME, "The terms of this document, machine-readable", Packed.of([data]))
        return finished(pdf, about, attached, originals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """The bytes of a file, compressed, with their number and digests: what is long is never in memory at its length."""

    flate: bytes
    size: int
    md5: bytes
    sha256: str

    @classmethod
    def of(cls, parts: Iterable[bytes]) -> Packed:
        """The parts as one file, taken one after the other."""
        # The format of the file asks for MD5; nothing of ours relies on it.
        size, md5, sha256 = 0, hashlib.md5(usedforsecurity=False), hashlib.sha256()
        packer, flate = zlib.compressobj(), BytesIO()
        for part in parts:
            size += len(part)
            md5.update(part)
            sha256.update(part)
            flate.write(packer.compress(part))
        flate.write(packer.flush())
        return cls(flate=flate.getvalue(), size=size, md5=md5.digest(), sha256=sha256.hexdigest())


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a document was made from, as a file inside it: its name, what it is, its bytes."""

    name: str
    description: str
    content: Packed


def report_prepared(made: bytes, about: Metadata, attachment: Attachment | None = None) -> bytes:
    """A document that nobody seals: every field of its page is one that somebody may sign. The same input gives the
    same bytes."""
    import pikepdf

    with pikepdf.open(BytesIO(made)) as pdf:
        if "/AcroForm" in pdf.Root:
            _signing_fields(pdf)
        return finished(pdf, about, attachment)


def finished(
    pdf: pikepdf.Pdf, about: Metadata, attachment: Attachment | None, originals: tuple[Original, ...] = ()
) -> bytes:
    """The bytes of a document with one metadata packet of ours and, attached, what it was made from."""
    import pikepdf

    complete_tags(pdf)
    _collapse_lone_kids(pdf)
    _describe(pdf, about)
    if attachment is not None:
        _attach(pdf, about.issued_at, attachment, originals)
    out = BytesIO()
    pdf.save(
        out,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return out.getvalue()


def _fields(pdf: pikepdf.Pdf, terms: Printed, own: tuple[str, ...]) -> None:
    """Placeholders become signature fields; initials stay text fields that only a signature fills (traps 1 and 2)."""
    from pikepdf import Array, Dictionary, Name, String

    form = _form(pdf)
    plan = {s.name: s for s in terms.signatures}
    signing = {*plan, *own}
    initials = {i.name for i in terms.initials}
    found = {str(field.T) for field in form.Fields}
    if found != signing | initials or len(form.Fields) != len(found):
        raise ValueError(f"the page has the fields {sorted(found)}, the plan {sorted(signing | initials)}")
    for field in form.Fields:
        _emptied(pdf, field)
        name = str(field.T)
        if name in signing:
            field.FT = Name.Sig
            if name in plan and plan[name].locks:
                locked = Array([String(lock) for lock in plan[name].locks])
                field.Lock = pdf.make_indirect(Dictionary(Type=Name.SigFieldLock, Action=Name.Include, Fields=locked))
        else:
            field.Ff = _READ_ONLY


def _signing_fields(pdf: pikepdf.Pdf) -> None:
    """Every placeholder becomes an empty signature field."""
    from pikepdf import Name

    for field in _form(pdf).Fields:
        _emptied(pdf, field)
        field.FT = Name.Sig


def _form(pdf: pikepdf.Pdf) -> Any:
    """The form, without what PDF/A forbids (trap 1)."""
    form = pdf.Root.AcroForm
    for key in ("/NeedAppearances", "/DR", "/DA"):
        if key in form:
            del form[key]
    return form


def _emptied(pdf: pikepdf.Pdf, field: Any) -> None:
    """A field without a value and with an appearance of its own (trap 2)."""
    from pikepdf import Dictionary

    for key in ("/V", "/DA", "/MaxLen", "/Ff"):
        if key in field:
            del field[key]
    field.F = PRINT_AND_LOCKED
    field.AP = Dictionary(N=_blank(pdf, field))


def _blank(pdf: pikepdf.Pdf, field: Any) -> Any:
    from pikepdf import Array, Dictionary, Name

    x1, y1, x2, y2 = (float(n) for n in field.Rect)
    field.Rect = Array([min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)])
    box = Array([0, 0, round(abs(x2 - x1), 3), round(abs(y2 - y1), 3)])
    blank = pdf.make_stream(b"")
    blank.Type, blank.Subtype, blank.BBox, blank.Resources = Name.XObject, Name.Form, box, Dictionary()
    return blank


def _collapse_lone_kids(pdf: pikepdf.Pdf) -> None:
    """`/K [ref]` becomes `/K ref` in Form elements: readers that compare revisions look for the latter (trap 10)."""
    import pikepdf

    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Form":
            kids = thing.get("/K")
            if isinstance(kids, pikepdf.Array) and len(kids) == 1:
                thing.K = kids[0]


def _describe(pdf: pikepdf.Pdf, about: Metadata) -> None:
    """One XMP packet of ours in place of WeasyPrint's, and an Info dictionary that says the same."""
    from pikepdf import Dictionary, Name, String

    stream = pdf.make_stream(packet(about))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = stream
    moment = String(pdf_date(about.issued_at))
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(Title=String(about.title), CreationDate=moment, ModDate=moment, Producer=String(PRODUCER))
    )


def _attach(pdf: pikepdf.Pdf, issued_at: dt.datetime, attachment: Attachment, originals: tuple[Original, ...]) -> None:
    """A file as the source of the document (AFRelationship Source), in the name tree and in /AF; beside it the
    originals, by name."""
    from pikepdf import Array, Dictionary, Name, String

    moment = String(pdf_date(issued_at))

    def filed(name: str, media_type: str, content: Packed, says: str, relation: Any) -> Any:
        stream = pdf.make_stream(content.flate, Filter=Name.FlateDecode)
        stream.Type, stream.Subtype = Name.EmbeddedFile, Name(f"/{media_type}")
        stream.Params = Dictionary(Size=content.size, CheckSum=String(content.md5), CreationDate=moment, ModDate=moment)
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(name),
                UF=String(name),
                Desc=String(says),
                AFRelationship=relation,
                EF=Dictionary(F=stream, UF=stream),
            )
        )

    source = filed(attachment.name, "application/json", attachment.content, attachment.description, Name.Source)
    files = {attachment.name: source}
    for one in originals:
        files[one.name] = filed(
            one.name, one.media_type, Packed.of([one.data]), "A page as it was scanned", Name.Supplement
        )
    names = [item for name in sorted(files) for item in (String(name), files[name])]
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(names)))
    pdf.Root.AF = Array([files[name] for name in sorted(files)])
