"""A redline of two consents by what they allow, not by their words: exactly what one grants and the other does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from registry.domain.canonical import to_plain
from registry.domain.consent import Consent, Grant
from registry.domain.finding import ScopePiece
from registry.domain.production import Production
from registry.domain.scope import Box
from registry.domain.values import dataclass
from registry.engine.extent import NAMES, Extent, joined, less
from registry.errors import IntegrityError, UsageError

if TYPE_CHECKING:
    import datetime as dt

    from registry.documents.keys import Roots


class Way(StrEnum):
    """Which way a change goes, seen by whoever grants."""

    SAME = "same"
    WIDER = "wider"
    NARROWER = "narrower"
    BOTH = "wider_and_narrower"

    @staticmethod
    def of(*, gained: bool, lost: bool) -> Way:
        if gained:
            return Way.BOTH if lost else Way.WIDER
        return Way.NARROWER if lost else Way.SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisChange:
    """One axis of a clause that reaches otherwise; `gained` and `lost` are the values that came and went."""

    axis: str
    way: Way
    was: tuple[str, ...]
    now: tuple[str, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChange:
    """Something beside the scope that reads otherwise. `way` is SAME where the scope algebra says nothing about it."""

    what: str
    was: str
    now: str
    way: Way = Way.SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseChange:
    """A clause of the one and its counterpart in the other: by number, else by description. None: there is none."""

    was: str | None
    now: str | None
    way: Way
    axes: tuple[AxisChange, ...] = ()
    terms: tuple[TermChange, ...] = ()

    @property
    def alike(self) -> bool:
        return self.way is Way.SAME and not self.terms and self.was == self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Redline:
    """Two consents, one laid over the other. `gained` is all the later one grants and the earlier does not, as boxes
    that do not meet; `lost` the other way round. Both are exact, exclusions and terms included."""

    old: str
    new: str
    way: Way
    gained: tuple[ScopePiece, ...]
    lost: tuple[ScopePiece, ...]
    clauses: tuple[ClauseChange, ...]
    terms: tuple[TermChange, ...]


# What the scope algebra says already, or what identifies the paper.
_SILENT = frozenset({"id", "grants", "from", "until", "excludes", "document", "recorded_at"})
_GRANT_TERMS = ("scripted_alterations", "physical_changes")
_CAPS = ("seconds", "uses", "days")


def redline(old: Consent, new: Consent, productions: Iterable[Production] = ()) -> Redline:
    """What changed from `old` to `new`. `productions` are those on file, so that a franchise reaches its pictures."""
    extent = Extent.of((old, new), productions)
    before, after = extent.region(old), extent.region(new)
    gained, lost = joined(less(after, before)), joined(less(before, after))
    return Redline(
        old=old.id,
        new=new.id,
        way=Way.of(gained=bool(gained), lost=bool(lost)),
        gained=_pieces(extent, gained),
        lost=_pieces(extent, lost),
        clauses=tuple(_clause(extent, old, new, was, now) for was, now in _pairs(old, new)),
        terms=tuple(_terms(old, new)),
    )


def consent_of_pdf(path: Path, roots: Roots, *, now: dt.datetime) -> Consent:
    """The consent inside a PDF: of a draft its terms; of a sealed one those agreed to so far. Raises IntegrityError
    where the file is not what was sealed, UsageError where it is no rider of ours."""
    from pikepdf import PdfError

    from registry.documents.fault import Broken
    from registry.documents.sealed import content_of
    from registry.documents.verify import verify_pdf
    from registry.services.signing import is_sealed, unread

    try:
        data = path.read_bytes()
    except OSError as error:
        raise unread(path, error) from None
    if not is_sealed(data):
        try:
            return content_of(data).terms.consent
        except (PdfError, Broken, ValueError, AttributeError, KeyError):
            raise UsageError(f"{path} is no rider of ours.", "registry render RIDER    makes one") from None
    report = verify_pdf(data, roots, now=now)
    if report.terms is None or not report.unchanged:
        raise IntegrityError(f"{path} is not compared. {report.faults[0] if report.faults else 'It was changed.'}")
    declined = {i.clause for i in report.initials if i.declined}
    consent = report.terms.consent
    return _without(consent, declined) if declined else consent


def _without(consent: Consent, declined: set[str]) -> Consent:
    kept = tuple(grant for grant in consent.grants if grant.clause not in declined)
    return replace(consent, grants=kept, declined=tuple(sorted({*consent.declined, *declined})))


def _pieces(extent: Extent, boxes: Iterable[Box]) -> tuple[ScopePiece, ...]:
    return tuple(extent.piece(box) for box in boxes)


def _pairs(old: Consent, new: Consent) -> Iterator[tuple[Grant | None, Grant | None]]:
    """Clauses that belong together, in the order of the later paper, then what it no longer has."""
    numbers = {g.clause for g in new.grants} & {g.clause for g in old.grants}
    free = [g for g in old.grants if g.clause not in numbers]
    for grant in new.grants:
        if grant.clause in numbers:
            yield old.grant(grant.clause), grant
            continue
        found = next((g for g in free if g.description == grant.description), None)
        if found is not None:
            free.remove(found)
        yield found, grant
    for grant in free:
        yield grant, None


def _clause(extent: Extent, old: Consent, new: Consent, was: Grant | None, now: Grant | None) -> ClauseChange:
    before = list(extent.grant(was, old)) if was else []
    after = list(extent.grant(now, new)) if now else []
    way = Way.of(gained=bool(less(after, before)), lost=bool(less(before, after)))
    return ClauseChange(
        was=was.clause if was else None,
        now=now.clause if now else None,
        way=way,
        axes=tuple(_axes(extent, before, after)) if was and now else (),
        terms=tuple(_grant_terms(was, now)) if was and now else (),
    )


def _axes(extent: Extent, before: list[Box], after: list[Box]) -> Iterator[AxisChange]:
    for at, name in enumerate(NAMES):
        was, now = _mask(before, at), _mask(after, at)
        if was == now:
            continue
        yield AxisChange(
            axis=name,
            way=Way.of(gained=bool(now & ~was), lost=bool(was & ~now)),
            was=extent.words(name, was),
            now=extent.words(name, now),
            gained=extent.words(name, now & ~was),
            lost=extent.words(name, was & ~now),
        )


def _mask(boxes: Iterable[Box], at: int) -> int:
    found = 0
    for box in boxes:
        found |= box[at]
    return found


def _grant_terms(was: Grant, now: Grant) -> Iterator[TermChange]:
    if was.description != now.description:
        yield TermChange(what="description", was=was.description, now=now.description)
    for cap in _CAPS:
        before, after = getattr(was.limits, cap, None), getattr(now.limits, cap, None)
        if before != after:
            wider = after is None or (before is not None and after > before)
            yield TermChange(
                what=f"limit of {cap}", was=_said(before), now=_said(after), way=Way.WIDER if wider else Way.NARROWER
            )
    for name in _GRANT_TERMS:
        before, after = getattr(was, name), getattr(now, name)
        if before != after:
            yield TermChange(what=name.replace("_", " "), was=_said(before), now=_said(after))


def _terms(old: Consent, new: Consent) -> Iterator[TermChange]:
    """Everything else the papers say: who signs and how, counsel, revocation, what was refused, what is carved out."""
    before, after = to_plain(old), to_plain(new)
    for key in dict.fromkeys((*before, *after)):
        if key not in _SILENT and before.get(key) != after.get(key):
            yield TermChange(what=key.replace("_", " "), was=_said(before.get(key)), now=_said(after.get(key)))
    for carved in old.excludes:
        if carved not in new.excludes:
            yield TermChange(what="exclusion", was=_said(to_plain(carved)), now="none", way=Way.WIDER)
    for carved in new.excludes:
        if carved not in old.excludes:
            yield TermChange(what="exclusion", was="none", now=_said(to_plain(carved)), way=Way.NARROWER)


def _said(value: object) -> str:
    if value is None or value == []:
        return "not said"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(_said, value))
    if isinstance(value, dict):
        return "; ".join(f"{str(key).replace('_', ' ')} {_said(item)}" for key, item in value.items())
    return str(value)
