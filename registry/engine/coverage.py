"""Is a use covered? use ⊆ ⋃ over live, valid consents of ( ⋃ grants − exclusions ), exactly (DOMAIN.md §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, islice, product

from registry.domain.finding import State
from registry.domain.scope import Box, meet, remaining
from registry.domain.values import dataclass
from registry.engine.axes import FACT, NAMES, Axes
from registry.engine.candidates import Candidate, Field

# Best first: what the use rests on may be good, hang on a question, or be for a named person.
_LEVELS = (State.MET, State.UNKNOWN, State.REFER)
# Beyond these, a choice of consents is thinned one by one instead of tried in every combination.
_MOST_TRIED = 12
_MOST_ANSWERS = 512

Accepts = Callable[[Candidate], bool]


@dataclass(frozen=True, slots=True)
class Covered:
    """How a use is covered. MET, UNKNOWN and REFER rest on `by`; UNMET leaves `residual`. `asks` are the facts, and
    `rulings` the judgements, that could tell."""

    state: State
    by: tuple[Candidate, ...] = ()
    residual: tuple[Box, ...] = ()
    asks: tuple[str, ...] = ()
    rulings: tuple[str, ...] = ()


def everything(candidate: Candidate) -> bool:
    """Accepts any clause."""
    return True


def cover(field: Field, accepts: Accepts = everything) -> Covered:
    """The best covering of the use by clauses that `accepts` lets count."""
    usable = [c for c in field.candidates if not c.void and accepts(c)]
    best = _best(usable, field.use_box)
    if best.state is not State.UNMET or not field.unknown:
        return best
    asks = _answers_that_cover(usable, field)
    if not asks:
        return best
    if any(field.axes.unsure(name) for name in asks):  # what nobody can tell is no judgement: the rule itself is
        return Covered(State.REFER, (), best.residual, (), ("rule",))
    return Covered(State.UNKNOWN, (), best.residual, asks)


def cover_whatever_the_form(field: Field) -> tuple[Candidate, ...]:
    """The clauses that would cover the use if no form rule voided any; empty where none would."""
    found = _best(
        [c for c in field.candidates if c.limit is None or c.limit.state is not State.UNMET],
        field.use_box,
        quality=lambda c: c.life.quality,
    )
    return found.by


def _best(
    usable: Sequence[Candidate], use: Box, quality: Callable[[Candidate], State] = lambda c: c.quality
) -> Covered:
    touching = [(quality(c).severity, c) for c in usable if meet(c.box, use)]
    left: list[Box] = [use]
    counted = 0
    for level in _LEVELS:
        within = [c for severity, c in touching if severity >= level.severity]
        if len(within) == counted:
            continue
        counted, left = len(within), _left(within, [use])
        if not left:
            by = _fewest(within, use)
            asks = tuple(dict.fromkeys(a for c in by for a in c.asks))
            rulings = tuple(dict.fromkeys(r for c in by for r in c.rulings))
            return Covered(level, by, (), asks, rulings)
    return Covered(State.UNMET, (), tuple(left))


def _left(candidates: Iterable[Candidate], region: Sequence[Box]) -> list[Box]:
    """What of the region no candidate covers."""
    left = list(region)
    for candidate in candidates:
        if not left:
            break
        left = remaining(left, candidate.box, candidate.exclusions)
    return left


def _fewest(candidates: Sequence[Candidate], use: Box) -> tuple[Candidate, ...]:
    """The clauses of the fewest consents that cover the use; ties: earliest signed, then id (their order on file)."""
    consents = list(dict.fromkeys(c.consent.id for c in candidates))
    for size in range(1, min(3, len(consents)) + 1):
        for chosen in islice(combinations(consents, size), _MOST_ANSWERS):
            within = [c for c in candidates if c.consent.id in chosen]
            if not _left(within, [use]):
                return _thinned(within, use)
        if len(consents) > _MOST_TRIED:
            break
    return _thinned(candidates, use)


def _thinned(candidates: Sequence[Candidate], use: Box) -> tuple[Candidate, ...]:
    """Drop, latest first, every clause that the others make superfluous."""
    kept = list(candidates)
    for candidate in reversed(candidates):
        without = [c for c in kept if c is not candidate]
        if not _left(without, [use]):
            kept = without
    return tuple(kept)


def _answers_that_cover(usable: Sequence[Candidate], field: Field) -> tuple[str, ...]:
    """The facts of axes the use leaves open, if some answers to them would bring it inside what is granted."""
    axes = [name for name in NAMES if name in field.unknown]
    may_be = tuple([mask | field.unknown.get(name, 0) for name, mask in zip(NAMES, field.use_box, strict=True)])
    usable = [c for c in usable if meet(c.box, may_be)]
    choices = [[field.use_box[NAMES.index(n)], *_classes(field.unknown[n], _masks(usable, n))] for n in axes]
    matter_to: set[str] = set()
    for answers in islice(product(*choices), _MOST_ANSWERS):
        box = list(field.use_box)
        for name, answer in zip(axes, answers, strict=True):
            box[NAMES.index(name)] = answer
        if not _left(usable, [tuple(box)]):
            matter_to |= _needed(usable, field, axes, box)
    return tuple(FACT[name] for name in axes if name in matter_to)


def _needed(usable: Sequence[Candidate], field: Field, axes: Sequence[str], box: list[int]) -> set[str]:
    """The axes whose answer matters: left open again, the use would not be covered."""
    needed = set()
    for name in axes:
        at = NAMES.index(name)
        opened = [*box[:at], field.use_box[at], *box[at + 1 :]]
        if _left(usable, [tuple(opened)]):
            needed.add(name)
    return needed


def _masks(usable: Sequence[Candidate], axis: str) -> list[int]:
    at = NAMES.index(axis)
    return [box[at] for c in usable for box in (c.box, *c.exclusions)]


def _classes(mask: int, masks: Iterable[int]) -> list[int]:
    """The parts of `mask` that none of `masks` cuts: one answer from each stands for all."""
    parts = [mask]
    for other in masks:
        parts = [piece for part in parts for piece in (part & other, part & ~other) if piece]
    return parts


def edges(field: Field, axes: Axes) -> tuple[str, ...]:
    """Where each clause that touches the use stops short of it, in words."""
    found = []
    for candidate in field.candidates:
        name = f"{candidate.consent.id} §{candidate.grant.clause}"
        if candidate.limit is not None and candidate.limit.state is State.UNMET:
            found.append(f"{name} is used up: its limit leaves no room for this use")
            continue
        short = [n for at, n in enumerate(NAMES) if field.use_box[at] & ~candidate.box[at]]
        if short:
            stops = (_stop(axes, axis, candidate.box) for axis in short)
            found.append(f"{name} stops at {' and at '.join(stops)}")
    return tuple(found)


def _stop(axes: Axes, axis: str, box: Box) -> str:
    granted = axes.words(axis, box[NAMES.index(axis)])
    return f"{_axis_word(axis)} {', '.join(granted) or 'none'}"


def _axis_word(axis: str) -> str:
    return {"role_use": "use as", "real_time": "real time:", "purposes": "purpose"}.get(axis, axis)
