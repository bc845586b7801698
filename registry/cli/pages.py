"""Pages to read, written by `--html`: of a check, a clearance, a performer and a production."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from registry.cli import on_file
from registry.cli.answer import answer_of, rule_of
from registry.cli.checks import Bench, Checked, Clocks, catalogue
from registry.cli.clear import WORDS
from registry.cli.lacks import brief
from registry.cli.output import clean
from registry.cli.phrases import count, day, listing, scope_of_grant
from registry.cli.remedies import UNNAMED
from registry.cli.run import Run
from registry.cli.subject import Subject, latest
from registry.cli.verdict_json import line
from registry.documents.web_page import page_html
from registry.domain.clearance import Clearance, Planned
from registry.domain.consent import Consent
from registry.domain.finding import Verdict
from registry.domain.production import Production
from registry.domain.reading import Answer, Page, Rule, Section
from registry.domain.use import Use
from registry.domain.world import World
from registry.errors import UsageError
from registry.services import browsing
from registry.services.clearance import Asked, Cleared, clear
from registry.services.clearance.todos import todos
from registry.services.pages.view import Telling, page_of
from registry.services.placing import put

_OWED = dt.timedelta(days=365)
_WITHIN = "a year"


def write(run: Run, name: str, page: Page) -> bool:
    """Write the page; `-` is stdout, which is then the page alone: True. Raises UsageError, naming the place, where no
    file can be written."""
    html = page_html(page)
    if name == "-":
        run.screen.answer([html.removesuffix("\n")])
        return True
    writable(name)
    put(Path(name), html.encode())
    run.screen.about([f"wrote {shlex.quote(name)}"])
    return False


def writable(name: str) -> None:
    """Raises UsageError where a page cannot be written there: before anything is made."""
    path = Path(name)
    if name == "-":
        return
    if path.is_dir():
        raise UsageError(f"{name} is a folder, not a file.", f"--html {shlex.quote(str(path / 'page.html'))}")
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent} for {name}.", f"mkdir -p {shlex.quote(str(path.parent))}")


def clearance_page(cleared: Cleared, *, company: str | None, digest: str, again: str) -> Page:
    """The page of a clearance; `again` asks once more, on what was known then."""
    known = cleared.clearance.known_at
    return page_of(cleared.clearance, _telling_of(cleared, known, company=company, digest=digest, again=again))


def _telling_of(
    cleared: Cleared,
    known: dt.datetime,
    *,
    company: str | None,
    digest: str = "",
    again: str = "",
    kind: str = "Clearance of planned digital work",
) -> Telling:
    world = cleared.world

    def answer(planned: Planned, verdict: Verdict, short: bool) -> Answer:
        subject = Subject(use=planned.use, world=world)
        told = answer_of(verdict, subject, short=short, again=f"--known-at {_zulu(known)}")
        return told if not planned.scheduled else _unexplained(told)

    return Telling(answer=answer, rules=_rules, kind=kind, company=company, digest=digest, again=again)


def _unexplained(answer: Answer) -> Answer:
    """Without the command that explains it: `check` does not read the schedule the moment comes from."""
    return replace(answer, explain="")


def _rules(verdict: Verdict) -> Iterator[Rule]:
    return (rule_of(finding) for finding in verdict.findings)


def check_page(run: Run, checked: Sequence[Checked], *, again: str) -> Page:
    """The page of a check: the answer on each use of each person, and each use as it was proposed."""
    bench = checked[0].bench
    uses = list({one.use.id: one.use for one in checked}.values())
    one = checked[0]
    alone = len(checked) == 1
    heading = one.subject.what(one.verdict.performer) if alone else _several(uses)
    pictures = _pictures(bench.world, uses)
    under = one.use.id if len(uses) == 1 and one.use.id != UNNAMED else listing(pictures.values())
    if len(uses) == 1 and one.use.description:
        under = f"{under} · {one.use.description}"
    clearance = _clearance(checked, heading, run, bench.clocks)
    told = {(c.use.id, c.verdict.performer): c for c in checked}

    def answer(planned: Planned, verdict: Verdict, short: bool) -> Answer:
        subject = told[verdict.use, verdict.performer].subject
        return answer_of(verdict, subject, short=short, again=_clocks(bench.clocks))

    telling = Telling(
        answer=answer,
        rules=_rules,
        kind="Check of planned digital work",
        heading=heading,
        under=under,
        pictures=pictures if len(pictures) > 1 else None,
        digest=_digest([c.verdict for c in checked]),
        again=again,
        joined=False,
    )
    return page_of(clearance, telling, _as_filed(uses[0]) if len(uses) == 1 else ())


def use_page(run: Run, use: str) -> Page:
    """The page of one use on file, with the answer on it."""
    found = browsing.show_use(run.store, use)
    checked = Bench.open(run, [found]).check([found])
    return check_page(run, checked, again=f"registry check {shlex.quote(use)} --known-at {_zulu(run.now)}")


def performer_page(run: Run, performer: str) -> Page:
    """The page of a performer: the answer on every use of theirs by day, what is owed, and what is on file."""
    from registry.services.register import Clocks as Seen
    from registry.services.register import register

    sheet = browsing.show_performer(run.store, performer)
    read = register(run.store, catalogue(run), Seen(now=run.now), performer=performer)
    bench = Bench(read.world, read.catalogue, run.now)
    checked = [Checked(e.verdict, e.use, bench) for e in read.entries if e.performer == performer]
    uses = [one.use for one in checked]
    pictures = _pictures(read.world, uses)
    name = sheet.performer.known_as
    without = "it names no production on file"
    unjudged = tuple((use.id, without) for use in read.unjudged if performer in use.performers)
    sections = [
        Section(heading="Who they are", labels=on_file.performer_labels(sheet)),
        _owed(run, performer=performer),
        *([Section(heading="Not checked", header=("Use", "Why"), rows=unjudged)] if unjudged else []),
        *(t for t in on_file.performer_tables(sheet) if t.heading != "Consents"),
        *_clauses(sheet.consents),
        *on_file.records_table(sheet.records),
    ]  # fmt: skip

    def answer(planned: Planned, verdict: Verdict, short: bool) -> Answer:
        return answer_of(verdict, bench.subject(planned.use), short=short)

    telling = Telling(
        answer=answer,
        rules=_rules,
        kind="Performer",
        heading=name,
        under=performer,
        pictures=pictures,
        digest=_digest([one.verdict for one in checked]) if checked else "",
        again=f"registry performer show {shlex.quote(performer)} --html FILE",
        joined=False,
    )
    return page_of(_clearance(checked, name, run, Clocks()), telling, sections)


def production_page(run: Run, production: str) -> Page:
    """The page of a production: its whole schedule cleared, what is owed, and what is on file."""
    sheet = browsing.show_production(run.store, production)
    cleared = clear(run.store, catalogue(run), Asked(production=production), WORDS, now=run.now)
    telling = _telling_of(
        cleared,
        run.now,
        company=sheet.production.company,
        kind="Production",
        again=f"registry clear {shlex.quote(production)} --known-at {_zulu(run.now)}",
    )
    sections = [
        _owed(run, production=production),
        Section(heading="The production", labels=on_file.production_labels(sheet)),
        *(table for table in on_file.production_tables(sheet) if table.heading != "Uses"),
        *on_file.records_table(sheet.records),
    ]
    return page_of(cleared.clearance, telling, sections)


def _clearance(checked: Sequence[Checked], title: str, run: Run, clocks: Clocks) -> Clearance:
    """Verdicts of a check as those of a schedule without sheets: by day, use and person."""
    zones = {one.subject.zone for one in checked}
    zone = zones.pop() if len(zones) == 1 else None
    planned = tuple(sorted((_planned(one) for one in checked), key=_by_day))
    productions = {one.use.production for one in checked}
    return Clearance(
        production=productions.pop() if len(productions) == 1 else "",
        title=title,
        zone=zone,
        first=None,
        last=None,
        made_at=run.now,
        as_of=clocks.as_of,
        known_at=clocks.known_at or run.now,
        days=(),
        planned=planned,
        todos=todos(planned, WORDS, zone=zone, now=run.now),
        concerns=(),
    )


def _planned(one: Checked) -> Planned:
    use, zone = one.use, one.subject.zone
    at = use.at.astimezone(ZoneInfo(zone)) if use.at and zone else use.at
    return Planned(
        use=use,
        performer=one.verdict.performer,
        who=one.subject.who(one.verdict.performer),
        number=None,
        character=None,
        on=at.date() if at else None,
        called=None,
        verdict=one.verdict,
        why=brief(one.verdict, zone),
    )


def _by_day(planned: Planned) -> tuple[dt.date, str, str, str]:
    return (planned.on or dt.date.max, planned.use.id, clean(planned.who), planned.performer or "")


def _several(uses: Sequence[Use]) -> str:
    return f"Use {uses[0].id}" if len(uses) == 1 else count(len(uses), "use")


def _pictures(world: World, uses: Iterable[Use]) -> Mapping[str, str]:
    """The titles of the productions of the uses, in their order."""
    named = dict.fromkeys(use.production for use in uses)
    found: dict[str, Production | None] = {id_: latest(world.productions, id_) for id_ in named}
    return {id_: production.title if production else id_ for id_, production in found.items()}


def _as_filed(use: Use) -> tuple[Section, ...]:
    return (Section(heading="The use as proposed", labels=on_file.use_labels(use)), *on_file.use_tables(use))


def _clauses(consents: Iterable[Consent]) -> tuple[Section, ...]:
    """Every clause of every consent, with what it grants."""
    rows = [
        (consent.id, on_file.signed(consent), f"§{grant.clause}", scope_of_grant(grant), grant.description or "")
        for consent in consents
        for grant in consent.grants
    ]
    header = ("Consent", "Signed", "Clause", "Grants", "In the words of the clause")
    return (Section(heading="Consents", header=header, rows=tuple(rows)),) if rows else ()


def _owed(run: Run, *, performer: str | None = None, production: str | None = None) -> Section:
    """What is owed within a year, overdue first, as `registry due` has it."""
    from registry.cli.owed_text import Names, uses_of, what
    from registry.services.owing import account
    from registry.services.register import Clocks as Seen
    from registry.services.register import register

    beside = () if performer else run.store.with_custody()
    read = register(
        run.store, catalogue(run), Seen(now=run.now), performer=performer, production=production, beside=beside
    )
    found = account(read, within=_OWED, performer=performer, production=production)
    names = Names.of(read.on_file)
    rows = tuple(
        (
            f"{'OVERDUE, ' if item.overdue else ''}by {day(item.on)}" if item.on else "no day is set",
            what(item, names),
            uses_of(item),
            item.rule,
        )
        for item in found.items
    )
    return Section(heading=f"Owed within {_WITHIN}", header=("When", "What", "For", "Rule"), rows=rows)


def _digest(verdicts: Iterable[Verdict]) -> str:
    """The SHA-256 of what `--json` prints."""
    return sha256("".join(f"{line(verdict)}\n" for verdict in verdicts).encode()).hexdigest()


def _clocks(clocks: Clocks) -> str:
    """The clocks as options of a command."""
    parts = [f"--as-of {clocks.as_of.isoformat()}"] if clocks.as_of else []
    parts += [f"--known-at {_zulu(clocks.known_at)}"] if clocks.known_at else []
    return " ".join(parts)


def _zulu(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
