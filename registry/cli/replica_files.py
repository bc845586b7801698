"""`registry replica manifest`: which files of a scan are consented to, and which are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli import options
from registry.cli.clock import clocks
from registry.cli.output import clip, padded, paragraph
from registry.cli.phrases import count, counted, listing, sentence
from registry.cli.proposed import read_text
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.errors import UsageError

if TYPE_CHECKING:
    from registry.services.manifests import Bound, Manifest

_COLUMNS = ("name", "sha256", "elements", "consented", "clauses", "known", "holder", "why")


EXAMPLE = (
    "registry replica manifest okafor-scan-1 delivery/\n"
    "registry replica manifest okafor-scan-1 --list files.csv --csv > bound.csv"
)


def manifest(
    ctx: typer.Context,
    replica: Annotated[str, typer.Argument(metavar="REPLICA", help="The replica the files are of.")],
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE...", help="Files, or folders with all that is in them.")
    ] = None,
    list_file: Annotated[
        str | None,
        typer.Option("--list", metavar="FILE", help="A list: CSV with name, sha256, elements; or sha256sum's."),
    ] = None,
    known_at: options.KnownAt = None,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
) -> int:
    """Which files belong to which consent: digests bound to the clauses that let them be made, and those bound to none.

    Exit status: 0 every file is consented to, 1 some are not."""
    from registry.cli.checks import catalogue
    from registry.files.table_csv import table_csv
    from registry.services import manifests

    run: Run = ctx.obj
    if bool(files) is bool(list_file):
        raise UsageError("Name the files, or a list of them.", "registry replica manifest REPLICA --list files.csv")
    given = manifests.hashed(map(Path, files or [])) if files else []
    given += manifests.listed(read_text(list_file), list_file) if list_file else []
    if not given:
        raise UsageError("There is no file in what was named.", "registry replica manifest REPLICA FOLDER")
    found = manifests.manifest(run.store, catalogue(run), replica, given, clocks(run, None, known_at))
    rows = [[getattr(f, name) for name in _COLUMNS] for f in found.files]
    if as_csv:
        run.screen.answer(table_csv(_COLUMNS, rows).splitlines())
    elif as_json:
        run.screen.answer([_json(found)])
    else:
        run.screen.answer(_text(found))
    return int(Status.REFUSED if found.unconsented else Status.CLEARED)


def _text(found: Manifest) -> list[str]:
    bad = found.unconsented
    head = f"{found.replica.id} · {found.performer} · {found.production} · {count(len(found.files), 'file')}"
    good = len(found.files) - len(bad)
    said = (
        f"{counted(len(bad), 'file')} no consent covers; {good} consented to" if bad else "every file is consented to"
    )
    lines = [head, *paragraph(sentence(said))]
    if bad:
        lines += ["", " Not consented to"]
        for one in bad:
            lines += [f"   {padded(clip(one.name, 40), 42)}{one.sha256[:16]}…  {one.known}"]
            lines += paragraph(one.why, 5)
    bound: dict[tuple[str, ...], list[Bound]] = {}
    for one in found.files:
        if one.consented:
            bound.setdefault(one.clauses, []).append(one)
    for clauses, files in sorted(bound.items()):
        lines += ["", f" {listing(clauses)}"]
        lines += [f"   {padded(clip(f.name, 40), 42)}{f.sha256[:16]}…  {f.known}" for f in files]
    if found.absent:
        lines += ["", *paragraph(f"In custody on file, and not among them: {listing(found.absent)}.")]
    return lines


def _json(found: Manifest) -> str:
    return json.dumps(
        {
            "format": "consent-files/1",
            "replica": found.replica.id,
            "performer": found.performer,
            "production": found.production,
            "files": [
                {
                    "name": f.name,
                    "sha256": f.sha256,
                    "elements": [e.value for e in f.elements],
                    "consented": f.consented,
                    "clauses": list(f.clauses),
                    "known": f.known,
                    "holder": f.holder,
                    "why": f.why,
                }
                for f in found.files
            ],
            "absent": list(found.absent),
        },
        ensure_ascii=False,
    )
