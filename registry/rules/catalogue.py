"""The catalogue: every pack that ships, and the private ones of this registry, ready to be asked."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from registry import __version__
from registry.domain.facts import FactDefinition
from registry.domain.words import Act
from registry.errors import Fault, FileError, RegistryError, UsageError
from registry.rules import cel, compiled
from registry.rules.dictionary import FACTS, load_dictionary
from registry.rules.index import Mask, bit, masks_of
from registry.rules.pack import FormRule, Pack, Parameter, Rule, Verified
from registry.rules.rates import merge_tables

if TYPE_CHECKING:
    from registry.rules.loader import Draft

PACKS = Path(__file__).with_name("packs")
SUFFIXES = (".yaml", ".yml", ".json")
MOST_BYTES = 4_000_000

Masks = tuple[tuple[Mask, ...], tuple[Mask, ...]]


class PacksError(RegistryError):
    """Faults in several pack files."""

    def __init__(self, errors: Sequence[FileError]) -> None:
        super().__init__(f"{len(errors)} pack files have faults, nothing loaded.")
        self.errors = tuple(errors)

    def lines(self) -> list[str]:
        return [str(self), *(line for error in self.errors for line in error.lines())]


class Speakers(NamedTuple):
    """The rules of one pack that can speak about an act."""

    pack: Pack
    rules: tuple[Rule, ...]
    validity: tuple[FormRule, ...]


@dataclass(frozen=True)
class Catalogue:
    """Packs in the order of their files: agreements, law, platforms, the house, then private ones."""

    packs: tuple[Pack, ...]
    dictionary: Mapping[str, FactDefinition]
    masks: tuple[Masks, ...] = field(repr=False, compare=False)

    def pack(self, id_: str) -> Pack | None:
        return self._packs.get(id_)

    def rule(self, id_: str) -> Rule | FormRule | None:
        """The rule as its own pack has it; carried copies differ only in their days."""
        return self._rules.get(id_)

    def pack_of(self, rule: str) -> Pack | None:
        """The pack a rule was written in."""
        return next((p for p in self.packs if any(c.id == rule and not c.carried_from for c in clauses(p))), None)

    def rules_for_act(self, act: Act) -> tuple[Speakers, ...]:
        """The rules that can speak about an act, pack by pack; packs with none are left out."""
        return self._by_act[act]

    def with_signoffs(self, signoffs: Mapping[str, Verified]) -> Catalogue:
        """The catalogue with the sign-offs stored by the registry: these rules count as checked by a person."""
        if not signoffs:
            return self

        def signed(pack: Pack) -> Pack:
            return replace(
                pack,
                rules=tuple(replace(r, verified=signoffs[r.id]) if r.id in signoffs else r for r in pack.rules),
                validity=tuple(replace(r, verified=signoffs[r.id]) if r.id in signoffs else r for r in pack.validity),
            )

        return replace(self, packs=tuple(map(signed, self.packs)))

    def with_rates(self, tables: Mapping[str, Sequence[Parameter]]) -> Catalogue:
        """The catalogue with figures stored by the registry, by pack: from a day, a stored one counts before the
        pack's own."""
        if not tables:
            return self
        packs = (replace(p, parameters=merge_tables(p.parameters, tables.get(p.id, ()))) for p in self.packs)
        return replace(self, packs=tuple(packs))

    def kept(self, key: Hashable, make: Callable[[], Catalogue]) -> Catalogue:
        """A catalogue made from this one, remembered under `key`: a check is run again for every answer tried."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    @cached_property
    def _kept(self) -> dict[Hashable, Catalogue]:
        return {}

    @cached_property
    def _packs(self) -> dict[str, Pack]:
        return {pack.id: pack for pack in self.packs}

    @cached_property
    def _rules(self) -> dict[str, Rule | FormRule]:
        return {rule.id: rule for pack in self.packs for rule in clauses(pack) if not rule.carried_from}

    @cached_property
    def _by_act(self) -> dict[Act, tuple[Speakers, ...]]:
        return {act: tuple(self._speakers(bit(act))) for act in Act}

    def _speakers(self, act: Mask) -> Iterable[Speakers]:
        for pack, (rules, validity) in zip(self.packs, self.masks, strict=True):
            speaking = tuple(r for r, mask in zip(pack.rules, rules, strict=True) if mask & act)
            forms = tuple(r for r, mask in zip(pack.validity, validity, strict=True) if mask & act)
            if speaking or forms:
                yield Speakers(pack, speaking, forms)


def clauses(pack: Pack) -> list[Rule | FormRule]:
    """Rules and form rules of a pack, carried ones included."""
    return [*pack.rules, *pack.validity]


def facts_read(pack: Pack) -> set[str]:
    """Every fact a pack's conditions name."""
    found = set(pack.applies.facts) if pack.applies else set()
    for rule in pack.rules:
        found.update(fact for expression in rule.expressions for fact in expression.facts)
    for form in pack.validity:
        found.update((*form.void_if.facts, *(form.when.facts if form.when else ())))
    return found


def load_catalogue(private: Sequence[Path] = (), cache: Path | None = None) -> Catalogue:
    """All packs. `private` are folders or files with packs of this registry's own; `cache` is a folder for the compiled
    form. Raises FileError for one faulty file and PacksError for several."""
    texts = _texts(private)
    dictionary = load_dictionary()
    key = _key(texts) if cache else ""
    kept = compiled.read_compiled(cache, key) if cache else None
    if kept is not None:
        return Catalogue(kept[0], dictionary, _masks(kept[1]))
    packs = _linked(texts)
    masks = tuple(masks_of(pack) for pack in packs)
    if cache:
        compiled.write_compiled(cache, key, packs, masks)
    return Catalogue(packs, dictionary, masks)


def read_drafts(private: Sequence[Path] = ()) -> list[Draft]:
    """Every pack as its own file says, before any is carried into another. Raises as `load_catalogue` does."""
    drafts, errors = _drafts(_texts(private))
    _refuse(errors)
    return drafts


def _texts(private: Sequence[Path]) -> list[tuple[str, str, bool]]:
    """The name and text of every pack file, and whether it is private."""
    texts = [(name, text, False) for name, text in _files(PACKS)]
    for place in private:
        if not place.exists():
            raise UsageError(f"There is no pack folder {place}.", "Create it, or take it out of registry.toml.")
        texts += [(name, text, True) for name, text in _files(place)]
    return texts


def _files(place: Path) -> list[tuple[str, str]]:
    """Pack files by name, in order; the house after the instruments."""
    if place.is_file():
        return [(place.name, pack_text(place, place.name))]
    files = [path for path in place.rglob("*") if path.suffix in SUFFIXES and path.is_file()]
    files.sort(key=lambda path: (len(path.relative_to(place).parts) == 1, path.relative_to(place).parts))
    return [(name, pack_text(path, name)) for path in files for name in [path.relative_to(place).as_posix()]]


def pack_text(path: Path, name: str) -> str:
    """The text of a pack file; one that is no text is a fault of that file."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"{path.stat().st_size:,} bytes; a pack has at most 1,000,000 characters")
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as fault:
        problem = f"is not UTF-8: byte {fault.start:,} is no part of it"
    except (OSError, ValueError) as fault:
        problem = fault.strerror or str(fault) if isinstance(fault, OSError) else str(fault)
    raise FileError(name, [Fault(None, "", problem)], "not loaded")


def _linked(texts: Sequence[tuple[str, str, bool]]) -> tuple[Pack, ...]:
    from registry.rules.linking import link

    drafts, errors = _drafts(texts)
    _refuse(errors)
    packs, between = link(drafts)
    _refuse(between)
    return packs


def _drafts(texts: Sequence[tuple[str, str, bool]]) -> tuple[list[Draft], list[FileError]]:
    drafts: list[Draft] = []
    errors: list[FileError] = []
    for name, text, own in texts:
        try:
            drafts.append(_draft(name, text, own))
        except FileError as error:
            errors.append(error)
    return drafts, errors


@lru_cache(maxsize=128)
def _draft(name: str, text: str, private: bool) -> Draft:
    """The pack of one file; read once in a process, as it takes some 20 ms."""
    from registry.rules.loader import read_pack

    return read_pack(text, name, load_dictionary(), private=private)


def _refuse(errors: Sequence[FileError]) -> None:
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise PacksError(errors)


def _key(texts: Sequence[tuple[str, str, bool]]) -> str:
    """A digest of everything the compiled form rests on: packs, facts, the library, and the code that reads them."""
    digest = hashlib.sha256(repr((__version__, *cel.library_version(), *_code())).encode())
    digest.update(FACTS.read_bytes())
    for name, text, own in texts:
        digest.update(f"\0{name}\0{own}\0{len(text)}\0".encode())
        digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]


def _code() -> list[tuple[str, int, int]]:
    found = [(entry.name, entry.stat()) for entry in os.scandir(Path(__file__).parent) if entry.name.endswith(".py")]
    return sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in found)


def _masks(plain: Sequence[Sequence[Sequence[int]]]) -> tuple[Masks, ...]:
    return tuple((tuple(rules), tuple(validity)) for rules, validity in plain)
