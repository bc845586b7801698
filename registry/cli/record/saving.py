"""What every record command shares: how its options are spelled, and how a record is written down."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from typing import Annotated

import typer

from registry.cli.commands import group
from registry.cli.run import Run
from registry.domain.canonical import canonical_bytes, to_plain
from registry.domain.record import Record
from registry.errors import Fault, FileError
from registry.source.spelling import nearest
from registry.storage.kinds import Kind

FORMAT = "consent-registry/1"
# Where a fault stands in the file that one typed record is read as.
_PLACE = re.compile(r"^records\[0\]\.?")

app = group(
    "Write down what happened. Records are added, never edited: a correction is another record.",
    example='registry record approval u-41-fall --from netflix --reference "email"',
)

Uses = Annotated[list[str], typer.Argument(metavar="USE...", help="One use, or several that share this record.")]
Rule = Annotated[str, typer.Argument(metavar="RULE", help="The clause it answers, as a verdict shows it.")]
At = Annotated[str | None, typer.Option("--at", metavar="MOMENT", help="When, with its offset. Left out: now.")]
Id = Annotated[str | None, typer.Option("--id", metavar="ID", help="An id of your own.")]
Reference = Annotated[str | None, typer.Option("--reference", metavar="TEXT", help="Where it can be read.")]


def save(ctx: typer.Context, record: Record, record_id: str | None, by: str | None) -> None:
    """Write it down under its id and answer with that id. It passes the gate that records in a file pass."""
    from registry.services import importing

    run: Run = ctx.obj
    named = replace(record, id=record_id or id_of(record))
    text = json.dumps({"format": FORMAT, "records": [to_plain(named)]})
    source = importing.Source(name=f"registry {ctx.command_path.partition(' ')[2]}", text=text)
    try:
        report = importing.import_files(run.store, [source], by=run.by(by), now=run.now)
    except FileError as error:
        faults = [Fault(None, _PLACE.sub("", fault.path), fault.problem) for fault in error.faults]
        raise FileError(error.file, faults, "nothing recorded") from None
    run.screen.answer([named.id])
    if not report.changed:
        run.screen.about(["It was on file already."])
    run.screen.about(_doubts(run, named))


def _doubts(run: Run, record: Record) -> list[str]:
    """What the record names and nobody knows. It may be planned and filed later; a slip of the fingers would never
    count for anything, so what is near it is said."""
    doubts = [_no_use(run, name) for name in (*record.use, *record.about)]
    if record.rule:
        from registry.cli.checks import catalogue

        packs = catalogue(run).packs
        rules = {rule.id for pack in packs for rule in pack.rules} | {f.id for pack in packs for f in pack.validity}
        meant = nearest(record.rule, sorted(rules))
        hint = f"; did you mean {meant}?" if meant else "."
        doubts += [] if record.rule in rules else [f"No rule is called {record.rule}{hint}"]
    found = [doubt for doubt in doubts if doubt]
    return [*found, f"registry record correction {record.id} --because …    voids it"] if found else []


def _no_use(run: Run, name: str) -> str:
    kinds = (Kind.USE, Kind.REPLICA)
    meant = None if run.store.is_on_file(kinds, name) else run.store.near(kinds, name)
    return f"Nothing called {name} is on file yet; did you mean {meant}?" if meant else ""


def id_of(record: Record) -> str:
    """An id from the content: the same thing typed twice is the same record."""
    digest = hashlib.sha256(canonical_bytes(to_plain(record))).hexdigest()
    return f"{record.kind.value.replace('_', '-')}-{digest[:10]}"
