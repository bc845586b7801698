"""A sheet of a production office as values: which kind it is, which of its sheets are meant, and what it says."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from registry.domain.facts import FactDefinition
from registry.domain.production import Production
from registry.domain.schedule import Call, Schedule, Sheet, SheetKind, Source
from registry.errors import Fault, FileError
from registry.files.reading import shown_text
from registry.files.sheets import call_sheet, days_out, people, requests, strips
from registry.files.sheets.columns_file import NOTHING, Columns
from registry.files.sheets.days import DayError
from registry.files.sheets.grid import Grid, address, said
from registry.files.sheets.marks import day_code
from registry.files.sheets.opening import open_sheets
from registry.files.sheets.page import NOT_READ, OUTCOME, Page, ShootDays
from registry.source import nearest

Dictionary = Mapping[str, FactDefinition]
_COLOURS = "white|blue|pink|yellow|green|goldenrod|buff|salmon|cherry|tan|gray|grey|ivory"
_REVISION = re.compile(
    rf"(?i)\b(?P<said>(?:(?:double|2nd|second)\s+)?(?:{_COLOURS})(?:\s+(?:rev(?:ision|ised)?\b|schedule|call\s*sheet))?|"
    r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third)\s+(?:push|pull|revision|rev)\b|"
    r"rev(?:ision|ised|\.)?\s*(?:no\.?|#)?\s*\d{1,3}\b|(?:push|pull)\s*(?:no\.?|#)?\s*\d{1,2}\b)"
)
_ISSUED = re.compile(r"(?i)\b(?:issued|dated|printed|published|revised|as of|rev\.?)\b")
_EPISODES = re.compile(
    r"(?i)\bep(?:isode|\.)?s?\.?\s*(?:nos?\.?|#|:)?\s*"
    r"(?P<episodes>\d{1,4}[a-z]?(?:\s*(?:[/&+,]|and)\s*\d{1,4}[a-z]?)*)\b"
)
_EPISODE = re.compile(r"(?i)ep(?:isode|\.)?s?\.?\s*(?:nos?\.?|#)?\s*:?")
_UNIT = re.compile(r"(?i)\b(?:2nd|second|splinter|b)[\s\-]+unit\b|\bunit\s+(?:2|b|two)\b")
_KIND_WORDS: Mapping[SheetKind, re.Pattern[str]] = {
    SheetKind.DEAL_MEMOS: re.compile(r"(?i)deal\s*(?:memo|point|sheet)|start\s*(?:pack|form)"),
    SheetKind.SELECTS: re.compile(r"(?i)select|session|audition|submission|casting list|call\s*back|shortlist"),
    SheetKind.VOUCHERS: re.compile(r"(?i)voucher|background|extras|skins|atmosphere"),
    SheetKind.CAST_LIST: re.compile(r"(?i)cast\s*list|contact\s*(?:list|sheet)|cast\s*&|^cast$"),
}


class Found(NamedTuple):
    """A sheet that reads as a kind: how well, and where it begins."""

    kind: SheetKind
    weight: int
    grid: Grid


def read_sheet(
    data: bytes,
    file: str,
    *,
    production: Production,
    dictionary: Dictionary | None,
    kind: SheetKind | None = None,
    episode: str | None = None,
    columns: Columns | None = None,
    sheet: str | None = None,
    shoot_days: ShootDays | None = None,
) -> Sheet:
    """What a CSV or XLSX file says of a production. Raises FileError with every fault, each with its cell.

    `kind` and `sheet` (the name of one sheet of a workbook) settle what the file itself leaves open, `columns` is the
    mapping file of the show, `shoot_days` the dates of each shoot day by its number, for a sheet without dates.
    Nothing is looked up: people are as they are written.
    """
    found = read_grids(
        open_sheets(data, file),
        file,
        production=production,
        dictionary=dictionary,
        kind=kind,
        episode=episode,
        columns=columns,
        sheet=sheet,
        shoot_days=shoot_days,
    )
    if found.schedule is None:
        return found
    source = Source(file=file.rpartition("/")[2], sha256=hashlib.sha256(data).hexdigest())
    return replace(found, schedule=replace(found.schedule, source=source))


def read_grids(
    sheets: tuple[Grid, ...],
    file: str,
    *,
    production: Production,
    dictionary: Dictionary | None,
    kind: SheetKind | None = None,
    episode: str | None = None,
    columns: Columns | None = None,
    sheet: str | None = None,
    shoot_days: ShootDays | None = None,
) -> Sheet:
    """The same of grids that are open already."""
    settled = columns or NOTHING
    kind = kind or settled.kind
    grids = _named(sheets, file, sheet or settled.sheet)
    chosen = _chosen(grids, file, production, dictionary, kind, settled)
    pages = [Page(one.grid, production, settled, file, shoot_days) for one in chosen]
    reader = _Reader(chosen[0].kind, production, dictionary, episode)
    parts = [reader.read(page) for page in pages]
    _finish(pages, file)
    _one_version(pages, parts, file)
    notes = [note for page in pages for note in page.notes]
    left = [grid.sheet for grid in grids if grid.sheet and all(grid is not one.grid for one in chosen)]
    if left:
        notes.append(f"Sheets not read: {', '.join(shown_text(name) for name in left)}.")
    for one in chosen:
        notes += _hidden(one.grid)
    return replace(_joined(parts), notes=tuple(dict.fromkeys(notes)))


def _finish(pages: Sequence[Page], file: str) -> None:
    faults: list[Fault] = []
    for page in pages:
        try:
            page.done()
        except FileError as error:
            faults += error.faults
    if faults:  # what is missing may stand in a column that nobody knows
        unread = dict.fromkeys(note for page in pages for note in page.notes if note.startswith(NOT_READ))
        raise FileError(file, [*faults, *(Fault(None, "", note) for note in unread)], OUTCOME)


def _one_version(pages: Sequence[Page], parts: Sequence[Sheet], file: str) -> None:
    """Raises FileError where the sheets of a workbook are versions of one schedule and not its pages: they say another
    revision each, or have one shoot day on two dates."""
    schedules = [part.schedule for part in parts if part.schedule is not None]
    revisions = {schedule.revision.split()[0].casefold() for schedule in schedules if schedule.revision}
    dates: dict[str, set[dt.date]] = {}
    for day in (day for schedule in schedules for day in schedule.days if day.number):
        dates.setdefault(day.number or "", set()).add(day.on)
    moved = next((number for number, found in dates.items() if len(found) > 1), None)
    if len(schedules) > 1 and (len(revisions) > 1 or moved):
        names = ", ".join(shown_text(page.grid.sheet) for page in pages)
        why = f"shoot day {moved} has two dates" if moved else "each says another revision"
        problem = f"several versions of one schedule ({why}): {names}; choose one with --sheet"
        raise FileError(file, [Fault(None, "", problem)], OUTCOME)


def _hidden(grid: Grid) -> list[str]:
    held = sorted(row + 1 for row in grid.hidden_rows if row < len(grid.rows) and any(c != "" for c in grid.rows[row]))
    said_rows = ", ".join(map(str, held[:12])) + (" …" if len(held) > 12 else "")
    notes = [f"Hidden rows were read too: {said_rows}."] if held else []
    columns = sorted(c for c in grid.hidden_columns if any(grid.value(r, c) != "" for r in range(len(grid.rows))))
    if columns:
        named = ", ".join(address(0, column).rstrip("1") for column in columns[:12])
        notes.append(f"Hidden columns were read too: {named}{' …' if len(columns) > 12 else ''}.")
    return [*notes, *([f"The sheet {shown_text(grid.sheet)} is hidden and was read."] if grid.hidden else [])]


def _named(grids: tuple[Grid, ...], file: str, wanted: str | None) -> tuple[Grid, ...]:
    if wanted is None:
        return grids
    found = tuple(grid for grid in grids if grid.sheet.casefold() == wanted.casefold())
    if found or (len(grids) == 1 and not grids[0].sheet):
        return found or grids
    names = [grid.sheet for grid in grids]
    meant = nearest(wanted, names)
    hint = f"did you mean {meant}?" if meant else f"the sheets are {', '.join(names)}"
    raise FileError(file, [Fault(None, f"--sheet {shown_text(wanted)}", f"no such sheet; {hint}")], OUTCOME)


def _chosen(
    grids: tuple[Grid, ...],
    file: str,
    production: Production,
    dictionary: Dictionary | None,
    kind: SheetKind | None,
    columns: Columns,
) -> list[Found]:
    """The sheets that are meant, all of one kind. Raises FileError where that cannot be told."""
    for hidden in (False, True):
        found = [one for grid in grids if grid.hidden is hidden or len(grids) == 1
                 for one in kinds_of(grid, file, production, dictionary, columns, kind)]  # fmt: skip
        if not found:
            continue
        best = max(one.weight for one in found)
        likely = [one for one in found if one.weight == best]
        kinds = list(dict.fromkeys(one.kind for one in likely))
        sheets = list(dict.fromkeys(one.grid.sheet for one in found))
        if len(kinds) > 1 or (kind is None and len({one.kind for one in found}) > 1 and len(sheets) > 1):
            raise FileError(file, [Fault(None, "", _undecided(found, sheets))], OUTCOME)
        same = [one for one in found if one.kind is kinds[0]]
        if len(same) > 1 and kinds[0] is SheetKind.CALL_SHEET:
            names = ", ".join(shown_text(one.grid.sheet) for one in same)
            raise FileError(file, [Fault(None, "", f"several call sheets: {names}; choose one with --sheet")], OUTCOME)
        return same
    what = f"a {kind}" if kind else "a sheet of a production office"
    seen = next((grid.line(row)[:60] for grid in grids for row in range(len(grid.rows)) if grid.line(row)), "")
    problem = (
        f"no row of headings that reads as {what} (it begins: {shown_text(seen)}); name the kind with --as, or the "
    )
    raise FileError(file, [Fault(None, "", f"{problem}columns in a mapping file: registry template columns")], OUTCOME)


def _undecided(found: Sequence[Found], sheets: Sequence[str]) -> str:
    if len(sheets) > 1:
        told = ", ".join(f"{shown_text(one.grid.sheet)} ({one.kind})" for one in found)
        return f"several sheets can be read: {told}; choose one with --sheet, or a kind with --as"
    kinds = list(dict.fromkeys(one.kind for one in found))
    return f"could be {' or '.join(kinds)}; say which: --as {kinds[0]}"


def kinds_of(
    grid: Grid,
    file: str,
    production: Production,
    dictionary: Dictionary | None,
    columns: Columns,
    only: SheetKind | None = None,
) -> list[Found]:
    """The kinds that a sheet reads as; the likeliest weigh most."""
    page = Page(grid, production, columns, file)
    if only is not None:
        return [Found(only, 1, grid)] if _reads_as(page, only, dictionary, sure=True) else []
    for kinds in (requests.KINDS, (SheetKind.DAY_OUT_OF_DAYS,)):
        for kind in kinds:
            if _reads_as(page, kind, dictionary):
                return [Found(kind, 1, grid)]
    vouchers = people.heading_row(page, SheetKind.VOUCHERS)
    if vouchers and "voucher" in vouchers[1] and {"name", "last", "legal_name", "id"} & vouchers[1].keys():
        return [Found(SheetKind.VOUCHERS, 1, grid)]
    found = []
    if _reads_as(page, SheetKind.CALL_SHEET, dictionary):
        found.append(Found(SheetKind.CALL_SHEET, 1, grid))
    elif _reads_as(page, SheetKind.SHOOTING_SCHEDULE, dictionary):
        found.append(Found(SheetKind.SHOOTING_SCHEDULE, 1, grid))
    elif (listed := people.heading_row(page, SheetKind.CAST_LIST)) is not None:
        found += [Found(kind, 1, grid) for kind in _people_kinds(page, listed)]
    return found


def _people_kinds(page: Page, listed: tuple[int, Mapping[str, Sequence[int]]]) -> list[SheetKind]:
    """What a list of people is: its title says so, else its columns."""
    row, found = listed
    title = " ".join([page.grid.sheet, page.file.rpartition("/")[2], *(page.grid.line(r) for r in range(row))])
    titled = [kind for kind, words in _KIND_WORDS.items() if words.search(re.sub(r"[_\-.]+", " ", title))]
    if SheetKind.CAST_LIST in titled:
        return [SheetKind.CAST_LIST]
    if titled:
        return titled
    if "character" in found or "number" in found or "contract" in found or "category" in found:
        return [SheetKind.CAST_LIST]
    return [SheetKind.CAST_LIST, SheetKind.SELECTS, SheetKind.VOUCHERS]


def _reads_as(page: Page, kind: SheetKind, dictionary: Dictionary | None, *, sure: bool = False) -> bool:
    match kind:
        case SheetKind.SHOOTING_SCHEDULE:
            return strips.heading_row(page) is not None
        case SheetKind.DAY_OUT_OF_DAYS:
            top = days_out.heading_of(page.grid, page.columns.heading_row)
            return top is not None and _has_codes(page.grid, top)
        case SheetKind.CALL_SHEET:
            return call_sheet.cast_block(page) is not None
        case SheetKind.USES | SheetKind.CUE_SHEET | SheetKind.SHOT_LIST:
            return requests.heading_row(page, kind, dictionary) is not None
        case _:
            return people.heading_row(page, kind, sure=sure) is not None


def _has_codes(grid: Grid, top: days_out.Top) -> bool:
    """Whether short words stand under the days, and not times or scenes."""
    cells = [said(grid.value(row, c)) for row in range(top.row + 1, len(grid.rows)) for c in top.days]
    held = [cell for cell in cells if cell]
    short = [cell for cell in held if len(day_code(cell) or "") <= 4 and not cell.isdigit()]
    return len(top.days) >= 2 and bool(held) and len(short) * 2 >= len([c for c in held if not c.isdigit()]) > 0


class _Reader:
    """Reads pages of one kind."""

    def __init__(
        self, kind: SheetKind, production: Production, dictionary: Dictionary | None, episode: str | None
    ) -> None:
        self._kind = kind
        self._production = production
        self._dictionary = dictionary
        self._episode = episode

    def read(self, page: Page) -> Sheet:
        match self._kind:
            case SheetKind.SHOOTING_SCHEDULE:
                return self._strips(page)
            case SheetKind.DAY_OUT_OF_DAYS:
                return self._days_out(page)
            case SheetKind.CALL_SHEET:
                return self._call_sheet(page)
            case SheetKind.USES | SheetKind.CUE_SHEET | SheetKind.SHOT_LIST:
                listed = requests.heading_row(page, self._kind, self._dictionary)
                found = (
                    requests.read_requests(page, self._kind, *listed, self._dictionary, self._episode) if listed else ()
                )
                return Sheet(kind=self._kind, requests=found)
        heading = people.heading_row(page, self._kind, sure=True)
        return Sheet(kind=self._kind, people=people.read_people(page, self._kind, *heading) if heading else ())

    def _strips(self, page: Page) -> Sheet:
        heading = strips.heading_row(page)
        if heading is None:
            return Sheet(kind=self._kind)
        page.unread(*heading)
        days, read = strips.read_strips(page, *heading)
        read, episode = self._of_episode(page, read)
        if not read and not page.faulty:
            page.file_fault("has no scene below its headings; choose another sheet with --sheet")
        scenes = tuple(dict.fromkeys(strip.scene for strip in sorted(read, key=lambda s: s.scene.on)))
        schedule = self._schedule(page, heading[0], self._kind.value, episode)
        return Sheet(kind=self._kind, schedule=replace(schedule, days=tuple(days), scenes=scenes))

    def _of_episode(self, page: Page, read: list[strips.Strip]) -> tuple[list[strips.Strip], str | None]:
        """The strips of one episode, where the sheet is a block of several."""
        read = [replace(strip, scene=replace(strip.scene, on=strip.on)) for strip in read if strip.on]
        named = sorted({strip.episode for strip in read if strip.episode})
        if self._episode is None and len(named) > 1:
            page.say(f"Scenes of several episodes, {', '.join(named)}: each is kept with its episode before its "
                     f"number, as in {strips.with_episode(read[0]).scene.scene}.")  # fmt: skip
            return [strips.with_episode(strip) for strip in read], "/".join(named)
        if self._episode is None:
            return read, named[0] if len(named) == 1 else None
        if not named:
            return read, self._episode
        kept = [strip for strip in read if strip.episode in (None, self._episode)]
        if len(kept) < len(read):
            page.say(f"{len(read) - len(kept)} scenes of other episodes were left out.")
        return kept, self._episode

    def _days_out(self, page: Page) -> Sheet:
        top = days_out.heading_of(page.grid, page.columns.heading_row)
        if top is None:
            return Sheet(kind=self._kind)
        days, calls = days_out.read_days_out(page, top)
        if not calls and not page.faulty:
            page.file_fault("has nobody with a day code; choose another sheet with --sheet")
        schedule = self._schedule(page, top.row, self._kind.value, self._episode)
        return Sheet(kind=self._kind, schedule=replace(schedule, days=tuple(days), calls=tuple(calls)))

    def _call_sheet(self, page: Page) -> Sheet:
        block = call_sheet.cast_block(page)
        read = call_sheet.read_call_sheet(page, block) if block else None
        if block is None or read is None:
            return Sheet(kind=self._kind)
        if not read.calls and not page.faulty:
            page.file_fault("calls nobody below the headings of its cast; choose another sheet with --sheet")
        episode = self._episode or _episode_of(page, block.row)
        name = f"{self._kind.value}-{read.day.on.isoformat()}"
        schedule = self._schedule(page, block.row, name, episode)
        return Sheet(
            kind=self._kind, schedule=replace(schedule, days=(read.day,), scenes=read.scenes, calls=read.calls)
        )

    def _schedule(self, page: Page, heading: int, name: str, episode: str | None) -> Schedule:
        lines = [(row, c) for row in range(heading) for c in page.anchors(row)]
        texts = [*(page.grid.text(row, c) for row, c in lines), page.grid.sheet]
        unit = "unit-2" if any(_UNIT.search(text) for text in texts) else ""
        parts = [self._production.id, re.sub(r"[^\w.]+", "-", episode or ""), name, unit]
        made = "-".join(part for part in parts if part)
        if len(made) > 64:
            made = f"{made[:47]}-{hashlib.sha256(made.encode()).hexdigest()[:16]}"
        revision = next((match["said"] for text in texts if _speaks(text) and (match := _REVISION.search(text))), None)
        return Schedule(
            id=made,
            production=self._production.id,
            kind=self._kind,
            episode=episode,
            revision=revision,
            issued_on=_issued(page, texts),
        )


def _speaks(text: str) -> bool:
    """Whether a line above the table may say which revision this is: the colour of a script is not the sheet's."""
    return len(text) < 80 and not re.search(r"(?i)script|draft|sides", text)


def _issued(page: Page, texts: Sequence[str]) -> dt.date | None:
    for text in texts:
        if _speaks(text) and (match := _ISSUED.search(text)):
            try:
                return page.calendar(()).day(text[match.end() :])
            except DayError:
                return None
    return None


def _episode_of(page: Page, heading: int) -> str | None:
    for row in range(heading):
        for column in page.anchors(row):
            text = page.grid.text(row, column)
            if match := _EPISODES.search(text):
                return _listed(match["episodes"])
            right = page.grid.text(row, column + 1)
            if _EPISODE.fullmatch(text) and re.fullmatch(r"\w{1,12}(?:\s*(?:[/&+,]|and)\s*\w{1,12})*", right):
                return _listed(right)
    return None


def _listed(episodes: str) -> str:
    """`103 & 104` as `103/104`."""
    return "/".join(dict.fromkeys(re.split(r"(?i)\s*(?:[/&+,]|\band\b)\s*", episodes.strip())))


def _joined(parts: Sequence[Sheet]) -> Sheet:
    """Several sheets of one kind as one: a schedule over several pages, a list in parts."""
    one = parts[0]
    if len(parts) == 1:
        return one
    schedules = [part.schedule for part in parts if part.schedule is not None]
    schedule = None
    if schedules:
        days = {day.on: day for part in schedules for day in part.days}
        scenes = dict.fromkeys(scene for part in schedules for scene in part.scenes)
        calls: list[Call] = [call for part in schedules for call in part.calls]
        schedule = replace(
            schedules[0],
            days=tuple(days[on] for on in sorted(days)),
            scenes=tuple(sorted(scenes, key=lambda scene: scene.on)),
            calls=tuple(sorted(dict.fromkeys(calls), key=lambda call: call.on)),
        )
    return replace(
        one,
        schedule=schedule,
        requests=tuple(request for part in parts for request in part.requests),
        people=tuple(person for part in parts for person in part.people),
    )
