"""What `registry clear` writes for people to take along: the report, the calendar, the slips, the letters.

Everything is made before anything is written, so that a name that cannot be printed leaves no half of a set behind.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from registry.cli.run import Run
from registry.cli.verdict_json import line
from registry.documents.render import Renderer
from registry.documents.terms import Paper
from registry.domain.clearance import Clearance
from registry.domain.clearance_report import ClearanceReport
from registry.domain.letter import Letter
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.engine.on_file import latest
from registry.rules.catalogue import Catalogue
from registry.services.placing import put
from registry.services.reports.view import report_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The files that were asked for; `-` as a CSV is stdout."""

    pdf: str | None = None
    csv: str | None = None
    xlsx: str | None = None
    ics: str | None = None
    slips: str | None = None
    letters: str | None = None
    paper: Paper = Paper.LETTER

    @property
    def any(self) -> bool:
        return any((self.pdf, self.csv, self.xlsx, self.ics, self.slips, self.letters))

    @property
    def on_stdout(self) -> bool:
        """Whether stdout is the CSV, and nothing else belongs there."""
        return self.csv == "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A clearance and what it was made from. `data` is it as JSON, as `--json` prints it; `command` prints it again."""

    clearance: Clearance
    world: World
    catalogue: Catalogue
    data: bytes
    command: str

    @property
    def company(self) -> str | None:
        production = latest(self.world.productions, None).get(self.clearance.production)
        return production.company if production else None


@dataclass(frozen=True, slots=True)
class _Made:
    """A file ready to be written, and what is said of it: on stdout, and about the run."""

    path: Path
    data: bytes
    manifest: str = ""
    about: tuple[str, ...] = ()


def take_along(run: Run, cleared: Cleared, wanted: Wanted, *, quiet: bool = False) -> None:
    """Make and write the files. The letters are listed on stdout, one a line; on stderr with `quiet` (stdout is JSON)."""
    if wanted.on_stdout:
        run.screen.answer(_csv(cleared).removesuffix("\r\n").split("\r\n"))
    with Renderer() as renderer:
        made = [*_tables(cleared, wanted), *_papers(run, cleared, wanted, renderer)]
    if wanted.letters:
        Path(wanted.letters).mkdir(parents=True, exist_ok=True)
    for one in made:
        put(one.path, one.data)
    manifest = [one.manifest for one in made if one.manifest]
    (run.screen.about if quiet or wanted.on_stdout else run.screen.answer)(manifest)
    run.screen.about(said for one in made for said in one.about)


def _digest(cleared: Cleared) -> str:
    return sha256(cleared.data).hexdigest()


def _csv(cleared: Cleared) -> str:
    from registry.files.clearance_csv import clearance_csv

    return clearance_csv(_unfolded(cleared))


def _unfolded(cleared: Cleared) -> ClearanceReport:
    return report_of(cleared.clearance, digest=_digest(cleared), company=cleared.company, crowds=False)


def _tables(cleared: Cleared, wanted: Wanted) -> Iterator[_Made]:
    """CSV, workbook and calendar."""
    if wanted.csv and not wanted.on_stdout:
        yield _file(
            wanted.csv, b"\xef\xbb\xbf" + _csv(cleared).encode()
        )  # a spreadsheet takes it for UTF-8 by the mark
    if wanted.xlsx:
        from registry.files.clearance_xlsx import clearance_xlsx

        yield _file(wanted.xlsx, clearance_xlsx(_unfolded(cleared), paper=wanted.paper.value))
    if wanted.ics:
        from registry.files.clearance_ics import clearance_ics

        yield _file(wanted.ics, clearance_ics(_unfolded(cleared)))


def _papers(run: Run, cleared: Cleared, wanted: Wanted, renderer: Renderer) -> Iterator[_Made]:
    """The report to sign off, the slips and the letters."""
    if wanted.pdf:
        yield _pdf(cleared, wanted, renderer)
    if wanted.slips:
        yield _slips(cleared, wanted, renderer)
    if wanted.letters:
        yield from _letters(run, cleared, wanted, renderer)


def _pdf(cleared: Cleared, wanted: Wanted, renderer: Renderer) -> _Made:
    from registry.services.reports.printing import ROWS, print_clearance

    assert wanted.pdf is not None
    report = report_of(cleared.clearance, digest=_digest(cleared), company=cleared.company, rows=ROWS)
    printed = print_clearance(report, data=cleared.data, command=cleared.command, paper=wanted.paper, renderer=renderer)
    return _file(wanted.pdf, printed, *report.folded[:-1])


def _slips(cleared: Cleared, wanted: Wanted, renderer: Renderer) -> _Made:
    from registry.services.reports.printing import print_slips
    from registry.services.reports.slips import slips_of
    from registry.services.reports.view import span_of

    assert wanted.slips is not None
    span = span_of(cleared.clearance)
    slips = slips_of(cleared.clearance, cleared.world, cleared.catalogue, span=span, line=line)
    without = [f"No slip for {reason}." for reason in slips.without]
    return _file(wanted.slips, print_slips(slips, paper=wanted.paper, renderer=renderer), *without)


def _letters(run: Run, cleared: Cleared, wanted: Wanted, renderer: Renderer) -> Iterator[_Made]:
    """Each letter as text for a mail and as a PDF; one line of manifest for the two."""
    from registry.cli.letter_text import letter_lines
    from registry.services.reports.letters import letters_of
    from registry.services.reports.platform_note import Writer
    from registry.services.reports.printing import print_letter

    assert wanted.letters is not None
    folder = Path(wanted.letters)
    writer = Writer(name=run.by(None), company=cleared.company, on=run.today)
    letters = letters_of(cleared.clearance, cleared.world, writer=writer)
    if not letters:
        run.screen.about(["No notice is to be given and nothing to be asked for: there is no letter."])
    for letter in letters:
        text = "\n".join(letter_lines(letter)) + "\n"
        pdf = folder / f"{letter.name}.pdf"
        yield _Made(folder / f"{letter.name}.txt", text.encode())
        printed = print_letter(letter, text=text, paper=wanted.paper, renderer=renderer)
        yield _Made(pdf, printed, _manifest(pdf, letter), tuple(_record(letter)))


def _manifest(pdf: Path, letter: Letter) -> str:
    unsaid = f"   not on file: {', '.join(letter.unsaid).lower()}" if letter.unsaid else ""
    return f"{pdf}   to {letter.to[0]}   {'LATE, ' if letter.late else ''}{letter.when}{unsaid}"


def _record(letter: Letter) -> Iterable[str]:
    return (f"Send {letter.name}, then: {command}" for command in letter.commands)


def _file(name: str, data: bytes, *about: str) -> _Made:
    return _Made(Path(name), data, about=(f"wrote {shlex.quote(name)}", *about))
