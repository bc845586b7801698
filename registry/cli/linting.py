"""Lint on the way to an issue: what stops it, who answers for it all the same, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence

from registry.cli.output import headed, labelled, paragraph
from registry.cli.phrases import counted
from registry.cli.run import Run
from registry.documents.terms import RiderTerms
from registry.domain.lint import Despite, Lint, LintFinding, Severity
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.errors import UsageError
from registry.services import lint as reading

INDENT = 11


@dataclass(frozen=True, slots=True)
class Passed:
    """What a draft came to. `record` is kept with the issue where somebody answered for what would have stopped it."""

    found: Lint
    stopping: tuple[LintFinding, ...]
    record: bytes | None = None


def despite_of(run: Run, ids: Sequence[str] | None, because: str | None, by: str | None) -> Despite | None:
    """What was typed with --despite. Nobody answers for anything without a reason."""
    named = tuple(part.strip() for text in ids or () for part in text.split(",") if part.strip())
    if not named and because is None:
        return None
    if not named:
        raise UsageError("--because gives the reason for a finding, and none is named.", "add --despite LINT-ID")
    if because is None or not because.strip():
        raise UsageError(f"Nothing says why it is issued despite {named[0]}.", 'add --because "…"')
    return Despite(ids=named, because=because.strip(), by=run.by(by))


def passed(run: Run, terms: RiderTerms, despite: Despite | None, *, by: str | None = None) -> Passed:
    """The lint of a document that is about to be issued. Raises UsageError for a --despite that answers for nothing."""
    found = lint_of(run, terms, by=by)
    if despite is not None:
        _refuse_unfound(found, despite)
    stopping = found.stopping(despite)
    record = reading.issue_record(found, despite, now=run.now) if despite and not stopping else None
    return Passed(found, stopping, record)


def _refuse_unfound(found: Lint, despite: Despite) -> None:
    ids = {f.id for f in found.findings}
    unfound = [name for name in despite.ids if name not in ids]
    if unfound:
        listed = ", ".join(sorted({f.id for f in found.refusing})) or "nothing"
        raise UsageError(f"Lint finds no {unfound[0]} in {found.consent}.", f"It would be stopped by: {listed}")


def lint_of(run: Run, terms: RiderTerms, *, by: str | None = None) -> Lint:
    """The lint of a document's terms, against what this registry has on file; without one, against what they say."""
    from registry.cli.checks import catalogue
    from registry.cli.papers import around, at_hand

    world = around(run, terms.consent) if at_hand(run) is not None else World()
    issuer = (run.by(by), "business_affairs")
    return reading.lint(reading.draft_of_terms(terms, world, now=run.now, issuer=issuer), catalogue(run))


def told(run: Run, terms: RiderTerms, name: str) -> list[str]:
    """A line about a draft that could not be issued as it is; nothing about any other."""
    stopping = lint_of(run, terms).refusing
    if not stopping:
        return []
    ids = ", ".join(dict.fromkeys(f.id for f in stopping))
    return [f"It would not be issued: {ids}.", f"registry lint {name}    says what to write instead"]


def lint_lines(found: Lint, *, all_: bool = True) -> list[str]:
    """The answer: the headline, then each finding with what to write; `all_`: also what is only to be looked at."""
    shown = found.findings if all_ else found.refusing
    word = "NOT TO BE ISSUED" if found.refusing else "CAN BE ISSUED"
    lines = headed(word, found.consent, f"{found.kind} document")
    lines.append(_summary(found))
    for finding in shown:
        lines += ["", *_finding(finding)]
    return lines


def _summary(found: Lint) -> str:
    refused, looked = len(found.refusing), len(found.warning)
    if not refused and not looked:
        return "Nothing was found."
    stop = f"{counted(refused, 'finding').capitalize()} stop{'s' if refused == 1 else ''} it" if refused else ""
    look = f"{counted(looked, 'finding')} {'is' if looked == 1 else 'are'} to be looked at" if looked else ""
    if stop and look:
        return f"{stop}, {look}."
    return f"{stop or look[0].upper() + look[1:]}."


def _finding(finding: LintFinding) -> list[str]:
    label = "refuses" if finding.severity is Severity.REFUSES else "look at"
    lines = labelled(label, finding.where, finding.id, indent=INDENT)
    lines += paragraph(finding.says, INDENT)
    lines += labelled("because", finding.why, indent=INDENT)
    return [*lines, *labelled("write", finding.write, indent=INDENT)]
