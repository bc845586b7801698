"""Scanned pages as they come: JPEG, PNG, TIFF or a PDF of pictures. The files stay as they are; this shows them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from registry.documents.prepare import Original
from registry.documents.statement import Page
from registry.errors import UsageError

_PIXELS = 60_000_000
_KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "TIFF": "image/tiff"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One file of a scan: what it is, the pictures that show it, and the original where those are not its own bytes."""

    page: Page
    pictures: tuple[bytes, ...]
    original: Original | None


def read_scan(data: bytes, name: str) -> Scan:
    """Raises UsageError for a file that holds no page we can show."""
    try:
        media_type, pictures = _pdf(data, name) if data.startswith(b"%PDF-") else _picture(data, name)
    except UsageError:
        raise
    except Exception:  # whatever a reader of pictures makes of a damaged one
        raise UsageError(
            f"{name} is no scan: neither JPEG, PNG, TIFF nor a PDF of pictures.", "Scan it again."
        ) from None
    page = Page(name=name, media_type=media_type, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    own = media_type == "image/jpeg"
    return Scan(
        page=page, pictures=pictures, original=None if own else Original(name=name, media_type=media_type, data=data)
    )


def _picture(data: bytes, name: str) -> tuple[str, tuple[bytes, ...]]:
    from PIL import Image, ImageSequence

    with Image.open(BytesIO(data), formats=list(_KINDS)) as picture:
        kind = str(picture.format)
        if picture.width * picture.height > _PIXELS:
            raise UsageError(f"{name} has more than sixty million pixels.", "Scan it at 300 dots an inch.")
        if kind != "JPEG":
            return _KINDS[kind], tuple(_png(frame) for frame in ImageSequence.Iterator(picture))
        if picture.mode not in ("RGB", "L"):
            raise UsageError(f"{name} is in the colours of print ({picture.mode}).", "Scan it in RGB or in grey.")
        picture.load()
    return _KINDS[kind], (data,)


def _pdf(data: bytes, name: str) -> tuple[str, tuple[bytes, ...]]:
    """The largest picture of each page, without loss."""
    import pikepdf

    shown = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            held: list[Any] = [pikepdf.PdfImage(image) for image in _streams(page)]
            if not held:
                problem = f"Page {number} of {name} holds no scan."
                raise UsageError(problem, "registry document foreign FILE    is for a file that was signed as a PDF")
            largest = max(held, key=lambda image: image.width * image.height)
            shown.append(_png(largest.as_pil_image()))
    return "application/pdf", tuple(shown)


def _streams(page: Any) -> list[Any]:
    return list(page.get_images().values())


def _png(picture: Any) -> bytes:
    out = BytesIO()
    kept = picture if picture.mode in ("RGB", "L") else picture.convert("L" if picture.mode == "1" else "RGB")
    kept.save(out, "PNG")
    return out.getvalue()
