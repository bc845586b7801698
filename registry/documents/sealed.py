"""What the sealed revision says: its terms, its pages, its metadata, and whether the three agree. And the initials."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from registry.documents import consent_json
from registry.documents.fault import Broken
from registry.documents.page import furniture_of, without_space, words_digest
from registry.documents.sheet import printed_strings, sheet_of
from registry.documents.terms import CLOSING_FIELD, SEAL_FIELD, TEMPLATE, TEMPLATE_VERSION, RiderTerms
from registry.documents.text import PageText, appearance_text, page_text
from registry.documents.xmp import digest_in, record_in


@dataclass(frozen=True, slots=True)
class Content:
    """The content of the sealed revision, the one that nobody who signed later can have changed."""

    terms: RiderTerms
    digest: str
    words_agree: bool
    digest_agrees: bool
    faults: tuple[str, ...]


def content_of(sealed: bytes) -> Content:
    """Raises Broken where there are no terms to read, or the fields are not those of the plan."""
    import pikepdf

    with pikepdf.open(BytesIO(sealed)) as pdf:
        data = attached(pdf)
        try:
            terms = consent_json.read(data)
        except ValueError as error:
            raise Broken(f"The attached terms cannot be read: {error}.") from None
        _check_fields(pdf, terms)
        digest = consent_json.digest_of(data)
        text = page_text(pdf)
        metadata = bytes(pdf.Root.Metadata.read_bytes())
    words = tuple(_word_faults(text, terms))
    digests = tuple(_digest_faults(text, terms, digest, metadata))
    return Content(terms, digest, not words, not digests, words + digests)


def attached(pdf: Any) -> bytes:
    """The bytes of consent.json: the only attachment, named the source of the document."""
    names = pdf.Root.Names.EmbeddedFiles.Names if "/Names" in pdf.Root else []
    if len(names) != 2 or str(names[0]) != consent_json.NAME:
        raise Broken(f"The file does not carry {consent_json.NAME} as its only attachment.")
    return bytes(names[1].EF.F.read_bytes())


def initials_of(data: bytes, terms: RiderTerms) -> tuple[str | None, ...]:
    """What stands in each box beside a clause: the value, which has to be what the box shows. Raises Broken."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        fields = {str(f.T): f for f in pdf.Root.AcroForm.Fields}
        return tuple(_shown(fields[i.name], i.clause) for i in terms.initials)


def _shown(field: Any, clause: str) -> str | None:
    shown = appearance_text(field.AP.N)
    value = str(field.V) if "/V" in field else None
    if without_space(value or "") != shown:
        raise Broken(f"The box beside clause {clause} shows something other than it says.")
    return value


def _check_fields(pdf: Any, terms: RiderTerms) -> None:
    names = sorted(str(f.T) for f in pdf.Root.AcroForm.Fields)
    plan = [SEAL_FIELD, CLOSING_FIELD, *(s.name for s in terms.signatures), *(i.name for i in terms.initials)]
    if names != sorted(plan):
        raise Broken("The fields of the file are not those its terms name.")


def _word_faults(text: PageText, terms: RiderTerms) -> Iterator[str]:
    """The pages say what the terms say: their words have the digest the terms name, and no value is missing."""
    if words_digest(text.body) != terms.text_sha256:
        yield "The words on the pages are not the words that were issued with these terms."
    if (terms.template, terms.template_version) == (TEMPLATE, TEMPLATE_VERSION):
        missing = [s for s in printed_strings(sheet_of(terms)) if without_space(s) not in text.body]
        # The running line stands in the margin, and is looked for there.
        missing = [s for s in missing if without_space(s) not in "".join(text.furniture)]
        if missing:
            yield f"The pages do not say “{missing[0][:80]}”, which the attached terms say."


def _digest_faults(text: PageText, terms: RiderTerms, digest: str, metadata: bytes) -> Iterator[str]:
    sheet, pages = sheet_of(terms), len(text.furniture)
    furniture = furniture_of(terms.language, running=sheet.running, record=sheet.record, digest=digest)
    for number, margin in enumerate(text.furniture, 1):
        if margin != furniture.margin(number, pages):
            yield f"The margin of page {number} does not name the digest of the attached terms, {digest}."
            break
    if digest_in(metadata) != digest or record_in(metadata) != terms.record:
        yield "The metadata of the file name another digest or record than the attached terms."
