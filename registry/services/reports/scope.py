"""What bounds a grant, and what a consent carves out, in a line each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from registry.domain.consent import Exclusion, Grant, Limits
from registry.domain.vocabulary import language_name, territory_name
from registry.services.reports.words import count, listing, plain_day, scenes


def bounds(grant: Grant) -> str:
    """Scenes, media, places, languages, dates, ages, content and caps, as far as the clause names them."""
    return "; ".join([*_axes(grant), *_caps(grant.limits)])


def carved_out(exclusion: Exclusion) -> str:
    """The axes of an exclusion, which are read together."""
    parts = [
        _listed(act.value for act in exclusion.acts or ()),
        listing(element.value for element in exclusion.elements or ()),
        *_axes(exclusion),
    ]
    if exclusion.content:
        parts.append(_listed(content.value for content in exclusion.content))
    return "; ".join(filter(None, parts))


def _axes(scope: Grant | Exclusion) -> Iterator[str]:
    if _named(scope.scenes, "any"):
        yield scenes(scope.scenes or ())
    if scope.purposes:
        yield f"for {_listed(purpose.value for purpose in scope.purposes)}"
    if _named(scope.media, "any"):
        yield f"{_listed(scope.media or ())} media"
    if _named(scope.territories, "world"):
        yield f"in {listing(territory_name(code) for code in scope.territories or ())}"
    if _named(scope.languages, "any"):
        yield f"in {listing(language_name(code) for code in scope.languages or ())}"
    if dates := _dates(scope.from_, scope.until):
        yield dates
    if scope.ages:
        yield f"aged {scope.ages[0]} to {scope.ages[1]}"
    if scope.role_use:
        yield f"as {_listed(scope.role_use)}"
    yield from _granted(scope) if isinstance(scope, Grant) else ["in real time"] if scope.real_time else []


def _granted(grant: Grant) -> Iterator[str]:
    """What has to be named to be granted."""
    if grant.allows:
        yield f"sensitive content allowed: {_listed(content.value for content in grant.allows)}"
    if not grant.real_time:
        yield "not in real time"


def _named(values: tuple[str, ...] | None, whole: str) -> bool:
    """Whether an axis is bounded at all."""
    return bool(values) and values != (whole,)


def _caps(limits: Limits | None) -> Iterator[str]:
    if limits is None:
        return
    for cap, unit in ((limits.seconds, "second"), (limits.uses, "use"), (limits.days, "day")):
        if cap is not None:
            yield f"at most {count(cap, unit)} in all"


def _dates(first: dt.date | None, last: dt.date | None) -> str:
    begins = f"from {plain_day(first)}" if first else ""
    ends = f"to {plain_day(last)}" if last else ""
    return f"{begins} {ends}".strip()


def _listed(words: Iterable[str]) -> str:
    return listing(_said(word) for word in words)


def _said(word: str) -> str:
    return word.replace("_", " ")
