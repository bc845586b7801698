"""`registry draft`: a consent of a kind, begun from what is on file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli import options
from registry.cli.commands import command, group
from registry.cli.output import table
from registry.cli.run import Run
from registry.cli.typed import word
from registry.errors import UsageError

app = group("")
_DESCRIPTION = 'description: ""'


@command(
    app,
    example="registry draft commercial --performer okafor --production harbor > draft.yaml\n"
    "registry render draft.yaml\n"
    "registry draft rider --production harbor --for-planned-uses --out drafts",
)
def draft(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="employment, estate, minor…; see docs/family.md.")],
    production: Annotated[str, typer.Option("--production", metavar="ID", help="For which production.")],
    performer: Annotated[
        list[str] | None,
        typer.Option("--performer", metavar="ID", help="Who is to consent; of riders, else everybody."),
    ] = None,
    name: Annotated[str | None, typer.Option("--id", metavar="ID", help="Else made of kind and performer.")] = None,
    planned: Annotated[
        bool, typer.Option("--for-planned-uses", help="With rider: the clauses that planned uses lack, and no other.")
    ] = False,
    file: Annotated[
        list[str] | None, typer.Option("--file", metavar="FILE", help="With rider: planned uses that are not on file.")
    ] = None,
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="With rider: where the drafts are written.")] = ".",
    by: options.By = None,
) -> int:
    """Start a consent of a kind: a registry file with what is on file filled in.

    What is not known is left out, and listed on the error output under the key it belongs to. Every clause needs its
    description before the file can be read.

    `rider --for-planned-uses` writes a draft for each person instead, whose clauses are what the planned uses of that
    person lack: signed, they turn those checks. Exit status: 0 done, 1 some planned use cannot be helped by a rider."""
    from registry.documents.kinds import DocumentKind
    from registry.domain.world import World
    from registry.files.registry_file import write_registry
    from registry.services.drafting import draft_consent

    run: Run = ctx.obj
    people = performer or []
    if kind == "rider":
        if not planned:
            raise UsageError("A rider is drafted for what is planned.", "add --for-planned-uses")
        from registry.cli.planned import draft_planned

        return draft_planned(run, production, people, file or [], Path(out), by)
    wanted = word("KIND", kind, DocumentKind)
    if len(people) != 1:
        raise UsageError("A consent is one performer's.", "add --performer ID")
    world = run.store.load(performers=people, productions=[production])
    found = draft_consent(wanted, people[0], production, world, name=name or f"{wanted}-{people[0]}", today=run.today)
    text = write_registry(World(consents=(found.consent,)))
    left_out = {_DESCRIPTION, "elements: []"}
    if "grantor" in dict(found.missing):
        left_out.add("grantor: {capacity: self}")
    run.screen.answer([line for line in text.splitlines() if line.strip() not in left_out])
    rows = [list(row) for row in found.missing]
    run.screen.about(["Left out, because nobody has said it yet:", *table(rows, indent=1)])
    return 0
