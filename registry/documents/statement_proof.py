"""Judging a statement by itself: sealed against any change, its words those of its JSON, its pages those it lists."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from registry.documents import statement as statements
from registry.documents.fault import Broken
from registry.documents.keys import Roots
from registry.documents.page import without_space, words_digest
from registry.documents.report import Sealed
from registry.documents.revisions import steps
from registry.documents.statement import Statement
from registry.documents.terms import SEAL_FIELD
from registry.documents.text import page_text
from registry.documents.verify import quiet, sealed_by
from registry.documents.xmp import digest_in, record_in


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementReport:
    """The facts of one statement. `unchanged` is all of: the seal holds and reaches the last byte, nothing was added,
    words and digests agree, and every page of a scan is the one that came."""

    sha256: str
    judged: bool = True
    faults: tuple[str, ...] = ()
    statement: Statement | None = None
    digest: str | None = None
    seal: Sealed | None = None

    @property
    def unchanged(self) -> bool:
        return self.judged and self.statement is not None and not self.faults

    @property
    def trusted(self) -> bool:
        return self.seal is not None and self.seal.trusted

    @property
    def status(self) -> int:
        if not self.unchanged:
            return 4
        return 0 if self.trusted else 3

    @property
    def headline(self) -> str:
        if not self.judged:
            return "CANNOT BE JUDGED"
        if not self.unchanged:
            return "NOT INTACT"
        return "STATED AND UNCHANGED" if self.trusted else "UNCHANGED, NOT TRUSTED"


def statement_in(data: bytes) -> bool:
    """Whether a file carries a statement, as far as its attachment says; whether it holds is another question."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return b'"schema":"consent-statement/1"' in _attachments(pdf).get("consent.json", b"")
    except Exception:
        return False


def verify_statement(data: bytes, roots: Roots, *, now: dt.datetime) -> StatementReport:
    """Never raises: what cannot be judged says so, with exit status 4."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        with quiet():
            return _judged(data, sha256, roots, now)
    except Broken as fault:
        return StatementReport(sha256=sha256, faults=(str(fault),))
    except Exception:
        return StatementReport(sha256=sha256, judged=False, faults=("The file cannot be read: it is damaged.",))


def _judged(data: bytes, sha256: str, roots: Roots, now: dt.datetime) -> StatementReport:
    import pikepdf
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import MDPPerm

    reader = PdfFileReader(BytesIO(data))
    taken = steps(reader, data)
    if [step.field for step in taken] != [SEAL_FIELD] or taken[0].end != len(data):
        raise Broken("A statement bears one seal over all of it, and this file does not.")
    certified = reader.root["/Perms"].raw_get("/DocMDP") if "/Perms" in reader.root else None
    if certified != taken[0].signature.sig_field.raw_get("/V") or taken[0].signature.docmdp_level != MDPPerm.NO_CHANGES:
        raise Broken("The seal does not forbid every change.")
    seal = sealed_by(taken[0], roots, now)
    with pikepdf.open(BytesIO(data)) as pdf:
        files = _attachments(pdf)
        try:
            found = statements.read(files.pop("consent.json"))
        except (KeyError, ValueError) as error:
            raise Broken(f"The attached statement cannot be read: {error}.") from None
        digest = hashlib.sha256(statements.written(found)).hexdigest()
        faults = (*_words(pdf, found, digest), *_pages(pdf, found, files))
    return StatementReport(sha256=sha256, faults=faults, statement=found, digest=digest, seal=seal)


def _words(pdf: Any, found: Statement, digest: str) -> Iterator[str]:
    text = page_text(pdf)
    if words_digest(text.body) != found.text_sha256:
        yield "The words on the pages are not those of the statement inside."
    pages = len(text.furniture)
    for number, margin in enumerate(text.furniture, 1):
        if margin != statements.margin_of(found, digest, number, pages):
            yield f"The margin of page {number} does not name the digest of the statement, {digest}."
            break
    for line in (*statements.said(found), *statements.clauses(found)):
        if without_space(line.value) not in text.body:
            yield f"The pages do not say “{line.value[:80]}”, which the statement inside says."
            break
    metadata = bytes(pdf.Root.Metadata.read_bytes())
    if digest_in(metadata) != digest or record_in(metadata) != found.record:
        yield "The metadata of the file name another digest or record than the statement inside."


def _pages(pdf: Any, found: Statement, files: dict[str, bytes]) -> Iterator[str]:
    """Every file of the scan is there with the bytes that came: as a picture of a page, or attached."""
    held = {hashlib.sha256(d).hexdigest() for d in files.values()} | {
        hashlib.sha256(image.read_raw_bytes()).hexdigest() for page in pdf.pages for image in page.get_images().values()
    }
    for page in found.pages:
        if page.sha256 not in held:
            yield f"{page.name} is not in the file with the bytes that came."


def _attachments(pdf: Any) -> dict[str, bytes]:
    names = pdf.Root.Names.EmbeddedFiles.Names if "/Names" in pdf.Root else []
    return {str(names[n]): bytes(names[n + 1].EF.F.read_bytes()) for n in range(0, len(names), 2)}
