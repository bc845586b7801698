"""`registry performer`: who is on file, with standings, engagements, replicas and consents."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from registry.cli import lists, on_file, options, sheets, typed
from registry.cli.clock import clocks
from registry.cli.commands import command, group
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.domain.performer import Performer
from registry.errors import UsageError
from registry.services import browsing

Id = Annotated[str, typer.Argument(metavar="PERFORMER", help="The performer's id.")]

app = group("Look up performers, their standings and consents.", example="registry performer show okafor")


_LISTED = ["id", "name", "legal name", "other names", "unions", "lives in", "born"]


@command(app, "list", example="registry performer list\nregistry performer list --csv > people.csv")
def list_(ctx: typer.Context, json: options.JsonLines = False, csv: options.Csv = False) -> None:
    """Who is on file? Everybody, by id."""
    run: Run = ctx.obj
    found = browsing.list_performers(run.store)
    if json or csv:
        lists.answer(run, _LISTED, [_row(performer) for performer in found], json=json, csv=csv)
        return
    rows = [[p.id, p.known_as, _unions(p), p.domicile or ""] for p in found]
    lists.answer(run, ["id", "name", "unions", "lives in"], rows, empty="Nobody is on file yet.")


def _row(performer: Performer) -> list[str]:
    unions = dict.fromkeys(standing.union for standing in performer.standings)
    return [
        performer.id, performer.known_as, performer.legal_name, ";".join(performer.other_names), ";".join(unions),
        performer.domicile or "", str(performer.born or ""),
    ]  # fmt: skip


@command(app, example="registry performer show okafor\nregistry performer show okafor --html okafor.html")
def show(
    ctx: typer.Context,
    performer: Id,
    withheld: Annotated[
        bool, typer.Option("--withheld", help="Only what they said no to, on any production, with the days.")
    ] = False,
    json: options.JsonLines = False,
    csv: options.Csv = False,
    html: options.Html = None,
) -> None:
    """One performer: names, standings, who acts for them, engagements, replicas, consents, records.

    With --withheld: clauses declined, what was carved out, refusals, revocations; --json and --csv list these.
    With --html: the same as a page, with the answer on every use of theirs and what is owed."""
    run: Run = ctx.obj
    if html and (withheld or json or csv):
        raise UsageError(
            "--html writes everything about a performer, and no part of it.",
            f"registry performer show {performer} --html FILE",
        )
    if withheld or json or csv:
        _history(run, performer, withheld=True, json=json, csv=csv)
        return
    if html:
        from registry.cli.pages import performer_page, write

        if write(run, html, performer_page(run, performer)):
            return
    sheet = browsing.show_performer(run.store, performer)
    person = sheet.performer
    lines = [f"{person.known_as}   {person.id}", *sheets.labels(on_file.performer_labels(sheet))]
    lines += [] if person.standings else sheets.line("unions", "not known")
    lines += [*sheets.tables(on_file.performer_tables(sheet)), *sheets.records(sheet.records)]
    run.screen.answer(lines)


@command(app, example="registry performer history okafor\nregistry performer history okafor --csv")
def history(
    ctx: typer.Context,
    performer: Id,
    known_at: options.KnownAt = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> None:
    """What this person agreed to and said no to, on every production, with the days; what was made and used since."""
    run: Run = ctx.obj
    when = typed.end_of("--known-at", known_at, run.now) if known_at else None
    _history(run, performer, withheld=False, json=json, csv=csv, known_at=when)


@command(app, example="registry performer authority okafor\nregistry performer authority okafor --production harbor")
def authority(
    ctx: typer.Context,
    performer: Id,
    production: Annotated[
        str | None, typer.Option("--production", metavar="ID", help="For which picture; its company signs too.")
    ] = None,
    on: options.On = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> int:
    """Who may sign for this person: in person, a guardian, the holders of an estate; and what is missing first.

    Of somebody who died, also how long the laws on file protect them. Exit status: 0 it can be signed, 1 nobody on
    file can sign, 3 something has to be obtained first."""
    from registry.cli.checks import reviewed_catalogue
    from registry.cli.history_text import SIGNERS, signer_row, signers_lines
    from registry.services import after_death, signatories

    run: Run = ctx.obj
    day_ = typed.day_or_none("--on", on) or run.today
    found = signatories.authority(run.store, performer, day=day_, production=production)
    if json or csv:
        lists.answer(run, SIGNERS, [signer_row(s) for s in found.signers], json=json, csv=csv)
    else:
        died = found.performer.died
        terms = after_death.terms(reviewed_catalogue(run), died, on=day_) if died and day_ >= died.first else ()
        run.screen.answer(signers_lines(found, terms))
    return int(STATUS[found.readiness.value])


STATUS = {"ready": Status.CLEARED, "incomplete": Status.OPEN, "blocked": Status.REFUSED}


def _history(
    run: Run, performer: str, *, withheld: bool, json: bool, csv: bool, known_at: dt.datetime | None = None
) -> None:
    from registry.cli.history_text import HEADER, entry_row, history_lines, withheld_lines
    from registry.services.history import history as told

    found = told(run.store, performer, today=run.today, known_at=known_at)
    entries = found.withheld if withheld else found.entries
    if json or csv:
        lists.answer(run, HEADER, [entry_row(entry) for entry in entries], json=json, csv=csv)
    else:
        run.screen.answer(withheld_lines(found) if withheld else history_lines(found))


def _unions(performer: Performer) -> str:
    """Every union on file; a performer with none on file is not therefore outside all of them."""
    return sheets.names(dict.fromkeys(s.union for s in performer.standings)) or "not known"


@command(app, example="registry performer ledger okafor\nregistry performer ledger okafor --csv > okafor.csv")
def ledger(
    ctx: typer.Context,
    performer: Annotated[str, typer.Argument(metavar="PERFORMER", help="The performer's id.")],
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    as_json: options.JsonLines = False,
    as_csv: options.Csv = False,
) -> None:
    """Everything done or planned with one performer by digital means, who holds what, and what a withdrawal would stop.

    As files that anybody can check: registry pack performer."""
    from registry.cli.checks import catalogue
    from registry.cli.ledger_text import ledger_csv, ledger_json, ledger_text
    from registry.services.bundles.performer import ledger_of
    from registry.services.register import register

    run: Run = ctx.obj
    read = register(run.store, catalogue(run), clocks(run, as_of, known_at), performer=performer)
    found = ledger_of(read, performer)
    shown = ledger_json(found) if as_json else ledger_csv(found) if as_csv else ledger_text(found)
    run.screen.answer(shown)
