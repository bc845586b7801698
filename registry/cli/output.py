"""The one place that writes to the screen: eighty columns, tables, and colour for the verdict word only.

stdout is the answer, stderr is about the run. Everything is plain text until `Screen` writes it; text that came from
a file or a database loses its control characters on the way, so that a name cannot move the cursor.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from registry.domain.values import dataclass

WIDTH = 80
LABEL = 11
_COLOURS = {
    "NOT CLEARED": "31",
    "PROHIBITED": "31",
    "UNMATCHED": "31",
    "REFER": "33",
    "INCOMPLETE": "33",
    "CONDITIONAL": "32",
    "CLEARED": "32",
}
_HEADLINE = re.compile(rf"^({'|'.join(_COLOURS)})(?=\s|$)")
# Controls, line separators and the characters that turn the reading direction round.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]+")


def clean(text: str) -> str:
    """`text` on one line, without characters that would move the cursor or turn the line round."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def columns(text: str) -> int:
    """How many columns `text` takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int) -> str:
    """`text` with blanks after it, up to `width` columns."""
    return text + " " * (width - columns(text))


def clip(text: str, width: int) -> str:
    """`text` in at most `width` columns; what is cut off is marked by an ellipsis."""
    if columns(text) <= width:
        return text
    kept = ""
    for character in text:
        if columns(kept + character) > width - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns; a word longer than a line is cut."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        rest = word
        while columns(rest) > width:
            if line:
                lines.append(line)
                line = ""
            head = clip(rest, width + 1).removesuffix("…")
            lines.append(head)
            rest = rest[len(head) :]
        if line and columns(line) + 1 + columns(rest) > width:
            lines.append(line)
            line = rest
        else:
            line = f"{line} {rest}" if line and rest else line or rest
    return [*lines, line] if line or not lines else lines


def paragraph(text: str, indent: int = 0) -> list[str]:
    """`text` wrapped, every line indented."""
    return [" " * indent + line for line in wrap(text, WIDTH - indent)]


def headed(*parts: str, indent: int = 0) -> list[str]:
    """What something is about on one line, its parts set apart; the last one beneath where they do not fit."""
    line = " " * indent + "   ".join(clean(part) for part in parts)
    if columns(line) <= WIDTH:
        return [line]
    return [*(headed(*parts[:-1], indent=indent) if len(parts) > 1 else []), *paragraph(parts[-1], indent + 3)]


def labelled(label: str, text: str, tag: str = "", indent: int = LABEL) -> list[str]:
    """A label at the left, text beside it, and a clause id flush right where an eye looks for it.

    The tag stands on the first line when the text leaves room there, else on the last, else on a line of its own.
    """
    room = WIDTH - indent
    first = room - columns(tag) - 2 if tag else room
    lines = wrap(text, room)
    if tag and columns(lines[0]) <= first:
        lines[0] = f"{padded(lines[0], room - columns(tag))}{tag}"
    elif tag and columns(lines[-1]) <= first:
        lines[-1] = f"{padded(lines[-1], room - columns(tag))}{tag}"
    elif tag:
        lines.append(tag.rjust(room))
    head = padded(f" {label}", indent)
    return [f"{head if n == 0 else ' ' * indent}{line}".rstrip() for n, line in enumerate(lines)]


def table(rows: Sequence[Sequence[str]], header: Sequence[str] = (), *, gap: int = 2, indent: int = 0) -> list[str]:
    """Rows as columns in eighty: the last column wraps under itself, the others are cut where they must be."""
    cleaned = [[clean(cell) for cell in row] for row in rows]
    everything = [list(header), *cleaned] if header else cleaned
    if not everything:
        return []
    widths = _widths(everything, gap, indent)
    lines: list[str] = []
    for row in everything:
        cells = [padded(clip(cell, width), width + gap) for cell, width in zip(row[:-1], widths, strict=False)]
        left = " " * indent + "".join(cells)
        for n, part in enumerate(wrap(row[-1], WIDTH - columns(left))):
            lines.append(f"{left if n == 0 else ' ' * columns(left)}{part}".rstrip())
    return lines


def _widths(rows: Sequence[Sequence[str]], gap: int, indent: int) -> list[int]:
    """Widths of all columns but the last, which is left at least 20 columns."""
    widths = [max(columns(cell) for cell in column) for column in zip(*(row[:-1] for row in rows), strict=True)]
    last = min(20, max(columns(row[-1]) for row in rows))
    while widths and sum(widths) + gap * len(widths) + indent > WIDTH - last:
        widest = widths.index(max(widths))
        if widths[widest] <= 8:
            break
        widths[widest] -= 1
    return widths


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a command writes. `colour` is decided once: a terminal, and nobody has asked for none."""

    out: TextIO
    err: TextIO
    colour: bool = False
    pager: tuple[str, ...] = ()
    environ: Mapping[str, str] | None = None

    @classmethod
    def of(cls, out: TextIO, err: TextIO, environ: Mapping[str, str], typed: Sequence[str] = ()) -> Screen:
        """The screen of a process; NO_COLOR (https://no-color.org) and dumb terminals are respected. A pager is used
        where somebody sits at both ends."""
        for stream in (out, err):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(errors="replace")
        colour = out.isatty() and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        pager: tuple[str, ...] = ()
        if out.isatty() and sys.stdin.isatty():
            from registry.cli.pager import chosen

            pager = chosen(environ, typed)
        return cls(out, err, colour, pager, environ)

    def answer(self, lines: Iterable[str]) -> None:
        """Write what was asked for; in a pager where it is longer than the terminal is high."""
        painted = map(self._painted, lines)
        if not self.pager:  # one after the other: what is long is never in memory at its length
            _write(self.out, painted)
            return
        whole = list(painted)
        if not self._paged(whole):
            _write(self.out, whole)

    def _paged(self, lines: Sequence[str]) -> bool:
        if len(lines) < shutil.get_terminal_size().lines:
            return False
        from registry.cli.pager import shown

        self.out.flush()
        return shown("".join(f"{line}\n" for line in lines), self.pager, self.environ or {})

    def about(self, lines: Iterable[str]) -> None:
        """Write about the run: what was done, what went wrong."""
        _write(self.err, lines)

    def prompt(self, text: str) -> None:
        """Write a question's prompt, and stay on its line."""
        self.err.write(text)
        self.err.flush()

    def _painted(self, line: str) -> str:
        """The verdict word in colour where it stands at the left edge; nothing else ever is."""
        if not self.colour:
            return line
        return _HEADLINE.sub(lambda m: f"\x1b[1;{_COLOURS[m[1]]}m{m[1]}\x1b[0m", line)


def _write(stream: TextIO, lines: Iterable[str]) -> None:
    """Whoever reads may stop reading (`| head`): the answer, and so the exit status, stays what it is."""
    try:
        stream.writelines(f"{line}\n" for line in lines)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
