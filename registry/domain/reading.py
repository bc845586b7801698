"""A page to read: the answer, the days row by row, and what each answer rests on, ready to be unfolded.

Everything here is plain words, worked out once; whoever prints it looks nothing up. Of a schedule of thousands of
uses some answers are told in full and the others in short: each still has its row, its rules and what is in the way.
"""

from __future__ import annotations

import datetime as dt

from registry.domain.clearance import Light
from registry.domain.clearance_report import Changed, Doing, Label, Noticed, Person, Row
from registry.domain.finding import State
from registry.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A fact as it was answered. `source` says where the answer came from and who stands behind it."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to do, and the commands that carry it out or record it."""

    text: str
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a rule says, where that is written, and how well its text is known."""

    id: str
    title: str
    says: str
    cite: str
    pack: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A finding: a rule, its state, the facts it rested on, and the record that meets it, what would cure it, or what
    follows. `remarks` are what else it says, a sentence each. Of a note in short `facts` is None: they are not told."""

    rule: Rule
    state: State
    facts: tuple[Stated, ...] | None
    turned_on: tuple[str, ...] = ()
    record: str = ""
    cure: Step | None = None
    follows: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All there is to say of one verdict. `what` is who, which act, which picture; `summary` the second line of the
    verdict. `met` are the rules of an answer in short that are met or exempt, with their state; of one in full they are
    among the notes."""

    use: str
    who: str
    what: str
    word: str
    light: Light
    summary: str
    gates: tuple[Label, ...]
    tally: str
    notes: tuple[Note, ...]
    explain: str
    covered: tuple[str, ...] = ()
    missing: tuple[Label, ...] = ()
    cures: tuple[Step, ...] = ()
    open: tuple[Step, ...] = ()
    after: tuple[Label, ...] = ()
    rests: tuple[Label, ...] = ()
    met: tuple[Label, ...] = ()

    @property
    def short(self) -> bool:
        return any(note.facts is None for note in self.notes) or bool(self.met)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a day, and its answer. Of a crowd it is the answer on `answer.who`; the others have the same word for
    the same reason. None where nobody could be judged. `id` names the row within the page."""

    id: str
    row: Row
    picture: str
    answer: Answer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDay:
    """One day of work; `folded` where nothing of it is in the way and the page is long. `counts` says how many planned
    uses have which answer, worst first; only the answers there are."""

    id: str
    on: dt.date | None
    heading: str
    place: str
    tally: str
    counts: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What is on file, under a heading: labelled lines, and a table with its header."""

    heading: str
    labels: tuple[Label, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole page. `headline` is the worst answer in capitals, empty where nothing was judged; `words` are the
    answers there are, worst first; `notes` say what is
    told in short, and how to read it in full; `rules` are all rules of answers in short. `again` is a command that asks
    the same once more, `digest` the SHA-256 of the same answer as JSON."""

    title: str
    kind: str
    heading: str
    under: str
    headline: str
    light: Light
    answer: tuple[str, ...]
    labels: tuple[Label, ...]
    days: tuple[PageDay, ...] = ()
    words: tuple[str, ...] = ()
    before: tuple[Doing, ...] = ()
    after: tuple[Doing, ...] = ()
    noticed: tuple[Noticed, ...] | None = None
    people: tuple[Person, ...] = ()
    since: str | None = None
    changes: tuple[Changed, ...] | None = None
    sections: tuple[Section, ...] = ()
    rules: tuple[Rule, ...] = ()
    notes: tuple[str, ...] = ()
    again: str = ""
    digest: str = ""

    @property
    def uses(self) -> int:
        """How many planned uses of one person each the rows of all days stand for."""
        return sum(line.row.count for day in self.days for line in day.lines)
