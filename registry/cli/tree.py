"""The commands as a tree, whatever commands there are: for the man page, the completion and the page of commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer import core
from typer.main import get_command


def front() -> Any:
    """The front door itself."""
    from registry.cli.front import app

    return get_command(app)


def every(command: Any, ctx: Any = None) -> Iterator[tuple[str, Any, Any]]:
    """Every command beneath and including `command`: as it is typed, itself, and a context for its help."""
    here = ctx or command.context_class(command, info_name="registry")
    yield here.command_path, command, here
    if isinstance(command, core.TyperGroup):
        for name in command.list_commands(here):
            child = command.get_command(here, name)
            if child is not None and not child.hidden:
                yield from every(child, child.context_class(child, info_name=name, parent=here))


def options(command: Any, ctx: Any) -> list[Any]:
    """The options of a command that its help shows, `--help` last."""
    return [p for p in command.get_params(ctx) if isinstance(p, core.TyperOption) and not p.hidden]


def arguments(command: Any) -> list[Any]:
    return [p for p in command.params if isinstance(p, core.TyperArgument)]
