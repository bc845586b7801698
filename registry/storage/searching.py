"""Everything on file that can matter to some uses, in about a dozen statements however many uses there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, union

from registry.domain.use import Use
from registry.domain.words import RecordKind
from registry.domain.world import World
from registry.storage import nouns as n
from registry.storage import tables as t
from registry.storage import vault
from registry.storage.kinds import Kind, Name
from registry.storage.reading import Found, Reader, any_version, values

_USE_MADE = RecordKind.USE_MADE.value
_CALLED = (RecordKind.STRIKE.value, RecordKind.SUSPENSION.value)


def load(reader: Reader, *, performers: Iterable[str], productions: Iterable[str], uses: Iterable[Use | str]) -> World:
    """What can matter to these performers, productions and uses.

    A use given by its id is one on file; one given whole need not be. What either names is looked up too.
    """
    names = {Name(Kind.PERFORMER, p) for p in performers} | {Name(Kind.PRODUCTION, p) for p in productions}
    for use in uses:
        names |= {Name(Kind.USE, use)} if isinstance(use, str) else _named_by(use)
    numbers = vault.numbers_of(reader.connection, names)
    filed = _filed(reader, _of(Kind.USE, numbers))
    further = {name for use in values(n.USES, filed) for name in _named_by(use)} - names
    return _Search(reader, numbers | vault.numbers_of(reader.connection, further)).world(filed)


def planned(reader: Reader, production: str) -> World:
    """A production, its uses (those of replicas made for it that name no production too), and all people of either."""
    name = Name(Kind.PRODUCTION, production)
    number = vault.numbers_of(reader.connection, [name]).get(name)
    if number is None:
        return World()
    theirs = select(t.replicas.c.thing).where(t.replicas.c.made_for == number)
    uses, replicas, engaged = t.uses.c, t.replicas.c, t.engagements.c
    named = select(uses.entry).where(uses.production == number)
    by_replica = select(uses.entry).where(uses.production.is_(None), uses.replica.in_(theirs))
    concerned = any_version(n.USES, named.union(by_replica))
    of_uses = select(t.uses.c.entry).where(concerned)
    people = union(
        select(engaged.performer).where(engaged.production == number),
        select(t.use_performers.c.performer).where(t.use_performers.c.entry.in_(of_uses)),
        select(replicas.performer).where(replicas.thing.in_(select(uses.replica).where(concerned))),
    )
    found = {
        n.PERFORMERS: reader.find(n.PERFORMERS, t.performers.c.thing.in_(people)),
        n.PRODUCTIONS: reader.find(n.PRODUCTIONS, t.productions.c.thing == number),
        n.ENGAGEMENTS: reader.find(
            n.ENGAGEMENTS, any_version(n.ENGAGEMENTS, select(engaged.entry).where(engaged.production == number))
        ),
        n.REPLICAS: reader.find(n.REPLICAS, replicas.thing.in_(select(uses.replica).where(concerned))),
        n.USES: reader.find(n.USES, concerned),
    }
    return World(**{noun.shelf: values(noun, rows) for noun, rows in found.items()})


def _named_by(use: Use) -> set[Name]:
    return {Name(Kind.USE, use.id), *(m.name for m in n.USES.mentions(use))}


def _of(kind: Kind, numbers: dict[Name, int]) -> set[int]:
    return {number for name, number in numbers.items() if name.kind is kind}


def _filed(reader: Reader, uses: set[int]) -> Found:
    return reader.find(n.USES, reader.among(t.uses.c.thing, uses), beside=[t.uses.c.production]) if uses else ()


class _Search:
    """One search, by number. A superset is harmless: records of other performers never matter to a verdict."""

    def __init__(self, reader: Reader, numbers: dict[Name, int]) -> None:
        self._reader = reader
        self._uses = _of(Kind.USE, numbers)
        self._productions = _of(Kind.PRODUCTION, numbers)
        self._engagements = _of(Kind.ENGAGEMENT, numbers)
        self._replicas = _of(Kind.REPLICA, numbers)
        self._models = _of(Kind.MODEL, numbers)
        self._people = _of(Kind.PERFORMER, numbers)
        self._add_what_is_left_out()

    def world(self, filed: Found) -> World:
        """Everything found, with the uses that were named and are on file."""
        find, theirs = self._reader.find, self._theirs
        engagements = find(
            n.ENGAGEMENTS,
            theirs(n.ENGAGEMENTS, t.engagements.c),
            self._in(n.ENGAGEMENTS, self._engagements),
            beside=[t.engagements.c.production],
        )
        replicas = find(
            n.REPLICAS,
            theirs(n.REPLICAS, t.replicas.c),
            self._in(n.REPLICAS, self._replicas),
            t.replicas.c.performer.is_(None),
            beside=[t.replicas.c.performer, t.replicas.c.made_for],
        )
        models = find(
            n.MODELS,
            theirs(n.MODELS, t.model_performers.c),
            self._in(n.MODELS, self._models),
            beside=[t.models.c.made_for],
        )
        consents = find(n.CONSENTS, self._among(t.consents.c.performer, self._people))
        made = find(n.USES, self._made(replicas), self._planned(), beside=[t.uses.c.production])
        uses = [*filed, *made]
        self._replicas |= {row.thing for row in replicas}
        places = {row.production for row in (*uses, *engagements)} | {row.made_for for row in (*replicas, *models)}
        concerned = self._records({row.thing for row in consents}, {row.thing for row in made})
        found = {
            n.PERFORMERS: find(n.PERFORMERS, self._in(n.PERFORMERS, self._people)),
            n.PRODUCTIONS: find(n.PRODUCTIONS, self._in(n.PRODUCTIONS, self._productions | (places - {None}))),
            n.ENGAGEMENTS: engagements,
            n.PROFILES: find(n.PROFILES),
            n.REPLICAS: replicas,
            n.TOOLS: find(n.TOOLS),
            n.CONSENTS: consents,
            n.MODELS: models,
            n.USES: uses,
            n.RECORDS: find(n.RECORDS, t.records.c.entry.in_(concerned)),
            n.RATES: find(n.RATES),
            n.SIGNOFFS: find(n.SIGNOFFS),
        }
        return World(**{noun.shelf: values(noun, rows) for noun, rows in found.items()})

    def _among(self, column: ColumnElement[Any], numbers: Iterable[int]) -> ColumnElement[bool]:
        return self._reader.among(column, numbers)

    def _in(self, noun: n.Noun, numbers: set[int]) -> ColumnElement[bool]:
        return self._among(noun.table.c.thing, numbers)

    def _theirs(self, noun: n.Noun, columns: Any) -> ColumnElement[bool]:
        """Things of which one version names one of the performers."""
        return any_version(noun, select(columns.entry).where(self._among(columns.performer, self._people)))

    def _add_what_is_left_out(self) -> None:
        """The performers and productions of the replicas and engagements named: a use may leave both to them."""
        if not (self._replicas or self._engagements):
            return
        replicas, engagements = t.replicas.c, t.engagements.c
        query = union(
            select(replicas.performer, replicas.made_for).where(self._among(replicas.thing, self._replicas)),
            select(engagements.performer, engagements.production).where(
                self._among(engagements.thing, self._engagements)
            ),
        )
        for performer, production in self._reader.connection.execute(query):
            self._people |= {performer} - {None}
            self._productions |= {production} - {None}

    def _made(self, replicas: Found) -> ColumnElement[bool]:
        """Uses of these performers, or of replicas of theirs, that were made: they count towards limits of consents."""
        named = select(t.use_performers.c.entry).where(self._among(t.use_performers.c.performer, self._people))
        theirs = {row.thing for row in replicas if row.performer in self._people}
        by_replica = select(t.uses.c.entry).where(self._among(t.uses.c.replica, theirs))
        made = (
            select(t.records.c.entry)
            .join_from(t.record_subjects, t.records, t.records.c.entry == t.record_subjects.c.entry)
            .where(t.record_subjects.c.thing == t.uses.c.thing, t.records.c.kind == _USE_MADE)
        )
        return and_(any_version(n.USES, named.union(by_replica)), made.exists())

    def _planned(self) -> ColumnElement[bool]:
        """Dated uses of these performers on these productions: a notice may serve the first of them alone."""
        theirs = select(t.use_performers.c.entry).where(self._among(t.use_performers.c.performer, self._people))
        dated = select(t.uses.c.entry).where(
            t.uses.c.entry.in_(theirs),
            self._among(t.uses.c.production, self._productions),
            t.uses.c.used_at.is_not(None),
        )
        return any_version(n.USES, dated)

    def _records(self, consents: set[int], made: set[int]) -> Select[Any]:
        """The entries of every record that concerns the search, and of the corrections that void one of them."""
        r, subject = t.records.c, t.record_subjects.c
        about = select(subject.entry).where(self._among(subject.thing, self._uses | self._replicas | made))
        conditions = (
            self._among(r.performer, self._people),
            and_(self._among(r.production, self._productions), r.performer.is_(None)),
            self._among(r.consent, consents),
            self._among(r.replica, self._replicas),
            and_(r.kind.in_(_CALLED), r.performer.is_(None)),
            r.entry.in_(about),
        )
        concern = union(*(select(r.entry, r.thing).where(condition) for condition in conditions)).subquery()
        picked = select(concern.c.entry, concern.c.thing).cte("picked", recursive=True)
        corrections = select(r.entry, r.thing).join_from(t.records, picked, r.corrects == picked.c.thing)
        return select(picked.union(corrections).c.entry)
