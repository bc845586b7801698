"""Issuing, signing and closing documents, step by step."""

from registry.services.holding import evidence_file, is_sealed, plainly, unread
from registry.services.signing.deferring import Deferred, complete, defer
from registry.services.signing.signers import Captured, Hand, Keys, OwnKey, OwnToken, Signer
from registry.services.signing.steps import close, issue, seal, sign

__all__ = [
    "Captured",
    "Deferred",
    "Hand",
    "Keys",
    "OwnKey",
    "OwnToken",
    "Signer",
    "close",
    "complete",
    "defer",
    "evidence_file",
    "is_sealed",
    "issue",
    "plainly",
    "seal",
    "sign",
    "unread",
]
