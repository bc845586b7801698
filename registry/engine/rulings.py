"""Rulings: who decided what about a use, in which capacity, and whether that settles it (DOMAIN.md §4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from registry.domain.facts import FactDefinition
from registry.domain.production import Decider
from registry.domain.record import Record
from registry.domain.values import dataclass
from registry.domain.words import RecordKind
from registry.engine.binding import changed_since
from registry.engine.matter import Matter

COUNSEL = "counsel"


@dataclass(frozen=True, slots=True)
class Rulings:
    """The rulings that can speak for one matter, by question; those that count and those that are only claims."""

    counting: Mapping[str, tuple[Record, ...]]
    claims: Mapping[str, tuple[Record, ...]]
    special: frozenset[str]  # the rules for which alone some of them count

    @staticmethod
    def of(matter: Matter, dictionary: Mapping[str, FactDefinition]) -> Rulings:
        counting: dict[str, list[Record]] = {}
        claims: dict[str, list[Record]] = {}
        for record in _speaking(matter):
            if not matter.by_as_of(record.decided_on):
                continue
            counts = _counts(record, dictionary, matter.production.deciders) and not changed_since(record, matter)
            (counting if counts else claims).setdefault(record.question or "", []).append(record)
        alone = {r.rule for group in (counting, claims) for rs in group.values() for r in rs if r.rule}
        return Rulings(_latest_first(counting), _latest_first(claims), frozenset(alone))

    def concern(self, question: str) -> bool:
        """Whether anybody has spoken on `question`."""
        return question in self.counting or question in self.claims

    def settling(
        self, question: str, *, rule: str | None = None, consent: str | None = None, clause: str | None = None
    ) -> Record | None:
        """The ruling that settles `question`: the latest day wins, then counsel, then id."""
        return _first(self.counting.get(question, ()), rule, consent, clause)

    def not_counting(
        self, question: str, *, rule: str | None = None, consent: str | None = None, clause: str | None = None
    ) -> Record | None:
        """A ruling on `question` in a capacity that does not settle it: a claim."""
        return _first(self.claims.get(question, ()), rule, consent, clause)


def _speaking(matter: Matter) -> Iterator[Record]:
    """The rulings on consents of the performer, and those on the use that are on no consent."""
    on_file = matter.on_file
    for consent in on_file.consents_of(matter.performer.id if matter.performer else None):
        yield from on_file.of_consent(consent.id, RecordKind.RULING)
    for record in on_file.about(matter.use.id, RecordKind.RULING):
        if not record.consent and matter.use.id in record.use:
            yield record


def _counts(record: Record, dictionary: Mapping[str, FactDefinition], deciders: Iterable[Decider]) -> bool:
    """Counsel on anything; business affairs on what is theirs; where a production lists its deciders, only those."""
    definition = dictionary.get(record.question or "")
    theirs = definition is not None and definition.who == record.capacity
    if record.capacity != COUNSEL and not theirs:
        return False
    listed = tuple(deciders)
    if not listed:
        return True
    day = record.decided_on
    return any(
        d.name == record.decided_by
        and d.capacity == record.capacity
        and (day is None or ((d.from_ is None or d.from_ <= day) and (d.to is None or day <= d.to)))
        for d in listed
    )


def _latest_first(rulings: Mapping[str, list[Record]]) -> dict[str, tuple[Record, ...]]:
    def key(record: Record) -> tuple[int, bool, str]:
        return (-(record.decided_on.toordinal() if record.decided_on else 0), record.capacity != COUNSEL, record.id)

    return {question: tuple(sorted(found, key=key)) for question, found in sorted(rulings.items())}


def _first(records: Iterable[Record], rule: str | None, consent: str | None, clause: str | None) -> Record | None:
    for record in records:
        if record.rule is not None and record.rule != rule and record.question != "rule":
            continue
        if record.question == "rule" and record.rule != rule:
            continue
        if record.consent is not None and record.consent != consent:
            continue
        if record.clause is not None and record.clause != clause:
            continue
        return record
    return None
