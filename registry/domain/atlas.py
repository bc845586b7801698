"""The lists of places as shipped in vocabulary.json, opened out as far as they are asked for."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple


class Part(NamedTuple):
    """A subdivision: its bits are `bits` long from `first` on; `parts` are its own direct parts."""

    name: str
    country: str
    first: int
    bits: int
    parts: tuple[str, ...]


class Country(NamedTuple):
    """A country: names and codes, its bits, and its parts as the file packs them (see scripts/make_vocabulary.py)."""

    name: str
    alpha_3: str
    numeric: str
    bits: int
    packed: str


class Atlas:
    """Bit 0 is for places on no list; after it, country by country, one bit for each place without parts."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.countries: dict[str, Country] = {code: Country(*row) for code, row in table["countries"].items()}
        self.same: dict[str, str] = table["same"]
        self.joint: dict[str, list[str]] = table["joint"]
        self.regions: dict[str, tuple[str, tuple[str, ...]]] = {
            code: (name, tuple(members.split())) for code, (name, members) in table["regions"].items()
        }
        self.union: list[tuple[str, str, tuple[str, ...]]] = [
            (first, last, tuple(members.split())) for first, last, members in table["eu"]
        ]
        self.numeric = {country.numeric: code for code, country in self.countries.items()}
        self._starts: dict[str, int] = {}
        self._parts: dict[str, Part] = {}
        self._opened: dict[str, tuple[str, ...]] = {}
        at = 1
        for code, country in self.countries.items():
            self._starts[code] = at
            at += country.bits
        self.everything = (1 << at) - 1

    def country_mask(self, code: str) -> int:
        return ((1 << self.countries[code].bits) - 1) << self._starts[code]

    def part(self, code: str) -> Part | None:
        """A subdivision by its ISO 3166-2 code."""
        self.open("SJ" if code in ("NO-21", "NO-22") else code.partition("-")[0])
        return self._parts.get(code)

    def parts(self) -> dict[str, Part]:
        """Every subdivision that has no country code of its own."""
        for country in self.countries:
            self.open(country)
        return self._parts

    def open(self, country: str) -> tuple[str, ...]:
        """The direct parts of a country."""
        if country not in self._opened:
            packed = self.countries[country].packed if country in self.countries else ""
            if not packed:
                return ()
            rows = []
            for line in packed.split("|"):
                part, _, name = line.lstrip(">").partition("=")
                rows.append((len(line) - len(line.lstrip(">")), part if "-" in part else f"{country}-{part}", name))
            self._opened[country], _ = self._read(country, rows, 0, 0, self._starts[country])
        return self._opened[country]

    def _read(
        self, country: str, rows: list[tuple[int, str, str]], at: int, depth: int, bit: int
    ) -> tuple[tuple[str, ...], int]:
        found: list[str] = []
        while at < len(rows) and rows[at][0] >= depth:
            _, code, name = rows[at]
            below, after = self._read(country, rows, at + 1, depth + 1, bit)
            bits = sum(self._parts[part].bits for part in below) or 1
            self._parts[code] = Part(name, country, bit, bits, below)
            found.append(code)
            bit += bits
            at = after
        return tuple(found), at

    def members(self, code: str) -> tuple[str, ...]:
        """The direct members of a region, country or part; empty for a place without parts."""
        if code in self.regions:
            return self.regions[code][1]
        if code in self.countries:
            return self.open(code)
        part = self.part(code)
        return part.parts if part else ()


@lru_cache(maxsize=1)
def vocabulary_table() -> dict[str, Any]:
    """The lists as shipped."""
    table: dict[str, Any] = json.loads(Path(__file__).with_name("vocabulary.json").read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    return Atlas(vocabulary_table())
