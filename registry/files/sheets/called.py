"""The people of a call sheet: who is called when, and the background that is only counted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from registry.domain.schedule import Call, SheetKind
from registry.files.reading import shown_text
from registry.files.sheets.clock import Clock, TimeError, time_of
from registry.files.sheets.grid import Value
from registry.files.sheets.marks import cast_number, day_code, is_known, is_minder
from registry.files.sheets.page import Page, first

TIMES = ("pickup", "makeup", "rehearsal", "on_set", "wrap")  # in the order in which a day passes
_BACKGROUND = re.compile(r"(?i)\b(?:background|atmosphere|stand-?ins?|extras|supporting artists?|bg|crowd)\b")
_CROWD = re.compile(r"^\s*(?P<count>\d{1,4})\s*(?:x\s*)?(?P<who>[A-Za-z].*)$")
_LIKE_NUMBER = re.compile(r"^[A-Za-z]{0,2}\d{1,4}[A-Za-z]{0,3}$")
_COUNTED = re.compile(
    r"(?i)\b(?:sa|bg|nd|gb|omni|general|atmosphere|background|extras?|stand-?ins?|people|persons|crowd|men|women|kids|"
    r"[a-z]{3,}(?:ers|ians|ists|ants|guests|cops|cars))\b"
)
_SECTION = re.compile(
    r"(?i)^(?:cast|principals?|day players?|stunts?|stunt performers|stand-?ins?|doubles|photo doubles|minors|"
    r"background|atmosphere|guest cast|recurring|talent|performers|second unit|additional cast)\b.{0,20}$"
)
_COUNTS = re.compile(r"(?i)^(?:qty|quantity|count|total|no|nos|number|how many|head ?count|#)[.:#]?$")
_OTHER_BLOCK = re.compile(
    r"(?i)^(?:special instructions|notes|crew|department|props|transport|advance|camera|grip|electric|general notes|"
    r"catering|locations?|vehicles|advance schedule)\b"
)
ADVANCE = re.compile(r"(?i)\badvanced?\b|tomorrow|next (?:shoot )?day|look ?ahead")


class Block(NamedTuple):
    """Where the cast block begins: its row of headings, and which column is what."""

    row: int
    found: Mapping[str, Sequence[int]]


class Calls:
    """The people of a call sheet, row by row."""

    def __init__(self, page: Page, clock: Clock) -> None:
        self._page = page
        self._clock = clock
        self._calls: list[Call] = []
        self._unknown: dict[str, None] = {}
        self._crowd = False
        self._sure = True  # the rows are the cast's: no banner of something else stands above them

    def read(self, block: Block) -> tuple[Call, ...]:
        page, found = self._page, block.found
        page.unread(block.row, found, kept=("remarks",), every=TIMES)
        self._twice(block)
        row = block.row + 1
        blank = 0
        while row < len(page.grid.rows):
            if not any(cell != "" for cell in page.grid.rows[row]):
                blank += 1
            else:
                again = page.headings(SheetKind.CALL_SHEET, row)
                if self._is_heading(again):
                    found = again
                elif not self._row(row, found, blank):
                    break
                blank = 0
            row += 1
        self._rest(row)
        if self._unknown:
            codes = ", ".join(shown_text(code) for code in self._unknown)
            page.say(f"Unknown day codes, kept as written: {codes}.")
        return tuple(self._calls)

    def _is_heading(self, found: Mapping[str, Sequence[int]]) -> bool:
        """A further row of headings: the next page, or the block of stunts or stand-ins."""
        return len(found) >= 3 and bool({"name", "character"} & found.keys()) and any(t in found for t in TIMES)

    def _twice(self, block: Block) -> None:
        for field, columns in block.found.items():
            if len(columns) > 1 and field in ("number", "name", "character", "wrap"):
                named = ", ".join(self._page.grid.at(block.row, c) for c in columns)
                self._page.say(f"Several columns say {field}: {named}; the first is read.")

    def _row(self, row: int, found: Mapping[str, Sequence[int]], blank: int) -> bool:
        """One row; whether the block goes on."""
        page = self._page
        anchors = page.anchors(row)
        line = page.grid.line(row)
        if _OTHER_BLOCK.match(line) and len(anchors) <= 2:
            return False
        name, character = (page.text(row, first(found, field)) for field in ("name", "character"))
        number_column = first(found, "number")
        number = cast_number(page.take(row, number_column)) if number_column is not None else None
        if len(anchors) == 1 and not (number and _LIKE_NUMBER.match(number)):
            if _BACKGROUND.search(line) or (blank and _CROWD.match(line)):
                self._crowd = True
                return self._line(row, line)
            if self._crowd:
                return self._line(row, line)
            if anchors[0] in {column for field in TIMES for column in found.get(field, ())}:
                self._unnamed(row, found)
                return True
            if not self._alone(row, found, anchors[0], line):
                self._sure = bool(_SECTION.match(line)) or (self._sure and not blank)
                return True
        if self._other_table(row):
            return False
        if self._heads_a_crowd(row):
            self._crowd = True
            return True
        if self._crowd and self._nameless(number, name or character):
            self._crowd_row(row)
            return True
        if self._left_out(row, number, name or character):
            return True
        times = self._times(row, found)
        if not (number or name or character):
            self._unnamed(row, found)
            return True
        self._add(row, found, number, name or None, character or None, times)
        return True

    def _left_out(self, row: int, number: str | None, name: str) -> bool:
        """Whether a row is nobody of the cast: under a banner of something else, or somebody who minds a child."""
        page = self._page
        if not self._sure and not (number and _LIKE_NUMBER.match(number)):
            page.say(f"Row {row + 1} is no line of the cast and was left out: {shown_text(page.grid.line(row))}.")
            return True
        if not number and is_minder(name):
            page.say(f"Row {row + 1} is nobody of the cast and was left out: {shown_text(name)}.")
            return True
        return False

    def _unnamed(self, row: int, found: Mapping[str, Sequence[int]]) -> None:
        """A row without anybody in it: a fault where it calls somebody."""
        if self._times(row, found):
            self._page.row_fault(row, "has times but neither a number nor a name; write who is called")

    def _heads_a_crowd(self, row: int) -> bool:
        """A row of headings over people who are counted: `QTY | BACKGROUND / STAND-INS | CALL`."""
        texts = [self._page.text(row, column) for column in self._page.anchors(row)]
        counts = any(_COUNTS.match(text) for text in texts)
        return counts and any(_BACKGROUND.search(text) for text in texts) and not re.search(r"\d", "".join(texts))

    def _nameless(self, number: str | None, name: str) -> bool:
        """Whether a row below the banner of the background counts people instead of naming somebody."""
        counted = number is not None and bool(re.match(r"\d{1,4}(?:\s|$)", number))
        person = re.fullmatch(r"[A-Z][\w.'’\-]*(?:\s+[A-Z][\w.'’\-]*)+", name) and not _COUNTED.search(name)
        return counted and not person

    def _alone(self, row: int, found: Mapping[str, Sequence[int]], column: int, line: str) -> bool:
        """Whether the only cell of a row is somebody's name and not a banner: nobody is dropped for having no time."""
        merged = (row, column + 1) in self._page.grid.filled
        return column == first(found, "name") and not merged and not _SECTION.match(line)

    def _add(self, row: int, found: Mapping[str, Sequence[int]], number: str | None, name: str | None,
             character: str | None, times: list[tuple[str, dt.datetime]]) -> None:  # fmt: skip
        page = self._page
        code_column = first(found, "code")
        code = day_code(page.take(row, code_column)) if code_column is not None else None
        code = page.columns.codes.get(code, code) if code else None
        if code and not is_known(code):
            self._unknown.setdefault(code)
        remarks = page.text(row, first(found, "remarks")) or None
        name_column = first(found, "name")
        before = self._calls[-1] if self._calls else None
        same = before is not None and (before.number, before.name) == (number, name)
        if same and before is not None and name_column is not None and (row, name_column) in page.grid.filled:
            parts = [part for part in (before.remarks, remarks) if part]
            remarks = " · ".join(dict.fromkeys(parts)) or None
            self._calls[-1] = replace(before, remarks=remarks)
            return
        who = next((text for text in (name, character) if text and _CROWD.match(text)), None)
        if who and not number:
            page.say(f"Row {row + 1}: {shown_text(who)}, without names; kept as written.")
        calls = [moment for field, moment in times if field != "wrap"]
        ends = [moment for field, moment in times if field == "wrap"]
        self._calls.append(
            Call(
                on=self._clock.on,
                number=number,
                name=name,
                character=character,
                code=code,
                called_at=min(calls, default=None),
                released_at=max(ends, default=None),
                remarks=remarks,
            )
        )

    def _times(self, row: int, found: Mapping[str, Sequence[int]]) -> list[tuple[str, dt.datetime]]:
        page = self._page
        read: list[tuple[str, tuple[str, Value, dt.time, bool]]] = []
        for field in TIMES:
            for column in found.get(field, ()):
                value = page.take(row, column)
                try:
                    time = time_of(value) if value != "" else None
                except TimeError as error:
                    page.fault(row, column, str(error))
                    continue
                if time is not None:
                    read.append((field, (page.grid.at(row, column), value, time, field == "wrap")))
        moments = self._clock.moments([one for _, one in read], page.say)
        return [(field, moment) for (field, _), moment in zip(read, moments, strict=True)]

    def _other_table(self, row: int) -> bool:
        """A row of headings of something else: scenes, crew, props."""
        page = self._page
        scenes = page.headings(SheetKind.SHOOTING_SCHEDULE, row)
        return "scene" in scenes and len(scenes) >= 3

    def _line(self, row: int, line: str) -> bool:
        """`24 SA pedestrians 6:00A` in one cell: kept whole, as nobody in it has a name."""
        match = _CROWD.match(line)
        if match is None:
            return True
        try:
            time = time_of(re.sub(r"^\s*\d+", "", line))
        except TimeError:
            time = None
        cell = self._page.grid.at(row, self._page.anchors(row)[0])
        moments = self._clock.moments([(cell, line, time, False)], self._page.say) if time else []
        self._page.say(f"Row {row + 1}: {shown_text(line)}, without names; kept as written.")
        self._calls.append(
            Call(on=self._clock.on, character=line, called_at=min(moments, default=None), remarks="background")
        )
        return True

    def _rest(self, row: int) -> None:
        """Background below the cast, in a table of its own or in lines."""
        page = self._page
        inside = False
        for r in range(row, len(page.grid.rows)):
            if not any(cell != "" for cell in page.grid.rows[r]):
                continue
            line = page.grid.line(r)
            if _BACKGROUND.search(line) and not _CROWD.match(line):
                inside = True
            elif inside and (_OTHER_BLOCK.match(line) or self._other_table(r) or ADVANCE.search(line)):
                inside = False
            elif inside:
                self._crowd_row(r)

    def _crowd_row(self, row: int) -> None:
        page = self._page
        cells = [(c, page.text(row, c)) for c in page.anchors(row)]
        texts = [text for _, text in cells]
        if len(texts) == 1:
            self._line(row, texts[0])
            return
        count = next((text for text in texts if re.fullmatch(r"\d{1,4}", text)), None)
        who = next((text for text in texts if re.search(r"[A-Za-z]{3}", text)), None)
        if who and (match := _CROWD.match(who)):  # its own figure counts them: `1800` beside it is when they are called
            texts = [match["count"], match["who"], *(text for text in texts if text != who)]
            cells = [(column, match["who"] if text == who else text) for column, text in cells]
            count, who = match["count"], match["who"]
        if count and who:
            times = []
            for column, text in cells:
                if text not in (count, who):
                    try:
                        value = page.grid.value(row, column)
                        time = time_of(value)
                    except TimeError:
                        continue
                    if time is not None:
                        times.append((page.grid.at(row, column), value, time, False))
            moments = self._clock.moments(times, page.say)
            crowd = f"{count} {who}"
            page.say(f"Row {row + 1}: {shown_text(crowd)}, without names; kept as written.")
            self._calls.append(
                Call(on=self._clock.on, character=crowd, called_at=min(moments, default=None), remarks="background")
            )
