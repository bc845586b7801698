"""Schedules: on which day which scene is shot, and who is called. Read from what a production office already has.

A sheet speaks for one production and, where there are several, one episode. The same id again with other content is a
revision (a push, a pull, a new colour): the latest one known counts. A code that nobody knows is kept as it is written.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from enum import StrEnum

from registry.domain.money import Money
from registry.domain.performer import Representative
from registry.domain.use import Use
from registry.domain.values import dataclass

# Day codes whose meaning is known (rules/PLATFORM.md B.4): start, work, finish, one day, hold, idle, rehearsal, travel,
# drop and pick-up, will notify, off. Any other is kept as it is written.
DAY_CODES = frozenset({"SW", "W", "WF", "SWF", "H", "I", "R", "T", "WD", "SWD", "PW", "PWF", "PWD", "D", "W/N", "OFF"})


class SheetKind(StrEnum):
    """The sheets a production office has, by the word they are called (rules/PLATFORM.md B.4)."""

    SHOOTING_SCHEDULE = "shooting-schedule"
    DAY_OUT_OF_DAYS = "day-out-of-days"
    CALL_SHEET = "call-sheet"
    CAST_LIST = "cast-list"
    DEAL_MEMOS = "deal-memos"
    SELECTS = "casting-selects"
    VOUCHERS = "background-vouchers"
    CUE_SHEET = "cue-sheet"
    SHOT_LIST = "shot-list"
    USES = "use-requests"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShootDay:
    """A day of the schedule: `number` as it is printed ("14", "14A"), `of` how many there are. Moments carry a zone."""

    on: dt.date
    number: str | None = None
    of: int | None = None
    place: str | None = None  # as written: a town or a stage
    crew_call: dt.datetime | None = None
    wrap: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneDay:
    """One scene on one day, with the numbers of the cast it needs."""

    on: dt.date
    scene: str
    set: str | None = None
    day_night: str | None = None
    pages: str | None = None  # eighths, as written: "2 3/8"
    cast: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One line of a call sheet or one cell of a day-out-of-days: somebody, on a day, with the day's code.

    `number` and `name` are as written, and either may be missing; a name may be an alias, kept for secrecy. `code` is
    upper case (SW, W, WF, SWF, H, I, R, T, WD, PW, OFF, D …). `called_at` is the earliest time the sheet gives for the
    person and `released_at` the latest: between them they are on the set.
    """

    on: dt.date
    number: str | None = None
    name: str | None = None
    character: str | None = None
    code: str | None = None
    called_at: dt.datetime | None = None
    released_at: dt.datetime | None = None
    remarks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file a sheet was read from, so that what it said can be traced."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One sheet of a production: a shooting schedule, a day-out-of-days or a call sheet. `days`, `scenes` and `calls`
    are by day, in the order of the sheet; a sheet leaves empty what it does not tell."""

    id: str
    production: str
    kind: SheetKind
    episode: str | None = None
    revision: str | None = None  # as written: "Blue", "2nd pull"
    issued_on: dt.date | None = None
    source: Source | None = None
    days: tuple[ShootDay, ...] = ()
    scenes: tuple[SceneDay, ...] = ()
    calls: tuple[Call, ...] = ()
    recorded_at: dt.datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One row of a use-request list, cue sheet or shot list: the use, and who is meant as far as the row says.

    `use.performers` is filled only where the row names somebody by the id on file; otherwise `number`, `name` and
    `character`, as written, have to be matched with the cast. `row` is the row of the file, for messages, on the sheet
    named where it has several.
    """

    use: Use
    row: int
    sheet: str = ""
    number: str | None = None
    name: str | None = None
    character: str | None = None

    @property
    def place(self) -> str:
        """Where it stands, in a message."""
        return placed(self.sheet, self.row)


def placed(sheet: str, row: int) -> str:
    """A row of a sheet as messages name it: `Cast!row 4`; `row 4` of a file with one sheet."""
    return f"{sheet}!row {row}" if sheet else f"row {row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One row of a cast list, deal memos, casting selects or background vouchers: somebody, as far as the row says.

    `row` is the row of the file. `minor` is what the sheet says, never a birth date. A row may stand for `count` people
    without names ("24 SA pedestrians"); then `description` says who they are and there is no name.
    """

    row: int
    sheet: str = ""
    id: str | None = None
    number: str | None = None
    name: str | None = None
    legal_name: str | None = None
    stage_name: str | None = None
    aliases: tuple[str, ...] = ()
    character: str | None = None
    category: str | None = None
    contract: str | None = None  # as written
    union: str | None = None
    union_status: str | None = None
    union_id: str | None = None
    minor: bool | None = None
    born: dt.date | None = None
    domicile: str | None = None
    representatives: tuple[Representative, ...] = ()
    daily_rate: Money | None = None
    loan_out: str | None = None
    covered: bool | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    voucher: str | None = None
    count: int | None = None
    description: str | None = None
    remarks: str | None = None

    @property
    def place(self) -> str:
        """Where it stands, in a message."""
        return placed(self.sheet, self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one file was read as: its `schedule`, `requests` or `people`, by its kind. `notes` say what was not
    understood, left out or chosen, each in a sentence."""

    kind: SheetKind
    schedule: Schedule | None = None
    requests: tuple[Request, ...] = ()
    people: tuple[Listed, ...] = ()
    notes: tuple[str, ...] = ()
