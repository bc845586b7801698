"""What each kind and regime adds to a page, as overlays.yaml has it: where it goes, and for which rules it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from registry.documents.language import Language
from registry.documents.layout import Provision
from registry.documents.regimes import regimes
from registry.documents.terms import RiderTerms
from registry.domain.words import Act
from registry.source import Node, read

_FILE = Path(__file__).with_name("overlays.yaml")
OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """One addition. A list left empty asks for nothing; `without` names kinds that it never stands in."""

    id: str
    place: str
    kinds: frozenset[str]
    without: frozenset[str]
    regimes: frozenset[str]
    acts: frozenset[str]
    purposes: frozenset[str]
    cites: tuple[str, ...]
    compare: bool

    def applies(self, here: _Here) -> bool:
        if here.kind in self.without or (self.kinds and here.kind not in self.kinds):
            return False
        asked = ((self.regimes, here.regimes), (self.acts, here.acts), (self.purposes, here.purposes))
        return all(not names or names & found for names, found in asked)


@dataclass(frozen=True, slots=True)
class _Here:
    """What overlays ask of a document."""

    kind: str
    regimes: frozenset[str]
    acts: frozenset[str]
    purposes: frozenset[str]


@cache
def all_overlays() -> tuple[Overlay, ...]:
    """Every overlay of the file, in its order."""
    top = _mapping(read(_FILE.read_text(encoding="utf-8"), _FILE.name))
    return tuple(_overlay(name, _mapping(node)) for name, node in _mapping(top["overlays"]).items())


def overlays(terms: RiderTerms) -> tuple[Overlay, ...]:
    """Those that a document of these terms carries."""
    grants = terms.consent.grants
    here = _Here(
        terms.kind.value,
        regimes(terms),
        frozenset(a.value for g in grants for a in g.acts),
        frozenset(p.value for g in grants for p in g.purposes),
    )
    return tuple(o for o in all_overlays() if o.applies(here))


def paragraphs(place: str, terms: RiderTerms, words: Language) -> list[str]:
    """What regimes add to a provision or section."""
    added = [o for o in overlays(terms) if o.place == place and words.has(f"overlay.{o.id}")]
    return [words.say(f"overlay.{o.id}", **values(terms, words)) for o in added]


def citations(place: str, terms: RiderTerms, words: Language) -> str:
    """The rules that a provision or section stands there for, in a line; nothing where it rests on none."""
    return cited([rule for o in overlays(terms) if o.place == place for rule in o.cites], words)


def own_provisions(terms: RiderTerms, words: Language) -> list[Provision]:
    """The provisions that regimes bring with them, not numbered yet."""
    filled = values(terms, words)
    return [
        Provision(
            number="",
            heading=words.say(f"overlay.{o.id}.heading"),
            paragraphs=(words.say(f"overlay.{o.id}.text", **filled),),
            cites=cited(o.cites, words),
        )
        for o in overlays(terms)
        if o.place == OWN
    ]


def cited(rules: Sequence[str], words: Language) -> str:
    return f"{words.say('furniture.citations')} {', '.join(dict.fromkeys(rules))}" if rules else ""


def values(terms: RiderTerms, words: Language) -> dict[str, str]:
    """What the words of an overlay may name."""
    capture = [g.clause for g in terms.consent.grants if Act.CREATE_REPLICA in g.acts]
    return {
        "advertiser": terms.production.advertiser or words.not_recorded,
        "product_line": terms.production.product_line or words.not_recorded,
        "period": period(terms, words),
        "reports": terms.particulars.reports or words.not_recorded,
        "capture": words.joined(capture) or words.say("writing.none"),
        "court": terms.particulars.court or words.not_recorded,
    }


def period(terms: RiderTerms, words: Language) -> str:
    """The maximum period of use: as it was given, else 24 months from the first use on record (COM25-MPU-1)."""
    until, first = terms.particulars.period_until, terms.production.first_use_on
    if until is not None:
        return words.say("fact.period", day=words.day(until))
    if first is None:
        return words.not_recorded
    last = first.replace(year=first.year + 2, day=min(first.day, 28) if first.month == 2 else first.day)
    return words.say("fact.period_from", first=words.day(first), day=words.day(last))


def _overlay(name: str, row: dict[str, Node]) -> Overlay:
    def listed(key: str) -> tuple[str, ...]:
        found = row[key].value if key in row else []
        return tuple(item.raw or "" for item in found) if isinstance(found, list) else ()

    return Overlay(
        id=name,
        place=row["in"].raw or "",
        kinds=frozenset(listed("kinds")),
        without=frozenset(listed("not")),
        regimes=frozenset(listed("regimes")),
        acts=frozenset(listed("acts")),
        purposes=frozenset(listed("purposes")),
        cites=listed("cites"),
        compare="compare" in row and row["compare"].value is True,
    )


def _mapping(node: Node) -> dict[str, Node]:
    assert isinstance(node.value, dict)
    return node.value
