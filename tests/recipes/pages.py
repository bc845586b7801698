"""The recipes as they are written: a page a task, its commands, what each prints and how it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ANYTHING = "…"
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
_STATUS = re.compile(r"\[exit status (\d+)\]")


@dataclass(frozen=True, slots=True)
class Step:
    """One command as it is typed, the lines shown under it (none: it is only run) and its exit status."""

    command: str
    shown: tuple[str, ...]
    status: int


def steps(page: str) -> list[Step]:
    """The commands of a page in their order: in blocks marked `console`, after `$ `; a `\\` carries on."""
    found: list[Step] = []
    for block in _BLOCK.findall(page):
        typed, *_ = parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
        if typed.strip():
            raise ValueError(f"a block begins with output: {typed.splitlines()[0]}")
        found += [_step(part) for part in parts[1:]]
    return found


def _step(text: str) -> Step:
    lines = text.rstrip().splitlines()
    last = next(n for n, line in enumerate(lines) if not line.endswith("\\"))
    command = " ".join(line.rstrip("\\").strip() for line in lines[: last + 1])
    shown = lines[last + 1 :]
    ending = _STATUS.fullmatch(shown[-1]) if shown else None
    return Step(command, tuple(shown[:-1] if ending else shown), int(ending[1]) if ending else 0)


def agrees(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Whether the lines shown are those printed: a line of `…` stands for any lines, `…` at an end for any rest."""
    if not shown:
        return not printed
    first, rest = shown[0], shown[1:]
    if first.strip() == ANYTHING:
        return any(agrees(rest, printed[n:]) for n in range(len(printed) + 1))
    if not printed:
        return False
    same = printed[0].startswith(first[:-1]) if first.endswith(ANYTHING) else printed[0] == first
    return same and agrees(rest, printed[1:])


def pages(checkout: Path) -> list[Path]:
    """The recipes, in the order of their numbers."""
    return sorted((checkout / "docs" / "recipes").glob("[0-9][0-9]-*.md"))
