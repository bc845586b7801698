"""Reviewing the rules: which packs and clauses there are, what is wrong with a pack file, and signing a rule off."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from registry.domain.finding import Grade
from registry.domain.rate import CardRate
from registry.domain.signoff import SignOff
from registry.domain.world import World
from registry.errors import FileError, UsageError
from registry.rules.additions import with_additions
from registry.rules.catalogue import Catalogue, clauses, pack_text, read_drafts
from registry.rules.dictionary import load_dictionary
from registry.rules.pack import FormRule, Pack, Rule
from registry.rules.signing_off import rule_digest
from registry.source import nearest

if TYPE_CHECKING:
    from registry.storage.receipt import Receipt
    from registry.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """A pack in a list. `expired` is set where its review has run out: its exemptions then refer; `review` says so, and
    from sixty days before."""

    pack: Pack
    rules: int
    forms: int
    gaps: int
    carried: int
    grades: tuple[tuple[Grade, int], ...]
    unverified: int
    expired: bool
    review: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCheck:
    """What is wrong with a pack file; `pack` is there where nothing is."""

    file: str
    pack: Pack | None
    error: FileError | None = None


def list_packs(catalogue: Catalogue, *, on: dt.date) -> tuple[PackLine, ...]:
    """Every pack, in the order of the catalogue, as of a day."""
    return tuple(_line(pack, on) for pack in catalogue.packs)


def list_rules(catalogue: Catalogue, *, pack: str | None = None) -> tuple[tuple[Pack, Rule | FormRule], ...]:
    """Every clause with its pack; of one pack, the carried ones too."""
    if pack is not None:
        found = named_pack(catalogue, pack)
        return tuple((found, clause) for clause in clauses(found))
    return tuple((each, clause) for each in catalogue.packs for clause in clauses(each) if not clause.carried_from)


def named_rule(catalogue: Catalogue, id_: str) -> tuple[Rule | FormRule, Pack]:
    """A rule and the pack it was written in. Raises UsageError with the nearest one."""
    rule, pack = catalogue.rule(id_), catalogue.pack_of(id_)
    if rule is None or pack is None:
        raise _unknown("rule", id_, (clause.id for each in catalogue.packs for clause in clauses(each)))
    return rule, pack


def spoken_by(catalogue: Catalogue, id_: str) -> tuple[str, ...]:
    """The packs a rule speaks in: its own, and those that carry it."""
    return tuple(each.id for each in catalogue.packs if any(clause.id == id_ for clause in clauses(each)))


def check_pack(path: Path) -> PackCheck:
    """A pack file, read as it would be among the packs that ship; nothing is installed. A file that names a shipped
    pack is read in its place."""
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", "registry rules check FILE")
    try:
        return check_pack_text(pack_text(path, path.name), path.name)
    except FileError as error:
        return PackCheck(file=path.name, pack=None, error=error)


def check_pack_text(text: str, name: str) -> PackCheck:
    from registry.rules.linking import link
    from registry.rules.loader import read_pack

    try:
        draft = read_pack(text, name, load_dictionary(), private=True)
    except FileError as error:
        return PackCheck(file=name, pack=None, error=error)
    others = [each for each in read_drafts() if each.pack.id != draft.pack.id]
    packs, errors = link([*others, draft])
    if own := next((error for error in errors if error.file == name), None):
        return PackCheck(file=name, pack=None, error=own)
    return PackCheck(file=name, pack=next(pack for pack in packs if pack.id == draft.pack.id))


def verify_rule(catalogue: Catalogue, id_: str, *, by: str, on: dt.date, note: str | None = None) -> SignOff:
    """The sign-off of a rule as it reads now, to be stored. It counts until the rule reads otherwise."""
    if not by.strip():
        raise UsageError("A sign-off names who checked the rule.", f"registry rules verify {id_} --by NAME")
    rule, _ = named_rule(catalogue, id_)
    if _is_gap(rule):
        raise UsageError(f"{id_} is a documented gap: there is no rule to check.", f"registry rules show {id_}")
    return SignOff(rule=id_, digest=rule_digest(rule), by=by.strip(), on=on, note=note)


def keep_signoff(store: Store, signoff: SignOff, *, by: str, now: dt.datetime) -> Receipt:
    """Record a sign-off. One that says what is on file already changes nothing."""
    return store.record(World(signoffs=(signoff,)), by=by, now=now)


def as_reviewed(catalogue: Catalogue, store: Store, *, known_at: dt.datetime | None = None) -> Catalogue:
    """The packs with the figures and sign-offs of a registry, for reading; a check lays them over by itself."""
    rates = {rate.id: rate for rate in store.values(CardRate, known_at=known_at)}
    return with_additions(catalogue, list(rates.values()), store.values(SignOff, known_at=known_at))


def _line(pack: Pack, on: dt.date) -> PackLine:
    speaking = [clause for clause in clauses(pack) if not _is_gap(clause)]
    grades: Mapping[Grade, int] = Counter(clause.grade for clause in speaking)
    return PackLine(
        pack=pack,
        rules=sum(isinstance(clause, Rule) for clause in speaking),
        forms=len(pack.validity),
        gaps=len(clauses(pack)) - len(speaking),
        carried=sum(clause.carried_from is not None for clause in speaking),
        grades=tuple((grade, grades[grade]) for grade in Grade if grades.get(grade)),
        unverified=sum(clause.grade is Grade.K and clause.verified is None for clause in speaking),
        expired=on > pack.reviewed.expires,
        review=pack.reviewed.note(on),
    )


def _is_gap(clause: Rule | FormRule) -> bool:
    return isinstance(clause, Rule) and clause.gap is not None


def named_pack(catalogue: Catalogue, id_: str) -> Pack:
    """A pack. Raises UsageError with the nearest one."""
    pack = catalogue.pack(id_)
    if pack is None:
        raise _unknown("pack", id_, (each.id for each in catalogue.packs))
    return pack


def _unknown(noun: str, id_: str, known: Iterable[str]) -> UsageError:
    near = nearest(id_, set(known))
    remedy = f"registry rules show {near}" if near else "registry rules list"
    return UsageError(f"There is no {noun} {id_}.", remedy)
