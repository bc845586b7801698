"""The tables, as the migrations leave them at head.

`ledger` is the truth and only grows. `vault_texts` and `vault_identifiers` hold whatever says something about a person
in words; they can be erased and never rebuilt. Everything else is a projection: numbers, dates and words of closed
lists, to find and count by, rebuilt from ledger and vault at any time. One row of a projection is one ledger entry.
"""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import MetaData, Table, TableClause, column, table

from registry.domain.finding import Grade, VerdictWord
from registry.domain.revision import Step
from registry.domain.schedule import SheetKind
from registry.domain.words import (
    Act,
    Agreement,
    Basis,
    Capacity,
    GrantorCapacity,
    Instrument,
    MadeFrom,
    ProductionKind,
    Purpose,
    RecordKind,
    ReplicaKind,
)
from registry.storage.columns import (
    Items,
    binary,
    check,
    count,
    day,
    digest,
    flag,
    identifier,
    index,
    moment,
    money,
    number,
    primary_key,
    text,
    unique,
    word,
)
from registry.storage.kinds import Answer

TOOL_ANSWERS = (
    "stores",
    "reuses",
    "trains",
    "enterprise",
    "platform_agreement",
    "terms_reviewed",
    "vendor_pipeline",
    "vendor_verified",
)

_DECLARED: dict[str, Items] = {}
TABLES: dict[str, TableClause] = {}  # by name; a table after those it refers to


def _table(name: str, *items: Items) -> TableClause:
    """A table to read from and write to."""
    parts = sum(items, ())
    _DECLARED[name] = parts
    TABLES[name] = table(name, *(column(part.name, part.type) for part in parts if part.name))
    return TABLES[name]


@lru_cache(maxsize=1)
def metadata() -> MetaData:
    """The tables with everything that keeps them right: what the migrations are held to."""
    found = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    for name, parts in _DECLARED.items():
        Table(name, found, *(part.make() for part in parts), sqlite_strict=True)
    return found


def _entry(*, versions: bool = True) -> Items:
    """How the own table of a noun begins: the ledger entry, the thing it is about, and when that was recorded."""
    once = index("thing", "recorded_at") if versions else unique("thing")
    return (*number("entry", "ledger.seq", key=True), *identifier("thing", null=False), *_recorded(), *once)


def _recorded() -> Items:
    return moment("recorded_at", null=False)


def _part_of(table: str) -> Items:
    """How a table of parts begins: the entry of the whole, and the place in it."""
    return (
        *number("entry", f"{table}.entry", null=False),
        *count("position", null=False),
        *primary_key("entry", "position"),
    )


# ---- the truth

ledger = _table(
    "ledger",
    number("seq", key=True),
    number("thing", null=False),
    text("kind", null=False),  # open: a new noun must not touch the ledger
    count("version", null=False),
    moment("recorded_at", null=False),
    binary("recorded_by", 32),
    binary("entry"),
    binary("previous", 32),
    binary("hash", 32),
    unique("thing", "version"),
    unique("hash"),
)

# ---- the vault: what can be erased

vault_identifiers = _table(
    "vault_identifiers",
    number("thing", key=True),
    text("kind", null=False),
    text("id"),  # NULL once erased: the number stays, the name is gone
    unique("id", "kind"),
)
vault_texts = _table(
    "vault_texts",
    number("entry", "ledger.seq", key=True),
    binary("salt", 32),
    binary("content"),
    text("recorded_by", null=False),
    text("recorded_at", null=False),  # as it was written, with its offset
    flag("asserted", null=False),
)

# ---- projections: people

performers = _table(
    "performers",
    _entry(),
    day("born_first"),
    day("born_last"),
    day("died_first"),
    day("died_last"),
    text("domicile"),
)
standings = _table(
    "standings",
    _part_of("performers"),
    text("union_name", null=False),
    text("status", null=False),
    day("from_day"),
    day("to_day"),
    index("union_name", "status"),
)
representatives = _table(
    "representatives",
    _part_of("performers"),
    identifier("representative", null=False),
    word("capacity", Capacity, null=False),
    day("from_day"),
    day("to_day"),
    text("share"),  # an exact fraction, `1/3`
    check("share LIKE '%/%'", "share_fraction"),
    flag("authority", null=False),
)

# ---- projections: productions

productions = _table(
    "productions",
    _entry(),
    word("kind", ProductionKind),
    identifier("franchise"),
    word("agreement", Agreement),
    flag("signatory"),
    text("platform"),
    day("photography_starts_on"),
    day("photography_ends_on"),
    text("places", null=False),
    text("governing_law"),
    text("released_in"),
    day("released_on"),
    text("original_language"),
    text("timezone"),
    day("first_use_on"),
    index("franchise"),
)
engagements = _table(
    "engagements",
    _entry(),
    identifier("performer", null=False),
    identifier("production", null=False),
    text("category"),
    moment("engaged_at"),
    day("starts_on"),
    day("ends_on"),
    money("daily_rate"),
    flag("covered_by_agreement"),
    flag("loan_out", null=False),
    day("cleared_on"),
    index("performer", "recorded_at"),
    index("production", "recorded_at"),
)
profiles = _table("profiles", _entry(), day("stated_on"))

# ---- projections: replicas, models, tools

replicas = _table(
    "replicas",
    _entry(),
    identifier("performer"),
    word("kind", ReplicaKind),
    text("elements", null=False),
    word("made_from", MadeFrom),
    identifier("made_for"),
    day("made_on"),
    day("purpose_ended_on"),
    day("last_contact_on"),
    day("destroy_by"),
    day("destroyed_on"),
    index("performer", "recorded_at"),
    index("destroy_by"),
)
custody = _table(
    "custody",
    _part_of("replicas"),
    text("place"),
    day("from_day"),
    day("to_day"),
    count("files", null=False),
)
models = _table("models", _entry(), identifier("made_for"))
model_performers = _table(
    "model_performers", _part_of("models"), identifier("performer", null=False), index("performer")
)
model_consents = _table("model_consents", _part_of("models"), identifier("consent", null=False), index("consent"))
tools = _table("tools", _entry(), day("as_of"), *(word(answer, Answer) for answer in TOOL_ANSWERS))

# ---- projections: consents

consents = _table(
    "consents",
    _entry(),  # a draft that is on file, and the consent that it became when it was signed
    identifier("performer", null=False),
    word("grantor_capacity", GrantorCapacity, null=False),
    identifier("grantor_representative"),
    word("instrument", Instrument),
    flag("separately_signed"),
    flag("conspicuous"),
    flag("personally_signed"),
    word("basis", Basis),
    flag("lifetime_only"),
    moment("signed_at"),
    moment("delivered_at"),
    day("from_day"),
    day("until_day"),
    text("document_sha256"),
    index("performer", "recorded_at", "entry"),
)
grants = _table(
    "grants",
    _part_of("consents"),
    text("clause", null=False),
    *(text(axis, null=False) for axis in ("acts", "elements", "purposes")),
    *(text(axis) for axis in ("media", "territories", "languages")),
    text("allows", null=False),
    day("from_day"),
    day("until_day"),
    number("age_first"),
    number("age_last"),
    number("limit_seconds"),
    number("limit_uses"),
    number("limit_days"),
    flag("real_time"),
)
exclusions = _table(
    "exclusions",
    _part_of("consents"),
    *(text(axis) for axis in ("acts", "elements", "purposes", "media", "territories", "languages", "content")),
    day("from_day"),
    day("until_day"),
    number("age_first"),
    number("age_last"),
    flag("real_time"),
)

# ---- projections: records, uses, decisions

records = _table(
    "records",
    _entry(versions=False),
    word("kind", RecordKind, null=False),
    identifier("performer"),
    identifier("production"),
    identifier("consent"),
    identifier("replica"),
    identifier("corrects"),
    identifier("replaced_by"),
    word("agreement", Agreement),
    moment("happened_at"),
    day("happened_on"),
    day("from_day"),
    day("to_day"),
    day("effective"),
    money("amount"),
    *(index(column, "recorded_at") for column in ("performer", "consent", "replica")),
    *(index(column, "performer") for column in ("production", "kind")),  # those that concern everybody
    index("corrects"),
)
record_subjects = _table(
    "record_subjects",
    _part_of("records"),
    identifier("thing", null=False),
    word("role", ("use", "about"), null=False),
    digest("digest"),  # of the use as it was on file when the record was made
    index("thing"),
)
uses = _table(
    "uses",
    _entry(),
    word("act", Act, null=False),
    identifier("production"),
    identifier("engagement"),
    identifier("replica"),
    identifier("tool"),
    identifier("model"),
    identifier("profile"),
    word("purpose", Purpose),
    moment("used_at"),
    day("released_on"),
    day("until_day"),
    digest("digest", null=False),
    index("production", "recorded_at"),
    index("replica"),
)
use_performers = _table("use_performers", _part_of("uses"), identifier("performer", null=False), index("performer"))
decisions = _table(
    "decisions",
    number("entry", "ledger.seq", key=True),
    number("thing", null=False),
    _recorded(),
    identifier("use", null=False),
    number("use_entry", "uses.entry", null=False),
    identifier("performer"),
    word("verdict", VerdictWord, null=False),
    text("as_of"),
    moment("known_at", null=False),
    unique("thing"),
    index("use", "recorded_at"),
    index("performer", "recorded_at"),
)
clearances = _table("clearances", _entry(), identifier("production", null=False), index("production", "recorded_at"))

# ---- projections: what a registry adds to the packs

rates = _table(
    "rates",
    _entry(),
    text("name", null=False),
    text("pack"),
    day("from_day"),
    word("grade", Grade, null=False),
)
signoffs = _table("signoffs", _entry(), text("rule", null=False), day("on_day"))

# ---- projections: the files of documents, which lie in a folder under their digests

revisions = _table(
    "revisions",
    _entry(versions=False),
    digest("sha256", null=False),
    digest("document", null=False),
    identifier("consent", null=False),
    word("step", Step, null=False),
    count("size", null=False),
    digest("prefix"),
    digest("evidence"),
    count("signed", null=False),
    count("required", null=False),
    index("document"),
    index("consent"),
)

# ---- projections: what the sheets of a production say, and which import brought it

schedules = _table(
    "schedules",
    _entry(),
    identifier("production", null=False),
    word("kind", SheetKind, null=False),
    day("issued_on"),
    day("first_day"),
    day("last_day"),
    index("production", "recorded_at"),
)
imports = _table(
    "imports",
    _entry(),
    identifier("production", null=False),
    word("kind", SheetKind, null=False),
    index("production", "recorded_at"),
)
withdrawals = _table(
    "withdrawals",
    _part_of("imports"),
    identifier("thing", null=False),
    _recorded(),
    index("thing", "recorded_at"),
)
