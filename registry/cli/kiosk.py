"""`registry sign --kiosk`: the pages are opened, the people sign on them, and what came of it is said."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

from registry.cli import papers
from registry.cli.phrases import listing
from registry.cli.report_text import progress
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.domain.values import dataclass
from registry.errors import UsageError
from registry.kiosk import End, Kiosk, Occasion, Sitting, open_kiosk
from registry.kiosk.turn import IN_AUTHORITY, NOTED
from registry.services.signing import Captured, plainly


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How a sitting is set up, as it was typed."""

    field: str | None
    port: str
    browser: bool
    idle: str
    copies: str | None


def seat(run: Run, file: str, table: Table, captured: Captured, *, by: str | None) -> int:
    """Serve the pages until everybody has signed, or somebody ends it; then say where the document stands."""
    _refuse_captured(captured)
    folder = _folder(table.copies)
    port = _number("--port", table.port, range(65536))
    idle = _number("--idle", table.idle, range(1, 1441))
    sitting = Sitting(
        Occasion(
            path=Path(file),
            keys=papers.keys(run),
            clock=_clock(run),
            captured=captured,
            archive=papers.archive(run, by),
            field=_place(table.field),
            copies=folder,
            idle_minutes=idle,
        )
    )
    kiosk = open_kiosk(sitting, port=port)
    _invite(run, sitting, kiosk, browser=table.browser)
    try:
        in_time = kiosk.serve()
    except KeyboardInterrupt:
        run.screen.about([f"Stopped. {_who_signed(sitting)} Nothing is half signed."])
        _told(run, sitting, file)
        return Status.INTERRUPT
    _told(run, sitting, file)
    if not in_time:
        run.screen.about(
            [f"Nothing was done for {table.idle} minutes, and the pages are closed. {_who_signed(sitting)}"]
        )
        return Status.OPEN
    return _ended(run, sitting)


def _ended(run: Run, sitting: Sitting) -> int:
    if sitting.failure is not None:
        raise sitting.failure
    if sitting.end is End.LEFT:
        run.screen.about([f"{plainly(sitting.turn.place.name)} did not sign, and nothing was recorded of it."])
        return Status.OPEN
    return Status.CLEARED if sitting.signed else Status.OPEN


def _told(run: Run, sitting: Sitting, file: str) -> None:
    """Where the document stands, and which copies could not be written."""
    run.screen.answer(progress(sitting.shown.report, file))
    if sitting.unwritten:
        run.screen.about([*sitting.unwritten, "The signatures stand."])


def _who_signed(sitting: Sitting) -> str:
    if not sitting.signed:
        return "Nobody signed."
    return f"Signed: {listing(plainly(name) for name in sitting.signed)}."


def _invite(run: Run, sitting: Sitting, kiosk: Kiosk, *, browser: bool) -> None:
    who = listing(plainly(place.name) for place in sitting.places)
    run.screen.about([f"To sign here: {who}. The link opens once, on this machine only.", kiosk.gate.link])
    if browser:
        import webbrowser

        if not webbrowser.open(kiosk.gate.link):
            run.screen.about(["No browser could be opened; open the link in one."])


def _clock(run: Run) -> Callable[[], dt.datetime]:
    """The moment of the run, and what the clock of the machine has gone on since, asleep or not."""
    started = time.time()
    return lambda: run.now + dt.timedelta(seconds=time.time() - started)


def _refuse_captured(captured: Captured) -> None:
    """What the pages themselves capture is not typed beforehand."""
    asked = (*NOTED, *IN_AUTHORITY)
    for found in fields(captured):
        if found.name not in (*asked, "operator") and getattr(captured, found.name) is not None:
            said = f"--evidence {found.name} is not for --kiosk: the pages capture it, or nobody can know it yet."
            raise UsageError(said, f"leave it out; what can be given is {', '.join(asked)}")


def _number(option: str, text: str, numbers: range) -> int:
    if text.isascii() and text.isdigit() and int(text) in numbers:
        return int(text)
    said = f"{option} is a whole number from {numbers[0]} to {numbers[-1]}, not {text}."
    raise UsageError(said, f"leave out {option}, or add {option} {numbers[-1] // 2}")


def _place(field: str | None) -> str | None:
    return field if field is None or field.startswith("sig_") else f"sig_{field}"


def _folder(name: str | None) -> Path | None:
    """The folder for copies, which has to be there before anybody signs."""
    if name is None:
        return None
    if not Path(name).is_dir():
        raise UsageError(f"There is no folder {name} for the copies.", f"mkdir -p {name}")
    return Path(name)
