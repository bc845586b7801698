"""Riders for what is planned: one for each person, with the clauses that the planned uses of that person need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from registry.cli.output import paragraph, table
from registry.cli.phrases import count
from registry.cli.run import Run
from registry.domain.consent import Consent
from registry.domain.finding import Status
from registry.domain.use import Use
from registry.domain.world import World
from registry.engine.cure import Issuer, specificity
from registry.errors import RegistryError, UsageError

if TYPE_CHECKING:
    from registry.rules.catalogue import Catalogue
    from registry.services.planned_riders import PlannedRider


def rider_for(
    run: Run, performer: str, production: str, packs: Catalogue, by: str | None, uses: Iterable[Use] = ()
) -> PlannedRider:
    """The rider of one person for the uses on file and those `uses` beside them."""
    from registry.services import checking
    from registry.services.planned_riders import planned_rider

    world = run.store.load(performers=[performer], productions=[production])
    theirs = tuple(u for u in uses if performer in u.performers and u.production == production)
    world = replace(world, uses=(*(u for u in world.uses if u.id not in {t.id for t in theirs}), *theirs))
    needed = [u for u in world.uses if performer in u.performers and u.production == production]
    loaded = checking.load(run.store, needed)
    world = replace(loaded, uses=world.uses)
    return planned_rider(
        world, performer, production, packs, now=run.now, issuer=issuer_of(run, by),
        consent_id=_unused(run, f"rider-{performer}-{production}"[:44]),
    )  # fmt: skip


def issuer_of(run: Run, by: str | None) -> Issuer:
    return Issuer(name=run.by(by), capacity="business_affairs", on=run.today)


def _unused(run: Run, wanted: str) -> str:
    """`wanted`, or with a number where a consent of that name was signed. A draft of it is the same rider."""
    names = [wanted, *(f"{wanted}-{number}" for number in range(2, 100))]
    signed = {c.id for c in run.store.values(Consent, set(names)) if c.signed_at is not None}
    return next((name for name in names if name not in signed), names[-1])


def put_draft(rider: Consent, issuer: Issuer, folder: Path) -> Path:
    """The rider as a registry file, with the issuer's rulings that its clauses are specific."""
    from registry.files.registry_file import write_registry
    from registry.services.placing import put

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{rider.id}.yaml"
    put(path, write_registry(World(consents=(rider,), records=specificity(rider, issuer))).encode())
    return path


def draft_planned(
    run: Run, production: str, performers: Sequence[str], files: Sequence[str], folder: Path, by: str | None
) -> int:
    """`registry draft rider --for-planned-uses`. Exit status: 0 every planned use is helped, 1 some are not."""
    from registry.cli.checks import catalogue
    from registry.cli.proposed import from_file
    from registry.rules.dictionary import load_dictionary

    uses = [use for name in files for use in from_file(run, name, load_dictionary())]
    people = performers or _planned_people(run, production, uses)
    if not people:
        raise UsageError(f"No use is planned on {production}.", "registry use add USES.csv    or add --file USES.csv")
    packs = catalogue(run)
    issuer = issuer_of(run, by)
    made: list[list[str]] = []
    open_: list[list[str]] = []
    for person in people:
        try:
            found = rider_for(run, person, production, packs, by, uses)
        except RegistryError as error:
            open_.append([person, " ".join(error.lines())])
            continue
        open_ += [[use, why] for use, why in found.open_]
        if found.rider is not None:
            path = put_draft(found.rider, issuer, folder)
            made.append([str(path), count(len(found.rider.grants), "clause"), ", ".join(found.uses)])
        elif not found.open_:
            made.append([f"no rider for {person}", "", "no planned use lacks a consent"])
    run.screen.answer(table(made, ["draft", "clauses", "for"]) if made else ["No draft was made."])
    if open_:
        run.screen.answer(["", *table(open_, ["not helped", "why"])])
    if any(row[1] for row in made):
        run.screen.about(paragraph(f"registry issue --from {folder} --out riders    issues them all"))
    return int(Status.REFUSED if open_ else Status.CLEARED)


def _planned_people(run: Run, production: str, uses: Sequence[Use]) -> list[str]:
    on_file = run.store.planned(production).uses
    named = [u for u in (*on_file, *uses) if u.production == production]
    return sorted({person for use in named for person in use.performers})
