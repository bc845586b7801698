"""What `registry clear` writes for people to take along: the report, the calendar, the slips, the letters.

Everything is made before anything is written, so that a name that cannot be printed leaves no half of a set behind.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from registry.cli import clearance_json
from registry.cli.run import Run
from registry.cli.typed import word
from registry.cli.verdict_json import line
from registry.documents.prepare import Packed
from registry.documents.render import Renderer
from registry.documents.terms import Paper
from registry.domain.clearance import Clearance
from registry.domain.clearance_report import ClearanceReport
from registry.domain.finding import Verdict
from registry.domain.letter import Letter
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.engine.on_file import latest
from registry.errors import UsageError
from registry.files.clearance_csv import clearance_csv
from registry.rules.catalogue import Catalogue
from registry.services import checking
from registry.services.clearance import Cleared
from registry.services.placing import put
from registry.services.reports.platform_note import Writer
from registry.services.reports.view import report_of
from registry.services.reports.words import some

_SLIPS = 100  # a file; more would take a printer's afternoon, and longer than a page is given to be made


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The files that were asked for, and on what paper; `-` as CSV or page is stdout. With `json`, stdout is JSON."""

    html: str | None = None
    pdf: str | None = None
    csv: str | None = None
    xlsx: str | None = None
    ics: str | None = None
    slips: str | None = None
    letters: str | None = None
    paper: Paper = Paper.LETTER
    json: bool = False

    @classmethod
    def of(cls, files: Mapping[str, str | None], paper: str, *, json: bool) -> Wanted:
        """What was typed, by option. Raises UsageError where two files would be one, or a file could not be written:
        before anything is made."""
        named = {option: name for option, name in files.items() if name}
        for option, name in named.items():
            _writable(option, name, named, json=json)
        return cls(
            paper=word("--paper", paper, Paper), json=json, **{o.removeprefix("--"): n for o, n in named.items()}
        )

    @property
    def on_stdout(self) -> bool:
        """Whether stdout is the CSV or the page, and nothing else belongs there."""
        return "-" in (self.csv, self.html)


def _writable(option: str, name: str, named: Mapping[str, str], *, json: bool) -> None:
    if name == "-":
        if option not in ("--csv", "--html"):
            raise UsageError(f"{option} - has nowhere to go: stdout takes the CSV or the page.", f"{option} FILE")
        other = "--json" if json else next((o for o, its in named.items() if o != option and its == name), None)
        if other:
            raise UsageError(f"{option} - and {other} both write to stdout.", f"{option} FILE")
        return
    same = next((other for other, its in named.items() if other != option and Path(its) == Path(name)), None)
    if same:
        raise UsageError(f"{same} and {option} both write {name}.", f"{option} ANOTHER")
    path = Path(name)
    if option == "--letters":
        if path.exists() and not path.is_dir():
            raise UsageError(f"{name} is a file, and letters go into a folder.", "--letters FOLDER")
    elif path.is_dir():
        raise UsageError(f"{name} is a folder, not a file.", f"{option} {shlex.quote(str(path / option[2:]))}")
    elif not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent} for {name}.", f"mkdir -p {shlex.quote(str(path.parent))}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """A clearance and what it was made from. `digest` is that of it as `--json` prints it, `packed` the same text if a
    PDF has to carry it; `again` asks once more."""

    clearance: Clearance
    world: World
    catalogue: Catalogue
    digest: str
    packed: Packed | None
    again: str
    writer: Writer
    paper: Paper

    def report(self, *, rows: int | None = None, crowds: bool = False) -> ClearanceReport:
        company = self.writer.company
        return report_of(self.clearance, digest=self.digest, company=company, rows=rows, crowds=crowds)


@dataclass(frozen=True, slots=True)
class _Made:
    """A file ready to be written, and what is said of it: on stdout, and about the run."""

    path: Path
    data: bytes
    manifest: str = ""
    about: tuple[str, ...] = ()


def take_along(
    run: Run,
    cleared: Cleared,
    catalogue: Catalogue,
    wanted: Wanted,
    *,
    again: str,
    by: str | None,
) -> None:
    """Make and write the files. The letters are listed on stdout, one a line, where that is for reading. `again` is
    what to type to be answered once more, `by` whoever writes the letters."""
    production = latest(cleared.world.productions, None).get(cleared.clearance.production)
    company = production.company if production else None
    packed = Packed.of(_lines(cleared.clearance)) if wanted.pdf else None
    taken = _Taken(
        clearance=cleared.clearance,
        world=cleared.world,
        catalogue=catalogue,
        digest=packed.sha256 if packed else _digest(cleared.clearance),
        packed=packed,
        again=again,
        writer=Writer(name=run.by(by), company=company, on=run.today),
        paper=wanted.paper,
    )
    if wanted.csv == "-":
        run.screen.answer(clearance_csv(taken.report()).removesuffix("\r\n").split("\r\n"))
    with Renderer() as renderer:
        made = [*_page(run, cleared, taken, wanted), *_tables(taken, wanted), *_papers(run, taken, wanted, renderer)]
    if wanted.letters:
        Path(wanted.letters).mkdir(parents=True, exist_ok=True)
    for one in made:
        put(one.path, one.data)
    manifest = [one.manifest for one in made if one.manifest]
    (run.screen.about if wanted.json or wanted.on_stdout else run.screen.answer)(manifest)
    run.screen.about(said for one in made for said in one.about)


def _lines(clearance: Clearance) -> Iterator[bytes]:
    """The clearance as `--json` prints it, line by line: of a whole film it is long."""
    return (f"{part}\n".encode() for part in clearance_json.text(clearance))


def _digest(clearance: Clearance) -> str:
    found = sha256()
    for part in _lines(clearance):
        found.update(part)
    return found.hexdigest()


def _page(run: Run, cleared: Cleared, taken: _Taken, wanted: Wanted) -> Iterator[_Made]:
    """The page to read; on stdout as it is."""
    if wanted.html:
        from registry.cli.pages import clearance_page
        from registry.documents.web_page import page_html

        page = clearance_page(cleared, company=taken.writer.company, digest=taken.digest, again=taken.again)
        html = page_html(page)
        if wanted.html == "-":
            run.screen.answer([html.removesuffix("\n")])
        else:
            yield _file(wanted.html, html.encode())


def _tables(taken: _Taken, wanted: Wanted) -> Iterator[_Made]:
    """CSV, workbook and calendar."""
    if wanted.csv and not wanted.on_stdout:
        yield _file(
            wanted.csv, b"\xef\xbb\xbf" + clearance_csv(taken.report()).encode()
        )  # a spreadsheet takes it for UTF-8 by the mark
    if wanted.xlsx:
        from registry.files.clearance_xlsx import clearance_xlsx

        yield _file(wanted.xlsx, clearance_xlsx(taken.report(), paper=taken.paper.value))
    if wanted.ics:
        from registry.files.clearance_ics import clearance_ics

        yield _file(wanted.ics, clearance_ics(taken.report()))


def _papers(run: Run, taken: _Taken, wanted: Wanted, renderer: Renderer) -> Iterator[_Made]:
    """The report to sign off, the slips and the letters."""
    if wanted.pdf:
        yield _pdf(taken, wanted, renderer)
    if wanted.slips:
        yield from _slips(run, taken, wanted, renderer)
    if wanted.letters:
        yield from _letters(run, taken, wanted, renderer)


def _pdf(taken: _Taken, wanted: Wanted, renderer: Renderer) -> _Made:
    from registry.services.reports.printing import ROWS, print_clearance

    assert wanted.pdf is not None
    assert taken.packed is not None
    report = taken.report(rows=ROWS, crowds=True)
    printed = print_clearance(report, data=taken.packed, command=taken.again, paper=taken.paper, renderer=renderer)
    return _file(wanted.pdf, printed, *report.folded[:-1])


def _slips(run: Run, taken: _Taken, wanted: Wanted, renderer: Renderer) -> Iterator[_Made]:
    """The slips; of more than a hundred, a further file for each hundred."""
    from registry.services.reports.printing import print_slips
    from registry.services.reports.slips import slips_of
    from registry.services.reports.view import span_of

    assert wanted.slips is not None
    first = Path(wanted.slips)
    span = span_of(taken.clearance)
    slips = slips_of(taken.clearance, taken.world, span=span, alone=_alone(run, taken), line=line)
    about = [f"No slip for {reason}." for reason in slips.without]
    for n in range(0, max(1, len(slips.slips)), _SLIPS):
        part = replace(slips, slips=slips.slips[n : n + _SLIPS])
        name = str(first.with_stem(f"{first.stem}-{n // _SLIPS + 1}")) if n else wanted.slips
        yield _file(name, print_slips(part, paper=taken.paper, renderer=renderer), *about)
        about = []


def _alone(run: Run, taken: _Taken) -> Callable[[Use], Sequence[Verdict]]:
    """The verdicts on one use, from what is on file about it, as `registry check` gives them."""
    asked = taken.clearance

    def alone(use: Use) -> Sequence[Verdict]:
        world = checking.load(run.store, [use], known_at=asked.known_at)
        return checking.check_world(
            world, [use], taken.catalogue, now=asked.made_at, as_of=asked.as_of, known_at=asked.known_at
        )

    return alone


def _letters(run: Run, taken: _Taken, wanted: Wanted, renderer: Renderer) -> Iterator[_Made]:
    """Each letter as text for a mail and as a PDF; one line of manifest for the two."""
    from registry.cli.letter_text import letter_lines
    from registry.services.reports.letters import letters_of
    from registry.services.reports.printing import print_letter

    assert wanted.letters is not None
    folder = Path(wanted.letters)
    letters = letters_of(taken.clearance, taken.world, writer=taken.writer)
    if not letters:
        run.screen.about(["No notice is to be given and nothing to be asked for: there is no letter."])
    for letter in letters:
        text = "\n".join(letter_lines(letter)) + "\n"
        pdf = folder / f"{letter.name}.pdf"
        yield _Made(folder / f"{letter.name}.txt", text.encode())
        printed = print_letter(letter, text=text, paper=taken.paper, renderer=renderer)
        yield _Made(pdf, printed, _manifest(pdf, letter), tuple(_record(letter)))


def _manifest(pdf: Path, letter: Letter) -> str:
    unsaid = f"   not on file: {some([label.lower() for label in letter.unsaid], 4)}" if letter.unsaid else ""
    return f"{pdf}   to {letter.to[0]}   {'LATE, ' if letter.late else ''}{letter.when}{unsaid}"


def _record(letter: Letter) -> Iterable[str]:
    return (f"Send {letter.name}, then: {command}" for command in letter.commands)


def _file(name: str, data: bytes, *about: str) -> _Made:
    return _Made(Path(name), data, about=(f"wrote {shlex.quote(name)}", *about))
