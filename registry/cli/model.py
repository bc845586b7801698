"""`registry model`: the ledger of models, and which of them may run on a picture."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli import lists, options, sheets, typed
from registry.cli.commands import command, group
from registry.cli.output import labelled, paragraph
from registry.cli.phrases import count, day, listing, said
from registry.cli.run import Run
from registry.domain.finding import State, Status
from registry.services import models
from registry.services.models import LedgerLine, MayRun

app = group(
    "The ledger of models: trained on whom, and which may run on a picture.",
    example="registry model check --for harbor",
)

_INDENT = 13
_LEDGER = ["id", "trained on", "made for", "consents", "co owners"]
_CHECKED = ["id", "production", "answer", "trained on", "made for", "allowed", "lacks", "delete by"]


@command(app, "list", example="registry model list --csv")
def list_(ctx: typer.Context, json: options.JsonLines = False, csv: options.Csv = False) -> None:
    """Every model on file: whose material is in it, for which picture it was trained, under which consents."""
    run: Run = ctx.obj
    mark = ";" if json or csv else ", "
    rows = [
        [m.id, mark.join(m.trained_on), m.made_for or "", mark.join(m.consents), mark.join(m.co_owners)]
        for m in models.list_models(run.store)
    ]
    if not json and not csv:
        rows = [[row[0], row[1] or "not known", row[2] or "not known", row[3] or "none named"] for row in rows]
        lists.answer(run, _LEDGER[:4], rows, empty="No model is on file.")
        return
    lists.answer(run, _LEDGER, rows, json=json, csv=csv)


@command(app, example="registry model show marsh-voice-1")
def show(ctx: typer.Context, model: Annotated[str, typer.Argument(metavar="MODEL", help="The model's id.")]) -> None:
    """One model: whose material went in, the consents it rests on, what runs it, and when it has to go."""
    run: Run = ctx.obj
    sheet = models.show_model(run.store, model)
    names = {p.id: p.known_as for p in sheet.performers}
    lines = [sheet.model.id]
    trained = [names.get(p, p) for p in sheet.model.trained_on]
    lines += sheets.line("trained on", listing(trained) or "not known")
    lines += sheets.line("made for", sheet.model.made_for or "not known")
    lines += sheets.line("co-owners", listing(sheet.model.co_owners) or "none on file")
    lines += sheets.line("delete by", day(sheet.delete_by) if sheet.delete_by else "no day on file")
    held = [
        [c.id, f"§{g.clause}", listing(said(a.value) for a in g.acts), g.description]
        for c in sheet.consents
        for g in c.grants
    ]
    lines += sheets.section("Consents", held) or sheets.line("consents", "none on file")
    lines += sheets.section("Uses", [[u.id, said(u.act.value), u.production] for u in sheet.uses])
    if sheet.earlier:
        lines += ["", *sheets.line("earlier", f"{len(sheet.earlier)} other versions on file")]
    run.screen.answer(lines)


@command(
    app, example="registry model check --for harbor\nregistry model check marsh-voice-1 --for harbor-2 --on 2028-03-06"
)
def check(
    ctx: typer.Context,
    wanted: Annotated[
        list[str] | None, typer.Argument(metavar="MODEL...", help="Which models; all on file if left out.")
    ] = None,
    production: Annotated[
        str, typer.Option("--for", metavar="PRODUCTION", help="On which picture they shall run.")
    ] = "",
    on: options.OnPhotography = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> int:
    """Which models may run on a picture: whose consent lets them, to do what, and until when they may be kept.

    A model that may run still needs each use checked: which scenes, which media, whom to tell. Exit status: 0 all of
    them may run, 1 some may not, 3 something is open."""
    from registry.cli.checks import catalogue
    from registry.errors import UsageError

    run: Run = ctx.obj
    if not production:
        raise UsageError("Nobody said on which picture.", "registry model check --for PRODUCTION")
    found = models.check_models(
        run.store,
        catalogue(run),
        production=production,
        now=run.now,
        today=run.today,
        on=typed.day_or_none("--on", on),
        models=wanted or [],
    )
    if json or csv:
        lists.answer(run, _CHECKED, [_row(line) for line in found], json=json, csv=csv)
    else:
        run.screen.answer(_answer(found, production))
    states = {line.may_run for line in found}
    return int(
        Status.REFUSED if MayRun.NO in states else Status.OPEN if MayRun.OPEN in states or not found else Status.CLEARED
    )


def _answer(found: tuple[LedgerLine, ...], production: str) -> list[str]:
    if not found:
        return ["No model is on file. That says nothing about models that nobody wrote down."]
    may = sum(line.may_run is MayRun.YES for line in found)
    lines = paragraph(f"{may} of {count(len(found), 'model')} may run on {production}.")
    for line in found:
        lines += ["", f"{line.may_run.value.upper():<12}  {line.model.id}"]
        made = line.model.made_for or "not known"
        lines += labelled(
            "In it", f"{listing(leave.name for leave in line.leaves) or 'not known'}; made for {made}", indent=_INDENT
        )
        for n, text in enumerate(_allowed(line)):
            lines += labelled("" if n else "Allowed", text, indent=_INDENT)
        for n, lack in enumerate(line.lacks):
            lines += labelled("" if n else "Missing", lack, indent=_INDENT)
        lines += labelled("Delete by", day(line.delete_by), indent=_INDENT) if line.delete_by else []
    return lines


def _allowed(line: LedgerLine) -> list[str]:
    return [
        f"{listing(said(act.value) for act in c.grant.acts)}, {listing(e.value for e in c.grant.elements)},"
        f" for {listing(said(p.value) for p in c.grant.purposes)}: {c.consent.id} §{c.grant.clause}"
        + (f" ({c.why or 'hangs on ' + ', '.join(c.hangs_on)})" if c.state is not State.MET else "")
        for leave in line.leaves
        for c in leave.clauses
    ]


def _row(line: LedgerLine) -> list[str]:
    return [
        line.model.id,
        line.production or "",
        line.may_run.value,
        ";".join(line.model.trained_on),
        line.model.made_for or "",
        ";".join(f"{c.consent.id} §{c.grant.clause}" for leave in line.leaves for c in leave.clauses),
        ";".join(line.lacks),
        line.delete_by.isoformat() if line.delete_by else "",
    ]
