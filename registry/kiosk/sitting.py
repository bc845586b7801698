"""A sitting: the people who sign one document, one after another, and where each of them stands.

Every change of page makes a new number for it. A form that bears an old number (sent twice, from a second tab, after
going back) changes nothing. Nothing is recorded before somebody signs.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from registry.documents.drawing import Drawing
from registry.documents.evidence import Gesture
from registry.documents.language import Language, language
from registry.documents.sheet import Sheet, sheet_of
from registry.documents.terms import SignatureField
from registry.domain.values import dataclass
from registry.errors import RegistryError, UsageError
from registry.kiosk.answers import Form, Missing, answered, drawing_in, misnamed, questions, undecided
from registry.kiosk.turn import IN_AUTHORITY, Step, Turn, new_page
from registry.services import signing
from registry.services.archive import Archive
from registry.services.signing import Captured, Copy, Hand, Keys, Shown

LOOPBACK = "127.0.0.1 (loopback: at the machine itself)"
_OF_ONE = ("identity_proof", *IN_AUTHORITY)  # what was given for the first who signs holds for nobody else
_LONGEST = 200


class End(StrEnum):
    """Why a sitting is over."""

    DONE = "done"
    LEFT = "left"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What is signed, with which keys, and what is known of the signing beforehand. `clock` says what time it is;
    `copies` is a folder that every signer's copy is saved in; `field` asks for one signature only."""

    path: Path
    keys: Keys
    clock: Callable[[], dt.datetime]
    captured: Captured
    archive: Archive | None = None
    field: str | None = None
    copies: Path | None = None
    idle_minutes: int = 45


class Sitting:
    """One document on the table. One thread at a time: the server sees to it.

    `signed` are the places signed in this sitting; `unwritten` says which copies could not be written."""

    def __init__(self, occasion: Occasion) -> None:
        self.occasion = occasion
        now, archive = occasion.clock(), occasion.archive
        self.shown: Shown = signing.shown(occasion.path, keys=occasion.keys, now=now, archive=archive)
        self.sheet: Sheet = sheet_of(self.shown.terms)
        self.words: Language = language(self.shown.terms.language)
        self.places = _places(occasion, self.shown)
        self.signed: list[str] = []
        self.unwritten: list[str] = []
        self.end: End | None = None
        self.failure: RegistryError | None = None
        self.changed = False
        self.number = 0
        self.turn = self._turn(occasion.captured)
        self._gone_by = False

    @property
    def following(self) -> SignatureField | None:
        return self.places[self.number + 1] if self.number + 1 < len(self.places) else None

    @property
    def lacking(self) -> tuple[SignatureField, ...]:
        """Who has still to sign."""
        return tuple(s for s in self.shown.open if s.required)

    def gone_by(self) -> bool:
        """Whether a page is shown because an old one was sent. It says so once."""
        said, self._gone_by = self._gone_by, False
        return said

    def act(self, form: Form, *, agent: str | None) -> None:
        """Carry out what a page sent. One that is no longer current changes nothing. `agent` is what a browser calls
        itself."""
        action = self._actions().get(form.get("action", ""))
        if action is None or not secrets.compare_digest(form.get("page", "").encode(), self.turn.page.encode()):
            self._gone_by = True
            return
        self.turn.missing = ()
        self.turn.captured = replace(self.turn.captured, agent=agent)
        action(form)
        self.turn.page = new_page()

    def copied(self, how: str) -> None:
        """A signer's copy left. Written down in its own record, after the signature."""
        turn = self.turn
        turn.copies = (*(c for c in turn.copies if c.how != how), Copy(how=how, at=self.occasion.clock()))
        try:
            signing.record_copies(
                self.occasion.path, turn.place.name, signer=turn.name, data=self.shown.data, copies=turn.copies
            )
        except OSError as error:
            self.unwritten.append(f"{error.filename} cannot be written: {error.strerror}.")

    def _actions(self) -> Mapping[str, Callable[[Form], None]]:
        """What the page that is shown can send."""
        skip = {} if self.turn.place.required else {"skip": self._next}
        pages: dict[Step, Mapping[str, Callable[[Form], None]]] = {
            Step.HANDOVER: {"hand_over": self._hand_over, "end": self._finish, **skip},
            Step.ELECTRONIC: {"agree": self._agree, "leave": self._leaving},
            Step.READ: {"decide": self._decide, "leave": self._leaving},
            Step.SIGN: {"sign": self._sign, "change": self._change, "leave": self._leaving},
            Step.SIGNED: {"next": self._next, "finish": self._finish},
            Step.LEAVING: {"stay": self._stay, "leave_now": self._leave},
        }
        return pages.get(self.turn.step, {})

    def _hand_over(self, form: Form) -> None:
        given: dict[str, Any] = {key: form.get(key, "").strip()[:_LONGEST] or None for key in self.turn.notes}
        self.turn.captured = replace(self.turn.captured, **given)
        self.turn.step = Step.ELECTRONIC

    def _agree(self, form: Form) -> None:
        if form.get("electronic") == "yes":
            self.turn.step = Step.READ
        else:
            self.turn.missing = (Missing(at="electronic", said=self.words.say("kiosk.electronic.fault")),)

    def _decide(self, form: Form) -> None:
        turn = self.turn
        turn.asked = answered(turn.asked, form)
        turn.initials = "".join(form.get("initials", "").split())[:40] if turn.asked else ""
        turn.missing = tuple(undecided(turn.asked, turn.initials, self.words))
        if not turn.missing:
            turn.step = Step.SIGN

    def _change(self, form: Form) -> None:
        self.turn.step = Step.READ

    def _sign(self, form: Form) -> None:
        turn = self.turn
        turn.drawn = form.get("method") == "drawn"
        turn.typed = " ".join(form.get("name", "").split())[:_LONGEST]
        drawing = drawing_in(form.get("strokes", "")) if turn.drawn else None
        name = (turn.drawn and turn.place.signer) or turn.typed
        missing = list(misnamed(name, turn.place, self.words))
        if turn.drawn and drawing is None:
            missing.insert(0, Missing(at="board", said=self.words.say("kiosk.sign.fault_drawing")))
        turn.missing = tuple(missing)
        if not missing:
            self._put_signature(name, drawing)

    def _put_signature(self, name: str, drawing: Drawing | None) -> None:
        """The signature itself. What the file proves is the same as after `registry sign`."""
        turn, occasion = self.turn, self.occasion
        try:
            report = signing.sign(
                occasion.path,
                field=turn.place.name,
                signer=self._hand(name, drawing),
                keys=occasion.keys,
                now=occasion.clock(),
                initials=turn.initials if len(turn.declined) < len(turn.asked) else None,
                declined=turn.declined,
                latest_sha256=self.shown.sha256,
                archive=occasion.archive,
            )
        except RegistryError as error:
            self._stop(error)
            return
        except OSError as error:
            self._stop(UsageError(f"{error.filename} cannot be written: {error.strerror}.", "df -h ."))
            return
        self.shown = Shown(data=occasion.path.read_bytes(), report=report)
        self.signed.append(turn.place.name)
        turn.name, turn.at, turn.step = name, report.signatures[-1].at, Step.SIGNED
        self._save()

    def _hand(self, name: str, drawing: Drawing | None) -> Hand:
        captured = self.turn.captured
        given: dict[str, Any] = {key: getattr(captured, key) for key in (*self.turn.notes, "operator", "agent")}
        return Hand(
            name=name,
            words_agreed=self.turn.words_agreed(self.words),
            gesture=Gesture.TYPED if drawing is None else Gesture.DRAWN,
            drawing=drawing,
            electronic_form_agreed=True,
            reviewed=True,
            ip=LOOPBACK,
            **given,
        )

    def _save(self) -> None:
        """The copy that was asked for on the command line. A signature stands whether or not it can be saved."""
        folder, place = self.occasion.copies, self.turn.place.name
        if folder is None:
            return
        try:
            self.turn.saved = signing.save_copy(self.occasion.path, place, data=self.shown.data, folder=folder)
        except OSError as error:
            self.unwritten.append(f"{error.filename} cannot be written: {error.strerror}.")
            return
        self.copied(f"saved as {self.turn.saved.name}")

    def _next(self, form: Form) -> None:
        """The next who signs, of whom nothing is known that was written down of the last."""
        if self.following is None:
            self._finish(form)
            return
        self.number += 1
        forgotten: dict[str, Any] = dict.fromkeys(_OF_ONE)
        self.turn = self._turn(replace(self.turn.captured, **forgotten))

    def _turn(self, captured: Captured) -> Turn:
        place = self.places[self.number]
        clauses = [clause for part in self.sheet.parts for clause in part.clauses]
        return Turn(place=place, captured=captured, asked=questions(clauses, place))

    def _leaving(self, form: Form) -> None:
        self.turn.before, self.turn.step = self.turn.step, Step.LEAVING

    def _stay(self, form: Form) -> None:
        self.turn.step = self.turn.before

    def _leave(self, form: Form) -> None:
        self._over(End.LEFT)

    def _finish(self, form: Form) -> None:
        self._over(End.DONE)

    def _stop(self, error: RegistryError) -> None:
        """Nothing was signed, and nothing can be before somebody has looked at it. The terminal says why."""
        self.failure = error
        try:
            self.changed = self.occasion.path.read_bytes() != self.shown.data
        except OSError:
            self.changed = True
        self._over(End.STOPPED)

    def _over(self, end: End) -> None:
        self.end, self.turn.step = end, Step.ENDED


def _places(occasion: Occasion, shown: Shown) -> tuple[SignatureField, ...]:
    """Whose signatures a sitting is for. Raises UsageError where none is open, or the one asked for cannot be given."""
    if occasion.field is not None:
        return (signing.place_to_sign(shown.report, occasion.field),)
    if not shown.open or shown.report.closed is not None:
        name = occasion.path.name
        raise UsageError(f"Everybody has signed {name}.", f"registry verify {name}")
    return shown.open


def names_of(sheet: Sheet, places: Collection[SignatureField]) -> list[str]:
    """How places to sign are called on the page, in the order of the document."""
    wanted = {place.name for place in places}
    return [block.name for block in sheet.signatures if block.field in wanted]
