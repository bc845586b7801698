"""`registry init`: a folder becomes a registry."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Annotated

import typer

from registry.cli import options
from registry.cli.commands import command, group
from registry.cli.run import Run
from registry.errors import RegistryError
from registry.settings import FILE_NAME

app = group("")


@command(app, example='registry init\nregistry --registry harbor init --by t.albright --company "Harbor Light LLC"')
def init(
    ctx: typer.Context,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who records, when nobody says so.")] = None,
    company: options.Company = None,
) -> None:
    """Start a registry in a folder, or bring an older one up to date.

    Makes the database, and with --by or --company the settings file registry.toml. What is on file stays on file;
    running it again changes nothing."""
    from registry.storage.store import create_store

    run: Run = ctx.obj
    run.settings.home.mkdir(parents=True, exist_ok=True)
    store = create_store(run.settings.database_url)
    settings = run.settings.home / FILE_NAME
    wanted = {key: value for key, value in (("by", by), ("company", company)) if value}
    if wanted and not settings.exists():
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in wanted.items()]
        settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    elif wanted:
        run.screen.about(
            [f"{settings} is there already and was left as it is; edit it to change {' and '.join(wanted)}."]
        )
    _compile_packs(run)
    run.screen.answer([store.place])
    run.screen.about(["The registry is ready.", "registry import FILE    reads people, productions and consents"])


def _compile_packs(run: Run) -> None:
    """Compile the packs now, so that the first check need not. What is wrong with one of them, `check` will tell."""
    from registry.rules.catalogue import load_catalogue

    with suppress(RegistryError):
        load_catalogue(run.settings.packs, run.settings.cache)
