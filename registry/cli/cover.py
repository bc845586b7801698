"""`registry cover`: what is covered where, and in which language, before anybody cuts or sells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from registry.cli import lists, options, typed
from registry.cli.checks import Bench, Clocks
from registry.cli.commands import command, group
from registry.cli.options import Many
from registry.cli.output import headed, paragraph, table
from registry.cli.phrases import count, headline, listing
from registry.cli.proposed import chosen, from_file, from_options, on_file
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.domain.use import Use
from registry.domain.words import Act
from registry.engine.reach import Cover
from registry.errors import UsageError
from registry.rules.dictionary import load_dictionary
from registry.services.grid import Sheet, grid

app = group("")

_HEADER = ["use", "performer", "act", "production", "territory", "language", "cover", "verdict", "by", "not covered"]
_WORDS = {
    Cover.COVERED: "covered",
    Cover.NOT_NEEDED: "not needed",
    Cover.OPEN: "open",
    Cover.PART: "in part",
    Cover.NONE: "none",
}


@command(
    app,
    example="registry cover --file assets.csv --territory FR,DE --language fr,de\n"
    "registry cover --performer okafor --production harbor-2 --act dub \\\n"
    "  --purpose promotion --at 2027-11-05T12:00:00-08:00 \\\n"
    "  --territory EU --by-country --language fr --csv",
)
def cover(
    ctx: typer.Context,
    uses: options.Uses = None,
    file: options.UsesFiles = None,
    performer: options.Performers = None,
    production: options.Productions = None,
    act: options.Acts = None,
    replica: options.Replica = None,
    purpose: options.Purpose = None,
    at: options.At = None,
    element: options.Elements = None,
    scene: options.Scenes = None,
    content: options.Content = None,
    medium: options.Media = None,
    seconds: options.Seconds = None,
    tool: options.Tool = None,
    profile: options.Profile = None,
    fact: options.Facts = None,
    territory: options.Territories = None,
    language: options.Languages = None,
    by_country: Annotated[
        bool, typer.Option("--by-country", help="A group of countries cell by cell: EU, world, 419.")
    ] = False,
    as_of: options.AsOf = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> int:
    """What is covered where, and in which language: a cell for every act, work, territory and language.

    Every cell is checked by itself. On the screen those that came out alike stand in one line; --csv and --json have
    each. `in part` means that a clause reaches into the cell and leaves something of it out. Exit status: 0 consents
    cover every cell, 1 some cell is not covered, 3 something is open."""
    run: Run = ctx.obj
    when = typed.day_or_moment("--as-of", as_of) if as_of else None
    keys = {
        "replica": replica, "purpose": purpose, "at": at, "elements": element, "scenes": scene, "content": content,
        "media": medium, "seconds": seconds, "tool": tool, "profile": profile,
    }  # fmt: skip
    found = _uses(run, uses or [], file or [], performer or [], production or [], act or [], keys, fact or [])
    bench = Bench.open(run, found, Clocks(as_of=when))
    sheets = grid(
        bench.world,
        found,
        bench.catalogue,
        now=run.now,
        territories=codes("--territory", territory),
        languages=codes("--language", language),
        by_country=by_country,
        as_of=when,
    )
    if json or csv:
        lists.answer(run, _HEADER, [row for sheet in sheets for row in _rows(sheet)], json=json, csv=csv)
    else:
        lines = [line for n, sheet in enumerate(sheets) for line in ([""] * bool(n) + _lines(sheet, bench))]
        run.screen.answer(lines)
        _next(run, sheets, file or [])
    return _status(sheets)


def _uses(
    run: Run,
    names: Sequence[str],
    files: Sequence[str],
    people: Sequence[str],
    works: Sequence[str],
    acts: Sequence[str],
    keys: dict[str, str | list[str] | None],
    facts: Sequence[str],
) -> tuple[Use, ...]:
    """The uses of files, those on file, or one for each of the works and acts that were typed."""
    typed_here = bool(people or works or acts or facts or any(keys.values()))
    if (files or names) and typed_here:
        raise UsageError("Uses come from a file, from the registry or from options.", "registry cover --help")
    if files:
        return chosen(
            [use for name in files for use in from_file(run, name, load_dictionary())], names, f"in {', '.join(files)}"
        )
    if names:
        return on_file(run, names)
    works, acts = typed.split(works), tuple(typed.word("--act", a, Act).value for a in typed.split(acts))
    if not works or not acts:
        lacks = " and ".join(o for o, v in (("--production", works), ("--act", acts)) if not v)
        raise UsageError(f"A grid needs {lacks}, or --file FILE.", "registry cover --help    shows an example")
    return tuple(
        from_options(
            {"id": f"{work}-{act}", "performer": list(people), "production": work, "act": act, **keys},
            facts,
            load_dictionary(),
        )
        for work in works
        for act in acts
    )


def codes(option: str, given: Many) -> tuple[str, ...]:
    """Territories or languages as typed, each known; a slip is answered with the nearest one."""
    from registry.domain import vocabulary

    known, meant = (
        (vocabulary.is_territory, vocabulary.nearest_territory)
        if option != "--language"
        else (vocabulary.is_language, vocabulary.nearest_language)
    )
    found = typed.split(given or [])
    for code in found:
        if not known(code):
            near = meant(code)
            hint = f"; did you mean {near}?" if near else "."
            raise UsageError(f"{option}: {code} is not known here{hint}", f"{option} {near or 'GB'}")
    return found


def _rows(sheet: Sheet) -> list[list[str]]:
    return [
        [
            cell.use, cell.performer or "", cell.act, cell.production, cell.territory, cell.language, cell.cover.value,
            cell.verdict.value, ";".join(cell.by),
            " | ".join("; ".join(f"{a} {','.join(v)}" for a, v in piece.axes) for piece in cell.residual),
        ]
        for cell in sheet.cells
    ]  # fmt: skip


def _lines(sheet: Sheet, bench: Bench) -> list[str]:
    subject = bench.subject(sheet.use)
    all_ = len(sheet.cells)
    covered = sheet.count(Cover.COVERED, Cover.NOT_NEEDED)
    others = [
        f"{sheet.count(cover)} {_WORDS[cover]}" for cover in (Cover.OPEN, Cover.PART, Cover.NONE) if sheet.count(cover)
    ]
    lines = headed(sheet.use.id, subject.what(sheet.performer))
    lines += paragraph(f"Consents cover {covered} of {count(all_, 'cell')}{''.join(f', {o}' for o in others)}.")
    tongues = len({cell.language for cell in sheet.cells})
    rows = [
        [
            _shortened(block.territories),
            "all" if len(block.languages) == tongues > 1 else _shortened(block.languages),
            _WORDS[block.cell.cover],
            headline(block.cell.verdict),
            listing(block.cell.by) or "–",
        ]
        for block in sheet.blocks()
    ]
    return [*lines, "", *table(rows, ["where", "languages", "consents", "verdict", "by"], indent=1)]


def _shortened(codes: Sequence[str], most: int = 5) -> str:
    return ", ".join(codes) if len(codes) <= most else f"{', '.join(codes[: most - 1])} +{len(codes) - most + 1}"


def _next(run: Run, sheets: Sequence[Sheet], files: Sequence[str]) -> None:
    """What asks for the cells that are not covered."""
    lacking = list(dict.fromkeys(s.use.id for s in sheets if s.count(Cover.PART, Cover.NONE)))
    if lacking:
        where = f" --file {files[0]}" if len(files) == 1 else ""
        told = f"registry cure {lacking[0]}{where} --rider    asks for what is not covered"
        run.screen.about([told if files or sheets[0].use.recorded_at else "File the use to have the rider drafted."])


def _status(sheets: Sequence[Sheet]) -> int:
    if any(sheet.count(Cover.PART, Cover.NONE) for sheet in sheets):
        return int(Status.REFUSED)
    return int(Status.OPEN if any(sheet.count(Cover.OPEN) for sheet in sheets) else Status.CLEARED)
