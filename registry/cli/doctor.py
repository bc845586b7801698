"""`registry doctor`: is the installation whole, is the database sound, are the keys and reviews in date?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import typer

from registry.cli.commands import command, group
from registry.cli.output import labelled
from registry.cli.phrases import count, day
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.errors import RegistryError

app = group("")
INDENT = 14


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at: is it well, what is to be said, and what to type where it is not."""

    what: str
    well: bool
    said: str
    remedy: str = ""


@command(app, example="registry doctor")
def doctor(ctx: typer.Context) -> int:
    """Look after the installation and the database: libraries, fonts, rules, keys, every recorded byte.

    Exit status: 0 all is well, 2 something wants attention."""
    run: Run = ctx.obj
    ill = 0
    for sign in _signs(run):
        ill += not sign.well
        mark = "✓" if sign.well else "✗"
        lines = labelled(sign.what, f"{mark} {sign.said}", indent=INDENT)
        run.screen.answer([*lines, *([f"{' ' * INDENT}{sign.remedy}"] if sign.remedy else [])])
    return int(Status.USAGE if ill else Status.CLEARED)


def _signs(run: Run) -> Iterator[Sign]:
    yield Sign("python", sys.version_info >= (3, 11), sys.version.split()[0])
    for what, look in (
        ("documents", _documents),
        ("settings", _settings),
        ("rules", _rules),
        ("registry", _registry),
        ("papers", _papers),
        ("keys", _keys),
    ):
        yield _looked(what, look, run)


def _looked(what: str, look: Callable[[Run], Sign], run: Run) -> Sign:
    try:
        return look(run)
    except RegistryError as error:
        first, *rest = error.lines()
        return Sign(what, False, first, rest[-1] if rest else "")


def _documents(_: Run) -> Sign:
    """The native libraries, loaded in a child: without a font they take the whole process down."""
    probe = "import weasyprint; weasyprint.HTML(string='<p>x').write_pdf()"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=False, timeout=120)
    if done.returncode == 0:
        return Sign("documents", True, "PDFs can be made")
    needed = "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["the renderer crashed; is there a font?"]
    return Sign("documents", False, f"PDFs cannot be made: {last[0]}", needed)


def _settings(run: Run) -> Sign:
    who = run.settings.by or "nobody named"
    return Sign("settings", True, f"{run.settings.home}, recorded by {who}")


def _rules(run: Run) -> Sign:
    from registry.cli.checks import catalogue
    from registry.services.reviewing import list_packs

    lines = list_packs(catalogue(run), on=run.today)
    expired = [line.pack.id for line in lines if line.expired]
    rules = sum(line.rules + line.forms for line in lines)
    said = f"{count(len(lines), 'pack')}, {count(rules, 'rule')}"
    if expired:
        return Sign("rules", False, f"{said}; review expired: {', '.join(expired)}", "registry rules show ID")
    near = [f"{line.pack.id}: its {line.review}" for line in lines if line.review]
    if near:
        return Sign("rules", True, f"{said}; {'; '.join(near)}", "registry rules show ID    is what to read again")
    return Sign("rules", True, f"{said}, all reviewed in time")


def _registry(run: Run) -> Sign:
    damages = run.store.damages()
    if damages:
        return Sign("registry", False, f"{count(len(damages), 'entry', 'entries')} not as recorded: {damages[0]}")
    head = run.store.head()
    return Sign("registry", True, f"{run.store.place}, {count(head.seq, 'entry', 'entries')}, every byte as recorded")


def _papers(run: Run) -> Sign:
    """The files of documents on record, hashed anew."""
    from registry.cli.papers import archive
    from registry.services.documents import damages, list_documents

    kept = archive(run)
    if kept is None or not (documents := list_documents(kept)):
        return Sign("papers", True, "no document is on record")
    found = damages(kept)
    if found:
        return Sign("papers", False, f"{count(len(found), 'file')} not as recorded: {found[0]}", f"ls -l {kept.folder}")
    return Sign("papers", True, f"{count(len(documents), 'document')} in {kept.folder}, every byte as recorded")


def _keys(run: Run) -> Sign:
    from registry.documents.keys import key_status

    if not (run.settings.keys / "root.pem").is_file():
        return Sign("keys", True, "none: riders can be rendered, not sealed", "registry keys init    makes them")
    found = key_status(run.settings.keys, now=run.now)
    ending = [key for key in found if key.ending]
    first = min(found, key=lambda key: key.ends_at)
    said = f"the first ends on {day(first.ends_at.date())}"
    return Sign("keys", not ending, said, "registry keys status" if ending else "")
