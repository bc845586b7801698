"""What people answered on a page, and what of it is missing: each fault names the field it stands at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from registry.documents.appearance import can_stamp
from registry.documents.drawing import Drawing, read_drawing
from registry.documents.language import Language
from registry.documents.layout import Clause
from registry.documents.terms import DECLINED, SignatureField
from registry.documents.verify import names_agree
from registry.domain.values import dataclass

Form = Mapping[str, str]
BOARD = (600, 200)  # the width and height that strokes are counted in
_STROKES, _POINTS = 400, 40_000
_SMALLEST = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that has to be done before going on: at which field, and what."""

    at: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A clause with the box that this signer fills, and the answer so far: None is undecided."""

    clause: Clause
    box: str
    agreed: bool | None = None


def questions(clauses: Sequence[Clause], place: SignatureField) -> tuple[Question, ...]:
    """What a signer has to decide, in the order of the document."""
    return tuple(Question(clause=c, box=b.field) for c in clauses for b in c.boxes if b.field in place.locks)


def answered(asked: Sequence[Question], form: Form) -> tuple[Question, ...]:
    """The questions with what a form says of each."""
    meant = {"agree": True, "decline": False}
    return tuple(Question(clause=q.clause, box=q.box, agreed=meant.get(form.get(q.box, ""))) for q in asked)


def undecided(asked: Sequence[Question], initials: str, words: Language) -> Iterator[Missing]:
    """What is missing before a signer may go on to sign."""
    for question in asked:
        if question.agreed is None:
            clause = question.clause
            said = words.say("kiosk.read.fault", number=clause.number, heading=clause.heading)
            yield Missing(at=f"{question.box}-agree", said=said)
    if not any(q.agreed for q in asked) and not initials:
        return
    if not initials:
        yield Missing(at="initials", said=words.say("kiosk.read.fault_initials"))
    elif len(initials) > 8 or initials.upper() == DECLINED or not can_stamp(initials):
        yield Missing(at="initials", said=words.say("kiosk.read.fault_letters", text=initials[:20]))


def misnamed(typed: str, place: SignatureField, words: Language) -> Iterator[Missing]:
    """What is wrong with a name that was typed for a place."""
    if not typed:
        yield Missing(at="name", said=words.say("kiosk.sign.fault_name"))
    elif not names_agree(typed, place.signer):
        said = words.say("kiosk.sign.fault_other", name=place.signer, typed=typed[:60])
        yield Missing(at="name", said=said)


def drawing_in(strokes: str) -> Drawing | None:
    """The drawing that a page sent as a list of strokes, each a list of points in a field of `BOARD`: an SVG written
    here, of numbers alone. None where nothing was drawn, or a dot, or it is no such list."""
    try:
        found = [[(float(x), float(y)) for x, y in stroke] for stroke in json.loads(strokes or "[]")]
    except (ValueError, TypeError, RecursionError):
        return None
    points = [point for stroke in found for point in stroke]
    if not points or len(found) > _STROKES or len(points) > _POINTS:
        return None
    if not all(0 <= x <= BOARD[0] and 0 <= y <= BOARD[1] for x, y in points):
        return None
    if max(max(side) - min(side) for side in zip(*points, strict=True)) < _SMALLEST:
        return None
    return read_drawing(_svg(found), "signature.svg")


def _svg(strokes: list[list[tuple[float, float]]]) -> bytes:
    paths = "".join(f'<path d="{_path(stroke)}"/>' for stroke in strokes if stroke)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BOARD[0]} {BOARD[1]}" fill="none" stroke="#121259" '
        f'stroke-width="3" stroke-linecap="round" stroke-linejoin="round">{paths}</svg>'
    ).encode()


def _path(stroke: list[tuple[float, float]]) -> str:
    """A stroke as lines; a dot is a line back to where it began."""
    first, *rest = (f"{x:.1f} {y:.1f}" for x, y in stroke)
    return f"M{first}" + "".join(f"L{point}" for point in rest or [first])
