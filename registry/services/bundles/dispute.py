"""The pack for a dispute: was it cleared on that day, and what did we know then? The answer as it was, as it is now,
what came to be known in between, and the ledger that shows that nothing was changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.domain.cover import Cover, Sheet
from registry.domain.record import Record
from registry.files.bundle import Piece, plain_name
from registry.services.bundles.asking import Asked, Stock
from registry.services.bundles.contents import RECORD_COLUMNS, lines_of, pieces, record_row, table, text, why
from registry.services.bundles.delivery import papers_sheet
from registry.services.bundles.making import Made, made, stock_of
from registry.services.bundles.narrowing import narrowed, of_production
from registry.services.register import Register, Registered
from registry.services.turning import turned
from registry.storage.store import Store

_CHANGES = ("use", "performer", "then", "known_now", "turned")


def dispute(store: Store, then: Register, later: Register, subject: str, asked: Asked) -> Made:
    """The pack of some uses: `then` as they were known, `later` as of the same moment with all that is known now."""
    productions = {e.production.id for e in (*then.entries, *later.entries)}
    replays = True
    if len(productions) == 1:
        (production,) = productions
        then, replays = narrowed(then, of_production(production))
        later, _ = narrowed(later, of_production(production))
    stock = stock_of(store, then, asked, replays=replays, proved=later.world)
    afterwards = _afterwards(then, later)
    changes = tuple(_changes(then, later))
    parts = [
        *(p for p in pieces(stock, asked) if p.path != "verdicts/now.jsonl"),
        text("verdicts/then.jsonl", lines_of(then.entries, asked), "the verdict as it was to be given then"),
        text("verdicts/known-now.jsonl", lines_of(later.entries, asked), "as of the same moment, with all known now"),
        table("changes.csv", _CHANGES, changes, "each use then, and as it is judged with all that is known now"),
        _later_records(afterwards),
    ]
    return made(
        stock,
        asked,
        parts,
        _cover(stock, later, subject, changes, afterwards),
        kind="dispute",
        subject=plain_name(subject),
    )


def _changes(then: Register, later: Register) -> Iterator[list[object]]:
    now = {e.key: e.verdict for e in later.entries}
    for entry in then.entries:
        other = now.get(entry.key)
        if other is not None:
            worse = turned(entry.verdict, other) or turned(other, entry.verdict)
            rules = [f"{f.rule} {f.state.value}: {why(f)}" for f in worse]
            yield [entry.use.id, entry.performer, entry.verdict.verdict, other.verdict, rules]


def _afterwards(then: Register, later: Register) -> tuple[Record, ...]:
    """The records that came to be known after the moment of knowledge, by id."""
    known = {r.id for r in then.world.records}
    return tuple(sorted((r for r in later.world.records if r.id not in known), key=lambda r: r.id))


def _later_records(records: Sequence[Record]) -> Piece:
    return table(
        "later.csv", RECORD_COLUMNS, map(record_row, records), "what was recorded after the moment of knowledge"
    )


def _cover(
    stock: Stock, later: Register, subject: str, changes: Sequence[Sequence[object]], afterwards: Sequence[Record]
) -> Cover:
    register = stock.register
    clocks = register.clocks
    productions = sorted({e.production.title for e in register.entries})
    return Cover(
        kind="Dispute pack",
        title=f"{subject}, {', '.join(productions)}" if productions else subject,
        subtitle="was it cleared then, and what was known then?",
        record=subject,
        facts=(
            ("As of", clocks.as_of.isoformat() if clocks.as_of else "the day of the use"),
            ("Known at", (clocks.known_at or clocks.now).isoformat(timespec="seconds")),
            ("Known now", "everything on file"),
            ("Ledger", f"entry {stock.head.seq}, {stock.head.hash.hex()}"),
            ("Proof", f"{len(stock.proof.links)} entries to the last, {len(stock.proof.texts)} texts that fit them"),
        ),
        says=tuple(_answer(register, entry, changes) for entry in register.entries)
        or (_silent(subject, register, later),),
        sheets=(
            Sheet(
                title="What was decided and recorded",
                columns=("use", "who", "verdict", "decided at", "as of"),
                rows=tuple(
                    (
                        d.use,
                        register.name(d.performer),
                        d.verdict.value.replace("_", " "),
                        d.decided_at.isoformat(timespec="seconds"),
                        d.as_of or "day of use",
                    )
                    for d in stock.decisions
                ),
                note="To the byte in verdicts/recorded.jsonl.",
            ),
            *(_findings(entry, register) for entry in register.entries),
            Sheet(
                title="Recorded afterwards",
                columns=("record", "kind", "recorded"),
                rows=tuple(
                    (r.id, r.kind.value, r.recorded_at.isoformat(timespec="seconds") if r.recorded_at else "")
                    for r in afterwards
                ),
                note="It was not known then, and has no part in the answer above.",
            ),
            papers_sheet(stock),
        ),
        marks=(),
        made_on=clocks.today(None),
        digest="",
    )


def _answer(register: Register, entry: Registered, changes: Sequence[Sequence[object]]) -> str:
    word = entry.verdict.verdict.value.replace("_", " ").upper()
    now = next((str(c[3]) for c in changes if (c[0], c[1]) == (entry.use.id, entry.performer)), "")
    who = register.name(entry.performer)
    said = f"{entry.use.id}, {who}: {word} as of then, on what was known then."
    other = now.replace("_", " ").upper()
    return f"{said} With all that is known now: {other if other != word else 'the same'}."


def _silent(subject: str, then: Register, later: Register) -> str:
    if then.unjudged:
        return f"{subject} was on file then, but its production was not: nothing could be checked."
    uses = ", ".join(u.id for u in later.uses())
    return f"{subject}: no such use was on file then, and so nothing was cleared. On file now: {uses or 'none'}."


def _findings(entry: Registered, register: Register) -> Sheet:
    worst_first = sorted(entry.verdict.findings, key=lambda f: f.state.severity)
    rows = tuple((f.rule, f.state.value, f.cite, why(f), ", ".join(f.met_by)) for f in worst_first)
    return Sheet(
        title=f"Findings on {entry.use.id}, {register.name(entry.performer)}",
        columns=("clause", "state", "cited", "what it turns on", "met by"),
        rows=rows,
    )
