"""A performer's ledger as people read it, as a table and as JSON."""

from __future__ import annotations

import json

from registry.cli.output import labelled, paragraph, table
from registry.cli.phrases import ACTS, count, counted, day, headline, listing, sentence
from registry.files.table_csv import cell, table_csv
from registry.services.bundles.performer import LEDGER, Ledger, ledger_row
from registry.services.impact import plain

_INDENT = 14


def ledger_text(found: Ledger) -> list[str]:
    register = found.register
    made = {e.use.id for e in register.entries if e.made}
    every = {e.use.id for e in register.entries}
    lines = paragraph(f"{register.name(found.performer)} · {count(len(every), 'use')} on file, {len(made)} made")
    touched = len({h.use for h in found.withdrawal.touched})
    lines += paragraph(sentence(f"a withdrawal of every consent today would touch {counted(touched, 'use')} of them"))
    for entry in register.entries:
        when = day(entry.day) if entry.day else "no day"
        head = f"{entry.use.id} · {ACTS[entry.use.act]} · {entry.production.title} · {headline(entry.verdict.verdict)}"
        lines += ["", *labelled(when, head, entry.progress.value, indent=_INDENT)]
        rests = [f"{c.consent} §{c.clause}" for c in entry.verdict.coverage.consents]
        parts = [f"on {listing(rests)}"] if rests else ["on no consent"]
        parts += [f"replica {entry.use.replica}"] if entry.use.replica else []
        parts += [f"model {entry.use.model}"] if entry.use.model else []
        parts += [f"made {listing(day(r.made_at.date()) for r in entry.made if r.made_at)}"] if entry.made else []
        lines += paragraph(", ".join(parts), _INDENT)
    lines += _held(found)
    if register.on_file.models:
        rows = [
            [m.id, m.made_for or "", listing(m.consents) or "no consent on file"]
            for _, m in sorted(register.on_file.models.items())
        ]
        lines += ["", " Models", *table(rows, indent=3)]
    return [*lines, "", f"registry impact performer {found.performer}", f"registry pack performer {found.performer}"]


def _held(found: Ledger) -> list[str]:
    lines: list[str] = []
    for one in found.custody:
        where = f"held by {listing(one.holders)}" if one.holders else "nobody on file holds it"
        if one.destroyed:
            gone = day(one.replica.destroyed_on) if one.replica.destroyed_on else listing(one.certificates)
            where = f"destroyed, {gone}"
        by = f", to be destroyed by {day(one.destroy_by)}" if one.destroy_by and not one.destroyed else ""
        lines += labelled("", f"{one.replica.id}: {where}{by}", indent=3)
    return ["", " Replicas", *lines] if lines else []


def ledger_csv(found: Ledger) -> list[str]:
    return table_csv(LEDGER, map(ledger_row, found.register.entries)).splitlines()


def ledger_json(found: Ledger) -> list[str]:
    """One object: the uses, the custody, and the impact of a withdrawal."""
    uses = [dict(zip(LEDGER, map(cell, ledger_row(e)), strict=True)) for e in found.register.entries]
    held = [
        {
            "replica": one.replica.id,
            "holders": list(one.holders),
            "destroy_by": one.destroy_by.isoformat() if one.destroy_by else None,
            "destroyed": one.destroyed,
        }
        for one in found.custody
    ]
    said = {
        "format": "consent-performer-ledger/1",
        "performer": found.performer,
        "uses": uses,
        "replicas": held,
        "withdrawal": plain(found.withdrawal),
    }
    return [json.dumps(said, ensure_ascii=False)]
