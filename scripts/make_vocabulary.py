"""Writes registry/domain/vocabulary.json: ISO 3166 and 639 as pycountry has them, UN M49 and the EU as below.

    python scripts/make_vocabulary.py

Run it when a list changes, raise VERSION, and say in the changelog which codes came and went.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pycountry

VERSION = "2026.1"

# UN M49, "geographic regions": code, English name, regions or countries in it. Taiwan is not in M49; it stands where
# the Unicode CLDR puts it. Antarctica is in no region.
REGIONS = """
015|Northern Africa|DZ EG EH LY MA SD TN
014|Eastern Africa|BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW
017|Middle Africa|AO CD CF CG CM GA GQ ST TD
018|Southern Africa|BW LS NA SZ ZA
011|Western Africa|BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG
202|Sub-Saharan Africa|014 017 018 011
002|Africa|015 202
029|Caribbean|AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI
013|Central America|BZ CR GT HN MX NI PA SV
005|South America|AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE
419|Latin America and the Caribbean|029 013 005
021|Northern America|BM CA GL PM US
003|North America|029 013 021
019|Americas|419 021
143|Central Asia|KG KZ TJ TM UZ
030|Eastern Asia|CN HK JP KP KR MN MO TW
035|South-eastern Asia|BN ID KH LA MM MY PH SG TH TL VN
034|Southern Asia|AF BD BT IN IR LK MV NP PK
145|Western Asia|AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE
142|Asia|143 030 035 034 145
151|Eastern Europe|BG BY CZ HU MD PL RO RU SK UA
830|Channel Islands|GG JE
154|Northern Europe|AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ
039|Southern Europe|AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA
155|Western Europe|AT BE CH DE FR LI LU MC NL
150|Europe|151 154 039 155
053|Australia and New Zealand|AU CC CX HM NF NZ
054|Melanesia|FJ NC PG SB VU
057|Micronesia|FM GU KI MH MP NR PW UM
061|Polynesia|AS CK NU PF PN TK TO TV WF WS
009|Oceania|053 054 057 061
"""

# The Union (before 1993 the Communities) day by day: first day in, last day in. With the places outside Europe where
# its treaties apply (TFEU 349 and 355), and Gibraltar and Greenland while they were part of it.
EUROPEAN_UNION = """
1958-01-01||BE DE FR IT LU NL GP MQ GF RE
1973-01-01||DK IE
1973-01-01|2020-01-31|GB GI
1973-01-01|1985-01-31|GL
1981-01-01||GR
1986-01-01||ES PT
1995-01-01||AT FI SE AX
2004-05-01||CY CZ EE HU LT LV MT PL SI SK
2007-01-01||BG RO
2007-07-15||MF
2007-07-15|2011-12-31|BL
2013-07-01||HR
2014-01-01||YT
"""

# Parts of a country that ISO 3166-1 also lists as countries: two codes, one place.
SAME = """
US-AS AS US-GU GU US-MP MP US-PR PR US-UM UM US-VI VI CN-HK HK CN-MO MO CN-TW TW FI-01 AX
FR-971 GP FR-972 MQ FR-973 GF FR-974 RE FR-976 YT FR-BL BL FR-MF MF FR-NC NC FR-PF PF FR-PM PM FR-TF TF FR-WF WF
NL-AW AW NL-CW CW NL-SX SX NL-BQ1 BQ-BO NL-BQ2 BQ-SA NL-BQ3 BQ-SE
"""

# ISO 3166-2 codes for several subdivisions together.
JOINT = {
    "GB-EAW": ["GB-ENG", "GB-WLS"],
    "GB-GBN": ["GB-ENG", "GB-SCT", "GB-WLS"],
    "GB-UKM": ["GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"],
}

# Parts that stand under another country's code.
MOVED = {"NO-21": "SJ", "NO-22": "SJ"}


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _countries() -> dict[str, list[object]]:
    same = _pairs(SAME)
    children: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for part in pycountry.subdivisions:
        if part.code not in same:
            home = part.parent_code or MOVED.get(part.code, part.country_code)
            children[home].append((part.code, part.name.split(" [")[0].strip()))
    found: dict[str, list[object]] = {}
    for country in sorted(pycountry.countries, key=lambda c: c.alpha_2):
        parts, leaves = _parts(country.alpha_2, children, country.alpha_2, 0)
        name = getattr(country, "common_name", country.name)
        found[country.alpha_2] = [name, country.alpha_3, country.numeric, leaves or 1, "|".join(parts)]
    return found


def _parts(home: str, children: dict[str, list[tuple[str, str]]], country: str, depth: int) -> tuple[list[str], int]:
    """The parts below `home`, depth first (`>` a level), and how many of them have no parts of their own."""
    lines: list[str] = []
    leaves = 0
    for code, name in sorted(children.get(home, [])):
        below, count = _parts(code, children, country, depth + 1)
        lines += [f"{'>' * depth}{code.removeprefix(country + '-')}={name.replace('|', '/')}", *below]
        leaves += count or 1
    return lines, leaves


def _regions() -> dict[str, list[str]]:
    rows = [line.split("|") for line in REGIONS.strip().splitlines()]
    return {code: [name, members] for code, name, members in rows}


def _languages() -> tuple[str, dict[str, list[str]]]:
    short = {
        x.alpha_2: [x.alpha_3, x.name.partition(" (")[0].removeprefix("Modern ")]
        for x in pycountry.languages
        if getattr(x, "alpha_2", None)
    }
    long = {x.alpha_3 for x in pycountry.languages if not getattr(x, "alpha_2", None)}
    return " ".join(sorted(long | {"mul", "und", "zxx", "mis"})), dict(sorted(short.items()))


def main() -> None:
    others, named = _languages()
    table = {
        "version": VERSION,
        "countries": _countries(),
        "same": _pairs(SAME),
        "joint": JOINT,
        "regions": _regions(),
        "eu": [line.split("|") for line in EUROPEAN_UNION.strip().splitlines()],
        "languages": named,
        "other_languages": others,
    }
    file = Path(__file__).parents[1] / "registry" / "domain" / "vocabulary.json"
    file.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{file.name}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
