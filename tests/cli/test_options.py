"""Options: the same name means the same thing everywhere, and says it in the same sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from typer.main import get_command
from typer.models import OptionInfo

from registry.cli import options
from registry.cli.front import COMMANDS, app

# Where a word of the trade names something else, which its value shows or the command's own sentence says.
OTHERWISE = {
    "clear": {"--csv", "--file", "--from", "--to"},
    "cure": {"--file", "--note", "--performer"},
    "draft": {"--file", "--performer", "--production"},
    "impact end": {"--on"},
    "impact suspension": {"--performer"},
    "import": {"--production"},
    "init": {"--by"},  # a setting
    "issue": {"--from", "--production"},
    "keys revoke": {"--because"},
    "performer authority": {"--production"},
    "plan": {"--kind", "--performer", "--production", "--replica"},
    "production approvals": {"--file"},
    "production breakdown": {"--file"},
    "production selects": {"--as"},
    "record approval": {"--from"},
    "record done": {"--replica"},
    "record notice": {"--performer"},
    "record refusal": {"--act", "--from", "--performer"},
    "record request": {"--to"},
    "record suspension": {"--performer"},
    "search": {"--kind"},
}


def _declared() -> dict[str, set[str]]:
    """The sentences of the options that are shared, by name."""
    found: dict[str, set[str]] = {}
    for alias in vars(options).values():
        for info in get_args(alias)[1:]:
            if isinstance(info, OptionInfo):
                for name in info.param_decls or ():
                    found.setdefault(name, set()).add(_first(info.help))
    return found


def _first(text: str | None) -> str:
    return re.split(r"(?<=[.…]) ", text or "")[0]


def _every() -> Iterator[tuple[str, Any]]:
    front = get_command(app)
    for name in COMMANDS:
        command: Any = front.get_command(None, name)  # type: ignore[attr-defined]
        verbs = getattr(command, "commands", None)
        yield from ((f"{name} {verb}", found) for verb, found in verbs.items()) if verbs else ((name, command),)


@pytest.mark.parametrize("path, command", [pytest.param(*one, id=one[0]) for one in _every()])
def test_an_option_that_is_shared_says_what_it_says_elsewhere(path: str, command: Any) -> None:
    shared = _declared()
    for param in command.params:
        for name in set(param.opts) & set(shared):
            if name not in OTHERWISE.get(path, ()):
                assert _first(param.help) in shared[name], (path, name)
