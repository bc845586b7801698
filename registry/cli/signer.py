"""Who signs, from what was typed: a name, a drawing, a key in a file or on a token; and the evidence that was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from registry.cli.run import Run
from registry.cli.secrets import secret
from registry.documents.drawing import read_drawing
from registry.documents.evidence import Gesture
from registry.domain.dates import parse_moment
from registry.domain.values import dataclass
from registry.errors import UsageError
from registry.services.signing import Captured, Hand, OwnKey, OwnToken, Signer
from registry.source.spelling import nearest

# What --evidence takes; the others have options of their own.
KEYS = tuple(f.name for f in fields(Captured) if f.name not in ("words_agreed", "operator", "other_name_accepted_by"))
_ANSWERS = {"yes": True, "no": False}
_YES_OR_NO = ("electronic_form_agreed", "reviewed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The options that say who signs and with what, as they were typed."""

    name: str | None
    drawn: str | None
    clicked: bool
    own_key: str | None
    own_cert: str | None
    pkcs11: str | None
    token: str | None
    key_label: str | None
    pin_fd: str | None
    pin_file: str | None


def signer(typed: Typed, captured: Captured, words: str) -> Signer:
    """Who signs. A passphrase or PIN is asked for where none is given."""
    kept = captured.kept()
    certificate = Path(typed.own_cert) if typed.own_cert else None
    if typed.pkcs11:
        if not (typed.token and typed.key_label):
            raise UsageError("The key on the token is not named.", "add --token LABEL --key-label LABEL")
        pin = _own_secret(typed, f"token {typed.token}").decode()
        module = Path(typed.pkcs11)
        return OwnToken(
            module=module, token=typed.token, label=typed.key_label, pin=pin, certificate=certificate, **kept
        )
    if typed.own_key:
        file = Path(typed.own_key)
        passphrase = _own_secret(typed, typed.own_key) if _is_locked(file) else b""
        return OwnKey(file=file, passphrase=passphrase, certificate=certificate, **kept)
    if not typed.name:
        raise UsageError("Nobody is named who signs.", 'add --name "NAME", or --own-key FILE')
    return _by_hand(typed, kept | {"words_agreed": words})


def captured_of(run: Run, evidence: Sequence[str], *, by: str | None, accept_name: bool, words: str | None) -> Captured:
    """What was captured, from `KEY=VALUE`. Raises UsageError for a key that no evidence record has."""
    given: dict[str, Any] = {}
    for item in evidence:
        key, equals, value = item.partition("=")
        if key not in KEYS or not equals or not value.strip():
            meant = nearest(key, KEYS)
            hint = f"; did you mean {meant}?" if meant and meant != key else f"; the keys are {', '.join(KEYS)}."
            raise UsageError(f"--evidence {item} says nothing that a record keeps{hint}", "add --evidence KEY=VALUE")
        given[key] = _value(key, value.strip())
    operator = by or run.settings.by
    accepted = run.by(by) if accept_name else None
    return Captured(words_agreed=words, operator=operator, other_name_accepted_by=accepted, **given)


def _by_hand(typed: Typed, kept: dict[str, Any]) -> Hand:
    assert typed.name is not None
    if typed.drawn is None:
        gesture = Gesture.CLICKED if typed.clicked else Gesture.TYPED
        return Hand(name=typed.name, gesture=gesture, **kept)
    try:
        data = Path(typed.drawn).read_bytes()
    except OSError as error:
        raise UsageError(f"{typed.drawn} cannot be read: {error.strerror}.", f"ls -l {typed.drawn}") from None
    drawing = read_drawing(data, typed.drawn)
    return Hand(name=typed.name, gesture=Gesture.DRAWN, drawing=drawing, **kept)


def _own_secret(typed: Typed, what: str) -> bytes:
    return secret(what, fd=typed.pin_fd, file=typed.pin_file, options="--pin-fd N or --pin-file FILE")


def _is_locked(file: Path) -> bool:
    """Whether a key file asks for a passphrase: PKCS#12 does, PEM says so."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.", f"ls -l {file}") from None
    return b"-----BEGIN" not in data or b"ENCRYPTED" in data


def _value(key: str, value: str) -> Any:
    if key in _YES_OR_NO:
        if value not in _ANSWERS:
            raise UsageError(f"{key} is yes or no, not {value}.", f"add --evidence {key}=yes, or leave it out")
        return _ANSWERS[value]
    if key == "copy_delivered_at":
        try:
            return parse_moment(value)
        except ValueError:
            raise UsageError(
                f"{value} is no moment with a zone.", f"add --evidence {key}=2026-09-10T09:20-07:00"
            ) from None
    return value
