"""`registry rules list` and `show`: the packs, and one instrument as a lawyer reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli import lists, options
from registry.cli.checks import reviewed_catalogue
from registry.cli.commands import command
from registry.cli.phrases import day
from registry.cli.rules.noun import Cases, app, places
from registry.cli.run import Run
from registry.cli.sheets import span
from registry.domain.instrument import Instrument
from registry.rules.catalogue import Catalogue, clauses
from registry.rules.pack import Pack
from registry.services import reviewing


@command(app, "list", example="registry rules list\nregistry rules list netflix-genai-2025")
def list_(
    ctx: typer.Context,
    pack: Annotated[str | None, typer.Argument(metavar="PACK", help="The clauses of one pack.")] = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> None:
    """Which agreements, laws and policies are known here? Every pack with its dates, clauses and evidence.

    With PACK, every clause of it.
    A pack whose review ends within sixty days, or has ended, is named at the end."""
    run: Run = ctx.obj
    found = reviewed_catalogue(run)
    if pack is not None:
        rows = [[rule.id, rule.grade.value, rule.title] for _, rule in reviewing.list_rules(found, pack=pack)]
        lists.answer(run, ["rule", "grade", "title"], rows, json=json, csv=csv)
        return
    lines = reviewing.list_packs(found, on=run.today)
    rows = [
        [x.pack.id, str(x.rules + x.forms), str(x.gaps), str(x.unverified), _dates(x.pack, x.expired)] for x in lines
    ]
    if json or csv:
        lists.answer(run, _PACKS, [_pack_row(x) for x in lines], json=json, csv=csv)
    else:
        lists.answer(run, ["pack", "rules", "gaps", "unchecked", "in force"], rows)
    run.screen.about(f"{x.pack.id}: its {x.review}." for x in lines if x.review)


@command(
    app,
    example="registry rules show TVT23-NOTICE-1\nregistry rules show us-ny --pdf new-york.pdf\n"
    "registry rules show our-studio --cases our-pack-cases",
)
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="A rule, or a pack to be read top to bottom.")],
    cases: Cases = [],  # noqa: B006 - Typer reads it, nobody changes it
    json: options.Json = False,
    pdf: Annotated[str | None, typer.Option("--pdf", metavar="FILE", help="The same on paper (A4).")] = None,
) -> None:
    """An instrument as a lawyer reviews it: each clause in its place, the condition in words and as it is written,
    exceptions, what is asked for, the cases that try it, and the gaps with their reasons. Or one clause of it."""
    run: Run = ctx.obj
    sheet = _sheet(run, reviewed_catalogue(run), name, cases)
    if pdf is not None:
        from registry.services.printing import print_instrument

        Path(pdf).write_bytes(print_instrument(sheet))
        run.screen.answer([pdf])
    elif json:
        from registry.cli.rules.instrument_json import text

        run.screen.answer([text(sheet)])
    else:
        from registry.cli.rules.instrument_text import lines

        run.screen.answer(lines(sheet))


def _sheet(run: Run, catalogue: Catalogue, name: str, cases: list[str]) -> Instrument:
    from registry.services.instrument import instrument, rule_sheet
    from registry.services.trials import read_cases, trials

    pack = catalogue.pack(name)
    rules = {name} if pack is None else {clause.id for clause in clauses(pack)}
    where = places(cases)
    tried = trials(read_cases(where, catalogue), catalogue, rules) if where else None
    if pack is None:
        return rule_sheet(catalogue, name, on=run.today, trials=tried)
    return instrument(catalogue, name, on=run.today, trials=tried)


_PACKS = ["pack", "rules", "gaps", "unchecked", "from", "until", "review expires"]


def _pack_row(line: reviewing.PackLine) -> list[str]:
    pack = line.pack
    counted = [str(n) for n in (line.rules + line.forms, line.gaps, line.unverified)]
    dates = (pack.in_force.from_, pack.in_force.until, pack.reviewed.expires)
    return [pack.id, *counted, *(each.isoformat() if each else "" for each in dates)]


def _dates(pack: Pack, expired: bool) -> str:
    dates = span(pack.in_force.from_, pack.in_force.until) or "always"
    return f"{dates}; review ended {day(pack.reviewed.expires)}" if expired else dates
