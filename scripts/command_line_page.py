"""Writes what every command says of itself into docs/command-line.md; the tests hold the page to the program.

python scripts/command_line_page.py          from the folder of the checkout
"""

from __future__ import annotations

import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "command-line.md"
MARK = "<!-- From here on the page is written by scripts/command_line_page.py. -->"


def generated() -> str:
    """Every command in the order of `registry --help`, with its help."""
    from registry.cli import tree

    parts = [MARK, "", "## Every command", ""]
    for path, command, ctx in tree.every(tree.front()):
        parts += [f"### `{path}`", "", "```text", ctx_help(command, ctx), "```", ""]
    return "\n".join(parts)


def ctx_help(command: object, ctx: object) -> str:
    return str(command.get_help(ctx)).strip()  # type: ignore[attr-defined]


def page(written: str) -> str:
    """The page with its first, written part, and the rest anew."""
    return written.partition(MARK)[0].rstrip() + "\n\n" + generated()


if __name__ == "__main__":
    sys.path.insert(0, str(PAGE.parent.parent))
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
