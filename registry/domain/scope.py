"""The scope algebra (DOMAIN.md §6): a grant is a box, a use is a box, and a residual is what is left of one.

A box is one bit mask per axis over a finite vocabulary; a point lies in it when every axis holds its bit. Everything
here is exact: containment is `use & ~grant == 0` on each axis, and subtraction cuts a box into disjoint boxes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import and_
from typing import TypeAlias

Box: TypeAlias = tuple[int, ...]


def is_empty(box: Box) -> bool:
    """Whether no point lies in the box: some axis has no bit."""
    return not all(box)


def meet(one: Box, other: Box) -> bool:
    """Whether some point lies in both."""
    return all(map(and_, one, other))


def intersect(one: Box, other: Box) -> Box:
    """The points in both."""
    return tuple(map(and_, one, other))


def subtract(box: Box, taken: Box) -> list[Box]:
    """The points of `box` outside `taken`, as disjoint boxes; fewest cuts on the axes where they differ."""
    common = intersect(box, taken)
    if not all(common):
        return [box] if all(box) else []
    pieces: list[Box] = []
    rest = list(box)
    for axis, inside in enumerate(common):
        outside = rest[axis] & ~inside
        if outside:
            pieces.append((*rest[:axis], outside, *rest[axis + 1 :]))
            rest[axis] = inside
    return pieces


def remaining(region: Sequence[Box], grant: Box, exclusions: Sequence[Box] = ()) -> list[Box]:
    """What of `region` the grant, less its consent's exclusions, does not cover, as disjoint boxes."""
    left: list[Box] = []
    for box in region:
        left.extend(subtract(box, grant))
        if exclusions and meet(box, grant):
            left.extend(_excluded_part(intersect(box, grant), exclusions))
    return left


def _excluded_part(granted: Box, exclusions: Iterable[Box]) -> list[Box]:
    """The union of `granted` with each exclusion, as disjoint boxes."""
    found: list[Box] = []
    for exclusion in exclusions:
        fresh = [intersect(granted, exclusion)]
        if is_empty(fresh[0]):
            continue
        for earlier in found:
            fresh = [piece for box in fresh for piece in subtract(box, earlier)]
        found.extend(fresh)
    return found


def disjoint(boxes: Iterable[Box], without: Iterable[Box] = ()) -> list[Box]:
    """The points of `boxes` outside `without`, as boxes that do not meet."""
    taken = list(without)
    found: list[Box] = []
    for box in boxes:
        fresh = less([box], [*taken, *found])
        found += fresh
    return found


def less(region: Iterable[Box], taken: Iterable[Box]) -> list[Box]:
    """The points of `region` outside `taken`; disjoint where `region` is."""
    left = [box for box in region if not is_empty(box)]
    for other in taken:
        left = [piece for box in left for piece in subtract(box, other)]
    return left


def joined(boxes: Sequence[Box]) -> list[Box]:
    """The same points in fewer boxes: two that differ on one axis only are one. For the eye; still disjoint."""
    found = list(dict.fromkeys(boxes))
    again = True
    while again:
        again = False
        for at in range(len(found[0]) if found else 0):
            beside: dict[Box, int] = {}
            for box in found:
                key = (*box[:at], 0, *box[at + 1 :])
                beside[key] = beside.get(key, 0) | box[at]
            if len(beside) < len(found):
                found = [(*key[:at], mask, *key[at + 1 :]) for key, mask in beside.items()]
                again = True
    return found
