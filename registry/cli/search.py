"""`registry search`: where is this name, this word, this reference?"""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli import lists, options
from registry.cli.commands import command, group
from registry.cli.output import clip, table
from registry.cli.phrases import count
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.errors import UsageError
from registry.source.spelling import nearest
from registry.storage.kinds import Kind

app = group("")

_HEADER = ["kind", "id", "name", "where", "says", "whose"]
_MOST = 40  # lines on the screen


@command(
    app,
    example="registry search okafor\nregistry search 'roof fall' --kind consent --kind use\n"
    "registry search email 2026-09-15 --csv",
)
def search(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="All of them have to be found.")],
    kind: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only performer, consent, use …; again for more.")
    ] = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> int:
    """Where is this name, this word, this reference? In everything on file, as it was last recorded.

    Names with other names, titles, roles, descriptions, ids, references, notes. The beginning of a word is enough;
    accents, capitals and punctuation do not count. Exit status: 0 something was found, 1 nothing was."""
    from registry.services.looking_up import KINDS, look_up

    run: Run = ctx.obj
    found = look_up(run.store, " ".join(words), _kinds(kind or [], KINDS))
    if json or csv:
        exact = [[hit.kind.value, hit.id, hit.name, hit.place, hit.said, hit.whose] for hit in found]
        lists.answer(run, _HEADER, exact, json=json, csv=csv)
    elif found:
        rows = [
            [
                hit.kind.value,
                hit.id,
                "" if hit.place == "id" else hit.place,
                hit.name if hit.place == "id" else hit.said,
            ]
            for hit in found[:_MOST]
        ]
        run.screen.answer(table([[*row[:3], clip(row[3], 120)] for row in rows], ["kind", "id", "where", "says"]))
        if len(found) > _MOST:
            more = len(found) - _MOST
            run.screen.about([f"{count(more, 'more', 'more')} of {len(found)}.", "add a word, --kind KIND, or --csv"])
    else:
        run.screen.answer([f"Nothing on file has {' and '.join(words)} in it."])
    return int(Status.CLEARED if found else Status.REFUSED)


def _kinds(typed: list[str], known: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """The kinds that were asked for, in the order in which they are told; one may be typed in the plural."""
    words = {kind.value: kind for kind in known} | {f"{kind.value}s": kind for kind in known}
    for word in typed:
        if word not in words:
            meant = nearest(word, words)
            hint = f"; did you mean {meant}?" if meant else f"; there are {', '.join(kind.value for kind in known)}."
            raise UsageError(f"--kind: {word} is nothing that is on file{hint}", f"--kind {meant or 'consent'}")
    wanted = {words[word] for word in typed}
    return tuple(kind for kind in known if kind in wanted) if wanted else known
