"""Request lists, cue sheets and shot lists: rows that plan a use of somebody, named as the sheet names them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from registry.domain.facts import FactDefinition
from registry.domain.schedule import Request, SheetKind
from registry.domain.words import Act
from registry.files.columns import SILENT, target
from registry.files.reading import Reading, shown_text
from registry.files.sheets.clock import Clock, TimeError, time_of
from registry.files.sheets.days import DayError, several_days, unnumbered
from registry.files.sheets.grid import Value
from registry.files.sheets.headings import CUES, PEOPLE, plainly
from registry.files.sheets.page import Page
from registry.files.uses_csv import Row, use_of_row

KINDS = (SheetKind.CUE_SHEET, SheetKind.SHOT_LIST, SheetKind.USES)  # the most particular first
_ACTS: Mapping[str, Act] = {
    **{act.value.replace("_", " "): act for act in Act},
    "scan": Act.CREATE_REPLICA, "capture": Act.CREATE_REPLICA, "replica": Act.USE_REPLICA,
    "voice replica": Act.USE_REPLICA, "face replica": Act.USE_REPLICA,
    "digital replica": Act.USE_REPLICA,
    "digital double": Act.USE_REPLICA, "alteration": Act.ALTER_PERFORMANCE, "digital alteration": Act.ALTER_PERFORMANCE,
    "de aging": Act.ALTER_PERFORMANCE, "de ageing": Act.ALTER_PERFORMANCE, "re ageing": Act.ALTER_PERFORMANCE,
    "dubbing": Act.DUB, "training": Act.TRAIN_MODEL, "synthetic": Act.USE_SYNTHETIC,
}  # fmt: skip
_AI = {
    "ai use": "act",
    "replica use": "act",
    "use of replica": "act",
    "ai act": "act",
    "planned use": "act",
    "ai": "act",
}
_IDS = re.compile(r"[\w.\-]+(?:\s*;\s*[\w.\-]+)*|any|none")
_TIME = re.compile(
    r"(?i)(?<![\w:./\-])\d{1,2}(?:[:h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m?\.?)?|(?:\.\d{2})?\s*[ap]\.?m?\.?)(?![\w:])"
)
_NO_ACT = frozenset({"", "-", "–", "—", "none", "no", "n", "n/a", "na"})
# What has to become a record of its own, where somebody stands up for it, and how it is written down.
_RECORDS: Mapping[str, str] = {
    "notified_on": "registry record notice … {use}    told the platform on {value}",
    "approval_ref": "registry record approval {use} …    reference {value}",
    "business_reason": "registry record reason {use} …    {value}",
}


def targets(page: Page, kind: SheetKind, row: int, dictionary: Mapping[str, FactDefinition] | None) -> dict[int, str]:
    """What each column of a row of headings is about: a key of a use, a fact, or who is meant."""
    found: dict[int, str] = {}
    taken: set[str] = set()
    for column in range(len(page.grid.rows[row])):
        text = page.grid.text(row, column)
        if not text:
            continue
        meant = _target(page, kind, text, dictionary)
        if meant and meant not in taken:
            found[column] = meant
            taken.add(meant)
    return found


def _target(page: Page, kind: SheetKind, text: str, dictionary: Mapping[str, FactDefinition] | None) -> str | None:
    plain = plainly(text)
    own = page.columns.headings.get(plain)
    if own is not None:
        return own if own != "ignore" else None
    if plain in _AI:
        return _AI[plain]
    name = "_".join(re.sub(r"\([^()]*\)", "", text).strip().casefold().replace("-", "_").split())
    if name in ("notified_on", "approval_ref", "business_reason"):
        return name
    if name == "performer" or plain == "performer":
        return "performer"
    if plain in PEOPLE:
        return PEOPLE[plain]
    if kind is not SheetKind.USES and plain in CUES:
        return CUES[plain]
    return target(text, dictionary) or target(plain.replace(" ", "_"), dictionary) or None


def heading_row(
    page: Page, kind: SheetKind, dictionary: Mapping[str, FactDefinition] | None
) -> tuple[int, dict[int, str]] | None:
    """The row of headings: an act, and where it belongs."""
    best: tuple[int, dict[int, str]] | None = None
    for row in page.rows[:60]:
        if page.columns.heading_row not in (None, row + 1):
            continue
        found = targets(page, kind, row, dictionary)
        held = set(found.values())
        fits = "act" in held and len(held & _PLACES) >= 1
        if kind is SheetKind.CUE_SHEET:
            fits = fits and any(plainly(page.grid.text(row, c)).startswith(("cue", "line", "loop")) for c in found)
        if kind is SheetKind.SHOT_LIST:
            fits = fits and "shot" in held and "id" not in held
        if fits and (best is None or len(found) > len(best[1])):
            best = (row, found)
    return best


_PLACES = frozenset({"id", "production", "scenes", "purpose", "performer", "number", "name", "character", "shot", "at"})


def read_requests(
    page: Page,
    kind: SheetKind,
    heading: int,
    found: Mapping[int, str],
    dictionary: Mapping[str, FactDefinition] | None,
    episode: str | None,
) -> tuple[Request, ...]:
    """A request for each row that plans a use. Rows that plan none are counted and said."""
    _unread(page, heading, found)
    at = [column for column, meant in found.items() if meant == "at"]
    rows = [r for r in range(heading + 1, len(page.grid.rows)) if any(cell != "" for cell in page.grid.rows[r])]
    page.calendar(page.grid.value(row, column) for row in rows for column in at)
    reader = _Requests(page, kind, found, dictionary, episode)
    requests = [request for row in rows if (request := reader.request(heading, row)) is not None]
    if reader.without:
        page.say(f"{reader.without} row{'s plan' if reader.without > 1 else ' plans'} no use and "
                 f"{'were' if reader.without > 1 else 'was'} left out.")  # fmt: skip
    if not requests and not page.faulty:
        page.file_fault("plans no use below its headings; fill in the column of the act")
    return tuple(requests)


def _unread(page: Page, heading: int, found: Mapping[int, str]) -> None:
    names = []
    for column in range(len(page.grid.rows[heading])):
        text = page.grid.text(heading, column)
        name = "_".join(re.sub(r"\([^()]*\)", "", text).strip().casefold().split())
        if text and column not in found and page.columns.headings.get(plainly(text)) != "ignore" and name not in SILENT:
            names.append(shown_text(text))
    if names:
        page.say(
            f"Not read: column{'s' if len(names) > 1 else ''} {', '.join(names)}; a mapping file can name what it is."
        )


class _Requests:
    """One row after the other."""

    def __init__(
        self,
        page: Page,
        kind: SheetKind,
        found: Mapping[int, str],
        dictionary: Mapping[str, FactDefinition] | None,
        episode: str | None,
    ) -> None:
        self._page = page
        self._kind = kind
        self._found = found
        self._dictionary = dictionary
        self._episode = episode
        self._ids: dict[str, int] = {}
        self.without = 0

    def request(self, heading: int, row: int) -> Request | None:
        page = self._page
        said_here = {meant: page.text(row, column) for column, meant in self._found.items()}
        headers = {meant: page.grid.text(heading, column) for column, meant in self._found.items()}
        if all(said_here.get(meant, "") == headers[meant] for meant in headers):
            return None  # the headings once more
        act = self._act(row, said_here.pop("act", ""))
        if act is None:
            return None
        who = {field: said_here.pop(field, "") or None for field in ("number", "name", "character")}
        later = {field: text for field in _RECORDS if (text := said_here.pop(field, ""))}
        cells = {meant: text for meant, text in said_here.items() if text and meant}
        cells["act"] = act.value
        self._settle(row, cells, who)
        if (person := cells.get("performer")) and not _IDS.fullmatch(person):
            who["name"] = who["name"] or cells.pop("performer")
        reading = Reading(page.file, self._dictionary)
        zone = page.production.timezone
        use = use_of_row(reading, Row.of(row + 1, cells, headers), {page.production.id: zone} if zone else {})
        for fault in reading.faults:
            page.row_fault(row, f"{fault.path.partition(', column ')[2] or fault.path}: {fault.problem}")
        if use is None:
            return None
        if use.id in self._ids:
            page.row_fault(row, f"{use.id} was used before, in row {self._ids[use.id]}; give it another use_id")
        self._ids.setdefault(use.id, row + 1)
        for field, text in later.items():
            page.say(f"{use.id}: {field} is no part of a use; "
                     f"{_RECORDS[field].format(use=use.id, value=shown_text(text))}")  # fmt: skip
        return Request(use=use, row=row + 1, sheet=page.grid.sheet, **who)

    def _act(self, row: int, written: str) -> Act | None:
        plain = re.sub(r"[\W_]+", " ", written).strip().casefold()
        if written.casefold() in _NO_ACT:
            if self._kind is SheetKind.USES:
                self._page.row_fault(row, f"no act; write one of {', '.join(Act)}")
            self.without += 1
            return None
        if plain not in _ACTS:
            self._page.row_fault(row, f"act {shown_text(written)} is not known; write one of {', '.join(Act)}")
            return None
        return _ACTS[plain]

    def _settle(self, row: int, cells: dict[str, str], who: Mapping[str, str | None]) -> None:
        """What the production, the day and the name of a row come to."""
        page = self._page
        production = page.production
        written = cells.get("production", production.id)
        if written.casefold() not in (production.id.casefold(), production.title.casefold()):
            page.row_fault(row, f"{shown_text(written)} is another production than {production.id}; leave the row out")
        cells["production"] = production.id
        if self._episode and "episode" not in cells:
            cells["episode"] = self._episode
        for column, meant in self._found.items():
            if meant == "at" and cells.get("at"):
                self._day(row, column, cells)
        if "scenes" in cells:
            cells["scenes"] = ";".join(part.strip() for part in re.split(r"[,;&]", cells["scenes"]) if part.strip())
        if "id" not in cells:
            cells["id"] = _made_id(production.id, self._kind, row, cells, who)

    def _day(self, row: int, column: int, cells: dict[str, str]) -> None:
        value = self._page.take(row, column)
        if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}T", value.strip()):
            return
        if isinstance(value, str) and several_days(_TIME.sub(" ", unnumbered(value))):
            self._page.fault(row, column, "several days; write a row for each of them, each with a use_id of its own")
            cells.pop("at")
            return
        try:
            day = self._page.calendar(()).day(value)
        except DayError as error:
            self._page.fault(row, column, str(error))
            cells.pop("at")
            return
        if day is None:
            self._page.fault(row, column, "not a day; write it as 2026-10-02")
            cells.pop("at")
            return
        cells["at"] = self._with_time(row, column, value, day) or day.isoformat()

    def _with_time(self, row: int, column: int, value: Value, day: dt.date) -> str | None:
        """The moment, where a time stands beside the day; None where none does, or it cannot be told."""
        page, zone = self._page, self._page.production.timezone
        written = value.time() if isinstance(value, dt.datetime) else _beside(value)
        if written is None or written == dt.time():
            return None
        if zone is None:
            page.fault(row, column, f"{page.production.id} has no time zone; write `timezone:` for it, or the moment "
                       f"with its offset: {day.isoformat()}T17:00:00-07:00")  # fmt: skip
            return None
        try:
            time = time_of(written)
        except TimeError as error:
            page.fault(row, column, str(error))
            return None
        if time is None or time == dt.time():
            return None
        where = page.grid.at(row, column)
        return Clock(day, ZoneInfo(zone)).moments([(where, value, time, False)], page.say)[0].isoformat()


def _beside(value: Value) -> str | None:
    """What reads as a time of day beside a day: `17:00`, `6:42 AM`, `6p`."""
    found = _TIME.search(unnumbered(value)) if isinstance(value, str) else None
    return found[0].strip() if found else None


def _made_id(
    production: str, kind: SheetKind, row: int, cells: Mapping[str, str], who: Mapping[str, str | None]
) -> str:
    """An id from what the row says, the same each time it is read: scene, shot, person, act."""
    parts: Sequence[str] = [
        cells.get("episode", ""),
        cells.get("scenes", ""),
        cells.get("shot", ""),
        who.get("number") or cells.get("performer") or who.get("name") or who.get("character") or "",
        cells["act"],
    ]
    said_parts = [re.sub(r"[^\w.]+", "-", part).strip("-") for part in parts]
    return f"{production[:16]}-{'-'.join(part for part in said_parts if part)}"[:64].rstrip("-.").lower()
