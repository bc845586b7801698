"""Shooting schedules and one-liners: a strip a row, under a banner for each day or with the day in a column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from registry.domain.schedule import SceneDay, SheetKind, ShootDay
from registry.domain.values import dataclass
from registry.files.reading import shown_text
from registry.files.sheets.clock import Clock, TimeError, time_of
from registry.files.sheets.days import DayError
from registry.files.sheets.grid import said
from registry.files.sheets.marks import MarkError, cast_numbers
from registry.files.sheets.page import Page, first

_BANNER = re.compile(
    r"(?P<end>\bend\s+(?:of\s+)?)?(?<![a-z])(?:shoot(?:ing)?\s*)?day\s*(?:no\.?|#|number)?\s*(?P<number>\d{1,3}[a-z]?)\b"
    r"(?:\s*(?:of|/)\s*(?P<of>\d{1,3}))?",
    re.IGNORECASE,
)
_SCENE = re.compile(r"(?i)^(?:sc(?:ene|n)?s?\.?\s*#?\s*)?(?P<scene>.+?)\s*$")
_PART = re.compile(r"(?i)^(?P<scene>\d+[a-z]{0,2})\s*(?:pt\.?\s*\d*|part\s*\d*)$")
# `4 2/8 pgs` in a banner is no day of August.
_PAGES = re.compile(
    r"(?i)(?:total\s+)?pages?\s*:?\s*(?:\d+\s+)?\d/8|(?:\d+\s+)?\d/8\s*(?:total\s+)?(?:pgs?\b|pages?\b)|\b\d+\s+[1-7]/8"
)
_DAY_OFF = re.compile(
    r"(?i)\bday off\b|\bdays off\b|\bcompany off\b|\boff\W*$|holiday|no shoot|\bdark\b|weekend|hiatus"
)
_CREW = re.compile(r"(?i)\bcrew\s*call\W*(?P<time>\d{1,2}(?:[:.]?\d{2})?\s*(?:[ap]\.?m?\b\.?)?)")
_TOTAL = re.compile(r"(?i)^\s*(?:grand |sub)?totals?\b|total pages|page total")
_LIKE_SCENE = re.compile(r"(?i)^(?:sc\.?\s*)?[a-z]{0,3}-?\d{1,4}(?:[.\-]\d+)?[a-z]{0,3}(?:\s*pt\.?\d*)?$")


@dataclass(frozen=True, slots=True)
class Strip:
    """A scene as its row says it; the day may only be known further down."""

    row: int
    scene: SceneDay
    on: dt.date | None
    day: str | None
    episode: str | None


def with_episode(strip: Strip) -> Strip:
    """The same with its episode before the number of its scene, as a block of several episodes writes it: `103-12`."""
    number = strip.scene.scene
    if not strip.episode or re.match(rf"{re.escape(strip.episode)}\s*[-–/]", number):
        return strip
    return replace(strip, scene=replace(strip.scene, scene=f"{strip.episode}-{number}"))


def heading_row(page: Page) -> tuple[int, dict[str, list[int]]] | None:
    """The row of headings: a scene, and what it needs."""
    best: tuple[int, int, dict[str, list[int]]] | None = None
    for row in page.rows[:60]:
        if page.columns.heading_row not in (None, row + 1):
            continue
        found = page.headings(SheetKind.SHOOTING_SCHEDULE, row)
        wanted = {"cast", "set", "pages", "day_night", "int_ext"} & found.keys()
        if "scene" in found and wanted and (best is None or len(found) > best[0]):
            best = (len(found), row, found)
    return (best[1], best[2]) if best else None


def read_strips(
    page: Page, heading: int, found: Mapping[str, Sequence[int]], *, last: int | None = None, on: dt.date | None = None
) -> tuple[list[ShootDay], list[Strip]]:
    """The days and strips below a row of headings, up to `last`. `on` is the day of a call sheet."""
    day_column = first(found, "date")
    rows = range(heading + 1, len(page.grid.rows) if last is None else last)
    cells = [page.grid.value(row, day_column) for row in rows] if day_column is not None else []
    page.calendar([*cells, *(_PAGES.sub(" ", page.grid.line(row)) for row in rows if len(page.anchors(row)) <= 4)])
    reader = _Strips(page, found, on)
    for row in rows:
        if any(cell != "" for cell in page.grid.rows[row]):
            reader.row(row, heading)
    reader.finish()
    return reader.days(), reader.strips


class _Strips:
    """The strips so far, and the day they stand under."""

    def __init__(self, page: Page, found: Mapping[str, Sequence[int]], on: dt.date | None) -> None:
        self._page = page
        self._found = found
        self._on = on
        self._fixed = on
        self._day: str | None = None
        self._days: dict[dt.date, ShootDay] = {}
        self._open: list[Strip] = []  # strips whose day is told by the banner below them
        self.strips: list[Strip] = []

    def row(self, row: int, heading: int) -> None:
        page = self._page
        again = page.headings(SheetKind.SHOOTING_SCHEDULE, row) if row > heading + 1 else {}
        if "scene" in again and len(again) >= min(3, len(self._found)) and _same(page, heading, row):
            return
        anchors = page.anchors(row)
        column = first(self._found, "scene")
        scene = page.grid.value(row, column) if column is not None else ""
        text = said(scene)
        line = page.grid.line(row)
        alone = len(anchors) <= 1 and not _LIKE_SCENE.match(text)
        banner = _BANNER.search(line)
        if banner is None and _TOTAL.search(line) and not _LIKE_SCENE.match(text):
            return
        if alone or not text or (banner and len(anchors) <= 4 and not _LIKE_SCENE.match(text)):
            self._banner(row, page.line(row), banner)
        else:
            self._strip(row)

    def _banner(self, row: int, line: str, banner: re.Match[str] | None) -> None:
        page = self._page
        column = first(self._found, "cast")
        cast = column is not None and (row, column) not in page.grid.filled and page.text(row, column)
        if banner is None and cast and not self._only_day(row):
            page.row_fault(row, "names cast but no scene; write its scene number")
            return
        on = None
        if banner is None and _DAY_OFF.search(line):
            page.say(f"Row {row + 1} is no day of shooting and was left out: {shown_text(line)}.")
            return
        try:
            on = page.calendar(()).day(_PAGES.sub(" ", line))
        except DayError as error:
            page.row_fault(row, f"{shown_text(line)}: {error}")
            self._open.clear()
            return
        if banner is None and on is None:
            if self._only_day(row):
                self._dated(row)
            elif line:
                page.say(f"Row {row + 1} is no scene and was left out: {shown_text(line)}.")
            return
        number = banner["number"].upper() if banner else None
        of = int(banner["of"]) if banner and banner["of"] else None
        if on is None and number is not None and not (banner and banner["end"]):
            self._on = self._fixed
        if banner and banner["end"]:
            self._ends(row, on, number)
        else:
            self._close()
            self._on, self._day = on or self._on, number
        if on is not None:
            self._day_is(on, number, of)
            self._crew(row, line, on)
        if banner and banner["end"]:
            self._on, self._day = self._fixed, None

    def _crew(self, row: int, line: str, on: dt.date) -> None:
        """The crew call, where the banner of the day says it and the production has a zone."""
        page = self._page
        match, zone = _CREW.search(line), page.production.timezone
        if match is None or zone is None or self._days[on].crew_call is not None:
            return
        try:
            time = time_of(match["time"].strip())
        except TimeError:
            time = None
        if time is None:
            page.say(f"Row {row + 1}: the crew call {shown_text(match['time'].strip())} is no time and was left out.")
        else:
            cell = (f"row {row + 1}", match["time"], time, False)
            moment = Clock(on, ZoneInfo(zone)).moments([cell], page.say)[0]
            self._days[on] = replace(self._days[on], crew_call=moment)

    def _ends(self, row: int, on: dt.date | None, number: str | None) -> None:
        """A day ends: the strips above it are its own."""
        if on is None and self._open:
            known = next((day.on for day in self._days.values() if day.number == number and number), None)
            on = known or self._on
        if on is None and self._open:
            self._page.row_fault(row, "ends a day without saying which date it is; write the date into the banner")
            self._open.clear()
            return
        self.strips += [replace(strip, on=strip.on or on, day=strip.day or number) for strip in self._open]
        self._open.clear()

    def _only_day(self, row: int) -> bool:
        """Whether a row holds a day and its number and nothing else."""
        columns = {c for field in ("day", "date") for c in self._found.get(field, ())}
        return bool(columns) and all(c in columns for c in self._page.anchors(row))

    def _dated(self, row: int) -> None:
        page = self._page
        column = first(self._found, "date")
        on = page.day(row, column) if column is not None else None
        number = page.text(row, first(self._found, "day")) or None
        if on is not None:
            self._close()
            self._on, self._day = on, number
            self._day_is(on, number, None)

    def _strip(self, row: int) -> None:
        page, found = self._page, self._found
        column, number = first(found, "date"), first(found, "day")
        on = page.day(row, column) if column is not None else None
        day = page.text(row, number) or None
        if on is None and number is not None and day and column is None:
            on, day = self._day_column(row, number, day)
        if day and (told := _BANNER.search(day)):
            day = told["number"].upper()
        if on is not None:
            self._on, self._day = on, day
            self._day_is(on, day, None)
            self._place(row, on)
        base = SceneDay(
            on=on or self._on or dt.date.min,
            scene="",
            set=self._set(row),
            day_night=page.text(row, first(found, "day_night")) or None,
            pages=re.sub(r"(?i)\s*(?:pgs?|pages?)\.?$", "", page.text(row, first(found, "pages"))) or None,
            cast=self._cast(row),
        )
        episode = page.text(row, first(found, "episode")) or None
        for scene in self._scenes(row):
            strip = Strip(row, replace(base, scene=scene), on or self._on, day or self._day, episode)
            (self.strips if strip.on else self._open).append(strip)

    def _day_column(self, row: int, column: int, day: str) -> tuple[dt.date | None, str | None]:
        """A column `Day` that holds dates, or numbers of shoot days."""
        if isinstance(self._page.grid.value(row, column), dt.date) or not re.fullmatch(r"\d{1,3}[A-Za-z]?", day):
            told = _BANNER.search(day)
            return self._page.day(row, column), told["number"].upper() if told else None
        known = next((one.on for one in self._days.values() if one.number == day), None)
        return known, day

    def _scenes(self, row: int) -> list[str]:
        page, column = self._page, first(self._found, "scene")
        if column is None:
            return []
        value = page.take(row, column)
        if isinstance(value, dt.date | dt.time | dt.timedelta):
            page.fault(
                row, column, "a spreadsheet made a day of it; format the column as text and type the scene again"
            )
            return []
        found = []
        for part in re.split(r"\s*(?:,|;|&|\+|\band\b|\n)\s*", str(value) if isinstance(value, str) else said(value)):
            match = _SCENE.match(" ".join(part.split()))
            scene = match["scene"] if match else ""
            if not scene:
                continue
            if whole := _PART.match(scene):
                page.say(f"{page.grid.at(row, column)}: {shown_text(scene)} is part of scene {whole['scene']} "
                         "and stands under it.")  # fmt: skip
                scene = whole["scene"]
            if len(scene) > 64:
                page.fault(row, column, "longer than a scene number is; shorten it")
            found.append(scene)
        return list(dict.fromkeys(found))

    def _set(self, row: int) -> str | None:
        page = self._page
        parts = (page.text(row, first(self._found, field)) for field in ("int_ext", "set"))
        return " ".join(part for part in parts if part) or None

    def _cast(self, row: int) -> tuple[str, ...]:
        page, column = self._page, first(self._found, "cast")
        if column is None:
            return ()
        value = page.take(row, column)
        text = said(value)
        if text and not any(letter.isdigit() for letter in text):
            names = [part.strip() for part in re.split(r"[,;/]|\s{2,}", text) if part.strip(" -–—.")]
            if any(len(part) > 3 for part in names):
                page.say("The cast of some scenes are written by name; cast numbers join more surely.")
            return tuple(dict.fromkeys(names))
        try:
            numbers, aside = cast_numbers(value)
        except MarkError as error:
            page.fault(row, column, str(error))
            return ()
        if aside:
            page.say(f"{page.grid.at(row, column)}: ({', '.join(shown_text(one) for one in aside)}) was left aside.")
        return numbers

    def _place(self, row: int, on: dt.date) -> None:
        place = self._page.text(row, first(self._found, "place"))
        if place and self._days[on].place is None:
            self._days[on] = replace(self._days[on], place=place)

    def _day_is(self, on: dt.date, number: str | None, of: int | None) -> None:
        before = self._days.get(on)
        if before is None:
            self._days[on] = ShootDay(on=on, number=number, of=of)
        elif before.number is None and number is not None:
            self._days[on] = replace(before, number=number, of=of)

    def _close(self) -> None:
        """A new day begins: strips above it without a day had none."""
        for strip in self._open:
            self._page.row_fault(strip.row, f"scene {strip.scene.scene} stands under no day; write the date beside it")
        self._open.clear()

    def finish(self) -> None:
        self._close()

    def days(self) -> list[ShootDay]:
        return sorted(self._days.values(), key=lambda day: day.on)


def _same(page: Page, heading: int, row: int) -> bool:
    """Whether a row says the headings once more, as every printed page does."""
    above, here = page.grid.rows[heading], page.grid.rows[row]
    return sum(a != "" and said(a) == said(b) for a, b in zip(above, here, strict=False)) >= 2
