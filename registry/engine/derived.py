"""What nobody should have to type: facts that follow from the keys of a use (DOMAIN.md §4, derive and inherit)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from registry.domain.facts import Fact, FactInput, FactValue, Origin
from registry.domain.production import Production
from registry.domain.words import Act, Agreement, MadeFrom, ProductionKind, Purpose, ReplicaKind
from registry.engine.matter import Matter
from registry.engine.pieces import Piece

_INTIMATE = {"nudity", "simulated_sex", "intimate"}
# Work that is not itself shown to anybody in real time, whatever is made of it later.
_NEVER_LIVE = {
    Act.CREATE_REPLICA,
    Act.ALTER_PERFORMANCE,
    Act.PROMPT_LIKENESS,
    Act.TRAIN_MODEL,
    Act.LICENSE_TRAINING,
    Act.TRANSFER_REPLICA,
    Act.GENERATE_MATERIAL,
}
_INSIDE = {Purpose.FINAL, Purpose.TEMPORARY, Purpose.IDEATION, Purpose.PITCH}
_NO_COMMERCIALS = {Agreement.TV_THEATRICAL, Agreement.TV_ANIMATION, Agreement.INTERACTIVE, Agreement.LOW_BUDGET}
_COVERED_STANDINGS = {
    "member",
    "member_in_good_standing",
    "mgs",
    "financial_core",
    "ficore",
    "fi_core",
    "ok_30",
    "must_join",
    "must_pay",
    "honorable_withdrawal",
}


def derived(matter: Matter, typed: Mapping[str, Fact]) -> Iterable[Piece]:
    """Facts that follow from the use's keys, from what was `typed`, its replica, production and engagement."""
    act, replica, production = matter.use.act, id(matter.replica), id(matter.production)
    engaged = tuple(map(id, matter.engagements))
    yield Piece(Origin.DERIVED, _from_act, ("act", act, replica, bool(matter.use.performers)))
    if matter.replica is not None:
        yield Piece(Origin.DERIVED, _of_replica, ("of replica", replica, production))
    yield Piece(Origin.DERIVED, lambda matter: _from_scope(matter, typed))
    yield Piece(Origin.INHERITED, _inherited, ("inherited", act, replica, production, engaged))
    yield Piece(Origin.DERIVED, _from_standing, ("standing", id(matter.performer), matter.day))


def _from_act(matter: Matter) -> Iterable[tuple[str, FactInput | None]]:
    act, replica = matter.use.act, matter.replica
    performed = {
        Act.ALTER_PERFORMANCE: True,
        Act.DUB: True,
        Act.USE_REPLICA: False,
        Act.CREATE_REPLICA: False,
        Act.USE_SYNTHETIC: False,
        Act.PROMPT_LIKENESS: False,
    }
    yield "use.performed", performed.get(act)
    if act is not Act.CREATE_REPLICA:
        yield "use.session", False
    elif replica is not None and replica.made_from is not None:
        yield "use.session", replica.made_from in (MadeFrom.SCAN, MadeFrom.RECORDING_SESSION)
    if act in _NEVER_LIVE:
        yield "use.real_time", False
    if not matter.use.performers:
        yield "prompt.names_performer", False
    if not matter.use.performers or act is not Act.CREATE_REPLICA:
        yield "use.biometric_capture", False


def _of_replica(matter: Matter) -> Iterable[tuple[str, FactInput | None]]:
    """What a capture takes follows from the replica on file, and a replica made for this picture is made for it."""
    replica = matter.replica
    assert replica is not None
    if replica.made_for == matter.production.id:
        yield "use.biometric_purpose", "picture"
    if replica.biometric_kinds is not None:
        kinds = tuple(k.value for k in replica.biometric_kinds)
        yield "use.biometric_kinds", kinds
        yield "use.biometric_capture", any(k not in ("none", "body_scan") for k in kinds)


def _from_scope(matter: Matter, typed: Mapping[str, Fact]) -> Iterable[tuple[str, FactInput | None]]:
    use, kind = matter.use, matter.production.kind
    if use.content is not None:
        yield "use.intimate", any(c.value in _INTIMATE for c in use.content)
    if use.purpose is Purpose.ADVERTISING or kind is ProductionKind.COMMERCIAL:
        yield "use.advertisement", True
    elif use.purpose is Purpose.MERCHANDISE or (use.purpose in _INSIDE and _no_commercial(matter.production)):
        yield "use.advertisement", False
    if use.purpose is Purpose.MERCHANDISE:
        yield "use.on_goods", True
    elif use.purpose in _INSIDE and _no_commercial(matter.production):
        yield "use.on_goods", False
    yield "use.fixed_on", matter.day
    if use.ages is not None:
        yield "performer.age_depicted", use.ages[0]
    languages = typed["use.languages"].value if "use.languages" in typed else None
    original = matter.production.original_language
    if isinstance(languages, tuple) and original:
        yield "use.original_language", set(languages) == {original}


def _no_commercial(production: Production) -> bool:
    """Whether a production is known to be no commercial: by its kind, else by an agreement that covers none."""
    if production.kind is not None:
        return production.kind is not ProductionKind.COMMERCIAL
    return production.agreement in _NO_COMMERCIALS


def _inherited(matter: Matter) -> Iterable[tuple[str, FactValue | None]]:
    use, production, replica = matter.use, matter.production, matter.replica
    yield "use.territories", production.released_in
    if use.act is not Act.DUB and production.original_language:
        yield "use.languages", (production.original_language,)
    yield "use.released_on", production.released_on
    yield "use.advertiser", production.advertiser
    yield "use.product_line", production.product_line
    if len(production.places) == 1:
        yield "use.place", production.places[0]
    if replica is not None and replica.elements:
        yield "use.elements", tuple(e.value for e in replica.elements)
    if matter.engagement is not None and matter.engagement.category:
        yield "use.role_use", "background" if matter.engagement.category == "background" else "principal"
    elif replica is not None and replica.kind is ReplicaKind.BACKGROUND:
        yield "use.role_use", "background"


def _from_standing(matter: Matter) -> Iterable[tuple[str, FactValue | None]]:
    """A first covered job is one of somebody who is not yet in the union."""
    if matter.performer is None or matter.day is None:
        return
    for standing in matter.performer.standings:
        begun = standing.from_ is None or standing.from_ <= matter.day
        open_ = standing.to is None or matter.day <= standing.to
        if standing.union == "SAG-AFTRA" and begun and open_ and standing.status.lower() in _COVERED_STANDINGS:
            yield "engagement.first_covered_job", False
