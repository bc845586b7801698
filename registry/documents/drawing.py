"""A signature drawn by hand: the strokes of an SVG, or the pixels of a PNG. What was drawn is kept as it came."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from registry.errors import UsageError

_PNG = b"\x89PNG\r\n\x1a\n"
_PATH = re.compile(r"<path\b[^>]*?\sd\s*=\s*(\"[^\"]*\"|'[^']*')", re.DOTALL)
_LARGEST = 512 * 1024
_PIXELS = 4_000_000

Point = tuple[float, float]
Move = tuple[str, tuple[Point, ...]]  # `m`, `l` or `c` as PDF has them, with their points


@dataclass(frozen=True, slots=True)
class Pixels:
    """A drawing in shades of grey on white, eight bits a pixel, row by row from the top."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Drawing:
    """The file of a drawing, an SVG of paths or a PNG. Made by `read_drawing`, which refuses anything else."""

    data: bytes

    @property
    def kind(self) -> str:
        return "image/png" if self.data.startswith(_PNG) else "image/svg+xml"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def written(self) -> str:
        """The drawing itself, as text: a `data:` address."""
        return f"data:{self.kind};base64,{base64.b64encode(self.data).decode()}"

    def strokes(self) -> tuple[Move, ...]:
        """The strokes of an SVG, y downwards; nothing for a PNG."""
        return () if self.kind == "image/png" else _strokes(self.data)

    def pixels(self) -> Pixels | None:
        """The pixels of a PNG; None for an SVG."""
        return _pixels(self.data) if self.kind == "image/png" else None


def read_drawing(data: bytes, name: str) -> Drawing:
    """The drawing in a file called `name`. Raises UsageError where nothing is drawn in it, or it is no such file."""
    if len(data) > _LARGEST:
        raise UsageError(f"The drawing {name} is larger than 512 KB.", "Save it smaller.")
    drawing = Drawing(data)
    try:
        pixels = drawing.pixels()
        drawn = bool(drawing.strokes()) if pixels is None else min(pixels.data) < 128
    except Exception:  # whatever a reader of pictures makes of a damaged one
        raise UsageError(f"{name} is no drawing: neither an SVG with paths nor a PNG.", "Draw it again.") from None
    if not drawn:
        raise UsageError(f"Nothing is drawn in {name}.", "Draw the signature, or type it with --name.")
    return drawing


def _strokes(data: bytes) -> tuple[Move, ...]:
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.svgLib.path import parse_path

    pen = DecomposingRecordingPen({})
    for found in _PATH.finditer(data.decode("utf-8")):
        parse_path(found[1][1:-1], pen)
    return tuple(_moves(pen.value))


def _moves(recorded: list[Any]) -> list[Move]:
    from fontTools.pens.basePen import decomposeQuadraticSegment

    moves: list[Move] = []
    at: Point = (0.0, 0.0)
    for verb, points in recorded:
        if verb == "moveTo":
            moves.append(("m", (points[0],)))
        elif verb == "lineTo":
            moves.append(("l", (points[0],)))
        elif verb == "curveTo":
            moves.append(("c", tuple(points)))
        elif verb == "qCurveTo":
            for control, end in decomposeQuadraticSegment(points):
                one, two = (
                    tuple(p + (c - p) * 2 / 3 for p, c in zip(side, control, strict=True)) for side in (at, end)
                )
                moves.append(("c", (one, two, end)))
                at = end
        if points:
            at = points[-1]
    return moves if any(verb != "m" for verb, _ in moves) else []


def _pixels(data: bytes) -> Pixels:
    from PIL import Image

    with Image.open(BytesIO(data), formats=["PNG"]) as picture:
        if picture.width * picture.height > _PIXELS:
            raise ValueError("too many pixels")
        shown = picture.convert("RGBA")
    paper = Image.new("RGBA", shown.size, "white")
    paper.alpha_composite(shown)
    grey = paper.convert("L")
    return Pixels(grey.width, grey.height, grey.tobytes())
