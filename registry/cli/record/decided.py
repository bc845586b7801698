"""What was decided, paid, done and made: rulings, payments, duties, bargaining, searches, uses made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from registry.cli import options, typed
from registry.cli.commands import command
from registry.cli.record.saving import At, Id, Reference, Rule, Uses, app, save
from registry.cli.run import Run
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.words import RecordKind
from registry.engine.on_file import latest
from registry.errors import UsageError

Opened = Annotated[str | None, typer.Option("--opened", metavar="DATE", help="First day. Left out: today.")]


@command(
    app,
    example="registry record ruling u-41-fall use.as_scripted yes --by 'T. Albright' \\\n"
    "  --capacity business_affairs --because 'blue draft, p. 63'",
)
def ruling(
    ctx: typer.Context,
    use: Annotated[str, typer.Argument(metavar="USE", help="The use; several with commas; or none.")],
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="A judgement fact, or `rule` with --rule.")],
    answer: Annotated[str, typer.Argument(metavar="ANSWER", help="yes, no; on a rule: applies, does_not_apply, met.")],
    because: options.Reason,
    capacity: Annotated[str, typer.Option("--capacity", metavar="WHAT", help="business_affairs, counsel, or another.")],
    by: options.By = None,
    on: options.On = None,
    rule: Annotated[str | None, typer.Option("--rule", metavar="RULE", help="It counts for this rule alone.")] = None,
    consent: Annotated[str | None, typer.Option("--consent", metavar="ID", help="If it is about a consent.")] = None,
    clause: Annotated[str | None, typer.Option("--clause", metavar="NO", help="And one clause of it.")] = None,
    record_id: Id = None,
) -> None:
    """A named person decided a judgement. Counsel may rule on anything, business affairs on what is theirs."""
    uses = () if use == "none" else typed.split([use])
    if not uses and not consent:
        raise UsageError("A ruling is about a use or a consent.", "registry record ruling USE QUESTION ANSWER …")
    decider = by or ctx.obj.settings.by
    if not decider:
        raise UsageError("A ruling names who decided.", "add --by NAME")
    record = Record(
        id="", kind=RecordKind.RULING, use=uses, question=question, answer=answer, because=because, capacity=capacity,
        decided_by=decider, decided_on=typed.day("--on", on) if on else ctx.obj.today, rule=rule,
        consent=consent, clause=clause,
    )  # fmt: skip
    save(ctx, record, record_id, by)


@command(app, example='registry record payment u-41-fall TVT23-PAY-USE-1 "3000.00 USD"')
def payment(
    ctx: typer.Context,
    use: Annotated[str, typer.Argument(metavar="USE", help="The use, or several with commas.")],
    rule: Rule,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help='Written "3000.00 USD".')],
    on: options.On = None,
    by: options.By = None,
    reference: Reference = None,
    note: options.Note = None,
    record_id: Id = None,
) -> None:
    """Money was paid."""
    record = Record(
        id="", kind=RecordKind.PAYMENT, use=typed.split([use]), rule=rule, amount=typed.money("AMOUNT", amount),
        paid_on=typed.day("--on", on) if on else ctx.obj.today, by=by, reference=reference, note=note,
    )  # fmt: skip
    save(ctx, record, record_id, by)


@command(app, example='registry record done u-41-fall TVT26-SEC-1 --note "access list v3"')
def done(
    ctx: typer.Context,
    use: Annotated[str, typer.Argument(metavar="USE", help="The use, several with commas, or none (with --replica).")],
    rule: Rule,
    on: options.On = None,
    replica: Annotated[str | None, typer.Option("--replica", metavar="ID", help="The replica it was done for.")] = None,
    by: options.By = None,
    note: options.Note = None,
    record_id: Id = None,
) -> None:
    """A duty was carried out, for everybody in the use: a record of it names no performer."""
    uses = () if use == "none" else typed.split([use])
    if not uses and not replica:
        raise UsageError("A duty is done for a use or a replica.", "registry record done none RULE --replica ID")
    record = Record(
        id="", kind=RecordKind.DONE, use=uses, rule=rule, replica=replica, by=by, note=note,
        on=typed.day("--on", on) if on else ctx.obj.today,
    )  # fmt: skip
    save(ctx, record, record_id, by)
    ctx.obj.screen.about(_closed(ctx.obj, record))


def _closed(run: Run, record: Record) -> Iterator[str]:
    """For whom a duty is closed, where a use is of several people."""
    for use in latest(run.store.values(Use, record.use), None).values() if record.use else ():
        if len(use.performers) > 1:
            yield f"Closes {record.rule} for all {len(use.performers)} people of {use.id}."


@command(app, example="registry record bargaining u-teller --opened 2026-08-01 \\\n  --concluded 2026-09-01")
def bargaining(
    ctx: typer.Context,
    use: Uses,
    counterpart: Annotated[str, typer.Option("--with", metavar="NAME", help="union, or a name.")] = "union",
    opened: Opened = None,
    concluded: Annotated[str | None, typer.Option("--concluded", metavar="DATE", help="Day of agreement.")] = None,
    by: options.By = None,
    note: options.Note = None,
    record_id: Id = None,
) -> None:
    """Terms were bargained for."""
    record = Record(
        id="", kind=RecordKind.BARGAINING, use=tuple(use), with_=counterpart, by=by, note=note,
        opened_on=typed.day("--opened", opened) if opened else ctx.obj.today,
        concluded_on=typed.day_or_none("--concluded", concluded),
    )  # fmt: skip
    save(ctx, record, record_id, by)


@command(app, example='registry record search okafor --from 2026-01-05 --to 2026-03-05 \\\n  --note "probate index"')
def search(
    ctx: typer.Context,
    performer: Annotated[str, typer.Argument(metavar="PERFORMER", help="Whose representative was looked for.")],
    started: options.Since,
    ended: options.Until = None,
    wanted: Annotated[
        str, typer.Option("--for", metavar="WHOM", help="Who was looked for.")
    ] = "authorized_representative",
    by: options.By = None,
    note: options.Note = None,
    record_id: Id = None,
) -> None:
    """Somebody was looked for who may consent."""
    record = Record(
        id="", kind=RecordKind.SEARCH, performer=performer, for_=wanted, from_=typed.day("--from", started),
        to_day=typed.day_or_none("--to", ended), by=by, note=note,
    )  # fmt: skip
    save(ctx, record, record_id, by)


@command(app, example="registry record made u-41-fall --at 2026-10-02T16:00:00-07:00 \\\n  --seconds 6")
def made(
    ctx: typer.Context,
    use: Uses,
    at: At = None,
    seconds: options.Seconds = None,
    days: Annotated[str | None, typer.Option("--days", metavar="N", help="How many days.")] = None,
    by: options.By = None,
    record_id: Id = None,
) -> None:
    """A use was carried out; it counts against the limits of the consent it rests on."""
    record = Record(
        id="", kind=RecordKind.USE_MADE, use=tuple(use), made_at=typed.moment("--at", at) if at else ctx.obj.now, by=by,
        seconds=typed.number("--seconds", seconds) if seconds else None,
        days=typed.number("--days", days) if days else None,
    )  # fmt: skip
    save(ctx, record, record_id, by)
