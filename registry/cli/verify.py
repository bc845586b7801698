"""`registry verify`: what a PDF proves by itself, offline; and with a registry at hand, whether it is in force."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli import options
from registry.cli.commands import command, group
from registry.cli.run import Run

app = group("")


@command(
    app,
    example="registry verify rider-u-60-duet.pdf\nregistry verify rider.pdf --trust root.pem --trust time.pem --json",
)
def verify(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="PDF", help="The document.")],
    trust: options.Trust = None,
    trust_time: Annotated[
        list[str] | None, typer.Option("--trust-time", metavar="FILE", help="The root of an authority of time.")
    ] = None,
    json: options.Json = False,
) -> int:
    """Check a PDF offline: is it unchanged, who sealed and signed it, what did they agree to?

    In the folder of a registry it also says whether the consent is still in force there. Without one nobody can know of
    revocations since.

    Exit status: 0 complete and valid, 3 valid but not complete or not trusted, 4 not intact."""
    import json as writer

    from registry.cli.report_json import plain
    from registry.cli.report_text import proof
    from registry.cli.stated_text import stated_plain, stated_text
    from registry.documents.statement_proof import StatementReport
    from registry.services import verifying
    from registry.services.standing import standing

    run: Run = ctx.obj
    named, of_time = (tuple(Path(name) for name in names or ()) for names in (trust, trust_time))
    trusted = verifying.trusted_roots(named, run.settings.keys, time=of_time)
    found = verifying.judge(Path(file), trusted, now=run.now)
    if isinstance(found, StatementReport):
        run.screen.answer([writer.dumps(stated_plain(found), ensure_ascii=False)] if json else stated_text(found))
        return int(found.status)
    database = run.settings.database_file
    here = database is None or database.is_file()
    known = None
    if here:
        data, folder = verifying.read(Path(file)), run.settings.home / "documents"
        known = standing(run.store, found.report, data, on=run.today, folder=folder)
    if json:
        run.screen.answer([writer.dumps(plain(found, known, run.now), ensure_ascii=False)])
    else:
        run.screen.answer(proof(found, run.now, known))
    return int(found.report.status)
