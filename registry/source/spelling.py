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
    """The candidate somebody who wrote `word` most likely meant, or None where nothing is near. Case does not count."""
    if not word or len(word) > LONGEST:
        return None
    wanted = _folded(word)
    limit = max(1, min(3, len(wanted) // 3))
    best: tuple[int, int, str] | None = None
    for candidate in candidates:
        other = _folded(candidate)
        starts = len(wanted) >= 3 and len(other) >= 3 and (other.startswith(wanted) or wanted.startswith(other))
        edits = 1 if starts and other != wanted else distance(wanted, other, limit if best is None else best[0])
        if edits <= limit and (best is None or (edits, abs(len(other) - len(wanted)), candidate) < best):
            best = (edits, abs(len(other) - len(wanted)), candidate)
    return best[2] if best else None


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
