"""What was told, asked, answered: notices, requests, approvals, refusals, reasons."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli import options, typed
from registry.cli.commands import command
from registry.cli.record.saving import At, Id, Reference, Uses, app, save
from registry.domain.record import Record
from registry.domain.words import Act, RecordKind

Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="The last day it holds.")]
Conditions = Annotated[str | None, typer.Option("--conditions", metavar="TEXT", help="What it was made subject to.")]


@command(app, example="registry record notice performer --about okafor-scan-1 \\\n  --at 2026-09-13T09:00:00-07:00")
def notice(
    ctx: typer.Context,
    to: Annotated[str, typer.Argument(metavar="TO", help="performer, union or platform.")],
    about: Annotated[
        list[str], typer.Option("--about", metavar="ID", help="The use or replica; again for another.")
    ] = [],  # noqa: B006 - Typer reads it, nobody changes it
    performer: Annotated[str | None, typer.Option("--performer", metavar="ID", help="Who was told.")] = None,
    production: options.Production = None,
    at: At = None,
    by: options.By = None,
    reference: Reference = None,
    note: options.Note = None,
    record_id: Id = None,
) -> None:
    """Somebody was told. Without --about it serves the performer's first session on the production after it."""
    given_at = typed.moment("--at", at) if at else ctx.obj.now
    record = Record(
        id="", kind=RecordKind.NOTICE, to=to, about=typed.split(about), performer=performer, production=production,
        given_at=given_at, by=by, reference=reference, note=note,
    )  # fmt: skip
    save(ctx, record, record_id, by)


@command(app, example='registry record request u-41-fall --to netflix --reference "email 2026-09-15"')
def request(
    ctx: typer.Context,
    use: Uses,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Who was asked.")],
    at: At = None,
    by: options.By = None,
    reference: Reference = None,
    conditions: Conditions = None,
    until: Until = None,
    note: options.Note = None,
    record_id: Id = None,
) -> None:
    """An approval was asked for."""
    record = Record(
        id="", kind=RecordKind.REQUEST, use=tuple(use), to=to, given_at=typed.moment("--at", at) if at else ctx.obj.now,
        by=by, reference=reference, conditions=conditions, until=typed.day_or_none("--until", until), note=note,
    )  # fmt: skip
    save(ctx, record, record_id, by)


@command(app, example='registry record approval u-41-fall --from netflix --reference "email"')
def approval(
    ctx: typer.Context,
    use: Uses,
    sender: Annotated[str, typer.Option("--from", metavar="NAME", help="Who approved: a platform, or the union.")],
    at: At = None,
    by: options.By = None,
    reference: Reference = None,
    conditions: Conditions = None,
    until: Until = None,
    note: options.Note = None,
    record_id: Id = None,
) -> None:
    """Written approval came. It is not a consent: a platform's yes never stands in for the performer's."""
    record = Record(
        id="", kind=RecordKind.APPROVAL, use=tuple(use), sender=sender, by=by, reference=reference,
        conditions=conditions, given_at=typed.moment("--at", at) if at else ctx.obj.now, note=note,
        until=typed.day_or_none("--until", until),
    )  # fmt: skip
    save(ctx, record, record_id, by)


@command(app, example="registry record refusal --from okafor --performer okafor --act train_model")
def refusal(
    ctx: typer.Context,
    sender: Annotated[str, typer.Option("--from", metavar="NAME", help="Who said no.")],
    use: Annotated[list[str], typer.Option("--use", metavar="USE", help="To which use.")] = [],  # noqa: B006
    performer: Annotated[
        str | None, typer.Option("--performer", metavar="ID", help="For whom, where it is not about one use.")
    ] = None,
    act: Annotated[str | None, typer.Option("--act", metavar="ACT", help="To which act, with --performer.")] = None,
    production: options.Production = None,
    at: At = None,
    by: options.By = None,
    because: options.Because = None,
    until: Until = None,
    reference: Reference = None,
    record_id: Id = None,
) -> None:
    """Somebody said no. It is shown before anyone asks again."""
    record = Record(
        id="", kind=RecordKind.REFUSAL, use=typed.split(use), sender=sender, performer=performer, production=production,
        act=typed.word("--act", act, Act) if act else None, given_at=typed.moment("--at", at) if at else ctx.obj.now,
        by=by, because=because, until=typed.day_or_none("--until", until), reference=reference,
    )  # fmt: skip
    save(ctx, record, record_id, by)


@command(app, example='registry record reason u-scan-okafor --text "the roof fall cannot be staged"')
def reason(
    ctx: typer.Context,
    use: Uses,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="Why it is needed, as it was told.")],
    at: At = None,
    by: options.By = None,
    record_id: Id = None,
) -> None:
    """Why the production needs this use."""
    record = Record(
        id="", kind=RecordKind.REASON, use=tuple(use), given_at=typed.moment("--at", at) if at else ctx.obj.now,
        text=text, by=by,
    )  # fmt: skip
    save(ctx, record, record_id, by)
