"""Many documents at once: every draft of a file, a folder or a table of deal memos, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from registry.cli import papers
from registry.cli.linting import passed
from registry.cli.output import WIDTH, clip, padded, paragraph, table
from registry.cli.phrases import count
from registry.cli.run import Run
from registry.documents.terms import RiderTerms
from registry.domain.consent import Consent
from registry.domain.finding import Status
from registry.domain.lint import Despite
from registry.errors import RegistryError, UsageError
from registry.services.issuing import Issued, Outcome, Press, write_manifest

_FILES = (".yaml", ".yml", ".json")
_TABLES = (".csv", ".xlsx")


def issue_many(
    run: Run,
    source: str,
    folder: Path,
    asked: papers.Asked,
    despite: Despite | None,
    by: str | None,
    production: str | None,
) -> int:
    """Issues every draft that can be; the exit status is that of the worst."""
    drafts = _drafts(run, source, folder, production, by)
    if not drafts:
        raise UsageError(f"{source} holds no draft.", "registry draft KIND --performer ID --production ID    makes one")
    keys, archive = papers.keys(run), papers.archive(run, by)
    folder.mkdir(parents=True, exist_ok=True)
    press = Press(keys=keys, archive=archive, now=run.now)
    rows: list[Issued] = []
    try:
        for n, (name, draft) in enumerate(drafts, 1):
            _progress(run, n, len(drafts), name)
            rows.append(_one(run, press, name, draft, folder, asked, despite, by))
            manifest = write_manifest(folder, rows)
    finally:
        press.close()
        _progress(run, 0, 0, "")
    run.screen.answer(_told(rows, manifest))
    return max(row.status for row in rows)


Found = Consent | RegistryError | None


def _one(
    run: Run, press: Press, name: str, draft: Found, folder: Path, asked: papers.Asked, despite: Despite | None,
    by: str | None,
) -> Issued:  # fmt: skip
    """What became of one draft. Whatever is wrong with it, the next one has its turn."""
    try:
        if draft is None:
            return Issued(file=name, consent="", outcome=Outcome.NOTHING, why="no planned use lacks a consent")
        if isinstance(draft, RegistryError):
            raise draft
        terms = papers.rider_terms_of(run, draft, asked)
        target = folder / f"{terms.record}.pdf"
        before = press.standing(terms, target)
        if before is not None:
            return before
        read = passed(run, terms, _answering(despite, run, terms, by), by=by)
        if read.stopping:
            ids = ", ".join(dict.fromkeys(f.id for f in read.stopping))
            why = f"{ids}: {read.stopping[0].where}: {read.stopping[0].says}"
            return Issued(file=name, consent=draft.id, outcome=Outcome.REFUSED, why=why, status=int(Status.REFUSED))
        return press.issue(terms, target, read.record)
    except RegistryError as error:
        consent = draft.id if isinstance(draft, Consent) else ""
        why = " ".join(error.lines())
        return Issued(file=name, consent=consent, outcome=Outcome.REFUSED, why=why, status=error.status)


def _answering(despite: Despite | None, run: Run, terms: RiderTerms, by: str | None) -> Despite | None:
    """Of what somebody answers for in all drafts, what this one has."""
    if despite is None:
        return None
    from registry.cli.linting import lint_of

    found = {f.id for f in lint_of(run, terms, by=by).findings}
    ids = tuple(name for name in despite.ids if name in found)
    return Despite(ids=ids, because=despite.because, by=despite.by) if ids else None


def _progress(run: Run, n: int, total: int, name: str) -> None:
    """One line that is written over; nothing where nobody watches."""
    if not run.screen.err.isatty():
        return
    line = f"{n} of {total}   {name}" if total else ""
    run.screen.prompt("\r" + padded(clip(line, WIDTH - 1), WIDTH - 1) + ("" if total else "\r"))


def _told(rows: list[Issued], manifest: Path) -> list[str]:
    counted = [
        (Outcome.ISSUED, "issued"),
        (Outcome.BEFORE, "issued before"),
        (Outcome.NOTHING, "with nothing to ask"),
        (Outcome.REFUSED, "not issued"),
    ]
    found = [f"{sum(r.outcome is outcome for r in rows)} {said}" for outcome, said in counted
             if any(r.outcome is outcome for r in rows)]  # fmt: skip
    lines = [f"{count(len(rows), 'draft').capitalize()}: {', '.join(found)}."]
    refused = [[r.consent or r.file, r.why] for r in rows if r.outcome is Outcome.REFUSED]
    if refused:
        lines += ["", *table(refused, ["draft", "why it was not issued"])]
    return [*lines, "", *paragraph(f"{manifest}    names every file and its SHA-256")]


def _drafts(run: Run, source: str, folder: Path, production: str | None, by: str | None) -> list[tuple[str, Found]]:
    """Each draft under the name it is reported by, or what is wrong with its file."""
    path = Path(source)
    if path.suffix.lower() in _TABLES:
        return list(_of_memos(run, source, folder, production, by))
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.suffix in _FILES)
        return [found for file in files for found in _of_file(run, str(file))]
    return list(_of_file(run, source))


def _of_file(run: Run, name: str) -> Iterator[tuple[str, Found]]:
    try:
        consents = papers.drafts(run, name)
    except RegistryError as error:
        yield name, error
        return
    for consent in consents:
        yield (name if len(consents) == 1 else consent.id), consent


def _of_memos(
    run: Run, source: str, folder: Path, production: str | None, by: str | None
) -> Iterator[tuple[str, Found]]:
    """A rider for each person of a deal memo: what the planned uses of that person still need."""
    from registry.cli.checks import catalogue
    from registry.cli.planned import issuer_of, put_draft, rider_for
    from registry.cli.sheet_import import sheet_bytes
    from registry.services.sheets.memos import people_of

    if production is None:
        raise UsageError("A table of deal memos does not say which picture it is for.", "add --production ID")
    packs = catalogue(run)
    for name, performer in people_of(run.store, sheet_bytes(source), source, production=production):
        if performer is None:
            remedy = f"registry import {source} --production {production} --as deal-memos"
            yield name, UsageError(f"{name} is not on file.", remedy)
            continue
        try:
            planned = rider_for(run, performer, production, packs, by)
        except RegistryError as error:
            yield performer, error
            continue
        if planned.rider is not None:
            put_draft(planned.rider, issuer_of(run, by), folder)
            yield planned.rider.id, planned.rider
        elif not planned.open_:
            yield performer, None
        for use, why in planned.open_:
            yield use, UsageError(f"{use}: {why}", f"registry cure {use}")
