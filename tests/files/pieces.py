"""Texts, days and facts that a registry file can hold, as unpleasant as people write them."""

from __future__ import annotations

import datetime as dt
import string
import unicodedata
from typing import Any

from hypothesis import strategies as st

from registry.domain.dates import parse_span
from registry.domain.facts import UNSURE, FactDefinition, Owner
from registry.domain.money import Money


def _fact(name: str, type_: str, *values: str, owner: Owner = Owner.ASSERTED) -> FactDefinition:
    return FactDefinition(name=name, type=type_, owner=owner, ask=f"{name}?", values=values)


DICTIONARY = {
    fact.name: fact
    for fact in (
        _fact("use.on_goods", "bool"),
        _fact("use.as_scripted", "bool", owner=Owner.RULING),
        _fact("consent.specific", "bool", owner=Owner.RULING),
        _fact("use.days_estimated", "int"),
        _fact("use.session_hours", "double"),
        _fact("use.fee_offered", "money"),
        _fact("use.fixed_on", "date"),
        _fact("use.advertiser", "string"),
        _fact("use.exception_claimed", "string", "none", "news", "satire"),
        _fact("prompt.features", "list<string>", "eyes", "nose", "none"),
        _fact("use.place", "string"),
        _fact("use.media", "list<string>"),
        _fact("use.at", "timestamp"),
        _fact("use.seconds", "int"),
        _fact("performer.minor", "bool", owner=Owner.COMPUTED),
        _fact("performer.age_depicted", "int"),
        _fact("rate.session_scale", "money", owner=Owner.COMPUTED),
        _fact("rate.period_of_use_months", "int", owner=Owner.COMPUTED),
    )
}


NASTY = (
    "NO", "no", "yes", "on", "off", "y", "null", "~", "true", "1", "010", "0x1f", "1e3", "1_000", "12:30", "1.50",
    "2026-09-14", "2026-09-14T09:00:00-07:00", "-", "- a", "? a", ": a", "a: b", "a #b", "#a", "&a", "*a", "!a", "|",
    ">", "%a", "@a", "`a`", '"a"', "'a'", "[a]", "{a: b}", "a, b", " a", "a ", "=", "<<", "...", "---", "\\n",
    "<b>HTML</b>", "=cmd()", "Ünïcödé", "宮崎", "שלום", "🎬", "none", "any", "unsure", "5.00 USD",
)  # fmt: skip


_REFUSED = "".join(chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029, 0xFEFF))


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_letters = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters=_REFUSED)

texts = st.one_of(st.sampled_from(NASTY), st.text(_letters, min_size=1, max_size=30).map(_clean)).filter(str.strip)

proses = st.one_of(texts, st.just("a\tb\n\n c"), st.lists(texts, min_size=2, max_size=3).map("\n".join))


ids = st.one_of(
    st.text(string.ascii_letters + string.digits + "-_.", min_size=1, max_size=12),
    st.sampled_from([nasty for nasty in NASTY if set(nasty) <= set(string.ascii_letters + string.digits + "-_.")]),
).filter(lambda text: text not in ("none", "any", "null", "all"))


days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


moments = st.builds(
    lambda day, time, minutes: dt.datetime.combine(day, time, dt.timezone(dt.timedelta(minutes=minutes))),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.times(),
    st.integers(-14 * 4, 14 * 4).map(lambda quarters: 15 * quarters),
)


spans = st.one_of(days.map(str), days.map(lambda d: f"{d:%Y-%m}"), days.map(lambda d: f"{d:%Y}")).map(parse_span)

money = st.builds(Money, st.integers(0, 10**9), st.sampled_from(["USD", "JPY", "KWD", "EUR"]))

flags = st.booleans()

territories = st.sampled_from(["world", "NO", "US-CA", "053", "EU", "GB", "840", "elsewhere"])

languages = st.sampled_from(["en", "no", "es-MX", "zh-Hant-TW"])

zones = st.sampled_from(["America/Los_Angeles", "Europe/Oslo", "UTC"])

shas = st.text("0123456789abcdef", min_size=64, max_size=64)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def many(strategy: st.SearchStrategy[Any], least: int = 0, most: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(strategy, min_size=least, max_size=most, unique=True).map(tuple)


def one_of(found: list[str]) -> st.SearchStrategy[Any]:
    return maybe(st.sampled_from(found)) if found else st.none()


def between(first: str = "from_", last: str = "to") -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(maybe(days), maybe(days)).map(
        lambda pair: dict(zip((first, last), sorted(pair) if None not in pair else pair, strict=True))
    )


facts = st.fixed_dictionaries(
    {},
    optional={
        "use.on_goods": st.one_of(flags, st.just(UNSURE)),
        "use.days_estimated": st.integers(0, 1000),
        "use.session_hours": st.floats(0, 100, allow_nan=False).map(lambda hours: round(hours, 3)),
        "use.fee_offered": st.one_of(money, st.just(UNSURE)),
        "use.fixed_on": days,
        "use.advertiser": texts.filter(lambda text: text != "unsure"),
        "use.exception_claimed": st.sampled_from(["none", "news", UNSURE]),
        "prompt.features": many(st.sampled_from(["eyes", "nose"]), 1),
    },
).map(lambda found: tuple(sorted(found.items())))
