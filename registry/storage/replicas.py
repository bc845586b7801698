"""Replicas with their custody, models, and the tools that make them, as rows."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.replica import Custody, Model, Replica, Tool
from registry.storage.kinds import Kind
from registry.storage.projection import Mention, Place, Row, Rows, mention
from registry.storage.tables import TOOL_ANSWERS, custody, model_consents, model_performers, models, replicas, tools
from registry.storage.written import day, listing, word


def mentions(replica: Replica) -> Iterator[Mention]:
    """Whom it stands for and what it was made for."""
    yield from mention(Kind.PERFORMER, replica.performer, on_file=True)
    yield from mention(Kind.PRODUCTION, replica.made_for, on_file=True)


def rows(replica: Replica, place: Place) -> Rows:
    """One row for the replica, one for each time somebody held it."""
    yield place.row(
        replicas,
        performer=place.number(Kind.PERFORMER, replica.performer),
        kind=word(replica.kind),
        elements=listing(replica.elements),
        made_from=word(replica.made_from),
        made_for=place.number(Kind.PRODUCTION, replica.made_for),
        made_on=day(replica.made_on),
        purpose_ended_on=day(replica.purpose_ended_on),
        last_contact_on=day(replica.last_contact_on),
        destroy_by=day(replica.destroy_by),
        destroyed_on=day(replica.destroyed_on),
    )
    for position, held in enumerate(replica.custody):
        yield _held(held, position, place)


def _held(held: Custody, position: int, place: Place) -> Row:
    span = {"from_day": day(held.from_), "to_day": day(held.to)}
    return place.part(custody, position, place=held.place, files=len(held.files), **span)


def model_mentions(model: Model) -> Iterator[Mention]:
    """Whom it was trained on, under which consents, and what it was made for."""
    yield from mention(Kind.PERFORMER, *model.trained_on, on_file=True)
    yield from mention(Kind.CONSENT, *model.consents, on_file=True)
    yield from mention(Kind.PRODUCTION, model.made_for, on_file=True)


def model_rows(model: Model, place: Place) -> Rows:
    """One row for the model, one for each performer and each consent."""
    yield place.row(models, made_for=place.number(Kind.PRODUCTION, model.made_for))
    for position, performer in enumerate(model.trained_on):
        yield place.part(model_performers, position, performer=place.number(Kind.PERFORMER, performer))
    for position, consent in enumerate(model.consents):
        yield place.part(model_consents, position, consent=place.number(Kind.CONSENT, consent))


def tool_mentions(_tool: Tool) -> Iterator[Mention]:
    """Nothing: a tool stands for itself."""
    return iter(())


def tool_rows(tool: Tool, place: Place) -> Rows:
    """One row."""
    answers = {name: _answer(getattr(tool, name)) for name in TOOL_ANSWERS}
    yield place.row(tools, as_of=day(tool.as_of), **answers)


def _answer(value: bool | str | None) -> str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value is not None else None
