"""The pack for a distributor or an insurer: what was consented to, what every use came to, what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from registry.domain.cover import Cover, Sheet
from registry.domain.finding import Gate, State, Status, Verdict
from registry.domain.vocabulary import is_territory, nearest_territory, territory_name
from registry.errors import UsageError
from registry.files.bundle import Piece
from registry.services.bundles.asking import Asked, Stock
from registry.services.bundles.contents import gaps, pieces, rules, table, tools
from registry.services.bundles.making import Made, made, stock_of
from registry.services.bundles.narrowing import narrowed, of_production
from registry.services.register import Register, Registered
from registry.storage.store import Store

_COVERAGE = ("territory", "name", "use", "performer", "consent", "law", "verdict", "short_of")
_GOOD = (State.MET, State.EXEMPT, State.NONE, State.DUE)


def delivery(store: Store, register: Register, production: str, asked: Asked, territories: Sequence[str] = ()) -> Made:
    """The delivery pack of a production, for some territories (left out: where it is released)."""
    narrow, replays = narrowed(register, of_production(production))
    stock = stock_of(store, narrow, asked, replays=replays)
    places = _territories(narrow, production, territories)
    grid = tuple(_grid(narrow, places))
    parts = [*pieces(stock, asked), _coverage(grid)]
    return made(stock, asked, parts, _cover(stock, production, grid, places), kind="delivery", subject=production)


def _territories(register: Register, production: str, wanted: Sequence[str]) -> tuple[str, ...]:
    for code in wanted:
        if not is_territory(code):
            meant = nearest_territory(code)
            raise UsageError(f"--territory: {code} is not a territory.", f"--territory {meant or 'US'}")
    found = register.on_file.productions[production]
    return tuple(dict.fromkeys(wanted)) or found.released_in or ("world",)


def _grid(register: Register, places: Iterable[str]) -> Iterator[tuple[str, Registered, Verdict]]:
    """Every use in every territory, judged for that territory alone."""
    for place in places:
        local = [replace(use, territories=(place,)) for use in register.uses()]
        verdicts = register.again(register.world, local)
        for entry in register.entries:
            yield place, entry, verdicts[entry.key]


def _coverage(grid: Iterable[tuple[str, Registered, Verdict]]) -> Piece:
    rows = (
        [
            *(place, territory_name(place), entry.use.id, entry.performer),
            *(dict(verdict.gates)[Gate.CONSENT], dict(verdict.gates)[Gate.LAW], verdict.verdict),
            [] if dict(verdict.gates)[Gate.CONSENT] in _GOOD else _short_of(verdict),
        ]
        for place, entry, verdict in grid
    )
    return table("coverage.csv", _COVERAGE, rows, "consent and law for each use in each territory, one by one")


def _short_of(verdict: Verdict) -> list[str]:
    """What no grant covers, box by box."""
    return [" ".join(f"{axis}={','.join(v)}" for axis, v in piece.axes) for piece in verdict.coverage.residual]


def _cover(
    stock: Stock, production: str, grid: Sequence[tuple[str, Registered, Verdict]], places: Sequence[str]
) -> Cover:
    register = stock.register
    found = register.on_file.productions[production]
    entries = register.entries
    clocks = register.clocks
    return Cover(
        kind="Delivery pack",
        title=found.title,
        subtitle="consents, verdicts, gaps and signatures, for a distributor or an insurer",
        record=production,
        facts=(
            ("Company", found.company or "not on file"),
            ("Agreement", found.agreement.value if found.agreement else "not on file"),
            ("Platform", found.platform or "not on file"),
            ("Photography", f"{found.photography_starts_on or 'not on file'} to {found.photography_ends_on or 'open'}"),
            ("Released", f"{found.released_on or 'no day on file'}, in {', '.join(places)}"),
            ("As of", clocks.as_of.isoformat() if clocks.as_of else "the day of each use"),
            ("Known at", (clocks.known_at or clocks.now).isoformat(timespec="seconds")),
            ("Ledger", f"entry {stock.head.seq}, {stock.head.hash.hex()}"),
        ),
        says=(summary(entries), _papers_said(stock)),
        sheets=(
            uses_sheet(register, entries),
            Sheet(
                title="Gaps",
                columns=("use", "clause", "state", "what is missing"),
                rows=tuple((str(g[0]), str(g[4]), str(g[5]), str(g[7])) for g in gaps(entries)),
                note="Every finding that stands in the way of a use, with what would cure it: gaps.csv.",
            ),
            papers_sheet(stock),
            _territory_sheet(grid),
            Sheet(
                title="Tools",
                columns=("tool", "vendor", "terms reviewed", "answered on"),
                rows=tuple((str(t[0]), _said(t[1]), _said(t[4]), _said(t[3])) for t in tools(register, entries)),
            ),
            Sheet(
                title="Rules",
                columns=("pack", "digest", "reviewed"),
                rows=tuple((str(r[0]), str(r[1])[:23] + "…", _said(r[4])) for r in rules(register, entries)),
                note="The digests in full, and the source of each: rules.csv.",
            ),
        ),
        marks=("Read for the production by", "On"),
        made_on=clocks.today(found.timezone),
        digest="",
    )


def summary(entries: Sequence[Registered]) -> str:
    """How many uses there are and how many may go ahead, in a sentence."""
    words = Counter(e.verdict.verdict.value.replace("_", " ") for e in entries)
    if not entries:
        return "No use is on file. That is what is on file, and no statement that there was none."
    listed = ", ".join(f"{n} {word}" for word, n in sorted(words.items()))
    uses = len({e.use.id for e in entries})
    return f"Uses on file: {uses}. Verdicts, one for each person in a use: {listed}."


def _papers_said(stock: Stock) -> str:
    named = [p for p in stock.papers if p.expected]
    found = [p for p in named if p.data is not None]
    sound = [p for p in found if p.report and p.report.status == 0]
    none = len(stock.papers) - len(named)
    said = f"{len(stock.papers)} consents: {len(found)} of {len(named)} signed papers are here, {len(sound)} of them"
    return f"{said} complete, unchanged and trusted. {none} consents name no paper."


def uses_sheet(register: Register, entries: Iterable[Registered]) -> Sheet:
    """Every use with its verdict."""
    rows = tuple(
        (
            e.use.id,
            register.name(e.performer),
            e.use.act.value.replace("_", " "),
            e.day.isoformat() if e.day else "no day",
            e.progress.value,
            e.verdict.verdict.value.replace("_", " "),
        )
        for e in entries
    )
    return Sheet(title="Uses", columns=("use", "who", "act", "on", "progress", "verdict"), rows=rows)


def papers_sheet(stock: Stock) -> Sheet:
    """Every consent with its signed paper, and what that proves."""
    rows = tuple(
        (
            p.consent.id,
            stock.register.name(p.consent.performer),
            p.consent.signed_at.date().isoformat() if p.consent.signed_at else "draft",
            ", ".join(g.clause for g in p.consent.grants),
            p.state,
        )
        for p in stock.papers
    )
    note = "“Missing”: the consent names a paper by its digest, and no file of that digest was found."
    return Sheet(title="Consents", columns=("consent", "of", "signed", "clauses", "paper"), rows=rows, note=note)


def _territory_sheet(grid: Iterable[tuple[str, Registered, Verdict]]) -> Sheet:
    found: dict[str, list[tuple[Registered, Verdict]]] = {}
    for place, entry, verdict in grid:
        found.setdefault(place, []).append((entry, verdict))
    rows = []
    for place, judged in found.items():
        consent = sum(dict(v.gates)[Gate.CONSENT] in _GOOD for _, v in judged)
        law = sum(dict(v.gates)[Gate.LAW] in _GOOD for _, v in judged)
        go = sum(v.status is Status.CLEARED for _, v in judged)
        rows.append((place, territory_name(place), *(f"{n} of {len(judged)}" for n in (consent, law, go))))
    columns = ("territory", "name", "consent covers", "no law in the way", "may go ahead")
    note = (
        "Each use is judged for the territory alone: coverage.csv has every use, and what its consents fall short of."
    )
    return Sheet(title="Territories", columns=columns, rows=tuple(rows), note=note)


def _said(value: object) -> str:
    if value is None:
        return "not known"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
