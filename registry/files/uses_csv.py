"""Uses as CSV: one row a use, lists with `;`, an empty cell is unknown. A fault names the cell by row and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from registry.domain.facts import FactDefinition
from registry.domain.use import Use
from registry.errors import Fault
from registry.files.columns import AGES, ANSWERS, KEYS, WORDS, known_columns, target
from registry.files.mappings import BAD
from registry.files.reading import Reading, shown_text
from registry.files.references import KnownIds
from registry.files.sections import look_up
from registry.files.use_reading import read_use
from registry.source import MOST_CHARACTERS, Node, plain_value

OUTCOME = "nothing checked"


def read_uses_csv(
    text: str,
    name: str,
    dictionary: Mapping[str, FactDefinition] | None,
    *,
    known: KnownIds | None = None,
    zones: Mapping[str, str] | None = None,
) -> tuple[Use, ...]:
    """The uses in a table, in its order. Raises FileError, named `name`, with every fault.

    `zones` gives the time zone of a production: a day without a time in the column of `at` is then the beginning of
    that day there. Without it such a day is a fault, as nobody can tell when 48 hours before it was.
    """
    reading = Reading(name, dictionary)
    rows = _rows(reading, text)
    uses: list[Use] = []
    ids: dict[str, int] = {}
    if rows:
        columns = _columns(reading, rows[0][1], dictionary)
        reading.done(OUTCOME)
        for number, cells in rows[1:]:
            use = use_of_row(reading, Row(number, columns, cells), zones or {})
            if use is not None:
                if use.id in ids:
                    reading.fault(None, f"row {number}, column id: {use.id}", f"used before, in row {ids[use.id]}")
                ids.setdefault(use.id, number)
                uses.append(use)
    if known is not None:
        look_up(reading, {}, known)
    reading.done(OUTCOME)
    return tuple(uses)


class Row:
    """A row by target: what each column said, and what the column is called."""

    def __init__(self, number: int, columns: Sequence[tuple[str, str]], cells: Sequence[str]) -> None:
        self.number = number
        self.cells: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self.twice: list[str] = []
        self.extra = [cell for cell in cells[len(columns) :] if cell.strip()]
        for (key, header), cell in zip(columns, cells, strict=False):
            said = cell.strip()
            if not key or not said:
                continue
            if self.cells.get(key, said) != said:
                self.twice.append(header)
            self.cells.setdefault(key, said)
            self.headers.setdefault(key, header)

    @classmethod
    def of(cls, number: int, cells: Mapping[str, str], headers: Mapping[str, str]) -> Row:
        """A row whose columns are known already, by target."""
        return cls(number, [(key, headers.get(key, key)) for key in cells], list(cells.values()))


def _rows(reading: Reading, text: str) -> list[tuple[int, list[str]]]:
    """The rows with something in them, numbered as a spreadsheet numbers them."""
    if len(text) > MOST_CHARACTERS:
        reading.fault(None, "", f"{len(text):,} characters; a file has at most {MOST_CHARACTERS:,}: split it")
        reading.done(OUTCOME)
    body = text.removeprefix("\ufeff")
    first = body.partition("\n")[0]
    if "," not in first and (";" in first or "\t" in first):
        separator = "semicolons" if ";" in first else "tabs"
        reading.fault(1, "", f"columns set apart by {separator}; save the table with commas")
        reading.done(OUTCOME)
    found: list[tuple[int, list[str]]] = []
    table = csv.reader(io.StringIO(body, newline=""), strict=True)
    try:
        for number, cells in enumerate(table, 1):
            if any(cell.strip() for cell in cells):
                found.append((number, cells))
    except csv.Error as error:
        problem = "a cell of more than 131,072 characters" if "limit" in str(error) else f"not CSV: {error}"
        reading.fault(table.line_num, "", problem)
    if not found and not reading.faults:
        reading.fault(None, "", "nothing in it; write the names of the columns first")
    return found


def _columns(
    reading: Reading, headers: Sequence[str], dictionary: Mapping[str, FactDefinition] | None
) -> list[tuple[str, str]]:
    columns: list[tuple[str, str]] = []
    for header in headers:
        key = target(header, dictionary) if header.strip() else ""
        if key is None:
            meant = reading.near(header.strip(), known_columns(dictionary), "column")
            hint = f"did you mean {meant}?" if meant else "columns are named like the keys of a use, or like facts"
            reading.fault(None, f"row 1, column {shown_text(header.strip())}", f"unknown column; {hint}")
        columns.append((key or "", shown_text(header.strip())))
    return columns


def use_of_row(reading: Reading, row: Row, zones: Mapping[str, str]) -> Use | None:
    """The use in a row; None where faults were written down."""
    faults, references = len(reading.faults), len(reading.references)
    for header in row.twice:
        reading.fault(None, f"row {row.number}, column {header}", "says something else than another column of the row")
    for cell in row.extra:
        reading.fault(None, f"row {row.number}: {shown_text(cell)}", "a cell beyond the last column; name its column")
    use = read_use(reading, _node(row, reading.dictionary, zones), "")
    reading.faults[faults:] = [_placed(fault, row) for fault in reading.faults[faults:]]
    reading.references[references:] = [
        reference._replace(line=None, path=_cell(row, reference.path)) for reference in reading.references[references:]
    ]
    return None if use is BAD else use


def _placed(fault: Fault, row: Row) -> Fault:
    if fault.path.startswith("row "):
        return fault
    path, colon, value = fault.path.partition(": ")
    return Fault(None, _cell(row, path) + colon + value, fault.problem)


def _cell(row: Row, path: str) -> str:
    """`.facts.use.on_goods` is a column; so is `.ages`, though the table has two for it."""
    key = path.removeprefix(".facts.").removeprefix(".")
    name = row.headers.get(key) or row.headers.get("age_from" if key == "ages" else key, key)
    return f"row {row.number}, column {name}" if name else f"row {row.number}"


def _node(row: Row, dictionary: Mapping[str, FactDefinition] | None, zones: Mapping[str, str]) -> Node:
    """The row as the mapping a uses file would hold."""
    items: dict[str, Node] = {}
    facts: dict[str, Node] = {}
    for key, said in row.cells.items():
        if key in AGES:
            continue
        if key in KEYS:
            items[key] = _key_node(key, said, row, zones)
        else:
            facts[key] = _fact_node(said, row.number, (dictionary or {}).get(key))
    edges = [row.cells[edge] for edge in AGES if edge in row.cells]
    if edges and "ages" not in items:
        items["ages"] = _list(edges if len(edges) == 2 else edges * 2, row.number)
    if facts:
        items["facts"] = Node(facts, row.number)
    return Node(items, row.number)


def _key_node(key: str, said: str, row: Row, zones: Mapping[str, str]) -> Node:
    shape = KEYS[key]
    words = WORDS.get(key, {})
    if shape.many:
        if said == "any" or (said == "none" and key == "performer"):
            return _scalar(said, row.number)
        if said == "none":
            return Node([], row.number)
        parts = [part.strip() for cell in said.split(";") for part in words.get(cell.strip(), cell).split(";")]
        return _list([part for part in parts if part], row.number)
    if key == "at" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        return _scalar(_beginning(said, zones.get(row.cells.get("production", ""))), row.number)
    return _scalar(words.get(said, said), row.number)


def _beginning(day: str, zone: str | None) -> str:
    """The first moment of a day in a zone; the day as it stands where the zone is not known."""
    try:
        first = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), ZoneInfo(zone)) if zone else None
    except ValueError:
        return day
    return first.isoformat() if first else day


def _fact_node(said: str, line: int, definition: FactDefinition | None) -> Node:
    """A cell of a fact: a list where the fact is one, `y`, `n` and `?` where it is a yes or a no."""
    kind = definition.type if definition else ""
    answer = ANSWERS.get(said.casefold(), said) if kind in ("bool", "") else said
    if kind == "list<string>" and answer != "unsure":
        return _list([part.strip() for part in answer.split(";") if part.strip()], line)
    if not kind and ";" in answer:
        return _list([part.strip() for part in answer.split(";")], line)
    return _scalar(answer, line)


def _scalar(said: str, line: int) -> Node:
    return Node(plain_value(said), line, said)


def _list(parts: Sequence[str], line: int) -> Node:
    return Node([_scalar(part, line) for part in parts], line)
