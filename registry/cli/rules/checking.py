"""`registry rules check` and `verify`: what is wrong with a pack file, and who checked which rule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli import options, typed
from registry.cli.checks import catalogue
from registry.cli.commands import command
from registry.cli.phrases import count, day
from registry.cli.rules.noun import app
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.services import reviewing


@command(app, example="registry rules check house-packs/our-studio.yaml")
def check(
    ctx: typer.Context, files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Pack files.")]
) -> int:
    """What is wrong with a pack file: line, key, caret and nearest spelling. Nothing is installed, nothing runs.

    A private pack is used once its folder is named in registry.toml: packs = ["house-packs"]."""
    run: Run = ctx.obj
    faulty = False
    for name in files:
        checked = reviewing.check_pack(Path(name))
        if checked.error is not None:
            faulty = True
            run.screen.answer(checked.error.lines())
        elif checked.pack is not None:
            rules = count(len(checked.pack.rules), "rule")
            forms = count(len(checked.pack.validity), "form of consent", "forms of consent")
            run.screen.answer([f"{name}: {checked.pack.id}, {rules}, {forms}; nothing is wrong with it."])
    return int(Status.USAGE if faulty else Status.CLEARED)


@command(app, example="registry rules verify TVT26-ALT-1 --by 'S. Renner' --note 'MOA 2026, 39.B'")
def verify(
    ctx: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule, as a verdict shows it.")],
    by: options.By = None,
    on: options.On = None,
    note: options.Note = None,
) -> None:
    """A person has checked this rule against the instrument: from now on it may refuse, exempt or bar by itself.

    It counts until the rule reads otherwise; the pack itself is not edited."""
    run: Run = ctx.obj
    when = typed.day("--on", on) if on else run.today
    signed = reviewing.verify_rule(catalogue(run), rule, by=run.by(by), on=when, note=note)
    receipt = reviewing.keep_signoff(run.store, signed, by=run.by(by), now=run.now)
    run.screen.answer([f"{signed.rule}   checked by {signed.by}, {day(signed.on)}"])
    if not receipt.added and not receipt.versions:
        run.screen.about(["It was on file already."])
