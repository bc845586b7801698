"""A session of commands, and long answers on a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import stat
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Registry


def test_a_script_of_commands_is_carried_out_line_by_line(registry: Registry) -> None:
    script = "\n".join(
        [
            "# what is on file",
            "tool list --csv",
            "registry performer show zzz",
            'performer show "x',
            "",
            "shell",
            "use add examples/uses/stunt.yaml",
            "use list --csv",
            "check u-41-fall --brief",
        ]
    )
    ran = registry("shell", typed=script)
    assert ran.status == 0
    assert "northgate-pipeline,Northgate,no,no,no" in ran.out
    assert "u-41-fall,harbor,use_replica" in ran.out
    assert "CONDITIONAL   u-41-fall" in ran.out
    assert ran.err.splitlines() == [
        "There is no performer zzz on file.",
        "registry performer list",
        'A quotation mark is open in: performer show "x',
        "The shell is open already.",
        "exit    leaves it",
        "1 filed, 0 changed, 0 on file already.",
        "registry check u-41-fall",
    ]


@pytest.mark.parametrize(
    "typed, options, status",
    [
        ("performer list\nperformer show zzz\n", "", 2),
        ("performer show zzz\nperformer list\n", "", 0),
        ("performer show zzz\nperformer list\n", "--stop", 2),
        ("performer show zzz\nexit\nperformer list\n", "", 2),
        ("", "", 0),
    ],
)
def test_the_status_is_that_of_the_last_command(registry: Registry, typed: str, options: str, status: int) -> None:
    assert registry(f"shell {options}", typed=typed).status == status


def test_a_session_may_begin_before_there_is_a_registry_and_sees_what_is_recorded(
    empty: Registry, checkout: Path
) -> None:
    world = checkout / "examples" / "world.yaml"
    ran = empty("shell", typed=f"performer list\ninit\nperformer list\nimport {world}\nperformer show okafor\n")
    assert ran.status == 0
    assert "There is no registry in HOME/registry.db." in ran.err
    assert "Nobody is on file yet." in ran.out
    assert "Adaeze Okafor" in ran.out


def _seen_at_a_terminal(
    folder: Path, checkout: Path, compiled: Path, command: list[str], *lines: str, **environ: str
) -> str:
    """What somebody sees at a terminal who runs a command and types a line whenever they are asked for one."""
    child, terminal = pty.fork()
    if child == 0:  # it becomes the program
        os.chdir(folder)
        kept = {key: value for key, value in os.environ.items() if key not in ("PAGER", "LESS", "NO_COLOR")}
        own = {"TERM": "xterm", "REGISTRY_CACHE": str(compiled), "LINES": "24", "COLUMNS": "80"}
        os.execve(sys.executable, [sys.executable, str(checkout / "cli.py"), *command], kept | own | environ)
    seen, waiting = b"", list(lines)
    while select.select([terminal], [], [], 20)[0]:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # the program is over
            break
        seen += part
        if waiting and seen.endswith(b"registry> "):
            os.write(terminal, waiting.pop(0).encode())
    os.close(terminal)
    os.waitpid(child, 0)
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.decode()).replace("\r\n", "\n")


PAGER = "sed s/^/paged:/"


def test_a_long_answer_is_paged_on_a_terminal_and_only_there(
    registry: Registry, tmp_path: Path, checkout: Path, compiled: Path
) -> None:
    def seen(*command: str, **environ: str) -> str:
        return _seen_at_a_terminal(tmp_path, checkout, compiled, list(command), **({"PAGER": PAGER} | environ))

    assert "paged:sag-aftra-tv-theatrical-2023" in seen("rules", "list")
    assert "paged:" not in seen("performer", "list")
    assert "paged:" not in seen("rules", "list", "--json")
    assert "paged:" not in seen("rules", "list", "--csv")
    assert "paged:" not in seen("rules", "list", PAGER="cat")
    assert "sag-aftra-tv-theatrical-2023" in seen("rules", "list", PAGER="no-such-pager")
    assert "paged:" not in registry("rules list", PAGER=PAGER).out


def test_at_a_terminal_lines_are_remembered_by_their_owner_alone(
    registry: Registry, tmp_path: Path, checkout: Path, compiled: Path
) -> None:
    lines = ("tool list\n", "performer sho\tok\t\n", "exit\n")
    seen = _seen_at_a_terminal(tmp_path, checkout, compiled, ["shell"], *lines, PAGER="cat", TERM="dumb")
    assert "northgate-pipeline" in seen
    assert "Adaeze Okafor" in seen
    history = tmp_path / ".shell_history"
    assert history.read_text(encoding="utf-8").splitlines() == ["tool list", "performer show okafor ", "exit"]
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
