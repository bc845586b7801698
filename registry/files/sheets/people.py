"""Cast lists, deal memos, casting selects, background vouchers: who, as what, on which terms, as far as a row says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from registry.domain.money import Money, parse_money
from registry.domain.performer import Representative
from registry.domain.schedule import Listed, SheetKind
from registry.domain.words import Capacity
from registry.files.reading import shown_text
from registry.files.sheets.days import Calendar, DayError
from registry.files.sheets.grid import Value, said
from registry.files.sheets.headings import HEADINGS, passed_over, plainly
from registry.files.sheets.marks import cast_number, is_minder
from registry.files.sheets.page import Page, first

KINDS = (SheetKind.CAST_LIST, SheetKind.DEAL_MEMOS, SheetKind.SELECTS, SheetKind.VOUCHERS)
# What a contract or a category is called, and the category of an engagement it means.
CATEGORIES: Mapping[str, str] = {
    "principal": "principal", "run of show": "series_regular",
    "series regular": "series_regular", "regular": "series_regular",
    "day player": "day_performer", "day performer": "day_performer", "daily": "day_performer", "day": "day_performer",
    "weekly": "weekly", "weekly player": "weekly", "weekly performer": "weekly", "three day": "three_day",
    "3 day": "three_day", "stunt": "stunt", "stunts": "stunt", "stunt performer": "stunt",
    "stunt double": "stunt", "stand in": "stand_in", "standin": "stand_in",
    "extra": "background", "background": "background", "bg": "background",
    "sa": "background", "supporting artist": "background", "photo double": "photo_double", "double": "photo_double",
    "singer": "singer", "dancer": "dancer", "voice": "voice", "voiceover": "voice", "voice over": "voice",
    "guest star": "guest_star", "co star": "co_star", "recurring": "recurring", "recurring guest star": "recurring",
    "major role": "major_role", "lead": "principal", "supporting": "principal",
}  # fmt: skip
_UNIONS = {"sag": "SAG-AFTRA", "sag aftra": "SAG-AFTRA", "sagaftra": "SAG-AFTRA", "aftra": "SAG-AFTRA",
           "actra": "ACTRA",
           "equity": "Equity UK", "equity uk": "Equity UK", "aea": "AEA", "ubcp": "UBCP", "ubcp actra": "UBCP",
           "meaa": "MEAA"}  # fmt: skip
_STATUSES = {"non union": "non_member", "nonunion": "non_member", "nu": "non_member", "no": "non_member",
             "fi core": "financial_core", "financial core": "financial_core", "fi-core": "financial_core",
             "must join": "must_join", "taft hartley": "taft_hartley", "th": "taft_hartley"}  # fmt: skip
_MINOR = {"minor": True, "child": True, "yes": True, "y": True, "k": True, "true": True, "under 18": True, "x": True,
          "adult": False, "no": False, "n": False, "false": False, "18+": False, "over 18": False}  # fmt: skip
_YES_NO = {"yes": True, "y": True, "true": True, "x": True, "covered": True,
           "no": False, "n": False, "false": False, "not covered": False}  # fmt: skip
_AMOUNT = re.compile(r"(?P<before>[^\d\s(]*)\s*(?P<figures>\d[\d,.' ]*)\s*(?P<after>[^\d\s/(]*)")
_SIGNS = {
    "£": "GBP",
    "€": "EUR",
    "US$": "USD",
    "CA$": "CAD",
    "C$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "¥": "JPY",
}
_CROWD = re.compile(r"^(?P<count>\d{1,4})\s*(?:x\s+)?(?P<who>[A-Za-z].*)$")
_AKA = re.compile(r"(?i)\b(?:aka|a\.k\.a\.|alias|p\.?k\.?a\.?)\b\.?\s*[\"“]?(?P<alias>[^\"”)]+)[\"”]?\)?")
_CHILD = re.compile(r"(?i)\s*[(\[](?:k|minor)[)\]]")  # beside the name of a child
_RATES = frozenset(HEADINGS[SheetKind.CAST_LIST]["rate"])
_SECTION = re.compile(
    r"(?i)^(?:principals?|cast|series regulars?|guest (?:stars?|cast)|day players?|stunts?|background|stand-?ins?|"
    r"recurring|minors|supporting|co-?stars?)\b.{0,20}$"
)
_STOP = re.compile(r"(?i)^(?:totals?|grand total|end of (?:list|cast))\b")


def heading_row(page: Page, kind: SheetKind, *, sure: bool = False) -> tuple[int, dict[str, list[int]]] | None:
    """The row of headings over the people. `sure` says that somebody named the kind: then a name alone will do."""
    best: tuple[int, int, dict[str, list[int]]] | None = None
    for row in page.rows[:60]:
        if page.columns.heading_row not in (None, row + 1):
            continue
        found = page.headings(kind, row)
        named = {"name", "last", "legal_name", "stage_name", "id"} & found.keys() or (
            kind is SheetKind.VOUCHERS and {"voucher", "count"} & found.keys()
        )
        beside = any(passed_over(page.grid.text(row, c)) for c in range(len(page.grid.rows[row])))
        fits = len(found) > 1 or beside or sure or page.columns.heading_row
        if named and fits and (best is None or len(found) > best[0]):
            best = (len(found), row, found)
    return (best[1], best[2]) if best else None


def read_people(page: Page, kind: SheetKind, heading: int, found: Mapping[str, Sequence[int]]) -> tuple[Listed, ...]:
    """The people below a row of headings, nobody left out."""
    page.unread(heading, found)
    columns = [c for field in ("starts", "ends", "span", "born", "date") if (c := first(found, field)) is not None]
    rows = range(heading + 1, len(page.grid.rows))
    calendar = page.calendar(page.grid.value(row, c) for row in rows for c in columns)
    reader = _People(page, kind, found, calendar)
    people = []
    for row in rows:
        if not any(cell != "" for cell in page.grid.rows[row]) or _again(page, kind, heading, row):
            continue
        if (one := reader.person(row)) is not None:
            people.append(one)
    if not people and not page.faulty:
        page.file_fault("names nobody below its headings; fill it in, or choose another sheet with --sheet")
    return tuple(people)


def _again(page: Page, kind: SheetKind, heading: int, row: int) -> bool:
    found = page.headings(kind, row)
    above = page.grid.rows[heading]
    same = sum(a != "" and said(a) == said(b) for a, b in zip(above, page.grid.rows[row], strict=False))
    return len(found) >= 2 and same >= 2


class _People:
    """One row after the other."""

    def __init__(self, page: Page, kind: SheetKind, found: Mapping[str, Sequence[int]], calendar: Calendar) -> None:
        self._page = page
        self._kind = kind
        self._found = found
        self._calendar = calendar
        self._section: str | None = None

    def _text(self, row: int, field: str) -> str | None:
        column = first(self._found, field)
        text = self._page.text(row, column) if column is not None else ""
        return text if text.strip(" -–—") and text.casefold() not in ("n/a", "tbd", "tba", "none") else None

    def person(self, row: int) -> Listed | None:
        """Who a row stands for; None for a banner, a total, or a row with a fault."""
        page = self._page
        name, legal, stage = (self._text(row, field) for field in ("name", "legal_name", "stage_name"))
        parts = [part for field in ("first", "last") if (part := self._text(row, field))]
        name = name or " ".join(parts) or None
        anchors = page.anchors(row)
        line = page.grid.line(row)
        if _STOP.match(line):
            return None
        crowd = self._crowd(row, name)
        if crowd is not None:
            return crowd
        if len(anchors) == 1 and (name is None or (row, anchors[0] + 1) in page.grid.filled or _section(line)):
            self._section = line
            if not _section(line):
                page.say(f"Row {row + 1} names nobody and was left out: {shown_text(line)}.")
            return None
        if not (name or legal or stage or self._text(row, "id")):
            self._nobody(row)
            return None
        if name and is_minder(name) and not self._text(row, "number"):
            page.say(f"Row {row + 1} is nobody of the cast and was left out: {shown_text(name)}.")
            return None
        return self._listed(row, name, legal, stage)

    def _nobody(self, row: int) -> None:
        page = self._page
        open_ = str(page.text(row, first(self._found, "name"))).casefold() in ("tbd", "tba", "n/a", "none", "-")
        what = self._text(row, "character") or self._text(row, "number")
        if open_ or (what and self._kind is not SheetKind.VOUCHERS):
            page.say(f"Row {row + 1}: nobody is named yet for {shown_text(what or page.grid.line(row))}.")
        elif self._text(row, "voucher"):
            page.row_fault(row, f"voucher {self._text(row, 'voucher')} names nobody; write the name on it")
        else:
            page.say(f"Row {row + 1} names nobody and was left out: {shown_text(page.grid.line(row))}.")

    def _crowd(self, row: int, name: str | None) -> Listed | None:
        """Several people in one row, without names."""
        page = self._page
        match = _CROWD.match(name) if name else None
        count = self._text(row, "count")
        described = self._text(row, "description")
        if match is None and not (count and count.isdigit() and int(count) > 1 and name is None):
            return None
        number = int(match["count"]) if match else int(count or 0)
        who = match["who"] if match else described or "background"
        page.say(f"Row {row + 1}: {number} {shown_text(who)}, without names; no consent can be looked up for them.")
        return Listed(
            row=row + 1, sheet=page.grid.sheet, count=number, description=who, voucher=self._text(row, "voucher")
        )

    def _listed(self, row: int, name: str | None, legal: str | None, stage: str | None) -> Listed:
        page = self._page
        number = first(self._found, "number")
        aliases = [alias] if (alias := self._text(row, "alias")) else []
        if name and (match := _AKA.search(name)):
            aliases.append(match["alias"].strip())
            name = name[: match.start()].strip(" (,-") or name
        minor, child = self._minor(row), bool(name and _CHILD.search(name))
        name = _CHILD.sub(" ", name).strip() if name else None
        contract, category = self._text(row, "contract"), self._text(row, "category")
        starts, ends = self._span(row)
        union, status = self._union(row)
        return Listed(
            row=row + 1,
            sheet=page.grid.sheet,
            id=self._text(row, "id"),
            number=cast_number(page.take(row, number)) if number is not None else None,
            name=_turned(name) if name else stage or legal,
            legal_name=legal,
            stage_name=stage,
            aliases=tuple(alias.strip("\"“”' ") or alias for alias in aliases),
            character=self._text(row, "character"),
            category=self._category(row, contract, category),
            contract=contract,
            union=union,
            union_status=status,
            union_id=self._text(row, "union_id"),
            minor=True if minor is None and child else minor,
            born=self._born(row),
            domicile=self._text(row, "domicile"),
            representatives=self._representatives(row),
            daily_rate=self._rate(row),
            loan_out=self._text(row, "loan_out"),
            covered=self._covered(row),
            starts_on=starts,
            ends_on=ends,
            voucher=self._text(row, "voucher"),
            remarks=self._text(row, "remarks"),
        )

    def _category(self, row: int, contract: str | None, category: str | None) -> str | None:
        """The category of the engagement; vouchers are background's own paper."""
        page = self._page
        for written, field in ((category, "category"), (contract, "contract")):
            if written is None:
                continue
            plain = re.sub(r"[\W_]+", " ", written).strip().casefold()
            if plain in CATEGORIES:
                return CATEGORIES[plain]
            if plain not in ("on hold", "hold"):
                page.say(f"{field.title()} {shown_text(written)} is not a category that is known; left open.")
        return "background" if self._kind is SheetKind.VOUCHERS else None

    def _minor(self, row: int) -> bool | None:
        written = self._text(row, "minor")
        if written is None:
            return None
        found = _MINOR.get(written.casefold().strip(" ."))
        if re.fullmatch(r"\d{1,2}", written):
            found = int(written) < 18
        if found is None:
            self._page.say(f"Row {row + 1}: {shown_text(written)} says neither minor nor adult; left open.")
        return found

    def _covered(self, row: int) -> bool | None:
        """Whether the production's agreement covers the engagement, where the sheet says so."""
        written = self._text(row, "covered")
        found = _YES_NO.get(written.casefold().strip(" .")) if written else None
        if written and found is None:
            self._page.say(
                f"Row {row + 1}: {shown_text(written)} does not say whether the agreement covers it; left open."
            )
        return found

    def _born(self, row: int) -> dt.date | None:
        column = first(self._found, "born")
        if column is None:
            return None
        value = self._page.take(row, column)
        try:
            born = Calendar(order=self._calendar.order).day(value)
        except DayError as error:
            self._page.fault(row, column, str(error).replace(", and the production has no days of photography", ""))
            return None
        return born

    def _union(self, row: int) -> tuple[str | None, str | None]:
        """Union and status as far as the sheet says; silence stays unknown."""
        written = self._text(row, "union")
        column = first(self._found, "union_id")
        heading = plain_union(self._page, column) if column is not None and self._text(row, "union_id") else None
        if written is None:
            return heading, None
        plain = re.sub(r"[\W_]+", " ", written).strip().casefold()
        if plain in _UNIONS:
            return _UNIONS[plain], "member"
        if plain in _STATUSES:
            return heading or ("SAG-AFTRA" if _STATUSES[plain] in ("must_join", "taft_hartley") else None), _STATUSES[
                plain
            ]
        if plain in ("y", "yes", "union", "member"):
            if heading is None:
                self._page.say("Some rows say union without saying which; left open.")
            return heading, "member" if heading else None
        self._page.say(f"Union {shown_text(written)} is not one that is known; kept as written.")
        return written, None

    def _representatives(self, row: int) -> tuple[Representative, ...]:
        agent, agency = self._text(row, "agent"), self._text(row, "agency")
        named = {
            Capacity.AGENT: f"{agent} ({agency})" if agent and agency else agent or agency,
            Capacity.MANAGER: self._text(row, "manager"),
            Capacity.ATTORNEY: self._text(row, "attorney"),
            Capacity.GUARDIAN: self._text(row, "guardian"),
        }
        return tuple(Representative(id="", capacity=capacity, name=name) for capacity, name in named.items() if name)

    def _span(self, row: int) -> tuple[dt.date | None, dt.date | None]:
        page = self._page
        starts, ends = (page.day(row, first(self._found, field)) for field in ("starts", "ends"))
        if self._kind is SheetKind.VOUCHERS and not (starts or ends):
            starts = ends = page.day(row, first(self._found, "date"))
        column = first(self._found, "span")
        if column is not None and not (starts or ends) and (text := page.text(row, column)):
            parts = re.split(r"\s+(?:to|[-–—]|through|thru)\s+|(?<=\d)\s*[–—]\s*", text)
            days = []
            for part in parts:
                try:
                    days.append(self._calendar.day(part))
                except DayError as error:
                    page.fault(row, column, str(error))
            known = [day for day in days if day]
            if len(parts) <= 2 and known:
                starts, ends = known[0], known[-1] if len(known) > 1 else None
            elif len(parts) > 2:
                page.say(f"{page.grid.at(row, column)}: several spans of days; not read as one.")
        if starts and ends and ends < starts:
            page.row_fault(
                row, f"ends on {ends.isoformat()}, before it starts on {starts.isoformat()}; correct one of them"
            )
        return starts, ends

    def _rate(self, row: int) -> Money | None:
        page, column = self._page, first(self._found, "rate")
        for field, told in (("weekly", "weekly"), ("total", "total")):
            if self._text(row, field):
                page.say(f"The {told} rates are not read: the registry keeps rates by the day.")
        if column is None or not (text := self._text(row, "rate")):
            return None
        if self._by_the_week(row, column, text):
            page.say("Rates by the week or for the whole were left open: the registry keeps rates by the day.")
            return None
        currency = self._text(row, "currency") or page.columns.currency
        try:
            return amount(page.take(row, column), currency)
        except ValueError as error:
            if not any(letter.isdigit() for letter in text):
                page.say(f"Rate {shown_text(text)} is no amount; left open.")
                return None
            page.fault(row, column, str(error))
            return None

    def _by_the_week(self, row: int, column: int, text: str) -> bool:
        """Whether an amount is another than that of a day: its heading or itself says so, or the contract does where
        the heading says `rate` alone."""
        page = self._page
        heading = next((t for r in range(row) if plainly(t := page.grid.text(r, column)) in _RATES), "")
        told = f"{heading} {text}"
        if re.search(r"(?i)\bday|daily|/\s*d\b", told):
            return False
        weekly = plainly(self._text(row, "contract") or "") in (
            "weekly",
            "weekly player",
            "run of show",
            "series regular",
        )
        return weekly or bool(re.search(r"(?i)week|/\s*wk|flat|total|hour|/\s*hr|buyout", told))


def plain_union(page: Page, column: int) -> str | None:
    """The union that a heading such as `SAG Number` names."""
    for row in page.rows[:60]:
        plain = re.sub(r"[\W_]+", " ", page.grid.text(row, column)).casefold()
        for word, union in (("sag", "SAG-AFTRA"), ("equity", "Equity UK"), ("actra", "ACTRA")):
            if word in plain.split():
                return union
    return None


def amount(value: Value, currency: str | None) -> Money:
    """A rate as money. Raises ValueError where the currency or the figures cannot be told."""
    text = said(value)
    match = _AMOUNT.search(text)
    if match is None:
        raise ValueError("not an amount; write it as 1246.00 USD")
    told = {code for mark in (match["before"], match["after"]) if (code := _SIGNS.get(mark.upper(), mark.upper()))}
    codes = {code for code in told if re.fullmatch(r"[A-Z]{3}", code)}
    code = currency or next(iter(codes), None)
    if code is None:
        raise ValueError("no currency; add a column `currency`, or `currency: USD` to the mapping file")
    if currency and codes and codes != {currency}:
        raise ValueError(f"in {next(iter(codes))}, while the sheet is in {currency}; write one of them")
    return parse_money(f"{_figures(match['figures'])} {code}")


def _figures(text: str) -> str:
    """`1,246.50`, `1.246,50` and `1 246` with one point at most. Raises ValueError where it could be either."""
    bare = re.sub(r"[\s']", "", text).rstrip(".,")
    marks = [mark for mark in bare if mark in ",."]
    if not marks:
        return bare
    last = marks[-1]
    whole, _, rest = bare.rpartition(last)
    if len(set(marks)) == 1 and (len(marks) > 1 or len(rest) == 3):
        if len(rest) != 3 or (last == "." and len(marks) == 1):
            raise ValueError("could be read in two ways; write it as 1246.00 USD")
        return re.sub(r"[.,]", "", bare)
    return f"{re.sub(r'[.,]', '', whole)}.{rest}"


def _section(line: str) -> bool:
    return bool(_SECTION.match(line))


def _turned(name: str) -> str:
    """`Okafor, Ada` as `Ada Okafor`; a suffix stays where it is."""
    last, comma, rest = name.partition(",")
    given = rest.strip()
    if not comma or "," in given or not given or re.fullmatch(r"(?i)jr\.?|sr\.?|i{2,3}|iv|ph\.?d\.?|esq\.?", given):
        return name
    return f"{given} {last.strip()}"
