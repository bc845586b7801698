"""`registry draft`: a consent of a kind, begun from what is on file."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli.commands import command, group
from registry.cli.output import table
from registry.cli.run import Run
from registry.cli.typed import word

app = group("")
_DESCRIPTION = 'description: ""'


@command(
    app,
    example="registry draft commercial --performer okafor --production harbor > draft.yaml\nregistry render draft.yaml",
)
def draft(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="employment, estate, minor…; see docs/family.md.")],
    performer: Annotated[str, typer.Option("--performer", metavar="ID", help="Who is to consent.")],
    production: Annotated[str, typer.Option("--production", metavar="ID", help="For which production.")],
    name: Annotated[str | None, typer.Option("--id", metavar="ID", help="Else made of kind and performer.")] = None,
) -> None:
    """Start a consent of a kind: a registry file with what is on file filled in.

    What is not known is left out, and listed on the error output under the key it belongs to. Every clause needs its
    description before the file can be read."""
    from registry.documents.kinds import DocumentKind
    from registry.domain.world import World
    from registry.files.registry_file import write_registry
    from registry.services.drafting import draft_consent

    run: Run = ctx.obj
    wanted = word("KIND", kind, DocumentKind)
    world = run.store.load(performers=[performer], productions=[production])
    found = draft_consent(wanted, performer, production, world, name=name or f"{wanted}-{performer}", today=run.today)
    text = write_registry(World(consents=(found.consent,)))
    left_out = {_DESCRIPTION, "elements: []"}
    if "grantor" in dict(found.missing):
        left_out.add("grantor: {capacity: self}")
    run.screen.answer([line for line in text.splitlines() if line.strip() not in left_out])
    rows = [list(row) for row in found.missing]
    run.screen.about(["Left out, because nobody has said it yet:", *table(rows, indent=1)])
