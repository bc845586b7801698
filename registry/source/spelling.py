"""Did you mean: the nearest of some words."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 64


def distance(a: str, b: str, limit: int) -> int:
    """Edits from `a` to `b` (a letter put in, left out, changed, or two swapped); `limit + 1` where there are more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    older: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row = row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if older and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(before) > limit:
            return limit + 1
        older = before
    return row[-1]


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate somebody who wrote `word` most likely meant, or None where nothing is near. Case does not count.

    Near is a few edits away, or the one candidate that begins as the word does (`signed` for `signed_at`).
    """
    if not word or len(word) > LONGEST:
        return None
    wanted = _folded(word)
    limit = max(1, min(3, len(wanted) // 3))
    best: tuple[int, int, str] | None = None
    alike: list[str] = []
    for candidate in candidates:
        other = _folded(candidate)
        edits = distance(wanted, other, limit if best is None else best[0])
        if edits <= limit and (best is None or (edits, abs(len(other) - len(wanted)), candidate) < best):
            best = (edits, abs(len(other) - len(wanted)), candidate)
        elif _begin_alike(wanted, other):
            alike.append(candidate)
    if best is not None:
        return best[2]
    return alike[0] if len(alike) == 1 else None


def _begin_alike(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    shared = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    return shared >= 3 and shared >= 0.8 * shorter


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
