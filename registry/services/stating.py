"""Taking in what was signed elsewhere, on paper or with another product; and our sealed statement of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from registry.documents.apart import foreign_apart, statement_apart
from registry.documents.foreign import Judged
from registry.documents.keys import KeyName, Roots, credential, own_lists, own_roots
from registry.documents.prepare import Original
from registry.documents.render import Renderer
from registry.documents.revocation import refuse_revoked
from registry.documents.scans import Scan, read_scan
from registry.documents.sign import seal
from registry.documents.statement import Page, StatedSigner, Statement, StatementKind, unsealed_statement
from registry.documents.statement_proof import StatementReport, verify_statement
from registry.documents.terms import RiderTerms, Role, Seal
from registry.documents.verify import names_agree, verify_pdf
from registry.domain.consent import Consent, Document
from registry.domain.performer import Performer
from registry.domain.production import Production
from registry.domain.revision import Revision, Step
from registry.domain.values import dataclass
from registry.domain.words import Instrument
from registry.domain.world import World
from registry.errors import IntegrityError, UsageError
from registry.services.archive import Archive
from registry.services.placing import put
from registry.services.signing import Keys, plainly, unread
from registry.storage.receipt import Receipt
from registry.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """How something came: when and from whom, who took it in, where the paper is, who compared it with what was issued.
    What nobody captured is stated as not recorded."""

    received_at: dt.datetime | None = None
    received_from: str | None = None
    operator: str | None = None
    paper_at: str | None = None
    compared_by: str | None = None


def state_wet_ink(
    issued: Path,
    scans: Sequence[Path],
    target: Path,
    *,
    signed_at: dt.datetime,
    signers: Mapping[str, str],
    declined: Collection[str],
    reception: Reception,
    keys: Keys,
    now: dt.datetime,
    archive: Archive | None = None,
    renderer: Renderer | None = None,
) -> StatementReport:
    """The pages of a document that was issued here and signed on paper, in a sealed file with what we know of them.

    `signers` names who signed in which place. Raises UsageError where one is missing, or nobody compared the pages."""
    data = _read(issued)
    report = verify_pdf(data, own_roots(keys.folder), now=now)
    if not report.unchanged or report.terms is None or report.digest is None or not report.trusted:
        raise IntegrityError(f"{issued.name} is not a document that was issued with the keys in {keys.folder}.")
    if report.signatures:
        raise UsageError(
            f"{issued.name} was signed here already; it is not signed on paper too.", "Name the issued file."
        )
    if not reception.compared_by:
        problem = "Nobody compared the digest on each page with the document that was issued."
        raise UsageError(problem, f"add --compared-by NAME    the digest is {report.digest[:16]}…")
    terms = report.terms
    _refuse_missing(terms, signers)
    read = [read_scan(_read(path), path.name) for path in scans]
    consent = _signed_on_paper(terms, signed_at, declined)
    statement = Statement(
        kind=StatementKind.WET_INK,
        paper=terms.paper,
        issued_at=now.replace(microsecond=0),
        salt=secrets.token_hex(16),
        consent=consent,
        performer=terms.performer,
        production=terms.production,
        engagement=terms.engagement,
        replica=terms.replica,
        subject_sha256=report.sha256,
        subject_name=issued.name,
        terms_sha256=report.digest,
        signers=tuple(StatedSigner(place=plainly(place), name=name) for place, name in signers.items()),
        pages=_named_apart(read),
        seal=Seal(company=terms.seal.company, root_sha256=keys.root_sha256),
        **_kept(reception),
    )
    pictures = tuple(picture for scan in read for picture in scan.pictures)
    originals = tuple(scan.original for scan in read if scan.original is not None)
    return _stated(statement, target, Step.WET_INK, keys, now, archive, renderer, pictures, originals)


def state_foreign(
    file: Path,
    consent: Consent,
    world: World,
    target: Path,
    *,
    company: str,
    signers: Mapping[str, str],
    reception: Reception,
    keys: Keys,
    now: dt.datetime,
    archive: Archive,
    renderer: Renderer | None = None,
) -> tuple[StatementReport, Judged]:
    """A file signed with another product, kept byte for byte, and our statement of what it grants: `consent`, as a
    person read it. Raises UsageError where the file bears no sound signature, or the consent no day of signing."""
    data = _read(file)
    judged = foreign_apart(data, own_roots(keys.folder), now=now)
    if not judged.sound:
        raise IntegrityError(f"{file.name} is not taken in. {judged.findings[-1]}")
    if consent.signed_at is None:
        raise UsageError(f"Consent {consent.id} has no signed_at.", "write signed_at, as the file says it")
    performer = next((p for p in reversed(world.performers) if p.id == consent.performer), None)
    named = {production for grant in consent.grants for production in grant.productions}
    production = next((p for p in reversed(world.productions) if p.id in named), None)
    if performer is None or production is None:
        raise UsageError(f"The people and works that {consent.id} names are not on file.", "registry import FILE")
    digest = hashlib.sha256(data).hexdigest()
    archive.keep(data)
    kept = Revision(
        id=digest, document=digest, consent=consent.id, step=Step.KEPT, size=len(data), signed=len(signers),
        required=len(signers),
    )  # fmt: skip
    archive.record(kept, now=now)
    statement = Statement(
        kind=StatementKind.FOREIGN,
        issued_at=now.replace(microsecond=0),
        salt=secrets.token_hex(16),
        consent=replace(consent, recorded_at=None),
        performer=_printed(performer),
        production=replace(production, recorded_at=None),
        subject_sha256=digest,
        subject_name=file.name,
        signers=tuple(StatedSigner(place=plainly(place), name=name) for place, name in signers.items()),
        findings=judged.findings,
        seal=Seal(company=company, root_sha256=keys.root_sha256),
        **_kept(reception),
    )
    report = _stated(statement, target, Step.STATED, keys, now, archive, renderer, (), ())
    return report, judged


def take_in_statement(
    store: Store, path: Path, roots: Roots, *, by: str, now: dt.datetime, archive: Archive | None = None
) -> tuple[Consent, Receipt]:
    """Record the consent that a statement states. Raises IntegrityError or UsageError where it cannot be relied on."""
    data = _read(path)
    report = statement_apart(data, roots, now=now)
    if not report.unchanged or report.statement is None:
        raise IntegrityError(f"{path.name} is not taken in. {report.faults[0] if report.faults else ''}".strip())
    if not report.trusted:
        raise UsageError(
            f"{path.name} goes back to a root that is not trusted here; nothing was taken in.",
            "add --trust FILE, its root certificate, if you know where it comes from",
        )
    stated = report.statement
    consent = replace(stated.consent, document=Document(sha256=report.sha256, file=path.name))
    if archive is not None:
        _file_away(archive, data, stated, report.digest or report.sha256, now)
    new = World(
        consents=(consent,),
        performers=() if store.values(Performer, {stated.performer.id}) else (stated.performer,),
        productions=() if store.values(Production, {stated.production.id}) else (stated.production,),
    )
    return consent, store.record(new, by=by, now=now)


def _stated(
    statement: Statement,
    target: Path,
    step: Step,
    keys: Keys,
    now: dt.datetime,
    archive: Archive | None,
    renderer: Renderer | None,
    pictures: tuple[bytes, ...],
    originals: tuple[Original, ...],
) -> StatementReport:
    if target.exists():
        raise UsageError(f"{target} exists already.", "add --out FILE")
    pen = credential(keys.folder, KeyName.SEAL, keys.passphrase)
    refuse_revoked(pen.certificate, own_lists(keys.folder), "registry keys rotate seal    makes another")
    if renderer is not None:
        base = unsealed_statement(statement, renderer, scans=pictures, originals=originals)
    else:
        with Renderer() as own:
            base = unsealed_statement(statement, own, scans=pictures, originals=originals)
    made = seal(base, pen, company=statement.seal.company, now=now, changes=False)
    report = verify_statement(made, own_roots(keys.folder), now=now)
    if not report.unchanged or report.statement is None:
        raise IntegrityError(f"The statement does not hold, and was not written. {' '.join(report.faults)}")
    if archive is not None:
        _file_away(archive, made, report.statement, report.digest or report.sha256, now, step)
    put(target, made)
    return report


def _file_away(
    archive: Archive, data: bytes, stated: Statement, digest: str, now: dt.datetime, step: Step | None = None
) -> None:
    sha256 = archive.keep(data)
    made = Step.WET_INK if stated.kind is StatementKind.WET_INK else Step.STATED
    if any(r.id == sha256 for r in archive.store.revisions(document=digest)):
        return
    revision = Revision(
        id=sha256, document=digest, consent=stated.consent.id, step=step or made, size=len(data),
        signed=len(stated.signers), required=len(stated.signers),
    )  # fmt: skip
    archive.record(revision, now=now)


def _signed_on_paper(terms: RiderTerms, signed_at: dt.datetime, declined: Collection[str]) -> Consent:
    clauses = {grant.clause for grant in terms.consent.grants}
    if unknown := sorted(set(declined) - clauses):
        raise UsageError(
            f"There is no clause {unknown[0]} to decline.", f"add --decline {' or '.join(sorted(clauses))}"
        )
    in_person = any(s.role is Role.PERFORMER for s in terms.signatures)
    return replace(
        terms.consent,
        instrument=Instrument.SEPARATE_WRITING,
        separately_signed=True,
        conspicuous=True,
        personally_signed=True if in_person else None,
        signed_at=signed_at,
        grants=tuple(g for g in terms.consent.grants if g.clause not in declined),
        declined=tuple(g.clause for g in terms.consent.grants if g.clause in declined),
    )


def _refuse_missing(terms: RiderTerms, signers: Mapping[str, str]) -> None:
    places = {s.name: s for s in terms.signatures}
    for place, name in signers.items():
        if place not in places:
            known = ", ".join(plainly(p) for p in places)
            raise UsageError(
                f"The document has no place {plainly(place)} to sign; there are {known}.", "correct --signed"
            )
        if not names_agree(name, places[place].signer):
            problem = f"{name} is not who {plainly(place)} is for: the document names {places[place].signer}."
            raise UsageError(problem, "Compare with the paper who signed there.")
    missing = [plainly(s.name) for s in terms.signatures if s.required and s.name not in signers]
    if missing:
        raise UsageError(f"Who signed as {missing[0]} is not said.", f'add --signed {missing[0]}="NAME"')


def _named_apart(scans: Sequence[Scan]) -> tuple[Page, ...]:
    pages = tuple(scan.page for scan in scans)
    if not pages:
        raise UsageError("No page was given.", "Name the files of the scan, in the order of the pages.")
    names = [page.name for page in pages]
    twice = next((name for name in names if names.count(name) > 1 or name == "consent.json"), None)
    if twice:
        raise UsageError(f"{twice} is given twice, or is a name that is taken.", "Give each file its own name.")
    return pages


def _printed(performer: Performer) -> Performer:
    """Of a performer names alone."""
    return Performer(id=performer.id, legal_name=performer.legal_name, professional_name=performer.professional_name)


def _kept(reception: Reception) -> dict[str, Any]:
    return {
        "received_at": reception.received_at,
        "received_from": reception.received_from,
        "operator": reception.operator,
        "paper_at": reception.paper_at,
        "compared_by": reception.compared_by,
    }


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unread(path, error) from None
