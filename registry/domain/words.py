"""The words staff type: every closed list of DOMAIN.md and FORMATS.md, one word per thing."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What is to be done (DOMAIN.md §3). Creating is not using."""

    CREATE_REPLICA = "create_replica"
    USE_REPLICA = "use_replica"
    ALTER_PERFORMANCE = "alter_performance"
    DUB = "dub"
    USE_SYNTHETIC = "use_synthetic"
    PROMPT_LIKENESS = "prompt_likeness"
    TRAIN_MODEL = "train_model"
    REUSE_MODEL = "reuse_model"
    LICENSE_TRAINING = "license_training"
    TRANSFER_REPLICA = "transfer_replica"
    GENERATE_MATERIAL = "generate_material"


class Purpose(StrEnum):
    """What the result is for."""

    FINAL = "final"
    TEMPORARY = "temporary"
    IDEATION = "ideation"
    PITCH = "pitch"
    PROMOTION = "promotion"
    ADVERTISING = "advertising"
    MERCHANDISE = "merchandise"


class Element(StrEnum):
    """What of the performer is used."""

    VOICE = "voice"
    LIKENESS = "likeness"
    MOVEMENT = "movement"


class Content(StrEnum):
    """Sensitive content: granted only where a grant lists it."""

    NUDITY = "nudity"
    SIMULATED_SEX = "simulated_sex"
    INTIMATE = "intimate"
    GRAPHIC_VIOLENCE = "graphic_violence"
    POLITICAL = "political"
    ENDORSEMENT = "endorsement"
    RELIGIOUS = "religious"
    SUBSTANCE = "substance"
    PROFANITY = "profanity"


class ProductionKind(StrEnum):
    THEATRICAL = "theatrical"
    EPISODIC = "episodic"
    COMMERCIAL = "commercial"
    GAME = "game"
    ANIMATION = "animation"
    SOUND_RECORDING = "sound_recording"
    DUBBING = "dubbing"
    CORPORATE = "corporate"
    STAGE = "stage"


class Agreement(StrEnum):
    """Families of collective agreements; the edition follows from the dates of the production."""

    NONE = "none"
    UNKNOWN = "unknown"
    TV_THEATRICAL = "sag-aftra-tv-theatrical"
    COMMERCIALS = "sag-aftra-commercials"
    AUDIO_COMMERCIALS = "sag-aftra-audio-commercials"
    INTERACTIVE = "sag-aftra-interactive"
    TV_ANIMATION = "sag-aftra-tv-animation"
    NETWORK_CODE = "sag-aftra-network-code"
    SOUND_RECORDINGS = "sag-aftra-sound-recordings"
    DUBBING = "sag-aftra-dubbing"
    LOW_BUDGET = "sag-aftra-low-budget"
    INFLUENCER = "sag-aftra-influencer"
    EQUITY_UK = "equity-uk"
    ACTRA_IPA = "actra-ipa"
    UBCP_ACTRA = "ubcp-actra"


class Capacity(StrEnum):
    """In which capacity somebody represents a performer. An agent or a manager is never counsel."""

    AGENT = "agent"
    MANAGER = "manager"
    ATTORNEY = "attorney"
    GUARDIAN = "guardian"
    ESTATE = "estate"
    UNION = "union"


class GrantorCapacity(StrEnum):
    SELF = "self"
    GUARDIAN = "guardian"
    ESTATE = "estate"
    UNION = "union"


class ReplicaKind(StrEnum):
    EMPLOYMENT_BASED = "employment_based"
    INDEPENDENTLY_CREATED = "independently_created"
    BACKGROUND = "background"
    SYNTHETIC = "synthetic"


class MadeFrom(StrEnum):
    SCAN = "scan"
    SET_FOOTAGE = "set_footage"
    RECORDING_SESSION = "recording_session"
    EXISTING_MATERIAL = "existing_material"
    PROMPT = "prompt"


class BiometricKind(StrEnum):
    NONE = "none"
    FACE_GEOMETRY = "face_geometry"
    VOICEPRINT = "voiceprint"
    FINGERPRINT = "fingerprint"
    PALMPRINT = "palmprint"
    IRIS = "iris"
    BODY_SCAN = "body_scan"


class Instrument(StrEnum):
    SEPARATE_WRITING = "separate_writing"
    CONTRACT_CLAUSE = "contract_clause"
    STANDARD_TERMS = "standard_terms"
    VOUCHER = "voucher"
    ORAL = "oral"


class Basis(StrEnum):
    CONTRACT = "contract"
    EXPLICIT_CONSENT = "explicit_consent"
    UNKNOWN = "unknown"


class RecordKind(StrEnum):
    NOTICE = "notice"
    REQUEST = "request"
    APPROVAL = "approval"
    REFUSAL = "refusal"
    REASON = "reason"
    RULING = "ruling"
    PAYMENT = "payment"
    DONE = "done"
    BARGAINING = "bargaining"
    SEARCH = "search"
    REVOCATION = "revocation"
    AMENDMENT = "amendment"
    SUSPENSION = "suspension"
    STRIKE = "strike"
    USE_MADE = "use_made"
    CORRECTION = "correction"
