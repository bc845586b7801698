"""What changes a consent or what an agreement allows: revocations, amendments, suspensions, strikes, corrections."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli import options, typed
from registry.cli.commands import command
from registry.cli.record.saving import At, Id, app, save
from registry.domain.record import Record
from registry.domain.words import Agreement, RecordKind

Consent = Annotated[str, typer.Argument(metavar="CONSENT", help="The consent it changes.")]
Family = Annotated[str, typer.Argument(metavar="AGREEMENT", help="The family, e.g. sag-aftra-tv-theatrical.")]
_ALL = ("all",)


@command(app, example="registry record revocation c-okafor-1 --effective 2027-02-01")
def revocation(
    ctx: typer.Context,
    consent: Consent,
    effective: options.EffectiveOn,
    grants: Annotated[str, typer.Option("--grants", metavar="NOS", help="Clauses with commas, or all.")] = "all",
    received: options.Received = None,
    because: options.Because = None,
    by: options.By = None,
    record_id: Id = None,
) -> None:
    """A consent was withdrawn. It stops uses from its effective date on, and none before."""
    record = Record(
        id="", kind=RecordKind.REVOCATION, consent=consent, grants=typed.split([grants]) or _ALL, because=because,
        by=by, effective=typed.day("--effective", effective),
        received_at=typed.moment("--received", received) if received else None,
    )  # fmt: skip
    save(ctx, record, record_id, by)


@command(app, example="registry record amendment c-okafor-1 2.2 --replaced-by c-okafor-2 \\\n  --effective 2026-10-01")
def amendment(
    ctx: typer.Context,
    consent: Consent,
    grants: Annotated[str, typer.Argument(metavar="CLAUSES", help="Clauses with commas, or all.")],
    replaced_by: Annotated[str, typer.Option("--replaced-by", metavar="CONSENT", help="The later consent.")],
    effective: options.EffectiveOn,
    because: options.Because = None,
    by: options.By = None,
    record_id: Id = None,
) -> None:
    """Clauses of a consent were replaced by another consent."""
    record = Record(
        id="", kind=RecordKind.AMENDMENT, consent=consent, grants=typed.split([grants]), replaced_by=replaced_by, by=by,
        effective=typed.day("--effective", effective), because=because,
    )  # fmt: skip
    save(ctx, record, record_id, by)


@command(
    app,
    example="registry record suspension sag-aftra-interactive --performer okafor \\\n  --from 2026-05-01",
)
def suspension(
    ctx: typer.Context,
    agreement: Family,
    started: options.Since,
    performer: Annotated[str | None, typer.Option("--performer", metavar="ID", help="For whom; else for all.")] = None,
    ended: options.Until = None,
    by: options.By = None,
    record_id: Id = None,
) -> None:
    """A performer suspended consent under an agreement."""
    record = Record(
        id="", kind=RecordKind.SUSPENSION, agreement=typed.word("AGREEMENT", agreement, Agreement), performer=performer,
        from_=typed.day("--from", started), to_day=typed.day_or_none("--to", ended), by=by,
    )  # fmt: skip
    save(ctx, record, record_id, by)


@command(app, example="registry record strike sag-aftra-tv-theatrical --from 2030-07-10")
def strike(
    ctx: typer.Context,
    agreement: Family,
    started: options.Since,
    ended: options.Until = None,
    by: options.By = None,
    record_id: Id = None,
) -> None:
    """A strike was called under an agreement; it suspends what the agreement says it suspends."""
    record = Record(
        id="", kind=RecordKind.STRIKE, agreement=typed.word("AGREEMENT", agreement, Agreement),
        from_=typed.day("--from", started), to_day=typed.day_or_none("--to", ended), by=by,
    )  # fmt: skip
    save(ctx, record, record_id, by)


@command(app, example='registry record correction n-1 --because "wrong day typed"')
def correction(
    ctx: typer.Context,
    corrects: Annotated[str, typer.Argument(metavar="RECORD", help="The record that was wrong.")],
    because: options.Reason,
    at: At = None,
    by: options.By = None,
    record_id: Id = None,
) -> None:
    """A record was wrong. This voids it; the right one is then recorded anew."""
    record = Record(
        id="", kind=RecordKind.CORRECTION, corrects=corrects, because=because, by=by,
        given_at=typed.moment("--at", at) if at else ctx.obj.now,
    )  # fmt: skip
    save(ctx, record, record_id, by)
