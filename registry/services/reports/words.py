"""How a report and a letter say acts, days, moments and scenes: in full, with the weekday and the zone."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from registry.domain.clearance import ConcernKind, ToDoKind
from registry.domain.clearance_report import UNMATCHED
from registry.domain.finding import Verdict, VerdictWord
from registry.domain.words import Act

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Controls, line separators, what turns the reading direction round, and half characters.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff\ud800-\udfff\ufffe\uffff]+"
)

ACTS: dict[Act, str] = {
    Act.CREATE_REPLICA: "making a replica",
    Act.USE_REPLICA: "use of replica",
    Act.ALTER_PERFORMANCE: "alteration",
    Act.DUB: "dubbing",
    Act.USE_SYNTHETIC: "synthetic performer",
    Act.PROMPT_LIKENESS: "prompting a likeness",
    Act.TRAIN_MODEL: "training a model",
    Act.REUSE_MODEL: "reuse of a model",
    Act.LICENSE_TRAINING: "licence for training",
    Act.TRANSFER_REPLICA: "transfer of replica",
    Act.GENERATE_MATERIAL: "generated material",
}
TO_DO: dict[ToDoKind, str] = {
    ToDoKind.NOTICE: "notice",
    ToDoKind.RIDER: "rider to sign",
    ToDoKind.APPROVAL: "approval to ask for",
    ToDoKind.RULING: "ruling to obtain",
    ToDoKind.QUESTION: "question to answer",
    ToDoKind.REASON: "reason to write down",
    ToDoKind.BARGAINING: "bargaining",
    ToDoKind.PAYMENT: "payment",
    ToDoKind.DUTY: "duty",
    ToDoKind.OTHER: "to do",
}
CONCERNS: dict[ConcernKind, str] = {
    ConcernKind.UNMATCHED: "not matched with anybody on file",
    ConcernKind.UNPLANNED: "called for a scene with a planned use, none of their own",
    ConcernKind.NOT_CALLED: "planned, and not called",
    ConcernKind.NOT_SCHEDULED: "planned, and not on the schedule",
    ConcernKind.SIGNED_ON_SET: "signed on the set",
    ConcernKind.NO_UNION_CLEARANCE: "engaged without union clearance",
    ConcernKind.UNKNOWN_CODE: "day code nobody knows",
}


def clean(text: str) -> str:
    """`text` on one line, composed, without characters that turn the line round or cannot be seen."""
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub(" ", text)).split())


def word(verdict: Verdict | None) -> str:
    """The verdict in capitals. Somebody who is not in the registry, or may be one of several, has none."""
    return headline(verdict.verdict) if verdict else UNMATCHED


def headline(verdict: VerdictWord) -> str:
    return verdict.value.replace("_", " ").upper()


def day(date: dt.date) -> str:
    """`Mon 30 Nov 2026`."""
    return f"{_DAYS[date.weekday()]} {plain_day(date)}"


def plain_day(date: dt.date) -> str:
    """`30 Nov 2026`."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def local(moment: dt.datetime, zone: str | None) -> dt.datetime:
    """The moment on the wall of the place of work; in its own offset where no zone is known."""
    return moment.astimezone(ZoneInfo(zone)) if zone else moment


def zone_name(moment: dt.datetime, zone: str | None) -> str:
    """`PST`, or `UTC−08:00` where the zone has no short name of its own."""
    name = local(moment, zone).tzname() or ""
    if name[:1] in "+-":
        name = f"UTC{local(moment, zone):%z}"
        name = f"{name[:-2]}:{name[-2:]}"
    return name.replace("-", "−")


def at(moment: dt.datetime, zone: str | None) -> str:
    """`Mon 30 Nov 2026, 14:00 PST`."""
    wall = local(moment, zone)
    return f"{day(wall.date())}, {wall:%H:%M} {zone_name(moment, zone)}"


def clock(moment: dt.datetime, zone: str | None) -> str:
    """`14:00 PST`."""
    return f"{local(moment, zone):%H:%M} {zone_name(moment, zone)}"


def listing(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def some(words: Sequence[str], most: int) -> str:
    """The first `most` of a list, and how many more there are."""
    if len(words) <= most:
        return listing(words)
    return f"{', '.join(words[:most])} and {len(words) - most:,} more"


def count(n: int, noun: str, plural: str = "") -> str:
    """`1 use`, `1,200 uses`."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def ranged(numbers: Sequence[str]) -> str:
    """Scene numbers with runs joined: `41–43, 60, 61A`."""
    runs: list[list[str]] = []
    for number in numbers:
        last = runs[-1][-1] if runs else ""
        if number.isdecimal() and last.isdecimal() and int(number) == int(last) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def scenes(numbers: Sequence[str]) -> str:
    """`scene 41`, `scenes 41–43, 60`."""
    return f"{'scene' if len(numbers) == 1 else 'scenes'} {ranged(numbers)}"


def sentence(text: str) -> str:
    """`text` with a capital first letter and a full stop."""
    said = text[:1].upper() + text[1:]
    return said if said.endswith((".", "?", ":", "…")) else f"{said}."
