"""`registry cure`: the smallest thing that would turn a refusal, tried out before it is offered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli import options, typed
from registry.cli.checks import Bench
from registry.cli.commands import command, group
from registry.cli.plan_text import plan_lines
from registry.cli.proposed import chosen, from_file, on_file
from registry.cli.run import Run
from registry.domain.consent import Consent
from registry.domain.finding import Status
from registry.domain.use import Use
from registry.engine.cure import Issuer
from registry.errors import UsageError
from registry.rules.dictionary import load_dictionary
from registry.services import checking
from registry.services.curing import CurePlan
from registry.services.curing import cure as plan_cure

app = group("")
_ROOM = 48


@command(
    app,
    example="registry cure u-60-duet\n"
    "registry cure u-60-duet --rider\n"
    "registry cure u-60-duet --note --file examples/uses/duet.yaml",
)
def cure(
    ctx: typer.Context,
    use: Annotated[str, typer.Argument(metavar="USE", help="The use that was refused.")],
    file: Annotated[
        list[str] | None, typer.Option("--file", metavar="FILE", help="Where the use is, if it is not on file.")
    ] = None,
    rider: Annotated[bool, typer.Option("--rider", help="Write the rider: a registry file, and its PDF.")] = False,
    note: Annotated[bool, typer.Option("--note", help="Write the note to the platform's contact.")] = False,
    performer: Annotated[
        str | None, typer.Option("--performer", metavar="ID", help="For whom, where the use is of a crowd.")
    ] = None,
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Where files are written.")] = ".",
    signatory: options.Signatory = None,
    capacity: Annotated[
        str,
        typer.Option("--capacity", metavar="WHAT", help="In which capacity it is issued: business_affairs, counsel."),
    ] = "business_affairs",
    paper: options.PaperSize = "letter",
    as_of: options.AsOf = None,
    by: options.By = None,
) -> int:
    """What would turn a refusal: exactly that, and no more.

    A rider is offered only after the same check has passed with it signed, and no value in it can be left out. What
    no rider can cure is said, with the right cure. Exit status: 0 something can be done, 1 nothing can."""
    run: Run = ctx.obj
    found = _use(run, use, file or [])
    when = typed.day_or_moment("--as-of", as_of) if as_of else None
    bench = Bench.open(run, [found], found_in=f"--file {file[0]}" if file and len(file) == 1 else "")
    (found,) = checking.settled(bench.world, [found])
    people: list[str | None] = [performer] if performer else [*found.performers] or [None]
    issuer = Issuer(name=run.by(by), capacity=capacity, on=run.today)
    folder = Path(out)
    curable = False
    for person in people:
        wanted = f"rider-{use}" if len(found.performers) < 2 else f"rider-{use}-{person}"
        plan = plan_cure(
            bench.world,
            found,
            bench.catalogue,
            now=run.now,
            issuer=issuer,
            performer=person,
            as_of=when,
            consent_id=_unused(run, wanted),
        )
        curable = curable or _curable(plan)
        if note:
            _write_note(run, bench, found, plan, folder)
        elif rider:
            _write_rider(run, plan, folder, signatory or issuer.name, paper)
        else:
            run.screen.answer(plan_lines(plan, bench.subject(found)))
    return int(Status.CLEARED if curable else Status.REFUSED)


def _use(run: Run, use: str, files: list[str]) -> Use:
    if not files:
        return on_file(run, [use])[0]
    uses = [found for name in files for found in from_file(run, name, load_dictionary())]
    return chosen(uses, [use], f"in {', '.join(files)}")[0]


def _unused(run: Run, wanted: str) -> str:
    """`wanted`, or with a number where a consent of that name is on file: signed or declined, it is never replaced.

    Cut where the ids of its rulings, which begin with it, would grow longer than an id may be."""
    names = [wanted[:_ROOM], *(f"{wanted[:_ROOM]}-{number}" for number in range(2, 100))]
    taken = {consent.id for consent in run.store.values(Consent, set(names))}
    return next((name for name in names if name not in taken), names[-1])


def _curable(plan: CurePlan) -> bool:
    return plan.rider is not None or all(cure.kind != "none" for _, cure in plan.others)


def _write_rider(run: Run, plan: CurePlan, folder: Path, signatory: str, paper: str) -> None:
    """The rider as a registry file ready to sign, and as the PDF to sign."""
    from registry.cli.papers import Asked, write_rider
    from registry.domain.world import World
    from registry.files.registry_file import write_registry
    from registry.services.placing import put

    if plan.rider is None:
        raise UsageError(f"No rider for {plan.verdict.use}: {plan.why_not}", f"registry cure {plan.verdict.use}")
    folder.mkdir(parents=True, exist_ok=True)
    data, pdf = folder / f"{plan.rider.id}.yaml", folder / f"{plan.rider.id}.pdf"
    put(data, write_registry(World(consents=(plan.rider,), records=plan.rulings)).encode())
    write_rider(run, plan.rider, pdf, Asked(signatory=signatory, paper=paper))
    run.screen.answer([str(data), str(pdf)])
    run.screen.about([f"registry sign {pdf} --seal    is the next step"])


def _write_note(run: Run, bench: Bench, use: Use, plan: CurePlan, folder: Path) -> None:
    from registry.cli.letter_text import letter_lines
    from registry.services.reports.platform_note import Told, Writer, platform_note

    if bench.platform(use) == "none":
        raise UsageError(f"Use {use.id} is for no platform: there is nobody to write to.", "Leave out --note.")

    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"note-{use.id}.txt"
    told = Told(use=use, verdicts=(plan.verdict,))
    writer = Writer(name=run.by(None), company=None, on=run.today)
    note = platform_note([told], bench.world, writer=writer, name=target.stem)
    target.write_text("\n".join(letter_lines(note)) + "\n", encoding="utf-8")
    run.screen.answer([str(target)])
    run.screen.about([f"Send it, then: registry record request {use.id} --to {bench.platform(use)}"])
