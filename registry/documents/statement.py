"""Our own statement of a document that was not signed here: on paper, or with another product.

It says what was received, by whom and when, what its terms are and who signed; a scan of paper travels inside it. The
company's key seals it against any change (DocMDP 1). It proves that we said so, and what we received; no more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO

from registry.documents.fonts import fonts_for
from registry.documents.layout import Line
from registry.documents.page import Furniture, environment, furniture_of, words_digest, words_of
from registry.documents.prepare import Original, prepared
from registry.documents.render import Renderer, RenderError
from registry.documents.terms import SEAL_FIELD, InitialField, Paper, Seal, SignatureField
from registry.documents.wording import NOT_RECORDED, day, moment
from registry.domain.canonical import canonical_bytes, from_plain, to_plain
from registry.domain.consent import Consent
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.replica import Replica

SCHEMA = "consent-statement/1"
_PAPERS = {Paper.A4: "A4", Paper.LETTER: "letter"}


class StatementKind(StrEnum):
    WET_INK = "wet_ink"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of a scan as it came: its SHA-256 and size. A JPEG stands in the pages as these very bytes; any other is
    attached."""

    name: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSigner:
    """Who signed, and in which place, as a person read it from the paper or the file."""

    place: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What we state. `subject_sha256` is the file that was issued and signed on paper, or the one that came from
    elsewhere; `terms_sha256` is the digest printed on the paper, which `compared_by` compared page by page; `findings`
    is what could be judged of a file made elsewhere."""

    schema: str = SCHEMA
    kind: StatementKind
    language: str = "en"
    paper: Paper = Paper.LETTER
    issued_at: dt.datetime
    salt: str
    consent: Consent
    performer: Performer
    production: Production
    engagement: Engagement | None = None
    replica: Replica | None = None
    subject_sha256: str
    subject_name: str
    terms_sha256: str | None = None
    signers: tuple[StatedSigner, ...]
    pages: tuple[Page, ...] = ()
    findings: tuple[str, ...] = ()
    received_at: dt.datetime | None = None
    received_from: str | None = None
    operator: str | None = None
    paper_at: str | None = None
    compared_by: str | None = None
    seal: Seal
    text_sha256: str | None = None

    @property
    def signatures(self) -> tuple[SignatureField, ...]:
        return ()

    @property
    def initials(self) -> tuple[InitialField, ...]:
        return ()

    @property
    def record(self) -> str:
        return self.consent.id

    @property
    def title(self) -> str:
        return "Signed on paper" if self.kind is StatementKind.WET_INK else "Signed elsewhere"


def read(data: bytes) -> Statement:
    """The statement written in `data`. Raises ValueError where the bytes are not the one way to write one."""
    plain = json.loads(data)
    if not isinstance(plain, dict) or plain.get("schema", SCHEMA) != SCHEMA or "kind" not in plain:
        raise ValueError(f"consent.json does not follow {SCHEMA}")
    try:
        found = from_plain(Statement, plain)
    except (KeyError, TypeError) as error:
        raise ValueError(f"consent.json does not follow {SCHEMA}: {error}") from error
    if written(found) != data:
        raise ValueError("consent.json is not written canonically")
    return found


def written(statement: Statement) -> bytes:
    return canonical_bytes({**to_plain(statement), "schema": SCHEMA})


def unsealed_statement(
    statement: Statement, renderer: Renderer, *, scans: tuple[bytes, ...] = (), originals: tuple[Original, ...] = ()
) -> bytes:
    """The statement as a PDF that nobody has sealed. `scans` are the pictures of its pages, JPEG or PNG, in order."""
    words = words_of(_html(statement, digest="", scans=len(scans)))
    final = replace(statement, text_sha256=words_digest(words))
    data = written(final)
    digest = hashlib.sha256(data).hexdigest()
    pictures = {str(n): picture for n, picture in enumerate(scans, 1)}
    lines = (*said(final), *clauses(final), *_signers(final))
    fonts = fonts_for((*(line.value for line in lines), *final.findings), f"Statement {final.record}")
    html = _html(final, digest=digest, scans=len(scans))
    made = renderer.pdf(html, identifier=digest[:32], fonts=fonts, scans=pictures)
    ready = prepared(made, final, data, own=(SEAL_FIELD,), originals=originals)
    if words_digest(body_of(ready)) != final.text_sha256:
        raise RenderError("The pages of the statement do not say what it says.", "Repair the template.")
    return ready


def body_of(data: bytes) -> str:
    """The words of the pages."""
    import pikepdf

    from registry.documents.text import page_text

    with pikepdf.open(BytesIO(data)) as pdf:
        return page_text(pdf).body


def margin_of(statement: Statement, digest: str, number: int, pages: int) -> str:
    """The words in the margins of one page."""
    return _furniture(statement, digest).margin(number, pages)


def said(statement: Statement) -> tuple[Line, ...]:
    """Every fact, a line each; what nobody captured is printed as such."""
    wet = statement.kind is StatementKind.WET_INK
    lines = [
        ("Record", statement.consent.id),
        ("Performer", statement.performer.legal_name),
        ("Production", statement.production.title),
        ("Signed", moment(statement.consent.signed_at)),
        ("Received", moment(statement.received_at)),
        ("Received from", statement.received_from or NOT_RECORDED),
        ("Taken in by", statement.operator or NOT_RECORDED),
        ("Document that was signed" if wet else "File as it came", statement.subject_name),
        ("Its SHA-256", statement.subject_sha256),
    ]
    if wet:
        lines += [
            ("Digest on its pages", statement.terms_sha256 or NOT_RECORDED),
            ("Compared page by page by", statement.compared_by or NOT_RECORDED),
            ("Where the paper is", statement.paper_at or NOT_RECORDED),
        ]
    return tuple(Line(label=label, value=value) for label, value in lines)


def clauses(statement: Statement) -> tuple[Line, ...]:
    """The clauses agreed to, and those that were declined."""
    agreed = [Line(label=f"Clause {g.clause}", value=g.description) for g in statement.consent.grants]
    return (*agreed, *(Line(label=f"Clause {c}", value="DECLINED") for c in statement.consent.declined))


def _signers(statement: Statement) -> tuple[Line, ...]:
    return tuple(Line(label=s.place.replace("_", " "), value=s.name) for s in statement.signers)


def _furniture(statement: Statement, digest: str) -> Furniture:
    running = f"{statement.title} · {statement.production.title} · {statement.performer.legal_name}"
    return furniture_of("en", running=running, record=statement.record, digest=digest)


def _html(statement: Statement, *, digest: str, scans: int) -> str:
    template = environment().get_template("consent/statement.html")
    return template.render(
        statement=statement,
        facts=said(statement),
        clauses=clauses(statement),
        signers=_signers(statement),
        scans=range(1, scans + 1),
        root=statement.seal.root_sha256 or NOT_RECORDED,
        dated=day(statement.issued_at.date()),
        furniture=_furniture(statement, digest),
        paper=_PAPERS[statement.paper],
        language="en",
        created=statement.issued_at.isoformat(),
    )
