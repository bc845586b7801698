"""`registry consent`: what was signed, clause by clause, and what became of it."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli import lists, options, sheets
from registry.cli.commands import command, group
from registry.cli.phrases import day, listing, said
from registry.cli.run import Run
from registry.domain.canonical import to_plain
from registry.domain.consent import Consent, Exclusion
from registry.services import browsing

app = group("Look up consents, clause by clause.", example="registry consent show c-okafor-1")


@command(app, "list", example="registry consent list --performer okafor\nregistry consent list --csv > consents.csv")
def list_(
    ctx: typer.Context,
    performer: options.OfPerformer = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> None:
    """What has been signed? Every consent on file, or those of one performer."""
    run: Run = ctx.obj
    found = browsing.list_consents(run.store, performer=performer)
    if json or csv:
        lists.answer(run, _LISTED, [_row(consent) for consent in found], json=json, csv=csv)
        return
    rows = [[c.id, c.performer, day(c.signed_at.date()) if c.signed_at else "draft", _grants(c)] for c in found]
    lists.answer(run, ["id", "performer", "signed", "grants"], rows, empty="No consent is on file.")


_LISTED = ["id", "performer", "signed at", "from", "until", "clauses", "acts", "productions", "declined"]


def _row(consent: Consent) -> list[str]:
    grants = consent.grants
    return [
        consent.id, consent.performer, consent.signed_at.isoformat() if consent.signed_at else "",
        str(consent.from_ or ""), str(consent.until or ""), ";".join(grant.clause for grant in grants),
        ";".join(dict.fromkeys(act.value for grant in grants for act in grant.acts)),
        ";".join(dict.fromkeys(str(work) for grant in grants for work in grant.productions)),
        ";".join(consent.declined),
    ]  # fmt: skip


@command(app, example="registry consent show c-okafor-1")
def show(
    ctx: typer.Context, consent: Annotated[str, typer.Argument(metavar="CONSENT", help="The consent's id.")]
) -> None:
    """One consent: every clause, what it excludes and what was refused, and what happened to it since."""
    run: Run = ctx.obj
    sheet = browsing.show_consent(run.store, consent)
    paper = sheet.consent
    lines = [f"{paper.id}   {sheet.performer.known_as}"]
    lines += sheets.line("signed", sheets.signed(paper).removeprefix("signed "))
    lines += sheets.line("by", _grantors(paper))
    lines += sheets.line("counsel", _counsel(paper))
    lines += sheets.line("in force", sheets.span(paper.from_, paper.until))
    lines += sheets.line("revocable", _revocable(paper))
    for grant in paper.grants:
        lines += ["", *sheets.clause(grant)]
    for carved in paper.excludes:
        lines += ["", *sheets.line("except", _excluded(carved))]
    lines += sheets.line("refused", listing(f"§{number}" for number in paper.declined))
    if paper.document is not None:
        lines += sheets.line("paper", f"{paper.document.file or ''} sha256 {paper.document.sha256[:16]}…".strip())
    lines += sheets.records(sheet.records)
    run.screen.answer(lines)


@command(
    app,
    example="registry consent compare draft-2.yaml draft-3.yaml\n"
    "registry consent compare c-okafor-1 rider-u-60-duet.pdf --json",
)
def compare(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="A consent on file, a rider's file, or a PDF.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The other one, likewise.")],
    json: options.Json = False,
    trust: options.Trust = None,
) -> None:
    """What changed between two papers, in what they allow and not in their words.

    Wider is what the later one grants and the earlier did not; narrower what it no longer grants. Both are exact:
    exclusions, terms and what must be named to be granted are taken into account."""
    from registry.cli.papers import paper
    from registry.cli.redline_text import redline_json, redline_lines
    from registry.services.redline import redline

    run: Run = ctx.obj
    was, now = (paper(run, name, trust or []) for name in (old, new))
    found = redline(was, now, browsing.list_productions(run.store))
    run.screen.answer([redline_json(found)] if json else redline_lines(found))


@command(app, example="registry consent signers rider-u-60-duet.yaml\nregistry consent signers c-okafor-1 --csv")
def signers(
    ctx: typer.Context,
    consent: Annotated[str, typer.Argument(metavar="CONSENT", help="On file, a rider's file, or a PDF.")],
    on: options.On = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
    trust: options.Trust = None,
) -> int:
    """Who has to sign a paper: the performer in person, also where a loan-out signs; guardian, estate, company.

    Exit status: 0 it can be signed, 1 nobody on file can sign for the performer, 3 something is missing first."""
    from registry.cli import typed
    from registry.cli.history_text import SIGNERS, signer_row, signers_lines
    from registry.cli.papers import paper
    from registry.cli.performer import STATUS
    from registry.services.signatories import signers_of

    run: Run = ctx.obj
    found_in = paper(run, consent, trust or [])
    found = signers_of(run.store, found_in, day=typed.day_or_none("--on", on) or run.today)
    if json or csv:
        lists.answer(run, SIGNERS, [signer_row(s) for s in found.signers], json=json, csv=csv)
    else:
        run.screen.answer(signers_lines(found, title=found_in.id))
    return int(STATUS[found.readiness.value])


def _grants(consent: Consent) -> str:
    return "; ".join(f"§{g.clause} {listing(said(a.value) for a in g.acts)}" for g in consent.grants)


def _grantors(consent: Consent) -> str:
    """Who signed: the performer, or a representative by id."""
    return listing(
        "the performer" if g.capacity.value == "self" else f"{said(g.capacity.value)} {g.representative or ''}".strip()
        for g in (consent.grantor, *consent.co_grantors)
    )


def _counsel(consent: Consent) -> str:
    if consent.counsel is None:
        return "not known"
    if consent.counsel.negotiated_replica_terms is None:
        return consent.counsel.name
    did = "negotiated" if consent.counsel.negotiated_replica_terms else "did not negotiate"
    return f"{consent.counsel.name}, {did} the replica terms"


def _revocable(consent: Consent) -> str:
    if consent.revocable is None or consent.revocable.by_terms is None:
        return "not known"
    if not consent.revocable.by_terms:
        return "not by its own terms"
    notice = consent.revocable.notice_days
    return "by its own terms" + (f", on {notice} days' notice" if notice else "")


def _excluded(carved: Exclusion) -> str:
    """The axes of a carve-out, which are read together."""
    plain = to_plain(carved)
    return " and ".join(f"{said(axis)} {_listed(values)}" for axis, values in plain.items())


def _listed(values: object) -> str:
    return ", ".join(str(value) for value in values) if isinstance(values, list) else str(values)
