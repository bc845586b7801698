"""`registry impact`: what an event stops, whether it has happened or is only supposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli import options, typed
from registry.cli.clock import clocks
from registry.cli.commands import command, group
from registry.cli.run import Run
from registry.domain.words import Agreement, RecordKind
from registry.errors import UnknownError

if TYPE_CHECKING:
    from registry.domain.consent import Consent
    from registry.services.events import Event
    from registry.services.register import Register

app = group(
    "What a revocation, a strike or an end stops: uses done, in flight and planned, and whom to tell.",
    example="registry impact consent c-okafor-1 --effective 2027-02-01",
)

Family = Annotated[str, typer.Argument(metavar="AGREEMENT", help="The family, e.g. sag-aftra-tv-theatrical.")]
Notices = Annotated[str | None, typer.Option("--notices", metavar="DIR", help="Write the drafts here, one a file.")]
ConsentId = Annotated[str, typer.Argument(metavar="CONSENT", help="The consent's id.")]


@command(
    app,
    example="registry impact consent c-okafor-1 --effective 2027-02-01\n"
    "registry impact consent c-okafor-1 --grants 2.2 --notices drafts",
)
def consent(
    ctx: typer.Context,
    consent: ConsentId,
    effective: options.Effective = None,
    grants: Annotated[str, typer.Option("--grants", metavar="NOS", help="Clauses with commas, or all.")] = "all",
    received: options.Received = None,
    notices: Notices = None,
    known_at: options.KnownAt = None,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
) -> int:
    """What a revocation of this consent would stop. It is supposed here, and nothing is recorded.

    Exit status: 0 no use is touched, 1 some may not be made or go on, 3 some are on hold or for counsel."""
    from registry.services import events

    run: Run = ctx.obj
    found = _consent(run, consent)
    clauses = tuple(c for c in typed.split([grants]) if c != "all")

    def made(read: Register) -> Event:
        return events.withdrawal(
            read.world,
            found,
            effective=_day("--effective", effective, read),
            clauses=clauses,
            received=typed.moment("--received", received) if received else read.clocks.moment,
            who=read.name(found.performer),
        )

    return _answer(run, made, known_at, notices, as_json, as_csv, performer=found.performer)


@command(app, example="registry impact performer okafor --effective 2027-02-01")
def performer(
    ctx: typer.Context,
    performer: Annotated[str, typer.Argument(metavar="PERFORMER", help="The performer's id.")],
    effective: options.Effective = None,
    received: options.Received = None,
    notices: Notices = None,
    known_at: options.KnownAt = None,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
) -> int:
    """What would stop if this performer withdrew every consent."""
    from registry.services import events

    def made(read: Register) -> Event:
        return events.withdrawals(
            read.world,
            performer,
            effective=_day("--effective", effective, read),
            received=typed.moment("--received", received) if received else read.clocks.moment,
            who=read.name(performer),
        )

    return _answer(ctx.obj, made, known_at, notices, as_json, as_csv, performer=performer)


@command(app, example="registry impact strike sag-aftra-tv-theatrical --from 2030-07-10")
def strike(
    ctx: typer.Context,
    agreement: Family,
    started: options.Since,
    ended: options.Until = None,
    notices: Notices = None,
    known_at: options.KnownAt = None,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
) -> int:
    """What a strike under an agreement would stop, on every production made under it."""
    return _called(ctx.obj, RecordKind.STRIKE, agreement, started, ended, None, known_at, notices, as_json, as_csv)


@command(app, example="registry impact suspension sag-aftra-interactive --from 2026-05-01 \\\n  --performer okafor")
def suspension(
    ctx: typer.Context,
    agreement: Family,
    started: options.Since,
    ended: options.Until = None,
    whom: Annotated[str | None, typer.Option("--performer", metavar="ID", help="For whom; else for all.")] = None,
    notices: Notices = None,
    known_at: options.KnownAt = None,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
) -> int:
    """What a suspension of consents under an agreement would stop."""
    return _called(ctx.obj, RecordKind.SUSPENSION, agreement, started, ended, whom, known_at, notices, as_json, as_csv)


@command(app, example="registry impact end c-okafor-1\nregistry impact end c-okafor-1 --on 2027-06-30")
def end(
    ctx: typer.Context,
    consent: ConsentId,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Suppose another last day.")] = None,
    notices: Notices = None,
    known_at: options.KnownAt = None,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
) -> int:
    """What the end of a consent stops: on its own last day, or on one that is supposed."""
    from registry.services import events

    run: Run = ctx.obj
    found = _consent(run, consent)
    last = typed.day_or_none("--on", on)

    def made(read: Register) -> Event:
        return events.end(read.world, found, on=last, who=read.name(found.performer))

    return _answer(run, made, known_at, notices, as_json, as_csv, performer=found.performer)


@command(app, example="registry impact record revocation-1f0c2a9b3d")
def record(
    ctx: typer.Context,
    record: Annotated[str, typer.Argument(metavar="RECORD", help="A record on file: a revocation, a strike …")],
    notices: Notices = None,
    known_at: options.KnownAt = None,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
) -> int:
    """What an event that is on file has changed: every use with it, and as it would be without it."""
    from registry.domain.consent import Consent
    from registry.domain.record import Record
    from registry.services import events

    run: Run = ctx.obj
    found = next(iter(run.store.values(Record, [record])), None)
    if found is None:
        raise UnknownError("record", record)
    about = next(iter(run.store.values(Consent, [found.consent])), None) if found.consent else None
    whom = found.performer or (about.performer if about else None)
    agreement = found.agreement if whom is None else None

    def made(read: Register) -> Event:
        return events.on_file(read.world, found)

    uses = (*found.use, *found.about) if whom is None and agreement is None and not found.production else ()
    return _answer(
        run, made, known_at, notices, as_json, as_csv, performer=whom, agreement=agreement, uses=uses,
        production=found.production if whom is None else None,
    )  # fmt: skip


def _called(
    run: Run,
    kind: RecordKind,
    agreement: str,
    started: str,
    ended: str | None,
    whom: str | None,
    known_at: str | None,
    notices: str | None,
    as_json: bool,
    as_csv: bool,
) -> int:
    from registry.services import events

    family = typed.word("AGREEMENT", agreement, Agreement)
    first, last = typed.day("--from", started), typed.day_or_none("--to", ended)

    def made(read: Register) -> Event:
        return events.called(read.world, kind, family, first=first, last=last, performer=whom)

    return _answer(run, made, known_at, notices, as_json, as_csv, performer=whom, agreement=family)


def _answer(
    run: Run,
    made: Callable[[Register], Event],
    known_at: str | None,
    notices: str | None,
    as_json: bool,
    as_csv: bool,
    *,
    performer: str | None = None,
    agreement: Agreement | None = None,
    production: str | None = None,
    uses: tuple[str, ...] = (),
) -> int:
    """Read the register, suppose the event, and answer."""
    from registry.cli.checks import catalogue
    from registry.cli.impact_text import impact_csv, impact_json, impact_text, write_drafts
    from registry.services.impact import impact, status
    from registry.services.register import register

    read = register(
        run.store, catalogue(run), clocks(run, None, known_at), performer=performer, agreement=agreement,
        production=production, uses=uses,
    )  # fmt: skip
    found = impact(read, made(read))
    if as_json:
        run.screen.answer([impact_json(found)])
    elif as_csv:
        run.screen.answer(impact_csv(found))
    else:
        run.screen.answer(impact_text(found, read))
    if notices:
        run.screen.about(write_drafts(found, notices))
    return int(status(found))


def _consent(run: Run, name: str) -> Consent:
    from registry.services.browsing import show_consent

    return show_consent(run.store, name).consent


def _day(option: str, text: str | None, read: Register) -> dt.date:
    return typed.day(option, text) if text else read.clocks.today(None)
