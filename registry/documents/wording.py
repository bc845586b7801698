"""Words and dates as a contract prints them. Every closed list has its plain words here; a test sees to that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from registry.domain.words import (
    Act,
    Agreement,
    BiometricKind,
    Content,
    Element,
    MadeFrom,
    ProductionKind,
    Purpose,
    ReplicaKind,
)

HEADINGS: dict[Act, str] = {
    Act.CREATE_REPLICA: "Creation of the replica",
    Act.USE_REPLICA: "Use of the replica",
    Act.ALTER_PERFORMANCE: "Alteration of a recorded performance",
    Act.DUB: "Dubbing into another language",
    Act.USE_SYNTHETIC: "Synthetic performer",
    Act.PROMPT_LIKENESS: "Name or features in a prompt",
    Act.TRAIN_MODEL: "Training of a model",
    Act.REUSE_MODEL: "Further use of a trained model",
    Act.LICENSE_TRAINING: "License to train",
    Act.TRANSFER_REPLICA: "Transfer of the replica",
    Act.GENERATE_MATERIAL: "Generated material",
}
PERMISSIONS: dict[Act, str] = {
    Act.CREATE_REPLICA: "create a digital replica of Performer’s {elements}",
    Act.USE_REPLICA: "use a digital replica of Performer’s {elements} to portray Performer in material that Performer "
    "did not perform",
    Act.ALTER_PERFORMANCE: "digitally alter Performer’s {elements} in a performance that Performer gave",
    Act.DUB: "use a digital replica of Performer’s {elements} to dub Performer into the languages named below",
    Act.USE_SYNTHETIC: "use a synthetic performer in the role",
    Act.PROMPT_LIKENESS: "give a generative system Performer’s name or features",
    Act.TRAIN_MODEL: "train or fine-tune a model on Performer’s {elements}",
    Act.REUSE_MODEL: "use a model trained on Performer’s {elements} outside the production or scope it was trained for",
    Act.LICENSE_TRAINING: "license Performer’s performances to a third party for training a model",
    Act.TRANSFER_REPLICA: "hand the digital replica to another company as that company’s own",
    Act.GENERATE_MATERIAL: "generate material in which Performer does not appear",
}
WITHHELD: dict[Act, str] = {
    Act.ALTER_PERFORMANCE: "alteration of a recorded performance beyond customary post-production",
    Act.DUB: "dubbing by replica into another language",
    Act.PROMPT_LIKENESS: "use of Performer’s name or features in a prompt",
    Act.TRAIN_MODEL: "training or fine-tuning a model on Performer’s material",
    Act.REUSE_MODEL: "use of a trained model outside the production it was trained for",
    Act.LICENSE_TRAINING: "licensing performances for training",
    Act.TRANSFER_REPLICA: "transfer of the replica to another company as its own",
}
WITHHELD_PURPOSES: dict[Purpose, str] = {
    Purpose.PROMOTION: "promotion of the picture with material made by replica",
    Purpose.ADVERTISING: "advertising of anything else",
    Purpose.MERCHANDISE: "merchandise",
    Purpose.PITCH: "a pitch or concept for another work",
}
PURPOSES: dict[Purpose, str] = {
    Purpose.FINAL: "the finished picture, with temporary work towards it",
    Purpose.TEMPORARY: "temporary work that is not released",
    Purpose.IDEATION: "ideas and mock-ups",
    Purpose.PITCH: "pitch or concept",
    Purpose.PROMOTION: "promotion of this picture",
    Purpose.ADVERTISING: "advertising of other things",
    Purpose.MERCHANDISE: "merchandise",
}
ELEMENTS: dict[Element, str] = {
    Element.VOICE: "voice",
    Element.LIKENESS: "likeness",
    Element.MOVEMENT: "movement",
}
CONTENT: dict[Content, str] = {
    Content.NUDITY: "nudity",
    Content.SIMULATED_SEX: "simulated sex",
    Content.INTIMATE: "intimate scenes",
    Content.GRAPHIC_VIOLENCE: "graphic violence",
    Content.POLITICAL: "political speech",
    Content.ENDORSEMENT: "endorsement",
    Content.RELIGIOUS: "religious content",
    Content.SUBSTANCE: "alcohol, tobacco or drugs",
    Content.PROFANITY: "profanity",
}
KINDS: dict[ProductionKind, str] = {
    ProductionKind.THEATRICAL: "theatrical motion picture",
    ProductionKind.EPISODIC: "episodic series",
    ProductionKind.COMMERCIAL: "commercial",
    ProductionKind.GAME: "interactive game",
    ProductionKind.ANIMATION: "animated picture",
    ProductionKind.SOUND_RECORDING: "sound recording",
    ProductionKind.DUBBING: "dubbing",
    ProductionKind.CORPORATE: "corporate production",
    ProductionKind.STAGE: "stage production",
}
AGREEMENTS: dict[Agreement, str] = {
    Agreement.NONE: "no collective agreement",
    Agreement.UNKNOWN: "collective agreement not recorded",
    Agreement.TV_THEATRICAL: "SAG-AFTRA TV/Theatrical agreement (Codified Basic Agreement and Television Agreement)",
    Agreement.COMMERCIALS: "SAG-AFTRA Commercials Contract",
    Agreement.AUDIO_COMMERCIALS: "SAG-AFTRA Audio Commercials Contract",
    Agreement.INTERACTIVE: "SAG-AFTRA Interactive Media Agreement",
    Agreement.TV_ANIMATION: "SAG-AFTRA Television Animation Agreement",
    Agreement.NETWORK_CODE: "SAG-AFTRA Network Television Code",
    Agreement.SOUND_RECORDINGS: "SAG-AFTRA Sound Recordings Code",
    Agreement.DUBBING: "SAG-AFTRA Dubbing Agreement",
    Agreement.LOW_BUDGET: "SAG-AFTRA Low Budget Agreements",
    Agreement.INFLUENCER: "SAG-AFTRA Influencer Agreement",
    Agreement.EQUITY_UK: "Equity (UK) agreement",
    Agreement.ACTRA_IPA: "ACTRA Independent Production Agreement",
    Agreement.UBCP_ACTRA: "UBCP/ACTRA agreement",
}
REPLICAS: dict[ReplicaKind, str] = {
    ReplicaKind.EMPLOYMENT_BASED: "employment-based digital replica",
    ReplicaKind.INDEPENDENTLY_CREATED: "independently created digital replica",
    ReplicaKind.BACKGROUND: "background digital replica",
    ReplicaKind.SYNTHETIC: "synthetic performer",
}
SOURCES: dict[MadeFrom, str] = {
    MadeFrom.SCAN: "a scan session",
    MadeFrom.SET_FOOTAGE: "photography on set, without a scan",
    MadeFrom.RECORDING_SESSION: "a recording session",
    MadeFrom.EXISTING_MATERIAL: "existing material",
    MadeFrom.PROMPT: "a prompt",
}
BIOMETRICS: dict[BiometricKind, str] = {
    BiometricKind.NONE: "none",
    BiometricKind.FACE_GEOMETRY: "face geometry",
    BiometricKind.VOICEPRINT: "voiceprint",
    BiometricKind.FINGERPRINT: "fingerprint",
    BiometricKind.PALMPRINT: "palmprint",
    BiometricKind.IRIS: "iris",
    BiometricKind.BODY_SCAN: "body scan",
}
NOT_RECORDED = "not recorded"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def joined(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def spoken(code: str) -> str:
    """A word of ours without its underscores: `day_performer` → `day performer`."""
    return code.replace("_", " ")


def day(value: dt.date | None, absent: str = NOT_RECORDED) -> str:
    return absent if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: dt.datetime | None, absent: str = NOT_RECORDED) -> str:
    """A moment with the offset it was recorded in: `16 September 2026, 09:00 (UTC−07:00)`."""
    if value is None:
        return absent
    offset = value.strftime("%z")
    sign = "−" if offset.startswith("-") else "+"
    return f"{day(value.date())}, {value:%H:%M} (UTC{sign}{offset[1:3]}:{offset[3:5]})"


def yes(value: bool | None) -> str:
    return NOT_RECORDED if value is None else "yes" if value else "no"


def hours(later: dt.datetime, earlier: dt.datetime) -> str:
    """Elapsed time in whole hours and minutes, as a deadline is counted."""
    minutes = int((later - earlier).total_seconds() // 60)
    whole, rest = divmod(minutes, 60)
    return f"{whole} hours" + (f" {rest} minutes" if rest else "")
