"""Who is meant by a line of a sheet: cast number, episode and day, confirmed by the name. Never a guess.

A cast number holds inside one episode and one span of days only, and a name may be an alias kept for secrecy or the
character alone. Where number and name disagree, or two people may be meant, the answer is all who may be, and why.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from registry.domain.dates import spoken
from registry.domain.naming import Name, named, numbered, plainly
from registry.domain.performer import Performer
from registry.domain.production import CastNumber, Engagement
from registry.domain.values import dataclass
from registry.engine.on_file import latest
from registry.source.spelling import distance


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a sheet says about one person, as written. `on` is the day it speaks of; None: every day may be meant."""

    number: str | None = None
    name: str | None = None
    character: str | None = None
    episode: str | None = None
    on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """One person. `engagement` is None where they have none on the production, or several that fit. `confirmed` is
    False where only the number spoke: the line gave neither a name nor a character to confirm it by."""

    performer: str
    engagement: str | None = None
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """Somebody, but who is not known: the ids of all who may be meant, sorted, and why, as the end of a sentence."""

    candidates: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Nobody on file. `nearest` are the ids of people whose names are spelled nearly so, nearest first."""

    nearest: tuple[str, ...] = ()
    why: str


Match: TypeAlias = Matched | Ambiguous | Unknown
_CHILD = re.compile(r"(?i)[(\[](?:k|minor)[)\]]")
_MOST_WORDS = 6  # of a name that is tried the other way round
_NEAREST = 3


class Cast:
    """The people of one production, and of whom else may be named, ready to be asked about."""

    def __init__(self, production: str, performers: Iterable[Performer], engagements: Iterable[Engagement]) -> None:
        """`performers` are those engaged and any others that a name may mean; the latest version of each counts."""
        self.production = production
        self._people = latest(performers, None)
        theirs = (e for e in latest(engagements, None).values() if e.production == production)
        self._engagements: dict[str, list[Engagement]] = defaultdict(list)
        self._numbers: dict[str, list[tuple[CastNumber, Engagement]]] = defaultdict(list)
        self._roles: dict[str, list[Engagement]] = defaultdict(list)
        for engagement in sorted(theirs, key=lambda e: e.id):
            self._engagements[engagement.performer].append(engagement)
            for cast_number in engagement.cast_numbers:
                self._numbers[numbered(cast_number.number)].append((cast_number, engagement))
            if engagement.role:
                self._roles[_role(engagement.role)].append(engagement)
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._by_last: dict[str, set[tuple[Name, str]]] = defaultdict(set)
        for person in self._people.values():
            for name in _names(person):
                self._exact[name.key].add(person.id)
                self._by_last[name.last].add((name, person.id))

    def who(self, line: Line) -> Match:
        """Who is meant by a line."""
        number = numbered(line.number) if line.number and line.number.strip() else None
        holders = self.holders(number, line.episode, line.on) if number is not None else {}
        said = _Said.of(line, self, confirming=bool(holders))
        if holders:
            return self._held(line, holders, said)
        return self._by_name(line, said) if number is None else self._unheld(line, said)

    def holders(self, number: str, episode: str | None = None, on: dt.date | None = None) -> dict[str, Engagement]:
        """Who holds a cast number in an episode on a day, with the engagement it stands in; None: in any."""
        found = self._numbers.get(numbered(number), ())
        return {e.performer: e for cast_number, e in found if _holds(cast_number, episode, on)}

    def number_of(self, performer: str, episode: str | None = None, on: dt.date | None = None) -> str | None:
        """The cast number of somebody that day; None where none is on file, or several are."""
        found = {
            n.number for e in self._engagements.get(performer, ()) for n in e.cast_numbers if _holds(n, episode, on)
        }
        return found.pop() if len(found) == 1 else None

    def engagement_of(
        self, performer: str, on: dt.date | None = None, character: str | None = None
    ) -> Engagement | None:
        """The engagement that a line about somebody speaks of; None where none or several fit."""
        theirs = self._engagements.get(performer, [])
        theirs = [e for e in theirs if on is None or _works_on(e, on)] or theirs
        if character is not None:
            theirs = [e for e in theirs if _role(e.role or "") == _role(character)] or theirs
        return theirs[0] if len(theirs) == 1 else None

    def name_of(self, performer: str) -> str:
        """The name somebody is known by; the id of somebody not on file."""
        person = self._people.get(performer)
        return person.known_as if person else performer

    @property
    def performers(self) -> Mapping[str, Performer]:
        return self._people

    @property
    def engagements(self) -> Mapping[str, list[Engagement]]:
        """By performer, each list by id."""
        return self._engagements

    def exactly(self, text: str) -> set[str]:
        """Everybody whose name, one of whose other names, or whose id this is. An id is its owner alone, though others
        be called so but for a hyphen; unless somebody's name is written just like it."""
        by_id = {text.strip()} & self._people.keys()
        key = named(text)
        called = self._exact.get(key.key, set()) if key.words else set()
        if by_id and not any(text.strip() in self._written(other) for other in called - by_id):
            return by_id
        return by_id | called

    def _written(self, performer: str) -> tuple[str | None, ...]:
        person = self._people[performer]
        return person.legal_name, person.professional_name, *person.other_names

    def alike(self, text: str) -> set[str]:
        """Everybody whose name this may shorten: initials, a middle name left out."""
        name = named(text)
        return {id_ for other, id_ in self._by_last.get(name.last, ()) if name.alike(other)}

    def of_last_name(self, text: str) -> set[str]:
        """Everybody whose last name this is."""
        name = named(text)
        return {id_ for other, id_ in self._by_last.get(name.last, ()) if name.is_last_name_of(other)}

    def playing(self, text: str | None, on: dt.date | None) -> set[str]:
        """Everybody engaged in a role of this name; where several were, those whose engagement reaches the day."""
        found = self._roles.get(_role(text), []) if text and _role(text) else []
        then = [e for e in found if on is not None and _works_on(e, on)]
        return {e.performer for e in then or found}

    def nearest(self, text: str) -> tuple[str, ...]:
        """People of the production whose names are spelled nearly so, and those on file of the same name turned round
        or of the same last name, nearest first. Of everybody on file the spelling is not compared: they may be a
        hundred thousand."""
        wanted = named(text).key
        limit = max(1, min(3, len(wanted) // 4))
        near = dict.fromkeys(self.of_last_name(named(text).last), limit)
        for id_ in self._engagements:
            for name in _names(self._people[id_]) if id_ in self._people else ():
                edits = distance(wanted, name.key, limit)
                if edits <= limit:
                    near[id_] = min(edits, near.get(id_, edits))
        near |= dict.fromkeys(self._turned(text), 0)
        return tuple(sorted(near, key=lambda id_: (near[id_], id_))[:_NEAREST])

    def _turned(self, text: str) -> set[str]:
        """Everybody who has this name with the family name at its other end: `Nagy Éva` and `Éva Nagy`."""
        name = named(text)
        ways = [(*name.words[at:], *name.words[:at]) for at in range(1, min(len(name.words), _MOST_WORDS))]
        return {id_ for words in ways for id_ in self._exact.get(Name(words, name.suffix).key, ())}

    def _held(self, line: Line, holders: dict[str, Engagement], said: _Said) -> Match:
        """The number is somebody's that day: the name has to say the same."""
        if said.nothing:
            if len(holders) == 1:
                ((performer, engagement),) = holders.items()
                return Matched(performer=performer, engagement=engagement.id, confirmed=False)
            return self._ambiguous(
                set(holders), f"number {line.number} is held by {self._listed(holders)} {_when(line)}"
            )
        exact, loose = said.exact & holders.keys(), said.loose & holders.keys()
        confirmed = exact or (loose if not said.exact else set())
        if len(confirmed) == 1:
            (performer,) = confirmed
            return Matched(performer=performer, engagement=holders[performer].id)
        if confirmed:
            return self._ambiguous(
                confirmed, f"number {line.number} is held by {self._listed(confirmed)} {_when(line)}"
            )
        if said.only_character and len(holders) == 1:
            ((performer, engagement),) = holders.items()
            if not engagement.role:  # the role is not on file: nothing to agree or disagree with
                return Matched(performer=performer, engagement=engagement.id, confirmed=False)
            if not said.exact and set(_role(said.text).split()) <= set(_role(engagement.role).split()):
                return Matched(performer=performer, engagement=engagement.id)  # `MARA` for the role of Mara Quinn
        others = said.exact or said.loose
        meant = self._listed(others, "or") if others else ""
        who = "who is nobody on file" if not others else f"who is {meant}" if meant != said.text else ""
        why = f"number {line.number} is held by {self._listed(holders)} {_when(line)}, but the line says {said.text}"
        return self._ambiguous({*holders, *others}, f"{why}, {who}" if who else why)

    def _unheld(self, line: Line, said: _Said) -> Match:
        """Nobody holds the number that day: the name alone may tell, unless its owner has another number."""
        if said.nothing:
            return Unknown(why=f"nobody on file holds number {line.number} {_when(line)}".rstrip())
        found = self._by_name(line, said)
        if not isinstance(found, Matched):
            return found
        other = self.number_of(found.performer, line.episode, line.on)
        if other is None:
            return found
        why = f"{self.name_of(found.performer)} has number {other} {_when(line)}, but the line says {line.number}"
        return self._ambiguous({found.performer}, why)

    def _by_name(self, line: Line, said: _Said) -> Match:
        """The name alone, or the character alone: one person of the production, else one on file."""
        if said.nothing:
            return Unknown(why="the line names nobody")
        for found in (said.exact, said.loose):
            engaged = {id_ for id_ in found if id_ in self._engagements}
            sure = engaged or (found if found is said.exact else set())
            if len(sure) > 1:
                sure = sure & self.playing(line.character, line.on) or sure
            if len(sure) == 1:
                return self._one(next(iter(sure)), line)
            if sure:
                return self._ambiguous(sure, f"{said.text} may be {self._listed(sure, 'or')}")
        if namesakes := {id_ for id_ in said.last_name if id_ in self._engagements}:
            whose = self._listed(namesakes, "or")
            return self._ambiguous(namesakes, f"a last name alone names nobody; {said.text} may be {whose}")
        if others := self.playing(line.character, line.on):
            why = f"the character is {self._listed(others)}, and {said.text} is nobody on file"
            return self._ambiguous(others, why)
        return Unknown(nearest=self.nearest(line.name or line.character or ""), why=f"{said.text} is nobody on file")

    def _one(self, performer: str, line: Line) -> Matched:
        engagement = self.engagement_of(performer, line.on, line.character)
        return Matched(performer=performer, engagement=engagement.id if engagement else None)

    def _ambiguous(self, candidates: Iterable[str], why: str) -> Ambiguous:
        return Ambiguous(candidates=tuple(sorted(candidates)), why=why.rstrip().replace(" ,", ","))

    def _listed(self, performers: Iterable[str], last: str = "and") -> str:
        """Names in the order of ids; two of one name are told apart by their ids."""
        ids = sorted(performers)
        names = [self.name_of(id_) for id_ in ids]
        keys = [named(name).key for name in names]
        shown = [f"{n} ({i})" if keys.count(k) > 1 else n for n, k, i in zip(names, keys, ids, strict=True)]
        return f" {last} ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """Whom the name of a line, or the character where there is no name, may mean, by how surely."""

    text: str
    exact: set[str]
    loose: set[str]
    last_name: set[str]
    only_character: bool = False

    @classmethod
    def of(cls, line: Line, cast: Cast, *, confirming: bool) -> _Said:
        """`confirming` says that a number has named somebody: then a last name alone is enough to agree."""
        name = line.name if line.name and named(line.name).words else None
        if name is None:
            character = line.character if line.character and _role(line.character) else None
            playing = cast.playing(character, line.on)
            return cls(text=character or "", exact=playing, loose=set(), last_name=set(), only_character=True)
        exact = cast.exactly(name) or cast.playing(name, line.on)  # a sheet may show the character in the name's place
        last_name = set() if exact else cast.of_last_name(name)
        loose = set() if exact else cast.alike(name) or (last_name if confirming else set())
        return cls(text=name.strip(), exact=exact, loose=loose, last_name=last_name)

    @property
    def nothing(self) -> bool:
        return not self.text


def _role(text: str) -> str:
    """A character as it compares: `YOUNG SAM (K)` marks a minor and is Young Sam."""
    return plainly(_CHILD.sub(" ", text))


def _names(person: Performer) -> Iterator[Name]:
    for text in (person.legal_name, person.professional_name, *person.other_names):
        if text and (name := named(text)).words:
            yield name


def _holds(number: CastNumber, episode: str | None, on: dt.date | None) -> bool:
    if episode is not None and number.episode is not None and numbered(episode) != numbered(number.episode):
        return False
    return on is None or ((number.from_ is None or number.from_ <= on) and (number.to is None or on <= number.to))


def _works_on(engagement: Engagement, on: dt.date) -> bool:
    begins, ends = engagement.starts_on, engagement.ends_on
    return (begins is None or begins <= on) and (ends is None or on <= ends)


def _when(line: Line) -> str:
    """Where and when a number was looked up, for a sentence."""
    episode = f"in episode {line.episode}" if line.episode else ""
    day = f"on {spoken(line.on)}" if line.on else ""
    return " ".join(part for part in (episode, day) if part)
