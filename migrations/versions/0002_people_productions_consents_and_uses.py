"""The typed tables: performers, productions, replicas, tools, consents, records, uses and decisions.

All are projections of ledger and vault: numbers, dates and words of closed lists. Dropping them loses nothing; they
are written anew when the database is migrated to head again.
"""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


class Column(NamedTuple):
    """A column, the CHECK that keeps it to what it says (`{}` is its name), and the column it refers to."""

    type: TypeEngine[object]
    check: str = ""
    label: str = ""
    refers: str = ""
    null: bool = True

    def always(self) -> Column:
        return self._replace(null=False)


def words(*listed: str) -> Column:
    return Column(TEXT, "{} IN (" + ", ".join(f"'{word}'" for word in listed) + ")", "word")


def number(refers: str = "") -> Column:
    return Column(NUMBER, refers=refers)


ANY = Column(TEXT)
NUMBERED = number("vault_identifiers.thing")
DAY = Column(TEXT, "{} LIKE '____-__-__'", "day")
MOMENT = Column(TEXT, "{} LIKE '____-__-__T__:__:__.______Z'", "moment")
FLAG = Column(sa.Integer(), "{} IN (0, 1)", "flag")
COUNT = Column(NUMBER, "{} >= 0", "count")
DIGEST = Column(TEXT, "length({}) = 64", "digest")
FRACTION = Column(TEXT, "{} LIKE '%/%'", "fraction")
CURRENCY = Column(TEXT, "length({}) = 3", "code")

ENTRY = {"entry": number("ledger.seq").always(), "thing": NUMBERED.always(), "recorded_at": MOMENT.always()}
LATEST = ("thing", "recorded_at")
AGREEMENT = words(
    "none",
    "unknown",
    "sag-aftra-tv-theatrical",
    "sag-aftra-commercials",
    "sag-aftra-audio-commercials",
    "sag-aftra-interactive",
    "sag-aftra-tv-animation",
    "sag-aftra-network-code",
    "sag-aftra-sound-recordings",
    "sag-aftra-dubbing",
    "sag-aftra-low-budget",
    "sag-aftra-influencer",
    "equity-uk",
    "actra-ipa",
    "ubcp-actra",
)
BOX = dict.fromkeys(("media", "territories", "languages"), ANY)
TERM = {"from_day": DAY, "until_day": DAY}
SPAN = {"from_day": DAY, "to_day": DAY}
AGES = {"age_first": number(), "age_last": number()}
TABLES = (
    *("performers", "standings", "representatives", "productions", "engagements", "profiles", "replicas", "custody"),
    *("models", "model_performers", "model_consents", "tools", "consents", "grants", "exclusions", "records"),
    *("record_subjects", "uses", "use_performers", "decisions"),
)


def upgrade() -> None:
    _people()
    _productions()
    _replicas()
    _tools()
    _consents()
    _records()
    _uses()
    _decisions()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _table(
    name: str,
    columns: dict[str, Column],
    *checks: sa.CheckConstraint,
    key: tuple[str, ...] = ("entry",),
    unique: tuple[str, ...] = (),
    indexes: tuple[tuple[str, ...], ...] = (),
) -> None:
    parts: list[sa.schema.SchemaItem] = [sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), *checks]
    for title, column in columns.items():
        parts.append(sa.Column(title, column.type, nullable=column.null, autoincrement=False))
        if column.check:
            check = column.check.format(title)
            parts.append(sa.CheckConstraint(check, name=op.f(f"ck_{name}_{title}_{column.label}")))
        if column.refers:
            parts.append(sa.ForeignKeyConstraint([title], [column.refers], name=f"fk_{name}_{title}"))
    if unique:
        parts.append(sa.UniqueConstraint(*unique, name=f"uq_{name}_{'_'.join(unique)}"))
    op.create_table(name, *parts, sqlite_strict=True)
    for index in indexes:
        op.create_index(f"ix_{name}_{'_'.join(index)}", name, list(index))


def _parts(name: str, whole: str, columns: dict[str, Column], *indexes: tuple[str, ...]) -> None:
    place = {"entry": number(f"{whole}.entry").always(), "position": COUNT.always()}
    _table(name, place | columns, key=("entry", "position"), indexes=indexes)


def _money(table: str, name: str) -> tuple[dict[str, Column], sa.CheckConstraint]:
    both = f"({name}_minor IS NULL) = ({name}_currency IS NULL)"
    whole = sa.CheckConstraint(both, name=op.f(f"ck_{table}_{name}_whole"))
    return {f"{name}_minor": number(), f"{name}_currency": CURRENCY}, whole


def _people() -> None:
    lived = dict.fromkeys(("born_first", "born_last", "died_first", "died_last"), DAY)
    _table("performers", ENTRY | lived | {"domicile": ANY}, indexes=(LATEST,))
    standing = {"union_name": ANY.always(), "status": ANY.always()}
    _parts("standings", "performers", standing | SPAN, ("union_name", "status"))
    capacity = words("agent", "manager", "attorney", "guardian", "estate", "union").always()
    who = {"representative": NUMBERED.always(), "capacity": capacity}
    _parts("representatives", "performers", who | SPAN | {"share": FRACTION, "authority": FLAG.always()})


def _productions() -> None:
    kinds = ("theatrical", "episodic", "commercial", "game", "animation")
    facts = {
        "kind": words(*kinds, "sound_recording", "dubbing", "corporate", "stage"),
        "franchise": NUMBERED,
        "agreement": AGREEMENT,
        "signatory": FLAG,
        "platform": ANY,
        "photography_starts_on": DAY,
        "photography_ends_on": DAY,
        "places": ANY.always(),
        "governing_law": ANY,
        "released_in": ANY,
        "released_on": DAY,
        "original_language": ANY,
        "timezone": ANY,
        "first_use_on": DAY,
    }
    _table("productions", ENTRY | facts, indexes=(LATEST, ("franchise",)))
    rate, whole = _money("engagements", "daily_rate")
    engagement = {
        "performer": NUMBERED.always(),
        "production": NUMBERED.always(),
        "category": ANY,
        "engaged_at": MOMENT,
        "starts_on": DAY,
        "ends_on": DAY,
        **rate,
        "covered_by_agreement": FLAG,
        "loan_out": FLAG.always(),
        "cleared_on": DAY,
    }
    indexes = (LATEST, ("performer", "recorded_at"), ("production", "recorded_at"))
    _table("engagements", ENTRY | engagement, whole, indexes=indexes)
    _table("profiles", ENTRY | {"stated_on": DAY}, indexes=(LATEST,))


def _replicas() -> None:
    facts = {
        "performer": NUMBERED,
        "kind": words("employment_based", "independently_created", "background", "synthetic"),
        "elements": ANY.always(),
        "made_from": words("scan", "set_footage", "recording_session", "existing_material", "prompt"),
        "made_for": NUMBERED,
        "made_on": DAY,
        "purpose_ended_on": DAY,
        "last_contact_on": DAY,
        "destroy_by": DAY,
        "destroyed_on": DAY,
    }
    _table("replicas", ENTRY | facts, indexes=(LATEST, ("performer", "recorded_at"), ("destroy_by",)))
    _parts("custody", "replicas", {"place": ANY, **SPAN, "files": COUNT.always()})


def _tools() -> None:
    _table("models", ENTRY | {"made_for": NUMBERED}, indexes=(LATEST,))
    _parts("model_performers", "models", {"performer": NUMBERED.always()}, ("performer",))
    _parts("model_consents", "models", {"consent": NUMBERED.always()}, ("consent",))
    asked = ("stores", "reuses", "trains", "enterprise", "platform_agreement", "terms_reviewed")
    answers = dict.fromkeys((*asked, "vendor_pipeline", "vendor_verified"), words("yes", "no", "unsure"))
    _table("tools", ENTRY | {"as_of": DAY} | answers, indexes=(LATEST,))


def _consents() -> None:
    signing = {
        "performer": NUMBERED.always(),
        "grantor_capacity": words("self", "guardian", "estate", "union").always(),
        "grantor_representative": NUMBERED,
        "instrument": words("separate_writing", "contract_clause", "standard_terms", "voucher", "oral"),
        "separately_signed": FLAG,
        "conspicuous": FLAG,
        "personally_signed": FLAG,
        "basis": words("contract", "explicit_consent", "unknown"),
        "lifetime_only": FLAG,
        "signed_at": MOMENT,
        "delivered_at": MOMENT,
    }
    consent = ENTRY | signing | TERM | {"document_sha256": ANY}
    _table("consents", consent, unique=("thing",), indexes=(("performer", "recorded_at", "entry"),))
    limits = {"limit_seconds": number(), "limit_uses": number(), "limit_days": number()}
    named = dict.fromkeys(("acts", "elements", "purposes"), ANY.always())
    grant = {"clause": ANY.always(), **named, **BOX, "allows": ANY.always(), **TERM, **AGES, **limits}
    _parts("grants", "consents", grant | {"real_time": FLAG})
    carved = dict.fromkeys(("acts", "elements", "purposes"), ANY) | BOX | {"content": ANY}
    _parts("exclusions", "consents", carved | TERM | AGES | {"real_time": FLAG})


def _records() -> None:
    kinds = ("notice", "request", "approval", "refusal", "reason", "ruling", "payment", "done", "bargaining", "search")
    later = ("revocation", "amendment", "suspension", "strike", "use_made", "correction")
    names = ("performer", "production", "consent", "replica", "corrects", "replaced_by")
    amount, whole = _money("records", "amount")
    facts = {
        "kind": words(*kinds, *later).always(),
        **dict.fromkeys(names, NUMBERED),
        "agreement": AGREEMENT,
        "happened_at": MOMENT,
        "happened_on": DAY,
        **SPAN,
        "effective": DAY,
        **amount,
    }
    theirs = tuple((name, "recorded_at") for name in ("performer", "consent", "replica"))
    everybody_s = tuple((name, "performer") for name in ("production", "kind"))
    _table("records", ENTRY | facts, whole, unique=("thing",), indexes=(*theirs, *everybody_s, ("corrects",)))
    subject = {"thing": NUMBERED.always(), "role": words("use", "about").always(), "digest": DIGEST}
    _parts("record_subjects", "records", subject, ("thing",))


def _uses() -> None:
    creating = ("create_replica", "use_replica", "alter_performance", "dub", "use_synthetic", "prompt_likeness")
    handing = ("train_model", "reuse_model", "license_training", "transfer_replica", "generate_material")
    purposes = ("final", "temporary", "ideation", "pitch", "promotion", "advertising", "merchandise")
    facts = {
        "act": words(*creating, *handing).always(),
        **dict.fromkeys(("production", "engagement", "replica", "tool", "model", "profile"), NUMBERED),
        "purpose": words(*purposes),
        "used_at": MOMENT,
        "released_on": DAY,
        "until_day": DAY,
        "digest": DIGEST.always(),
    }
    _table("uses", ENTRY | facts, indexes=(LATEST, ("production", "recorded_at"), ("replica",)))
    _parts("use_performers", "uses", {"performer": NUMBERED.always()}, ("performer",))


def _decisions() -> None:
    verdicts = ("prohibited", "not_cleared", "refer", "incomplete", "conditional", "cleared")
    facts = {
        "use": NUMBERED.always(),
        "use_entry": number("uses.entry").always(),
        "performer": NUMBERED,
        "verdict": words(*verdicts).always(),
        "as_of": ANY,
        "known_at": MOMENT.always(),
    }
    decided = ENTRY | {"thing": number().always()}
    indexes = (("use", "recorded_at"), ("performer", "recorded_at"))
    _table("decisions", decided | facts, unique=("thing",), indexes=indexes)
