"""One pack file into a pack, with every fault of the file at once (FORMATS.md §3)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from registry.domain.facts import FactDefinition
from registry.domain.values import dataclass
from registry.errors import Fault, FileError
from registry.rules.clauses import Lines, Standing, read_day_fact, read_form_rule, read_rule
from registry.rules.entry import Entry, Sheet
from registry.rules.pack import FormRule, Pack, PackGate, Reviewed, Rule, Span
from registry.rules.tables import read_tables
from registry.source import Node, read

FORMAT = "consent-rules/1"
OUTCOME = "not loaded"
MOST_CHARACTERS = 1_000_000
KEYS = (
    "format", "pack", "title", "gate", "in_force", "judged_on", "applies", "carries", "source", "reviewed", "then",
    "currency", "parameters", "rules", "validity",
)  # fmt: skip

Clause = TypeVar("Clause", Rule, FormRule)


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack as its own file says, before older packs are carried into it. `lines` has its own clauses by id."""

    pack: Pack
    lines: Mapping[str, Lines]


def read_pack(text: str, name: str, dictionary: Mapping[str, FactDefinition], *, private: bool = False) -> Draft:
    """The pack in `text`. Raises FileError, named `name`, with every fault found."""
    if len(text) > MOST_CHARACTERS:
        problem = f"{len(text):,} characters; a pack has at most {MOST_CHARACTERS:,}: one instrument, one file"
        raise FileError(name, [Fault(None, "", problem)], OUTCOME)
    try:
        node = read(text, name, outcome=OUTCOME)
    except FileError as error:
        raise FileError(name, [_hinted(fault, text) for fault in error.faults], OUTCOME) from None
    sheet = Sheet(dictionary)
    draft = _draft(node, text, name, sheet, private)
    if sheet.faults:
        raise FileError(name, sorted(sheet.faults, key=lambda fault: fault.line or 0), OUTCOME)
    return draft


def _draft(node: Node, text: str, name: str, sheet: Sheet, private: bool) -> Draft:
    entry = Entry(node, "", sheet, KEYS)
    if entry.required_text("format") not in ("", FORMAT):
        entry.wrong("format", f"{entry.text('format')!r} is not a rule pack; this version reads {FORMAT}")
    sheet = Sheet(sheet.dictionary, sheet.faults, _currency(entry))
    entry.sheet = sheet
    gate = entry.word("gate", PackGate, PackGate.HOUSE)
    entry.needs("in_force")
    entry.needs("judged_on")
    standing = Standing(read_day_fact(entry, ""), entry.span("in_force") or Span(), gate is PackGate.HOUSE or private)
    lines: dict[str, Lines] = {}
    rules = _clauses(entry, "rules", read_rule, standing, lines)
    validity = _clauses(entry, "validity", read_form_rule, standing, lines)
    if not rules and not validity and not entry.has("carries"):
        entry.wrong("rules", "has no rules; write at least one")
    pack = Pack(
        id=entry.id("pack"),
        title=entry.required_text("title"),
        gate=gate,
        in_force=standing.in_force,
        judged_on=standing.judged_on,
        applies=entry.condition("applies"),
        source=entry.required_text("source"),
        reviewed=_reviewed(entry),
        rules=rules,
        validity=validity,
        parameters=read_tables(entry.get("parameters"), sheet),
        carries=entry.reference("carries"),
        then=entry.reference("then"),
        currency=sheet.currency,
        private=private,
        digest="sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        file=name,
    )
    return Draft(pack, lines)


def _clauses(
    entry: Entry,
    key: str,
    reader: Callable[[Node, str, Sheet, Standing], tuple[Clause, Lines]],
    standing: Standing,
    lines: dict[str, Lines],
) -> tuple[Clause, ...]:
    found: list[Clause] = []
    for number, item in entry.items(key):
        clause, where = reader(item, f"{key}[{number}]", entry.sheet, standing)
        if clause.id in lines:
            entry.sheet.fault(
                item,
                f"{key}[{number}].id",
                f"{clause.id} stands in this file twice, first on line {lines[clause.id].line}",
            )
        elif clause.id:
            lines[clause.id] = where
        found.append(clause)
    return tuple(found)


def _currency(entry: Entry) -> str:
    currency = entry.text("currency", "USD")
    if not re.fullmatch(r"[A-Z]{3}", currency):
        entry.wrong("currency", f"{currency!r} is not a currency; write three capitals, as USD")
        return "USD"
    return currency


def _reviewed(entry: Entry) -> Reviewed:
    inner = entry.entry("reviewed", "on", "expires")
    if inner is None:
        entry.needs("reviewed")
        return Reviewed(on=dt.date.min, expires=dt.date.min)
    reviewed = Reviewed(on=inner.required_date("on"), expires=inner.required_date("expires"))
    if reviewed.expires < reviewed.on:
        inner.wrong("expires", f"{reviewed.expires} is before {reviewed.on}")
    return reviewed


def _hinted(fault: Fault, text: str) -> Fault:
    """A fault of the YAML itself, where a condition written without quotes may be the cause."""
    rows = text.splitlines()
    row = rows[fault.line - 1] if fault.line and fault.line <= len(rows) else ""
    start = re.search(r"(?:^|[\s{,-])([a-z_]+): +([!\"'\[{&*]).*", row)
    if "brackets" in fault.problem and re.search(r"\{.*\[", row):
        return Fault(
            fault.line, fault.path, "inside { } a condition with [ ] in it is quoted; or write it on lines of its own"
        )
    if not start or (start[2] in "\"'" and row.rstrip().endswith(start[2])):
        return fault
    if start[2] == "!":
        return Fault(fault.line, fault.path, f"a condition that starts with ! is quoted: {start[1]}: '!…'")
    if start[2] in "\"'":
        return Fault(
            fault.line,
            fault.path,
            f"a condition that starts with a quotation mark is quoted whole: {start[1]}: '\"…\" == …'",
        )
    return fault
