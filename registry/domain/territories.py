"""Territories as sets: ISO 3166-1 countries, ISO 3166-2 parts, UN M49 regions, the EU of a day, `world`, `elsewhere`.

A set is an integer, one bit for each place that has no parts. One more bit is for anywhere that is in none of the
lists: `world` reaches it, no region does, and it has a name (`elsewhere`) so that what is left of a world can be
written down. A part that has a country code of its own (US-PR is PR, CN-TW is TW) is that country and nothing else:
whoever names the United States has not named Puerto Rico.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from registry.domain.atlas import atlas as atlas_of_places
from registry.source.spelling import nearest

WORLD = "world"
ELSEWHERE = "elsewhere"
EU = "EU"
_EVERYTHING = frozenset({WORLD, "001"})
_NICKNAMES = {
    "uk": "GB", "great britain": "GB", "britain": "GB", "england": "GB-ENG", "scotland": "GB-SCT", "wales": "GB-WLS",
    "usa": "US", "u.s.": "US", "america": "US", "el": "GR", "holland": "NL", "uae": "AE", "worldwide": WORLD,
    "ww": WORLD, "global": WORLD, "all": WORLD, "any": WORLD, "universe": WORLD, "europe": "150", "europa": "150",
    "africa": "002", "asia": "142", "oceania": "009", "americas": "019", "latam": "419", "anz": "053",
    "european union": EU, "eu27": EU,
}  # fmt: skip


def is_territory(code: str) -> bool:
    """Whether `code` is written exactly as a territory is: `GB`, `US-CA`, `053`, `EU`, `world`."""
    atlas = atlas_of_places()
    return (
        code in atlas.countries
        or code in (WORLD, ELSEWHERE, EU, "001")
        or code in atlas.regions
        or code in atlas.numeric
        or code in atlas.same
        or code in atlas.joint
        or ("-" in code and atlas.part(code) is not None)
    )


@lru_cache(maxsize=8192)
def territory_mask(code: str, on: dt.date | None = None) -> int:
    """The places in `code`; `on` dates the EU (left out: today's list). Raises KeyError for no territory."""
    atlas = atlas_of_places()
    if code in _EVERYTHING:
        return atlas.everything
    if code == ELSEWHERE:
        return 1
    if code == EU:
        return _union(frozenset(_eu_members(on)))
    if code in atlas.countries:
        return atlas.country_mask(code)
    if code in atlas.regions:
        return _union(frozenset(atlas.regions[code][1]))
    if code in atlas.joint:
        return _union(frozenset(atlas.joint[code]))
    if other := atlas.same.get(code) or atlas.numeric.get(code):
        return territory_mask(other)
    part = atlas.part(code)
    if part is None:
        raise KeyError(code)
    return ((1 << part.bits) - 1) << part.first


def _union(codes: frozenset[str]) -> int:
    mask = 0
    for code in codes:
        mask |= territory_mask(code)
    return mask


def _eu_members(on: dt.date | None) -> list[str]:
    day = on.isoformat() if on else "9999-12-31"
    return [
        code
        for first, last, codes in atlas_of_places().union
        if first <= day and (not last or day <= last)
        for code in codes
    ]


ALL_TERRITORIES: int  # made on first use: see __getattr__


@lru_cache(maxsize=1024)
def territory_names(mask: int, on: dt.date | None = None) -> tuple[str, ...]:
    """The fewest codes that say exactly `mask`, regions first. Raises ValueError for any other number."""
    everything = territory_mask(WORLD)
    if mask < 0 or mask & ~everything:
        raise ValueError(f"{mask:#x} is no set of territories")
    if mask == everything:
        return (WORLD,)
    if not mask:
        return ()
    rest, tail = (mask & ~1, (ELSEWHERE,)) if mask & 1 else (mask, ())
    best = tuple(_named(rest))
    for group in (EU, "003"):
        inside = territory_mask(group, on) if group == EU else territory_mask(group)
        if inside and not inside & ~rest:
            best = min(best, (group, *_named(rest & ~inside)), key=len)
    return (*sorted(best, key=_order), *tail)


def _named(mask: int) -> list[str]:
    found: list[str] = []
    waiting = ["AQ", "009", "150", "142", "019", "002"]
    while waiting and mask:
        code = waiting.pop()
        inside = territory_mask(code)
        if not inside & ~mask:
            found.append(code)
        elif inside & mask:
            waiting.extend(atlas_of_places().members(code))
    return found


def _order(code: str) -> tuple[int, str]:
    return (0 if code == EU or code.isdigit() else 1, code)


def within(place: str, code: str, on: dt.date | None = None) -> bool:
    """Whether all of `place` lies in `code`: US-CA in US, GB in the EU of 2019."""
    return not territory_mask(place, on) & ~territory_mask(code, on)


def territory_name(code: str) -> str:
    """In English: `California, United States`. Parts are named as their own country names them."""
    atlas = atlas_of_places()
    if code in _EVERYTHING:
        return "the world"
    if code in (EU, ELSEWHERE):
        return "European Union" if code == EU else "anywhere on no list of territories"
    if code in atlas.countries:
        return atlas.countries[code].name
    if code in atlas.regions:
        return atlas.regions[code][0]
    if other := atlas.same.get(code) or atlas.numeric.get(code):
        return territory_name(other)
    if code in atlas.joint:
        return " and ".join(part.name for part in map(atlas.part, atlas.joint[code]) if part)
    part = atlas.part(code)
    if part is None:
        raise KeyError(code)
    return f"{part.name}, {atlas.countries[part.country].name}"


def territory_codes() -> tuple[str, ...]:
    """Every code there is: `world` and `EU`, regions, countries, parts."""
    atlas = atlas_of_places()
    parts = sorted({*atlas.parts(), *atlas.same, *atlas.joint})
    return (WORLD, EU, *atlas.regions, *atlas.countries, *parts)


def nearest_territory(code: str) -> str | None:
    """The territory somebody who wrote `code` most likely meant: NOR is NO, UK is GB, `Norway` is NO."""
    atlas = atlas_of_places()
    word = code.strip()
    upper, folded = word.upper(), word.casefold()
    for known in (folded, upper, f"{word:0>3}" if word.isdigit() else upper):
        if is_territory(known):
            return known
    if nickname := _NICKNAMES.get(folded) or _NICKNAMES.get(folded.replace(" ", "")):
        return nickname
    for known, country in atlas.countries.items():
        if folded in (country.alpha_3.casefold(), country.name.casefold()):
            return known
    part = upper.replace("_", "-").replace(" ", "-")
    if 4 <= len(part) <= 5 and is_territory(f"{part[:2]}-{part[2:]}"):
        return f"{part[:2]}-{part[2:]}"
    return part if is_territory(part) else _by_name(word) or _by_part(part)


def _by_name(word: str) -> str | None:
    """A country, a region or a part by a name nearly right."""
    atlas = atlas_of_places()
    names = {country.name: code for code, country in atlas.countries.items()}
    names |= {name: code for code, (name, _) in atlas.regions.items()}
    if len(word) <= 3:
        return None
    exact = {territory_name(code).partition(",")[0].casefold(): code for code in territory_codes()}
    if word.casefold() in exact:
        return exact[word.casefold()]
    near = nearest(word, names)
    return names[near] if near else None


def _by_part(upper: str) -> str | None:
    """`US-CAL` → `US-CA`; `DEU-BY` → `DE-BY`."""
    home, dash, rest = upper.partition("-")
    if not dash:
        return None
    country = nearest_territory(home) if home not in atlas_of_places().countries else home
    if country is None or country not in atlas_of_places().countries:
        return None
    if is_territory(f"{country}-{rest}"):
        return f"{country}-{rest}"
    return nearest(f"{country}-{rest}", atlas_of_places().open(country)) or country


def __getattr__(name: str) -> int:
    if name == "ALL_TERRITORIES":
        return territory_mask(WORLD)
    raise AttributeError(name)
