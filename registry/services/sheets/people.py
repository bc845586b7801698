"""People of a cast list, deal memos, selects or vouchers, merged into what is on file: matched by id, union number or
name, updated or added; nobody deleted, and nobody guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from registry.domain.dates import DateSpan
from registry.domain.naming import named, numbered, plainly
from registry.domain.performer import Performer, Standing
from registry.domain.production import CastNumber, Engagement, Production
from registry.domain.schedule import Listed, Sheet, SheetKind
from registry.domain.words import Agreement
from registry.domain.world import World
from registry.engine.on_file import latest
from registry.errors import Fault, FileError
from registry.files.sheets import Columns
from registry.files.sheets.columns_file import as_called
from registry.services.matching import Cast, Line, Matched, Unknown
from registry.services.sheets.proposals import OUTCOME, why
from registry.services.sheets.represented import represented
from registry.source import nearest
from registry.storage.store import Store

_DAY = dt.timedelta(days=1)


class _RowFault(Exception):  # noqa: N818 - one row's fault on its way to the list of all
    """What is wrong with a row, as its sentence."""


def merged(
    store: Store, read: Sheet, production: Production, columns: Columns, file: str, episode: str | None
) -> tuple[World, Sequence[str]]:
    """Performers and engagements as the sheet leaves them. Raises FileError with every row that cannot be merged."""
    merge = _Merge(store, production, columns, episode, kind=read.kind)
    faults: list[Fault] = []
    for listed in read.people:
        if listed.count is not None:
            continue
        try:
            merge.row(listed)
        except _RowFault as fault:
            faults.append(Fault(None, listed.place, str(fault)))
    if faults:
        raise FileError(file, faults, OUTCOME)
    return merge.world(), [*merge.notes, *merge.open_questions()]


class _Merge:
    """What is on file, and what the rows so far make of it."""

    def __init__(
        self, store: Store, production: Production, columns: Columns, episode: str | None, *, kind: SheetKind
    ) -> None:
        self._production = production
        self._columns = columns
        self._episode = episode
        self._vouchers = kind is SheetKind.VOUCHERS
        self._engages = kind is not SheetKind.SELECTS
        self._people = latest(store.values(Performer), None)
        self._engagements = latest(store.engagements([production.id]), None)
        self._cast = Cast(production.id, self._people.values(), self._engagements.values())
        self._members = {
            (_digits(standing.member_id)): performer.id
            for performer in self._people.values()
            for standing in performer.standings
            if standing.member_id
        }
        self._on_file = sorted(self._people)
        self._taken = {engagement.id for engagement in store.values(Engagement)}
        self._rows: dict[str, Listed] = {}  # the first row of each performer
        self._names: dict[str, Listed] = {}  # and of each name
        self._touched: dict[str, None] = {}
        self._engaged: dict[str, None] = {}
        self.notes = [] if self._engages else ["Selects are people who may be cast: nobody was engaged by them."]

    def world(self) -> World:
        return World(
            performers=tuple(self._people[id_] for id_ in self._touched),
            engagements=tuple(self._engagements[id_] for id_ in self._engaged),
        )

    def open_questions(self) -> list[str]:
        """What no row says and every check of these engagements will ask."""
        agreement = self._production.agreement
        open_ = [id_ for id_ in self._engaged if self._engagements[id_].covered_by_agreement is None]
        if agreement in (None, Agreement.NONE, Agreement.UNKNOWN) or not open_:
            return []
        return [
            f"Nothing says whether {agreement} covers {len(open_)} of {len(self._engaged)} engagements; until then "
            "none of its rules speaks for them, the 48 hours' notice included. Add a column `covered by agreement`: "
            "y or n."
        ]

    def row(self, listed: Listed) -> None:
        """Merge one row. Raises _RowFault."""
        performer = self._performer(listed)
        self._people[performer.id] = self._updated(performer, listed)
        self._touched.setdefault(performer.id)
        if self._engages:
            self._engage(performer.id, listed)
        if listed.minor and performer.born is None and listed.born is None:
            self.notes.append(
                f"Row {listed.row}: {listed.name} is a minor, by the sheet; no birth date is on file. Ask for it and "
                f"write `born:` for {performer.id}: until then the age is unknown."
            )

    # ---- who it is

    def _performer(self, listed: Listed) -> Performer:
        id_ = self._identified(listed)
        key = named(listed.name or "").key if listed.name else ""
        before = self._names.get(key) if key else None
        if before is not None and not listed.id:
            self._twice(before, listed)
        if id_ is None and before is not None:
            id_ = self._identified_before(before)
        found = self._people.get(id_) if id_ else None
        if found is None:
            found = self._new(listed, id_)
        self._names.setdefault(key, listed)
        self._rows.setdefault(found.id, listed)
        return found

    def _identified(self, listed: Listed) -> str | None:
        """The id of somebody on file or settled by the mapping file; None for somebody new. Raises _RowFault."""
        if listed.id:
            return self._by_id(listed)
        for text in (listed.name, listed.legal_name, listed.stage_name):
            if text and (settled := self._columns.people.get(as_called(text))):
                return settled
        member = self._members.get(_digits(listed.union_id)) if listed.union_id else None
        if member is not None:
            self._agrees(member, listed, f"member number {listed.union_id} is on file for")
            return member
        found = self._by_name(listed)
        if found is not None and listed.union_id:
            self._same_member(self._people[found], listed)
        return found

    def _by_id(self, listed: Listed) -> str:
        id_ = listed.id or ""
        if id_ in self._people:
            self._agrees(id_, listed, f"{id_} is on file as")
        elif not re.fullmatch(r"[\w.\-]{1,64}", id_):
            raise _RowFault(f"{id_} is no id; letters, digits, `-`, `_` and `.` make one")
        elif (meant := nearest(id_, self._on_file)) is not None:
            raise _RowFault(f"no such performer: {id_}; did you mean {meant}? Somebody new needs an id less alike")
        elif listed.name and (theirs := self._cast.exactly(listed.name)):
            known = ", ".join(sorted(theirs))
            raise _RowFault(
                f"no such performer: {id_}; {listed.name} is on file as {known}. Write that id, or another name"
            )
        return id_

    def _agrees(self, id_: str, listed: Listed, said: str) -> None:
        """That the name of the row is a name of the person."""
        text = listed.name
        if text is None:
            return
        same = id_ in self._cast.exactly(text) | self._cast.alike(text) | self._cast.of_last_name(text)
        if not same and id_ not in self._rows:
            known = self._people[id_].known_as
            raise _RowFault(
                f"{said} {known}, but the row says {text}; correct one of them, or settle it under `people:`"
            )

    def _by_name(self, listed: Listed) -> str | None:
        found_all: set[str] = set()
        for text in dict.fromkeys(t for t in (listed.name, listed.legal_name, listed.stage_name) if t):
            # A name nobody has is somebody new, though the role be somebody's: a double, a twin, another casting.
            known = self._cast.exactly(text) or self._cast.alike(text)
            found = self._cast.who(Line(name=text, character=listed.character if known else None))
            if isinstance(found, Matched):
                found_all.add(found.performer)
            elif not isinstance(found, Unknown):
                raise _RowFault(why(found).replace("write the id", "write the id into a column `performer id`"))
            elif found.nearest and text == listed.name:
                near = ", ".join(f"{one} ({self._people[one].known_as})" for one in found.nearest)
                raise _RowFault(
                    f"{text} is nobody on file, but nearly: {near}; settle it under `people:` of a mapping "
                    "file, with an id on file or a new one"
                )
        if len(found_all) > 1:
            raise _RowFault(f"its names belong to several people: {', '.join(sorted(found_all))}; write the id")
        return next(iter(found_all), None)

    def _same_member(self, performer: Performer, listed: Listed) -> None:
        for standing in performer.standings:
            same_union = listed.union is None or standing.union == listed.union
            if standing.member_id and same_union and _digits(standing.member_id) != _digits(listed.union_id):
                raise _RowFault(
                    f"{performer.known_as} ({performer.id}) has member number {standing.member_id}, the row says "
                    f"{listed.union_id}; correct it, or settle who is meant under `people:`"
                )

    def _twice(self, before: Listed, listed: Listed) -> None:
        """Two rows of one name: one person in one role written twice, or several days of a voucher; else nobody can
        tell whether they are one."""
        same = (before.number, before.character, before.union_id) == (listed.number, listed.character, listed.union_id)
        days = self._vouchers and before.starts_on is not None and before.starts_on != listed.starts_on
        if days or (same and not self._vouchers):
            if same and not days:
                self.notes.append(f"Row {listed.row} says {listed.name} again, as row {before.row} does.")
            return
        raise _RowFault(
            f"{listed.name} stands in row {before.row} too; one person or two? Add a column `performer id`: the "
            "same id for one person, different ids for two"
        )

    def _identified_before(self, before: Listed) -> str | None:
        return next((id_ for id_, listed in self._rows.items() if listed is before), None)

    def _new(self, listed: Listed, id_: str | None) -> Performer:
        name = listed.name or listed.legal_name or listed.stage_name
        if name is None:
            raise _RowFault(f"{id_} is not on file, and the row has no name; write it")
        legal = listed.legal_name or name
        professional = listed.stage_name or (name if name != legal else None)
        made = id_ or self._made_id(name)
        performer = Performer(id=made, legal_name=legal, professional_name=professional)
        self._people[made] = performer
        return performer

    def _made_id(self, name: str) -> str:
        """An id from the name: the last one, else the whole, else with a number."""
        words = [re.sub(r"[^a-z0-9]+", "", word) for word in named(name).words]
        words = [word for word in words if word] or ["performer"]
        choices = [words[-1][:40], "-".join(words)[:56]]
        choices += [f"{choices[1]}-{n}" for n in range(2, 1000)]
        return next(choice for choice in choices if choice not in self._people)

    # ---- what is new about them

    def _updated(self, performer: Performer, listed: Listed) -> Performer:
        own = {
            named(text).key
            for text in (performer.legal_name, performer.professional_name, *performer.other_names)
            if text
        }
        others = list(performer.other_names)
        for text in (listed.name, listed.stage_name, *listed.aliases):
            if text and named(text).key not in own:
                others.append(text)
                own.add(named(text).key)
        born = performer.born
        if listed.born is not None:
            if born is not None and not born.first <= listed.born <= born.last:
                raise _RowFault(f"born {listed.born.isoformat()} in the sheet, {born} on file; correct one of them")
            born = DateSpan(listed.born, listed.born)
        if listed.domicile and performer.domicile is None:
            self.notes.append(
                f"Row {listed.row}: residence {listed.domicile} is kept by nobody; write `domicile:` as US-CA."
            )
        return replace(
            performer,
            other_names=tuple(others),
            born=born,
            standings=self._standings(performer, listed),
            representatives=represented(performer, listed),
        )

    def _standings(self, performer: Performer, listed: Listed) -> tuple[Standing, ...]:
        """Standings with what the sheet says of the union; silence adds nothing."""
        if listed.union is None:
            if listed.union_status or listed.union_id:
                said = listed.union_status or f"member number {listed.union_id}"
                self.notes.append(f"Row {listed.row}: {said} without a union was not recorded.")
            return performer.standings
        standings = list(performer.standings)
        for at, standing in enumerate(standings):
            if standing.union == listed.union:
                if listed.union_id and standing.member_id is None:
                    standings[at] = replace(standing, member_id=listed.union_id)
                if listed.union_status and listed.union_status != standing.status:
                    self.notes.append(
                        f"Row {listed.row}: {listed.union_status} in the sheet, {standing.status} on file; left so."
                    )
                return tuple(standings)
        status = listed.union_status or "unknown"
        return (*standings, Standing(union=listed.union, status=status, member_id=listed.union_id))

    # ---- their engagement

    def _engage(self, performer: str, listed: Listed) -> None:
        theirs = [e for e in self._engagements.values() if e.performer == performer]
        found = self._engagement(theirs, listed)
        if found is None:
            found = Engagement(
                id=self._engagement_id(performer, listed), performer=performer, production=self._production.id
            )
        elif self._vouchers and found.starts_on and listed.starts_on:
            listed = replace(listed, starts_on=min(found.starts_on, listed.starts_on))
        numbers = self._numbers(found, listed)
        another = len(numbers) > 1 and numbers != found.cast_numbers  # its first day is that of the number
        updated = replace(
            found,
            role=found.role or listed.character,
            category=listed.category or found.category,
            starts_on=(found.starts_on if another else None) or listed.starts_on or found.starts_on,
            ends_on=listed.ends_on or found.ends_on,
            daily_rate=listed.daily_rate or found.daily_rate,
            loan_out=listed.loan_out or found.loan_out,
            covered_by_agreement=found.covered_by_agreement if listed.covered is None else listed.covered,
            cast_numbers=numbers,
        )
        self._engagements[found.id] = updated
        self._engaged.setdefault(found.id)

    def _engagement(self, theirs: list[Engagement], listed: Listed) -> Engagement | None:
        """The engagement that a row speaks of: of the same role, the only one without one, or the only one."""
        if listed.character:
            same = [e for e in theirs if e.role and plainly(e.role) == plainly(listed.character)]
            open_ = [e for e in theirs if e.role is None]
            return next(iter([*same, *open_]), None)
        if len(theirs) > 1:
            names = ", ".join(f"{e.id} ({e.role or 'no role'})" for e in theirs)
            raise _RowFault(f"{listed.name} has several engagements: {names}; write the character")
        return theirs[0] if theirs else None

    def _engagement_id(self, performer: str, listed: Listed) -> str:
        role = re.sub(r"[^a-z0-9]+", "-", plainly(listed.character or "")).strip("-")
        short = f"{performer}-{self._production.id}"[:64]
        choices = [short, f"{short[:40]}-{role}"[:64].rstrip("-")]
        choices += [f"{short[:58]}-{n}" for n in range(2, 1000)]
        chosen = next(one for one in choices if one not in self._taken and one not in self._engagements)
        self._taken.add(chosen)
        return chosen

    def _numbers(self, engagement: Engagement, listed: Listed) -> tuple[CastNumber, ...]:
        numbers = engagement.cast_numbers
        if not listed.number:
            return numbers
        holds = [n for n in numbers if n.episode in (None, self._episode) or self._episode is None]
        if any(numbered(n.number) == numbered(listed.number) for n in holds):
            return numbers
        until = self._free(engagement, listed)
        new = CastNumber(number=listed.number, episode=self._episode, from_=listed.starts_on, to=until)
        open_ = [n for n in holds if n.to is None]
        if not open_:
            return (*numbers, new)
        begins = listed.starts_on
        if begins is None or any(n.from_ is not None and n.from_ >= begins for n in open_):
            raise _RowFault(
                f"number {open_[0].number} is on file, {listed.number} in the sheet; write from which day in a column "
                "`start`, later than the first day of the other"
            )
        ended = tuple(replace(n, to=begins - _DAY) if n in open_ else n for n in numbers)
        return (*ended, new)

    def _free(self, engagement: Engagement, listed: Listed) -> dt.date | None:
        """The last day on which the number is theirs, where another's turn comes later. One whose engagement ends
        before the row begins hands it on. Raises _RowFault where somebody else holds it on the first day it is given.
        """
        until: dt.date | None = None
        for other in list(self._engagements.values()):
            if other.performer == engagement.performer:
                continue
            for number in other.cast_numbers:
                if numbered(number.number) != numbered(listed.number or ""):
                    continue
                if number.episode is not None and self._episode is not None and number.episode != self._episode:
                    continue
                if number.to is not None and listed.starts_on is not None and number.to < listed.starts_on:
                    continue
                if listed.ends_on is not None and number.from_ is not None and listed.ends_on < number.from_:
                    until = min(number.from_ - _DAY, until or number.from_)
                elif not self._handed_on(other, number, listed):
                    name = self._people[other.performer].known_as
                    raise _RowFault(
                        f"number {listed.number} is held by {name} ({other.performer}); give that one an end, or this "
                        "row another number"
                    )
        return until

    def _handed_on(self, other: Engagement, number: CastNumber, listed: Listed) -> bool:
        """Whether the number is free by then because its holder's engagement has ended; it is theirs until the day
        before."""
        begins = listed.starts_on
        if number.to is not None or other.ends_on is None or begins is None or other.ends_on >= begins:
            return False
        numbers = tuple(replace(n, to=begins - _DAY) if n is number else n for n in other.cast_numbers)
        self._engagements[other.id] = replace(self._engagements[other.id], cast_numbers=numbers)
        self._engaged.setdefault(other.id)
        name = self._people[other.performer].known_as
        self.notes.append(
            f"Row {listed.row}: number {listed.number} is {name}'s until {begins - _DAY}, then {listed.name}'s."
        )
        return True


def _digits(text: str | None) -> str:
    return re.sub(r"\W+", "", text or "").lstrip("0").casefold()
