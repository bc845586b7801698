"""What the columns of a sheet are called, by kind of sheet (rules/PLATFORM.md B.4), however messily it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from registry.domain.schedule import SheetKind
from registry.files.columns import ALIASES as USE_ALIASES
from registry.files.columns import KEYS as USE_KEYS

K = SheetKind
_NUMBER = (
    "cast number", "cast no", "cast id", "number", "no", "id", "id no", "board id", "cast member number", "artist no",
    "char no", "character no",
)  # fmt: skip
_NAME = (
    "name", "actor", "actors", "performer", "performer name", "cast name", "full name", "actor name", "artist",
    "artist name", "talent", "talent name", "player", "element name", "actor actress", "cast member", "artiste", "cast",
)  # fmt: skip
_CHARACTER = ("character", "role", "character name", "part", "role name", "character role", "characters")
_REMARKS = ("remarks", "notes", "note", "comments", "comment", "special instructions", "instructions")
_PERSON: Mapping[str, tuple[str, ...]] = {
    "id": ("performer id", "registry id", "consent registry id"),
    "number": _NUMBER,
    "name": _NAME,
    "first": ("first name", "given name", "first names", "forename", "firstname", "first"),
    "last": ("last name", "surname", "family name", "lastname", "last"),
    "legal_name": ("legal name", "given name and surname", "name on contract"),
    "stage_name": ("stage name", "professional name", "credit name", "credited as", "screen name", "billing name"),
    "alias": ("alias", "code name", "codename", "aka", "also known as", "call sheet name"),
    "character": _CHARACTER,
    "contract": ("contract", "contract type", "type", "deal type", "deal", "terms", "employment", "status"),
    "category": ("category", "cast type", "billing", "role type", "role size"),
    "union": ("union", "union status", "union affiliation", "guild", "union non union", "affiliation"),
    "union_id": ("sag number", "sag no", "sag id", "union number", "union no", "union id", "member no", "member number",
                 "sag aftra number", "sag aftra no", "sag aftra id", "sag aftra id no", "sag id no",
                 "sag aftra member no", "aftra no", "aftra id", "equity no", "equity number"),
    "minor": ("age group", "minor", "adult minor", "is minor", "minor y n", "under 18", "child", "age"),
    "born": ("dob", "date of birth", "birth date", "birthdate", "born"),
    "agency": ("agency name", "agency", "talent agency"),
    "agent": ("agent name", "agent", "rep", "rep name", "representative", "agent rep", "representation",
              "reps", "representatives", "agents"),
    "manager": ("manager", "manager name", "management"),
    "attorney": ("attorney", "lawyer", "attorney name", "lawyer name", "counsel"),
    "guardian": ("guardian", "parent", "parent guardian", "guardian name", "parent name", "parent or guardian"),
    "rate": ("day rate", "daily rate", "rate", "rate day", "rate daily", "daily", "fee per day", "daily fee", "per day",
             "rate per day", "fee"),
    "weekly": ("weekly rate", "weekly", "rate week", "weekly fee", "per week"),
    "total": ("total", "total fee", "guarantee", "total guarantee", "deal total", "flat fee", "flat"),
    "currency": ("currency", "ccy"),
    "starts": ("start", "start date", "starts", "from", "first day", "work start", "start work", "sw date",
               "booked from", "availability start"),
    "ends": ("end", "end date", "finish", "finish date", "to", "until", "last day", "work finish", "wrap date",
             "booked to", "availability end"),
    "span": ("availability", "dates", "work dates", "booked work dates", "shoot dates", "booked dates"),
    "loan_out": ("loan out", "loanout", "loan out company", "loanout company", "corporation", "corp", "loan out corp"),
    "domicile": ("residency", "residence", "state of residence", "domicile", "resident state"),
    "covered": ("covered by agreement", "covered", "covered by the agreement", "union covered", "cba covered",
                "covered engagement", "agreement covers"),
    "remarks": _REMARKS,
}  # fmt: skip
# Known, of no use to a registry of consents, and not kept: they say nothing that a rule asks.
_PASSED_OVER = (
    "email", "e mail", "mail", "phone", "telephone", "tel", "mobile", "cell", "agent email", "agent phone", "rep email",
    "rep phone", "nationality", "address", "height", "hair", "eyes", "gender", "pronouns", "session", "slot",
    "work days", "hold days", "travel days", "credit", "perks", "exclusivity", "social", "adr", "junket", "signed",
    "status", "tape link", "rank", "rating", "manager email", "manager phone", "agent contact", "pick", "choice",
    "occurrences", "dressing room", "dr", "transport", "trailer", "ssn", "fein", "tin", "fitting", "allergies",
    "emergency contact", "sheet", "sheet no", "strip", "strip color", "strip colour", "color", "colour",
)  # fmt: skip
_SCENE = ("scene", "sc", "scene no", "scene number", "scenes", "sc no", "scn", "sc nos", "scene nos", "scene s")
_SET = ("set", "setting", "set description", "description", "set and description", "location set", "set name",
        "set description synopsis", "set location", "set synopsis", "set and synopsis")  # fmt: skip
_PAGES = ("pages", "pgs", "length", "page count", "eighths", "pgs 8ths", "pages 8ths", "page", "pg", "page length")
_DATE = ("date", "shoot date", "shooting date", "shoot day date")
_DAY = ("day", "shoot day", "day no", "shooting day", "day number", "day out", "sd")
_TIMES: Mapping[str, tuple[str, ...]] = {
    "pickup": ("pickup", "pick up", "p u", "pu", "pup", "p up", "pu time", "pick up time",
               "travel", "leave hotel", "lv hotel", "collect", "car"),
    "makeup": ("make up", "makeup", "mu", "m u", "h m w", "hmw", "h mu w", "hair makeup", "hair make up", "hmu",
               "mu wd", "makeup hair", "make up hair", "hair", "m up hair", "costume", "wardrobe", "ward", "hmu w",
               "make up wardrobe", "report", "in hmu", "into works", "mu hair", "arrive", "arr", "arr mu",
               "breakfast", "b fast", "i c", "in costume",
               "hair and makeup"),
    "rehearsal": ("rehearsal", "reh", "rehearse", "line up", "l up",
                  "block", "blocking", "rehearsal time"),
    "on_set": ("on set", "set call", "onset", "set", "ready", "on set ready", "set time", "ready on set", "call",
               "call time", "calltime", "report time", "time", "crew set call", "shooting call", "camera ready"),
    "wrap": ("wrap", "dismiss", "dismissed", "dismissal", "out", "est wrap", "estimated wrap", "released", "time out",
             "wrap time", "set dismiss"),
}  # fmt: skip
_CAST = ("cast", "cast no", "cast nos", "cast number", "cast numbers", "cast members", "cast ids", "cast list",
         "characters", "artists", "character ids", "cast s")  # fmt: skip
_CODE = ("status", "swf", "sw h f", "code", "swhf", "work status", "day code", "s w h f", "st", "wk", "w h")

HEADINGS: Mapping[SheetKind, Mapping[str, tuple[str, ...]]] = {
    K.SHOOTING_SCHEDULE: {
        "day": _DAY, "date": _DATE, "scene": _SCENE,
        "int_ext": ("int ext", "i e", "ie", "int or ext", "interior exterior"),
        "set": _SET, "day_night": ("time", "d n", "day night", "dn", "time of day", "tod", "day or night", "d or n"),
        "pages": _PAGES, "cast": _CAST, "place": ("location", "shoot location", "loc", "unit base", "stage", "place"),
        "synopsis": ("synopsis", "action", "story", "scene description"), "story_day": ("story day", "script day"),
        "episode": ("episode", "ep", "eps"), "estimate": ("est time", "estimated time", "est", "est hours"),
        "remarks": _REMARKS, "background": ("background", "bg", "extras", "atmosphere"),
    },
    K.DAY_OUT_OF_DAYS: {"number": _NUMBER, "name": _NAME,
                        "character": (*_CHARACTER, "element", "cast elements", "cast members", "category element")},
    K.CALL_SHEET: {
        "number": _NUMBER, "name": _NAME, "character": _CHARACTER, "code": _CODE, **_TIMES,
        "remarks": (*_REMARKS, "special notes"), "from": ("from", "from to", "pick up location", "hotel"),
    },
    K.CAST_LIST: {**_PERSON},
    K.DEAL_MEMOS: {**_PERSON},
    K.SELECTS: {**_PERSON, "name": (*_NAME, "submission", "selection")},
    K.VOUCHERS: {
        **_PERSON,
        "voucher": ("voucher", "voucher no", "voucher number", "vch", "vch no", "voucher id"),
        "count": ("count", "qty", "quantity", "how many", "number of", "total bg", "nos", "headcount"),
        "description": ("description", "type", "background", "bg", "atmosphere", "background type"),
        "date": (*_DATE, "work date", "date worked", "day worked", "work day"),
        "call": ("call", "call time", "report", "report time", "in", "time in"),
        "out": ("out", "time out", "wrap", "dismissed"),
    },
}  # fmt: skip
CUES: Mapping[str, str] = dict.fromkeys(
    ("cue", "cue no", "cue number", "line no", "line number", "vfx id", "vfx shot", "shot no", "shot id", "setup",
     "shot number", "loop no"), "shot"
)  # fmt: skip
PEOPLE: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "cast no",
            "cast number",
            "number",
            "no",
            "cast",
            "artist no",
            "artiste no",
            "char no",
            "character no",
            "cast id",
        ),
        "number",
    ),
    **dict.fromkeys((*_NAME, "artists"), "name"),
    **dict.fromkeys(_CHARACTER, "character"),
    "performer id": "performer",
}
_NOTE = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")


@lru_cache(maxsize=20_000)
def plainly(heading: str) -> str:
    """A heading without its dress: `CAST #\\n(1st)` is `cast no`, `INT./EXT.` is `int ext`."""
    text = _NOTE.sub(" ", heading.casefold())
    text = text.replace("#", " no ").replace("№", " no ").replace("&", " and ").replace("'", "")
    text = re.sub(r"[^\w]+|_", " ", text)
    return re.sub(r"\bno( no)+\b", "no", " ".join(text.split()))


@lru_cache(maxsize=16)
def table(kind: SheetKind) -> Mapping[str, str]:
    """Which field each plain heading stands for; the first field that claims a heading has it."""
    found: dict[str, str] = {}
    for field, headings in HEADINGS.get(kind, {}).items():
        for heading in headings:
            found.setdefault(heading, field)
    return found


def passed_over(heading: str) -> bool:
    """Whether a column is known and left out on purpose."""
    return plainly(heading) in _PASSED_OVER


@lru_cache(maxsize=1)
def _every() -> frozenset[str]:
    listed = {plainly(heading) for kind in HEADINGS for heading in table(kind)}
    uses = {plainly(key) for key in (*USE_KEYS, *USE_ALIASES)}
    return frozenset(listed | uses | set(CUES) | set(PEOPLE) | {"act"})


def known_headings(row: Iterable[str]) -> int:
    """How many cells of a row are headings of some sheet, each counted once."""
    return len({plain for cell in row if len(cell) < 80 and (plain := plainly(cell)) in _every()})


def fields(
    kind: SheetKind, row: Sequence[str], own: Mapping[str, str], *, loosely: bool = True
) -> dict[str, list[int]]:
    """The columns of each field in a row of headings; `own` are the headings of the show, which go first.
    `loosely` takes a time of a call sheet by a word of its heading."""
    known = table(kind)
    found: dict[str, list[int]] = {}
    for column, cell in enumerate(row):
        plain = plainly(cell)
        if not plain:
            continue
        field = own.get(plain) or known.get(plain) or (_time(plain) if loosely and kind is K.CALL_SHEET else None)
        if field and field != "ignore":
            found.setdefault(field, []).append(column)
    return _cast_and_name(found, [plainly(cell) for cell in row])


# Times of a call sheet by a word of their headings, as every office writes them in its own way.
_TIME_WORDS = (
    ("pickup", re.compile(r"\b(?:pick ?up|leave|lv|depart|transport)\b")),
    ("makeup", re.compile(r"\b(?:make ?up|m ?u|hmu\w*|hair|wardrobe|costume|basecamp|base)\b")),
    ("rehearsal", re.compile(r"\b(?:reh\w*|block\w*)\b")),
    ("wrap", re.compile(r"\b(?:wrap|dismiss\w*|released?|out)\b")),
    ("on_set", re.compile(r"\b(?:on set|set call|set ready|ready|call time)\b")),
)


def _time(plain: str) -> str | None:
    if len(plain) > 40 or any(character.isdigit() for character in plain):
        return None
    return next((field for field, words in _TIME_WORDS if words.search(plain)), None)


def _cast_and_name(found: dict[str, list[int]], plain: Sequence[str]) -> dict[str, list[int]]:
    """`Cast` is the name on most sheets; beside a column that says name or actor it is the number."""
    names = found.get("name", ())
    if len(names) > 1 and "number" not in found:
        cast = [column for column in names if plain[column] == "cast"]
        if cast and len(cast) < len(names):
            found["name"] = [column for column in names if column not in cast]
            found["number"] = cast
    return found
