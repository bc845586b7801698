"""Text that runs from right to left inside text that does not: set apart on the page, and read back in its own order.

A run is drawn by itself, so that a comma or a number after a name stays after it. On paper its letters stand in the
order of the eye; read back from a file they are put into the order of the tongue again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_STRONG = ("R", "AL")
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_RUN = re.compile(f"[{_RTL}](?:[{_RTL}\u200c\u200d0-9 .'’-]*[{_RTL}])?")


def runs(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it runs from right to left."""
    found: list[tuple[str, bool]] = []
    at = 0
    for run in _RUN.finditer(text):
        found += [(text[at : run.start()], False), (run[0], True)]
        at = run.end()
    return [(piece, turned) for piece, turned in (*found, (text[at:], False)) if piece]


def logical(pieces: Sequence[str]) -> str:
    """What pieces say that stand on the page from left to right: runs from right to left are turned around, numbers
    inside them are not."""
    said: list[str] = []
    run: list[str] = []
    waiting: list[str] = []
    for piece in pieces:
        kinds = {unicodedata.bidirectional(character) for character in piece}
        if kinds & set(_STRONG):
            run += [*waiting, piece]
            waiting = []
        elif run and "L" not in kinds:
            waiting.append(piece)
        else:
            said += [*_turned(run), *waiting, piece]
            run, waiting = [], []
    return "".join([*said, *_turned(run), *waiting])


def _turned(run: list[str]) -> list[str]:
    turned: list[str] = []
    number: list[str] = []
    for piece in reversed(run):
        if piece.isdigit():
            number.insert(0, piece)
            continue
        turned += [*number, piece]
        number = []
    return turned + number
