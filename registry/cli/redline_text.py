"""A redline in words: what the later paper allows and the earlier did not, what it no longer allows, and where."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from registry.cli.output import labelled, paragraph
from registry.cli.phrases import counted, day, listing, piece, places, ranged, said, sentence
from registry.cli.verdict_json import Plain
from registry.domain.dates import parse_date
from registry.domain.finding import ScopePiece
from registry.domain.media import ALL_MEDIA, media_mask, media_names
from registry.services.redline import AxisChange, ClauseChange, Redline, TermChange, Way

FORMAT = "consent-redline/1"
_HEADLINES = {
    Way.SAME: "SAME SCOPE",
    Way.WIDER: "WIDER",
    Way.NARROWER: "NARROWER",
    Way.BOTH: "WIDER AND NARROWER",
}
_WAYS = {Way.SAME: "reads otherwise", Way.WIDER: "wider", Way.NARROWER: "narrower", Way.BOTH: "wider and narrower"}
# What every grant is unless it says otherwise: not worth a word.
_PLAINLY = {"content": ("none",), "ages": ("own",), "real_time": ("no",)}
_INDENT = 14


def redline_lines(found: Redline) -> list[str]:
    """The headline, then what came and went exactly, then clause by clause where."""
    lines = [f"{_HEADLINES[found.way]}   {found.old} → {found.new}"]
    lines += paragraph(_summary(found))
    for title, pieces in (("Wider", found.gained), ("Narrower", found.lost)):
        for n, scope in enumerate(pieces):
            lines += [*([""] if n == 0 else []), *labelled("" if n else title, scope_words(scope), indent=_INDENT)]
    for clause in found.clauses:
        lines += [] if clause.alike else ["", *_clause(clause)]
    if found.terms:
        lines += ["", " Besides", *(line for term in found.terms for line in _term(term))]
    return lines


def scope_words(scope: ScopePiece) -> str:
    """A box of scope in a line, acts first; what every grant is anyway left out."""
    axes = {name: values for name, values in scope.axes if values != _PLAINLY.get(name)}
    if "content" in axes:
        axes["content"] = tuple(value for value in axes["content"] if value != "none")
    acts = listing(said(act) for act in axes.pop("acts", ()))
    productions = listing(axes.pop("productions", ()))
    dates = axes.pop("dates", ())
    media = _media(axes.pop("media", ()))
    rest = piece(ScopePiece(tuple(axes.items())))
    parts = [acts or "any act", f"on {productions}" if productions else "", rest, media]
    parts += [listing(map(_days, dates), "or")] if dates else []
    return ", ".join(part for part in parts if part)


def _media(names: Sequence[str]) -> str:
    """Media by their names; of nearly all of them, what is left out."""
    rest = ALL_MEDIA
    for name in names:
        rest &= ~media_mask(name)
    left_out = media_names(rest)
    if names and rest and len(left_out) < len(names):
        return f"any media except {listing(map(said, left_out))}"
    return f"{listing(map(said, names))} media" if names else ""


def _days(text: str) -> str:
    first, range_, last = text.partition("..")
    if not range_:
        return f"on {_day(first)}"
    return " ".join(
        part for part in (f"from {_day(first)}" if first else "", f"to {_day(last)}" if last else "") if part
    )


def _day(text: str) -> str:
    return day(parse_date(text))


def _summary(found: Redline) -> str:
    changed = [clause for clause in found.clauses if not clause.alike]
    parts = [
        _counted(sum(c.was is None for c in changed), "is new", "are new"),
        _counted(sum(c.now is None for c in changed), "is gone", "are gone"),
        _counted(sum(c.was is not None and c.now is not None for c in changed), "changed", "changed"),
        _counted(len(found.clauses) - len(changed), "reads as it did", "read as they did"),
    ]
    told = listing(part for part in parts if part) or "There is no clause in either"
    rest = f"; {counted(len(found.terms), 'other term')} changed" if found.terms else ""
    return sentence(f"{told}{rest}")


def _counted(n: int, one: str, several: str) -> str:
    return f"{counted(n, 'clause')} {one if n == 1 else several}" if n else ""


def _clause(clause: ClauseChange) -> Iterator[str]:
    if clause.was is None or clause.now is None:
        yield from labelled(f"§{clause.now or clause.was}", "is gone" if clause.now is None else "is new", indent=8)
        return
    renumbered = "" if clause.was == clause.now else f", was §{clause.was}"
    yield from labelled(f"§{clause.now}", f"{_WAYS[clause.way]}{renumbered}", indent=8)
    for axis in clause.axes:
        yield from labelled("", f"{said(axis.axis)}: {_axis(axis)}", indent=8)
    for term in clause.terms:
        yield from _term(term)


def _axis(axis: AxisChange) -> str:
    """What one axis was and is."""
    if axis.axis == "dates":
        was, now = (listing(map(_days, values), "or") or "never" for values in (axis.was, axis.now))
        return f"{was} → {now} ({_WAYS[axis.way]})"
    was, now = (_values(axis.axis, values) for values in (axis.was, axis.now))
    return f"{was} → {now} ({_WAYS[axis.way]})"


def _values(axis: str, values: Sequence[str]) -> str:
    if axis == "scenes":
        return ranged(values) or "none"
    if axis == "territories":
        return places(values) if values else "none"
    return listing(said(value) for value in values) or "none"


def _term(term: TermChange) -> list[str]:
    way = f" ({_WAYS[term.way]})" if term.way is not Way.SAME else ""
    return labelled("", f"{term.what}: {term.was} → {term.now}{way}", indent=8)


def redline_json(found: Redline) -> str:
    """The redline on one line. `gained` and `lost` are exact: an axis that is not named is whole."""
    plain: dict[str, Plain] = {
        "format": FORMAT,
        "old": found.old,
        "new": found.new,
        "way": found.way.value,
        "gained": [_scope(scope) for scope in found.gained],
        "lost": [_scope(scope) for scope in found.lost],
        "clauses": [
            {
                "was": clause.was,
                "now": clause.now,
                "way": clause.way.value,
                "axes": [_axis_json(axis) for axis in clause.axes],
                "terms": _terms_json(clause.terms),
            }
            for clause in found.clauses
        ],
        "terms": _terms_json(found.terms),
    }
    return json.dumps(plain, ensure_ascii=False)


def _scope(scope: ScopePiece) -> dict[str, Plain]:
    return {axis: list(values) for axis, values in scope.axes}


def _axis_json(axis: AxisChange) -> dict[str, Plain]:
    return {
        "axis": axis.axis,
        "way": axis.way.value,
        "was": list(axis.was),
        "now": list(axis.now),
        "gained": list(axis.gained),
        "lost": list(axis.lost),
    }


def _terms_json(terms: Iterable[TermChange]) -> list[Plain]:
    return [{"what": t.what, "was": t.was, "now": t.now, "way": t.way.value} for t in terms]
