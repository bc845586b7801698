"""The kinds of thing that are recorded, and the identifiers people give them."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What an entry of the ledger, or an identifier, is about."""

    PERFORMER = "performer"
    PRODUCTION = "production"
    ENGAGEMENT = "engagement"
    REPLICA = "replica"
    MODEL = "model"
    TOOL = "tool"
    PROFILE = "profile"
    CONSENT = "consent"
    RECORD = "record"
    USE = "use"
    DECISION = "decision"
    FRANCHISE = "franchise"
    REPRESENTATIVE = "representative"
    RATE = "rate"
    SIGNOFF = "signoff"
    REVISION = "revision"
    SCHEDULE = "schedule"
    IMPORT = "import"
    CLEARANCE = "clearance"


class Answer(StrEnum):
    """An answer about a tool."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Name(NamedTuple):
    """An identifier as users write it, and what kind of thing it names."""

    kind: Kind
    id: str
