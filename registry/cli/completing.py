"""What can stand next in a command line that somebody is typing: commands, options, identifiers, words of closed lists.

Nothing here fails: a line that cannot be understood is completed by nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from registry.cli import tree
from registry.cli.commands import Group
from registry.cli.ids import Clause, clause_ids, named_by
from registry.cli.run import Run
from registry.domain import words as closed
from registry.errors import RegistryError
from registry.storage.kinds import Kind

FILES = ":files"  # said to the shell instead of a word: the names of files can stand here
MOST = 200  # identifiers offered at once
_FILES = {"FILE", "FOLDER", "DIR", "PATH", "PDF", "RIDER", "OLD", "NEW", "PACK", "CONSENT"}
_ACT = [act.value for act in closed.Act]
_CLOSED = {
    "--act": _ACT,
    "--purpose": [purpose.value for purpose in closed.Purpose],
    "--element": [element.value for element in closed.Element],
    "--kind": [kind.value for kind in Kind],
    "--of": [kind.value for kind in closed.RecordKind],
    "--paper": ["letter", "a4"],
    "--capacity": [capacity.value for capacity in closed.Capacity],
    "AGREEMENT": [family.value for family in closed.Agreement],
}


def candidates(run: Run, typed: Sequence[str]) -> list[tuple[str, str]]:
    """The words that can take the place of the last of `typed`, each with what it is; FILES where files can."""
    *before, start = typed or [""]
    command, ctx, rest = _reached(run, before)
    if command is None:
        return []
    if isinstance(command, Group):
        found = [] if rest else command.summaries(ctx)
        found = found or [*_options(command, ctx)]
    else:
        found = list(_of_command(run, command, ctx, rest, start))
    return [one for one in found if one[0].startswith(start) or one[0] == FILES]


def _reached(run: Run, before: Sequence[str]) -> tuple[Any, Any, list[str]]:
    """The command that the line has come to, and the words after its name."""
    command: Any = tree.front()
    ctx: Any = command.context_class(command, info_name="registry")
    words = list(before)
    rest: list[str] = []
    while words:
        word = words.pop(0)
        if word == "--registry" and words:
            run.home = words.pop(0)
        elif word.startswith("--registry="):
            run.home = word.partition("=")[2]
        elif word in ("--debug", "--version"):
            continue
        elif isinstance(command, Group) and not word.startswith("-"):
            if word not in command.list_commands(ctx):
                return None, None, []
            command = command.get_command(ctx, word)
            ctx = command.context_class(command, info_name=word, parent=ctx)
        else:
            rest.append(word)
    return command, ctx, rest


def _of_command(run: Run, command: Any, ctx: Any, rest: list[str], start: str) -> Iterator[tuple[str, str]]:
    taking = {name: option for option in tree.options(command, ctx) if not option.is_flag for name in option.opts}
    if rest and rest[-1] in taking:
        yield from _values(run, ctx, taking[rest[-1]], start)
    elif start.startswith("-"):
        yield from _options(command, ctx)
    else:
        stands = sum(not word.startswith("-") and before not in taking for before, word in pairwise(["", *rest]))
        arguments = tree.arguments(command)
        if arguments and (stands < len(arguments) or arguments[-1].nargs == -1):
            yield from _values(run, ctx, arguments[min(stands, len(arguments) - 1)], start)
        if not start:
            yield from _options(command, ctx)


def _options(command: Any, ctx: Any) -> Iterator[tuple[str, str]]:
    for option in tree.options(command, ctx):
        yield max(option.opts, key=len), option.help or ""


def _values(run: Run, ctx: Any, param: Any, start: str) -> Iterator[tuple[str, str]]:
    """What a parameter can be: identifiers on file, words of a closed list, files."""
    metavar = str(param.metavar or "").removesuffix("...")
    for name in (*param.opts, metavar):
        yield from ((word, "") for word in _CLOSED.get(name, ()))
    named = named_by(ctx.command_path, param)
    try:
        yield from ((id_, "") for id_ in _ids(run, named, start))
    except RegistryError:
        return
    if metavar in _FILES:
        yield FILES, ""


def _ids(run: Run, named: Sequence[Kind | Clause], start: str) -> Sequence[str]:
    kinds = [kind for kind in named if isinstance(kind, Kind)]
    if kinds:
        return run.store.beginning(kinds, start, most=MOST)
    return sorted(clause_ids(run, tuple(named)))[: 10 * MOST] if named else ()
