"""Issuing, signing and closing documents, step by step."""

from registry.documents.evidence import Captured
from registry.services.holding import evidence_file, is_sealed, plainly, unread
from registry.services.signing.copies import Copy, record_copies, save_copy
from registry.services.signing.deferring import Deferred, complete, defer
from registry.services.signing.judging import place_to_sign
from registry.services.signing.shown import Shown, shown
from registry.services.signing.signers import Hand, Keys, OwnKey, OwnToken, Signer
from registry.services.signing.steps import close, issue, seal, sign, stamp

__all__ = [
    "Captured",
    "Copy",
    "Deferred",
    "Hand",
    "Keys",
    "OwnKey",
    "OwnToken",
    "Shown",
    "Signer",
    "close",
    "complete",
    "defer",
    "evidence_file",
    "is_sealed",
    "issue",
    "place_to_sign",
    "plainly",
    "record_copies",
    "save_copy",
    "seal",
    "shown",
    "sign",
    "stamp",
    "unread",
]
