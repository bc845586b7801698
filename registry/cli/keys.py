"""`registry keys`: the company's seal and the registry's own roots."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli import lists
from registry.cli.commands import command, group
from registry.cli.output import table
from registry.cli.papers import company, passphrase
from registry.cli.phrases import day
from registry.cli.run import Run

app = group("The company's seal and the registry's own roots.", example="registry keys init")


@command(app, example='registry keys init --company "Harbor Light Productions LLC"')
def init(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Option("--company", metavar="NAME", help="Whose seal it is.")] = None,
) -> None:
    """Make the keys that seal, certify and stamp: once, behind a passphrase of twelve characters or more.

    The passphrase is typed, or comes from REGISTRY_PASSPHRASE. Keep root.pem where others can find it: whoever has it
    can verify every document of this registry offline."""
    from registry.documents.keys import init_keys

    run: Run = ctx.obj
    issuer = company(run, name)
    made = init_keys(run.settings.keys, company=issuer, passphrase=passphrase(run, new=True), now=run.now)
    run.screen.answer(table([[k.name.value, k.subject, k.fingerprint[:20], day(k.ends_at.date())] for k in made]))
    run.screen.about([f"The keys are in {run.settings.keys}. Back up the folder; nobody can make them again."])


@command(app, example="registry keys status")
def status(ctx: typer.Context, json: lists.Json = False, csv: lists.Csv = False) -> None:
    """Which keys are there, and when do they end?"""
    from registry.documents.keys import key_status

    run: Run = ctx.obj
    found = key_status(run.settings.keys, now=run.now)
    if json or csv:
        exact = [
            [k.name.value, k.subject, k.fingerprint, k.ends_at.isoformat(), "yes" if k.ending else "no"] for k in found
        ]
        lists.answer(run, ["key", "of", "fingerprint", "until", "ends soon"], exact, json=json, csv=csv)
        return
    rows = [
        [k.name.value, k.subject, k.fingerprint[:20], day(k.ends_at.date()), "ends soon" if k.ending else ""]
        for k in found
    ]
    lists.answer(run, ["key", "of", "fingerprint", "until", ""], rows)
