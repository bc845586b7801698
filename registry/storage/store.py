"""A registry's store: what services ask for and hand over, as frozen values. Everything else in this wing is inside."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.exc import DBAPIError

from registry.domain.decision import Decision, KeptClearance
from registry.domain.production import Engagement
from registry.domain.revision import Revision
from registry.domain.schedule import Schedule
from registry.domain.use import Use
from registry.domain.world import World
from registry.errors import UsageError
from registry.storage import reading, searching
from registry.storage.database import HEAD, Database, revision_of
from registry.storage.ledger import Head, head, last_recorded_at
from registry.storage.nouns import ALL, CLEARANCES, DECISIONS, ENGAGEMENTS, REVISIONS, SCHEDULES
from registry.storage.projecting import value_of
from registry.storage.reading import Reader

if TYPE_CHECKING:
    from registry.storage.integrity import Damage
    from registry.storage.kinds import Kind
    from registry.storage.proof import Proof
    from registry.storage.receipt import Receipt

V = TypeVar("V")


def open_store(url: str) -> Store:
    """The store of a registry that is there and at head. Raises UsageError, naming the command that makes it so."""
    database = Database(url)
    if database.file is not None and not database.file.is_file():
        raise UsageError(f"There is no registry in {database.place}.", "registry init")
    try:
        with database.reading() as connection:
            revision = revision_of(connection)
    except DBAPIError as error:
        raise _unreadable(database, error) from error
    if revision is None:
        raise UsageError(f"There is no registry in {database.place} yet.", "registry init")
    if revision < HEAD:
        raise UsageError(
            f"The registry in {database.place} is at migration {revision}, this program at {HEAD}.", "registry init"
        )
    if revision > HEAD:
        raise UsageError(
            f"The registry in {database.place} is at migration {revision}; this program knows none after {HEAD}.",
            "pip install --upgrade consent-registry",
        )
    return Store(database)


def create_store(url: str) -> Store:
    """The same, after making the tables where there are none, or migrating them to head."""
    from registry.storage.migrating import upgrade  # and with it Alembic: only when it has something to do

    upgrade(url)
    return open_store(url)


def _unreadable(database: Database, error: DBAPIError) -> UsageError:
    """Why the database does not open: nobody may write where it has to be written to, or it is something else."""
    problem = f"{database.place} cannot be read as a registry: {_reason(error)}."
    folder = database.file.parent if database.file is not None else None
    if folder is not None and not os.access(folder, os.W_OK):
        wait = "What was last recorded waits beside the file, and you may not write there"
        return UsageError(f"{problem}\n{wait}.", f"registry --registry COPY …    after cp -r {folder} COPY")
    return UsageError(problem, "registry init")


def _reason(error: DBAPIError) -> str:
    return str(error.orig).strip().rstrip(".").splitlines()[0]


class Store:
    """One registry. Reading sees one moment of it; each recording is one transaction, whole or not at all."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def place(self) -> str:
        """Where it is kept, for messages."""
        return self._database.place

    def load(
        self,
        *,
        performers: Iterable[str] = (),
        productions: Iterable[str] = (),
        uses: Iterable[Use | str] = (),
        known_at: dt.datetime | None = None,
    ) -> World:
        """Everything known at `known_at` (None: all on file) that can matter to these, in about a dozen statements.

        A use given by its id is one on file; one given whole need not be on file, and what it names is loaded too.
        """
        with self._database.reading() as connection:
            reader = Reader(connection, known_at)
            return searching.load(reader, performers=performers, productions=productions, uses=uses)

    def planned(self, production: str, *, known_at: dt.datetime | None = None) -> World:
        """The production, its uses, who is engaged on it and of whom the uses are, in a handful of statements."""
        with self._database.reading() as connection:
            return searching.planned(Reader(connection, known_at), production)

    def decided(self, uses: Iterable[str], *, known_at: dt.datetime | None = None) -> tuple[Decision, ...]:
        """The decisions on these uses, in the order of recording."""
        with self._database.reading() as connection:
            reader = Reader(connection, known_at)
            return reading.values(DECISIONS, reader.decided(uses))

    def world(self, known_at: dt.datetime | None = None) -> World:
        """Everything known at `known_at` (left out: all on file), with all its versions, and what was taken back."""
        with self._database.reading() as connection:
            return reading.world(Reader(connection, known_at, withdrawn=True))

    def values(
        self, cls: type[V], ids: Iterable[str] | None = None, *, known_at: dt.datetime | None = None
    ) -> tuple[V, ...]:
        """The values of one class with all their versions, by id and moment; of `ids` alone where these are given."""
        noun = next(noun for noun in ALL if noun.type is cls)
        with self._database.reading() as connection:
            reader = Reader(connection, known_at)
            return reading.values(noun, reader.find(noun) if ids is None else reader.named(noun, ids))

    def is_on_file(self, kinds: Sequence[Kind], id_: str) -> bool:
        """Whether something of one of the kinds is on file under exactly this identifier."""
        from registry.storage import identifiers

        with self._database.reading() as connection:
            return identifiers.is_on_file(Reader(connection), kinds, id_)

    def beginning(self, kinds: Sequence[Kind], start: str, *, most: int) -> tuple[str, ...]:
        """The first `most` identifiers on file that begin with `start`, found by index."""
        from registry.storage import identifiers

        with self._database.reading() as connection:
            return identifiers.beginning(Reader(connection), kinds, start, most)

    def near(self, kinds: Sequence[Kind], typed: str, *, known_at: dt.datetime | None = None) -> str | None:
        """The identifier on file that was most likely meant, found without reading what identifiers stand for."""
        from registry.storage import identifiers

        with self._database.reading() as connection:
            return identifiers.near(Reader(connection, known_at), kinds, typed)

    def containing(self, kinds: Sequence[Kind], words: Sequence[str]) -> tuple[tuple[Kind, Any], ...]:
        """Everything of these kinds whose text, as last recorded, has all the words; found by reading all of it."""
        from registry.storage import scanning

        with self._database.reading() as connection:
            return tuple(scanning.containing(Reader(connection), kinds, words))

    def revisions(self, *, document: str | None = None) -> tuple[Revision, ...]:
        """The revisions of one document (None: of all), in the order of recording."""
        with self._database.reading() as connection:
            reader = Reader(connection)
            column = REVISIONS.table.c.document
            found = reader.find(REVISIONS, *([column == document] if document is not None else ()))
            by_id = {value.id: value for value in reading.values(REVISIONS, found)}
            return tuple(by_id[value_of(REVISIONS, row.content, row.written_at).id] for row in found)

    def last_recorded_at(self) -> dt.datetime | None:
        """The ledger's own clock at its last entry; None where nothing is recorded."""
        with self._database.reading() as connection:
            return last_recorded_at(connection)

    def with_endings(self, first: dt.date, last: dt.date, *, known_at: dt.datetime | None = None) -> tuple[str, ...]:
        """The performers of whom a consent, a clause or an authority has its last day from `first` to `last`, by id."""
        from registry.storage import ending

        with self._database.reading() as connection:
            return ending.with_endings(Reader(connection, known_at), first, last)

    def with_custody(self, *, known_at: dt.datetime | None = None) -> tuple[str, ...]:
        """The performers of replicas that have to be destroyed some day and are not, by id."""
        from registry.storage import ending

        with self._database.reading() as connection:
            return ending.with_custody(Reader(connection, known_at))

    def proof(self, world: World, uses: Iterable[str]) -> Proof:
        """The stretch of the ledger that concerns what is in `world` and the decisions on `uses`."""
        from registry.storage import proof

        with self._database.reading() as connection:
            return proof.proof(Reader(connection), world, uses)

    def schedules(self, productions: Iterable[str], *, known_at: dt.datetime | None = None) -> tuple[Schedule, ...]:
        """Every version of the schedules of these productions, in two statements; a check does not look at them."""
        with self._database.reading() as connection:
            reader = Reader(connection, known_at)
            return reading.values(SCHEDULES, reader.of_productions(SCHEDULES, productions))

    def clearances(self, production: str) -> tuple[KeptClearance, ...]:
        """What recorded clearances of a production answered on uses that could not be filed, in two statements."""
        with self._database.reading() as connection:
            reader = Reader(connection)
            return reading.values(CLEARANCES, reader.of_productions(CLEARANCES, [production]))

    def engagements(self, productions: Iterable[str], *, known_at: dt.datetime | None = None) -> tuple[Engagement, ...]:
        """Every version of the engagements on these productions, in two statements."""
        with self._database.reading() as connection:
            reader = Reader(connection, known_at)
            return reading.values(ENGAGEMENTS, reader.of_productions(ENGAGEMENTS, productions))

    def record(self, world: World, *, by: str, now: dt.datetime) -> Receipt:
        """Record whatever of `world` is not on file yet. Raises RefusedError, naming all that cannot be recorded."""
        from registry.storage import writing  # a check reads only

        with self._database.writing() as connection:
            return writing.record(connection, world, writing.Clerk(by, now))

    def head(self) -> Head:
        """Where the ledger stands."""
        with self._database.reading() as connection:
            return head(connection)

    def damages(self) -> tuple[Damage, ...]:
        """Everything on file that is not what was recorded; nothing where all is sound."""
        from registry.storage import integrity

        with self._database.reading() as connection:
            return integrity.damages(connection)
