"""`registry cases`: worlds with a known answer, run one by one; what comes out otherwise is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from registry.cli.checks import catalogue
from registry.cli.commands import command, group
from registry.cli.output import table
from registry.cli.phrases import count
from registry.cli.proposed import read_text
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.errors import FileError
from registry.rules.dictionary import load_dictionary

app = group("")


@command(app, example="registry cases tests/cases\nregistry cases our-pack-cases/*.yaml")
def cases(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Case files, or folders of them.")],
) -> int:
    """Run case files: a world, a use, what must come out. What differs is shown, and nothing is kept.

    It is how a pack is reviewed, and how anyone writes tests for a pack of their own. Exit status: 0 all as expected,
    2 otherwise."""
    from registry.files.case_file import read_case
    from registry.services.casework import run_case

    run: Run = ctx.obj
    packs, dictionary = catalogue(run), load_dictionary()
    ran, wrong, rows = 0, 0, []
    for name in _names(files):
        try:
            case = read_case(read_text(name), name, dictionary)
            differences = run_case(case, packs, now=run.now)
        except FileError as error:
            run.screen.about(error.lines())
            wrong += 1
            continue
        ran += 1
        wrong += bool(differences)
        rows += [[d.case, d.use, d.what, f"expected {d.expected}, found {d.found}"] for d in differences]
    run.screen.answer(table(rows))
    run.screen.answer([f"{count(ran, 'case')}, {f'{wrong} not as expected' if wrong else 'all as expected'}."])
    return int(Status.USAGE if wrong else Status.CLEARED)


def _names(files: list[str]) -> Iterator[str]:
    """The files, and those of folders in the order of their names."""
    for name in files:
        path = Path(name)
        if path.is_dir():
            yield from (str(p) for p in sorted(path.rglob("*")) if p.suffix in (".yaml", ".yml", ".json"))
        else:
            yield name
