"""The pack for a performer, their union or an auditor: everything done with one performer's replicas, and what a
withdrawal would stop."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

from registry.domain.cover import Cover, Sheet
from registry.domain.impact import Impact
from registry.domain.record import Record
from registry.domain.values import dataclass
from registry.domain.words import RecordKind
from registry.files.bundle import Piece
from registry.services.bundles.asking import Asked, Stock
from registry.services.bundles.contents import pieces, table
from registry.services.bundles.delivery import papers_sheet, summary, uses_sheet
from registry.services.bundles.making import Made, made, stock_of
from registry.services.bundles.narrowing import narrowed, of_performer, without_others
from registry.services.custody import DESTROY, Held, held
from registry.services.events import withdrawals
from registry.services.impact import impact, plain
from registry.services.owing import COLUMNS, account, row
from registry.services.register import Register, Registered
from registry.storage.store import Store

_CENTURY = dt.timedelta(days=36_500)
LEDGER = (
    *(
        "use",
        "production",
        "act",
        "purpose",
        "scenes",
        "on",
        "progress",
        "made",
        "seconds",
        "days",
        "verdict",
        "consent",
    ),
    *("replica", "model", "tool"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Everything done or planned with one performer, in order of day; who holds what; what was destroyed; and what a
    withdrawal of every consent today would stop."""

    performer: str
    register: Register
    replays: bool
    custody: tuple[Held, ...]
    destroyed: tuple[Record, ...]
    withdrawal: Impact


def ledger_of(register: Register, performer: str) -> Ledger:
    """The ledger of a performer whose register this is."""
    narrow, replays = narrowed(register, of_performer(performer), people=frozenset({performer}))
    clocks = narrow.clocks
    event = withdrawals(
        narrow.world,
        performer,
        effective=clocks.today(None),
        received=clocks.moment,
        who=narrow.name(performer),
    )
    done = [r for r in narrow.on_file.records(RecordKind.DONE) if r.rule == DESTROY]
    return Ledger(
        performer=performer,
        register=narrow,
        replays=replays,
        custody=tuple(held(narrow)),
        destroyed=tuple(sorted(done, key=lambda r: r.id)),
        withdrawal=impact(narrow, event),
    )


def performer_pack(store: Store, register: Register, performer: str, asked: Asked) -> Made:
    """The pack of one performer. Of uses that several people share, it has this one's part alone."""
    found = ledger_of(register, performer)
    stock = stock_of(store, found.register, asked, replays=found.replays)
    stock = without_others(stock, frozenset({performer}))
    return made(
        stock,
        asked,
        [*pieces(stock, asked), *_pieces(found, asked)],
        _cover(stock, found),
        kind="performer",
        subject=performer,
    )


def _pieces(found: Ledger, asked: Asked) -> Iterator[Piece]:
    yield table(
        "ledger.csv", LEDGER, map(ledger_row, found.register.entries), "everything done or planned, in order of day"
    )
    withdrawal = plain(found.withdrawal)
    if asked.redact:
        withdrawal["told"] = []
    what = "what a withdrawal of every consent would stop, use by use, with drafts to those who would be told"
    yield Piece("withdrawal.json", (json.dumps(withdrawal, ensure_ascii=False, indent=1) + "\n").encode(), what)
    columns = ("record", "replica", "on", "by", "note")
    rows = ([r.id, r.replica, r.on, r.by, r.note] for r in found.destroyed)
    yield table("destroyed.csv", columns, rows, "certificates of destruction that are on file")
    owed = account(found.register, within=_CENTURY, performer=found.performer)
    yield table("owed.csv", COLUMNS, map(row, owed.items), "everything that is owed, until a record closes it")


def ledger_row(entry: Registered) -> list[object]:
    use = entry.use
    rests = [f"{c.consent} §{c.clause}" for c in entry.verdict.coverage.consents]
    return [
        *(use.id, entry.production.id, use.act, use.purpose, use.scenes, entry.day, entry.progress),
        *([r.made_at for r in entry.made], sum(r.seconds or 0 for r in entry.made) or None),
        *(sum(r.days or 0 for r in entry.made) or None, entry.verdict.verdict, rests, use.replica, use.model, use.tool),
    ]


def _cover(stock: Stock, found: Ledger) -> Cover:
    register = found.register
    person = register.on_file.performers[found.performer]
    clocks = register.clocks
    hits = found.withdrawal.touched
    return Cover(
        kind="Performer's pack",
        title=person.known_as,
        subtitle="everything done with this performer by digital means, and what a withdrawal would stop",
        record=found.performer,
        facts=(
            ("Legal name", person.legal_name),
            ("As of", clocks.as_of.isoformat() if clocks.as_of else "the day of each use"),
            ("Known at", (clocks.known_at or clocks.now).isoformat(timespec="seconds")),
            ("Ledger", f"entry {stock.head.seq}, {stock.head.hash.hex()}"),
        ),
        says=(summary(register.entries), _withdrawal_said(found)),
        sheets=(
            uses_sheet(register, register.entries),
            papers_sheet(stock),
            _custody_sheet(found),
            Sheet(
                title="Models",
                columns=("model", "made for", "consents"),
                rows=tuple(
                    (m.id, m.made_for or "not on file", ", ".join(m.consents) or "none on file")
                    for _, m in sorted(register.on_file.models.items())
                ),
            ),
            Sheet(
                title="Destroyed",
                columns=("replica", "on", "record", "note"),
                rows=tuple(
                    (r.replica or "", r.on.isoformat() if r.on else "", r.id, r.note or "") for r in found.destroyed
                ),
            ),
            Sheet(
                title="If every consent were withdrawn today",
                columns=("use", "now", "then", "what to do"),
                rows=tuple(
                    (h.use, h.before.value.replace("_", " "), h.after.value.replace("_", " "), h.obligation)
                    for h in hits
                ),
                note="Supposed, not recorded. What was made before stands where no term or law says otherwise.",
            ),
        ),
        marks=(),
        made_on=clocks.today(None),
        digest="",
    )


def _withdrawal_said(found: Ledger) -> str:
    touched = len(found.withdrawal.touched)
    return f"A withdrawal of every consent today would touch {touched} of {len(found.withdrawal.uses)} uses."


def _custody_sheet(found: Ledger) -> Sheet:
    rows = tuple(
        (
            one.replica.id,
            ", ".join(one.holders) or "nobody on file",
            "destroyed" if one.destroyed else one.destroy_by.isoformat() if one.destroy_by else "no day",
            "; ".join(f"{g.rule}: {g.why}" for g in one.grounds),
        )
        for one in found.custody
    )
    return Sheet(title="Replicas", columns=("replica", "held by", "destroy by", "why"), rows=rows)
