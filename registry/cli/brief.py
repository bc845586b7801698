"""A verdict for somebody on a set, on a telephone: may it go ahead, why not, and what to print, in three lines."""

from __future__ import annotations

import datetime as dt

from registry.cli.checks import Checked
from registry.cli.lacks import brief
from registry.cli.output import headed, paragraph
from registry.cli.phrases import day, headline, sentence
from registry.domain.dates import civil_date
from registry.domain.finding import Status
from registry.engine.cure import needs_rider

_SAID = {
    Status.CLEARED: "Go ahead",
    Status.REFUSED: "Do not go ahead",
    Status.OPEN: "Wait",
}


def brief_lines(checked: Checked, *, now: dt.datetime) -> list[str]:
    """The headline, one sentence, and the form to print where a signature is missing."""
    verdict, subject = checked.verdict, checked.subject
    lines = headed(headline(verdict.verdict), verdict.use, subject.what(verdict.performer))
    why = brief(verdict, subject.zone)
    lines += paragraph(sentence(f"{_SAID[verdict.status]}{f': {why}' if why else ''}"))
    for warning in on_set(checked, now=now):
        lines += paragraph(warning)
    if needs_rider(verdict):
        found = f"{verdict.use} {subject.found_in}".rstrip()
        lines.append(f"registry cure {found} --rider    prints the form")
    return lines


def on_set(checked: Checked, *, now: dt.datetime) -> list[str]:
    """What to say about signatures on the day of the work: those that are there, and one that somebody may get now."""
    verdict, subject = checked.verdict, checked.subject
    use_day = civil_date(checked.use.at, subject.zone) if checked.use.at else None
    found: list[str] = []
    for name in dict.fromkeys(covered.consent for covered in verdict.coverage.consents):
        consent = subject.consent(name)
        signed = civil_date(consent.signed_at, subject.zone) if consent and consent.signed_at else None
        if signed is not None and signed == use_day:
            found.append(f"{name} was signed on {day(signed)}, the day of the work: have production legal look at it.")
    if needs_rider(verdict) and use_day is not None and use_day <= civil_date(now, subject.zone):
        found.append(
            "Do not have it signed between call and wrap: a form signed on the set is the first thing a union looks at."
        )
    return found
