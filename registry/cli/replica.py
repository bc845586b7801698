"""`registry replica`: what stands for a performer, for which picture it was made, and who holds it."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli import lists, options, sheets
from registry.cli.commands import command, group
from registry.cli.phrases import day, listing, said
from registry.cli.replica_files import EXAMPLE, manifest
from registry.cli.run import Run
from registry.domain.replica import Replica
from registry.services import models

app = group(
    "Look up replicas: of whom, for which picture, who holds them.", example="registry replica show okafor-scan-1"
)

command(app, example=EXAMPLE)(manifest)

_HEADER = ["id", "performer", "kind", "elements", "made for", "made on", "holder", "destroy by"]


@command(app, "list", example="registry replica list\nregistry replica list --performer okafor --csv")
def list_(
    ctx: typer.Context,
    performer: options.OfPerformer = None,
    production: options.OfProduction = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> None:
    """Every replica on file, planned ones too."""
    run: Run = ctx.obj
    found = [
        replica
        for replica in models.list_replicas(run.store)
        if performer in (None, replica.performer) and production in (None, replica.made_for)
    ]
    if json or csv:
        lists.answer(run, _HEADER, [_row(replica) for replica in found], json=json, csv=csv)
        return
    rows = [[r.id, r.performer or "–", said(r.kind or "not known"), r.made_for or "–", _made(r, run)] for r in found]
    lists.answer(run, ["id", "of", "kind", "for", "made"], rows, empty="No replica is on file.")


@command(app, example="registry replica show okafor-scan-1")
def show(
    ctx: typer.Context, replica: Annotated[str, typer.Argument(metavar="REPLICA", help="The replica's id.")]
) -> None:
    """One replica: whose, made from what, who held it where and when, until when it may be kept, and what uses it."""
    run: Run = ctx.obj
    sheet = models.show_replica(run.store, replica)
    found = sheet.replica
    lines = [f"{found.id}   {found.performer or 'nobody in particular'}"]
    lines += sheets.line("kind", said(found.kind or "not known"))
    lines += sheets.line("elements", listing(e.value for e in found.elements) or "not known")
    lines += sheets.line("made from", said(found.made_from or "not known"))
    lines += sheets.line("made for", found.made_for or "not known")
    lines += sheets.line("made", _made(found, run))
    kinds = None if found.biometric_kinds is None else listing(said(k.value) for k in found.biometric_kinds) or "none"
    lines += sheets.line("biometric", kinds or "not known")
    lines += sheets.line("destroy by", day(found.destroy_by) if found.destroy_by else "not known")
    lines += sheets.line("destroyed", day(found.destroyed_on) if found.destroyed_on else None)
    held = [[c.holder, c.place or "", sheets.span(c.from_, c.to), f"{len(c.files)} files"] for c in found.custody]
    lines += sheets.section("Custody", held) or sheets.line("custody", found.holder or "nobody is named")
    lines += sheets.section("Uses", [[u.id, said(u.act.value), u.production] for u in sheet.uses])
    lines += sheets.records(sheet.records)
    if sheet.earlier:
        lines += ["", *sheets.line("earlier", f"{len(sheet.earlier)} other versions on file")]
    run.screen.answer(lines)


def _made(replica: Replica, run: Run) -> str:
    if replica.made_on is None:
        return "no day on file"
    return f"planned for {day(replica.made_on)}" if replica.made_on > run.today else day(replica.made_on)


def _row(replica: Replica) -> list[str]:
    return [
        replica.id,
        replica.performer or "",
        replica.kind or "",
        ";".join(element.value for element in replica.elements),
        replica.made_for or "",
        replica.made_on.isoformat() if replica.made_on else "",
        replica.holder or (replica.custody[-1].holder if replica.custody else ""),
        replica.destroy_by.isoformat() if replica.destroy_by else "",
    ]
