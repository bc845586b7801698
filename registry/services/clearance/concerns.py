"""What the join of sheets, uses, consents and engagements shows besides verdicts: whom and what to look at."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from registry.domain.clearance import Concern, ConcernKind, Planned
from registry.domain.consent import Consent
from registry.domain.dates import civil_date, spoken
from registry.domain.production import Engagement, Production
from registry.domain.values import dataclass
from registry.domain.words import Act, Agreement
from registry.services.clearance.board import LONGEST_DAY, Board, is_known, same_episode, scene_key
from registry.services.clearance.listed import Stranger
from registry.services.clearance.planning import Dated, crowd, natural
from registry.services.clearance.roll import Roll, name_on
from registry.services.matching import Ambiguous, Cast, Matched

_KINDS = list(ConcernKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where concerns are looked for."""

    production: Production
    zone: str | None
    board: Board
    roll: Roll
    cast: Cast
    days: tuple[dt.date, ...]  # the days of the sheets that were asked for
    planned: tuple[Planned, ...]  # the uses of those days
    plan: tuple[Dated, ...]  # all uses, on all days
    strangers: tuple[Stranger, ...]  # rows of lists of people that mean nobody, or may mean several
    consents: tuple[Consent, ...]


def concerns(scene: Scene) -> tuple[Concern, ...]:
    """Everything to look at, by kind, day and person."""
    found = [
        *_unmatched(scene),
        *_requested(scene),
        *_listed(scene),
        *_unplanned(scene),
        *_not_called(scene),
        *_not_scheduled(scene),
        *_signed_on_set(scene),
        *_without_clearance(scene),
        *_unknown_codes(scene),
    ]
    return tuple(sorted(dict.fromkeys(found), key=_order))


def _order(concern: Concern) -> tuple[object, ...]:
    day = concern.on or dt.date.max
    return _KINDS.index(concern.kind), day, natural(concern.who), concern.text, concern.uses, repr(concern)


def _unmatched(scene: Scene) -> Iterator[Concern]:
    """Lines of sheets that mean nobody on file, or may mean several."""
    for day in scene.days:
        for entry in scene.roll.on(day):
            if isinstance(entry.match, Matched) or not entry.at_work:
                continue
            who = name_on(entry.line.call)
            sure = isinstance(entry.match, Ambiguous)
            candidates = entry.match.candidates if isinstance(entry.match, Ambiguous) else entry.match.nearest
            why = entry.match.why + ("" if sure else _near(scene, candidates))
            if not entry.line.call.number and (many := crowd(who)):
                why, candidates = (
                    f"{who} {'is called without a name' if many == '1' else 'are called without names'}",
                    (),
                )
            yield Concern(
                kind=ConcernKind.UNMATCHED,
                text=_sentence(why),
                on=day,
                who=who,
                scenes=entry.scenes,
                candidates=candidates,
                command=_to_match(scene, candidates),
            )


def _requested(scene: Scene) -> Iterator[Concern]:
    """People whom planned uses name, and who are not on file or may be one of several."""
    for row in scene.planned:
        if row.verdict is None:
            yield Concern(
                kind=ConcernKind.UNMATCHED,
                text=_sentence(f"use {row.use.id}: {row.why}"),
                on=row.on,
                who=row.who,
                uses=(row.use.id,),
                scenes=row.use.scenes or (),
                candidates=row.candidates,
                command=_to_match(scene, row.candidates),
            )


def _listed(scene: Scene) -> Iterator[Concern]:
    for stranger in scene.strangers:
        yield Concern(
            kind=ConcernKind.UNMATCHED,
            text=_sentence(f"row {stranger.row} of a list of people: {stranger.why}"),
            who=stranger.who,
            candidates=stranger.candidates,
            command=_to_match(scene, stranger.candidates),
        )


def _to_match(scene: Scene, candidates: Sequence[str]) -> str:
    """What to type: look at who may be meant, or at the cast."""
    return (
        f"registry performer show {candidates[0]}" if candidates else f"registry production show {scene.production.id}"
    )


def _near(scene: Scene, candidates: Sequence[str]) -> str:
    return f"; nearest: {', '.join(scene.cast.name_of(id_) for id_ in candidates)}" if candidates else ""


def _unplanned(scene: Scene) -> Iterator[Concern]:
    """People called for a scene with a planned use, without one of their own. Where the sheet does not say who is in
    which scene, everybody called that day without any."""
    uses: dict[tuple[dt.date | None, str], list[Planned]] = defaultdict(list)
    of: dict[tuple[dt.date | None, str | None], set[str]] = defaultdict(set)
    for row in scene.planned:
        for number in row.use.scenes or ():
            stands = scene.board.where(number, row.use.episode)
            keys = {scene_key(placed.scene.scene) for placed in stands} or {scene_key(number)}
            for key in keys:
                uses[row.on, key].append(row)
            of[row.on, row.performer or row.who] |= keys
    for day in scene.days:
        here = [placed for placed in scene.board.placed.get(day, ()) if uses.get((day, scene_key(placed.scene.scene)))]
        silent = [placed for placed in here if not placed.scene.cast]
        for entry in scene.roll.on(day):
            if not entry.at_work:
                continue
            who = scene.roll.shown(entry.performer, day) if entry.performer else name_on(entry.line.call)
            theirs = of.get((day, entry.performer or who), set())
            own = {scene_key(number) for number in entry.scenes}
            met = [p for p in here if scene_key(p.scene.scene) in own and same_episode(p.episode, entry.line.episode)]
            if not entry.scenes and not theirs:
                met = silent
            for placed in met:
                key = scene_key(placed.scene.scene)
                if key in theirs:
                    continue
                planned = [row for row in uses[day, key] if same_episode(row.use.episode, placed.episode)]
                others = tuple(dict.fromkeys(row.use.id for row in planned))
                if not others:
                    continue
                unsure = "" if entry.scenes else "; the sheet does not say who is in it"
                few = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
                told = f"{who} is called, and scene {placed.scene.scene} has planned uses of others ({few}){unsure}."
                yield Concern(
                    kind=ConcernKind.UNPLANNED,
                    text=told,
                    on=day,
                    who=who,
                    performer=entry.performer,
                    uses=others,
                    scenes=(placed.scene.scene,),
                    command=f"registry use show {others[0]}",
                )


def _not_called(scene: Scene) -> Iterator[Concern]:
    for row in scene.planned:
        if row.called is False and row.performer is not None and row.on is not None:
            needed = " It needs them there." if row.use.act is Act.CREATE_REPLICA else ""
            yield Concern(
                kind=ConcernKind.NOT_CALLED,
                text=f"{row.who} is not called on {spoken(row.on)}, and use {row.use.id} is planned.{needed}",
                on=row.on,
                who=row.who,
                performer=row.performer,
                uses=(row.use.id,),
                scenes=row.use.scenes or (),
                command=f"registry use show {row.use.id}",
            )


def _not_scheduled(scene: Scene) -> Iterator[Concern]:
    """Uses without a day, and uses whose scenes the sheets have on another day or on none."""
    shown = {row.use.id for row in scene.planned}
    for one in scene.plan:
        scenes = one.use.scenes or ()
        if one.on is None:
            where = f"scene {', '.join(scenes)} is on no sheet" if scenes else "it says no moment and no scene"
            yield _unscheduled(one, f"Use {one.use.id} has no day: {where}.", scenes)
        elif one.use.id in shown and not one.scheduled and one.turn == 0 and scenes:
            yield from _elsewhere(scene, one, scenes)
        elif one.use.id in shown and one.scheduled and one.turn == 0:
            known = scene.board.days_of(scenes, one.use.episode)
            lost = tuple(s for s in scenes if all(s not in there for there in known.values()))
            if lost:
                yield _unscheduled(one, f"Scene {', '.join(lost)} of use {one.use.id} is on no sheet.", lost)


def _elsewhere(scene: Scene, one: Dated, scenes: Sequence[str]) -> Iterator[Concern]:
    """A use that says its own day, where the sheets speak of that day or of its scenes and say otherwise."""
    known = scene.board.days_of(scenes, one.use.episode)
    if one.on in known or (not known and one.on not in scene.board.placed):
        return
    there = f"on {', '.join(spoken(day) for day in known)}" if known else "on no sheet"
    day = spoken(one.on) if one.on else ""
    yield _unscheduled(one, f"Use {one.use.id} says {day}; scene {', '.join(scenes)} is {there}.", tuple(scenes))


def _unscheduled(one: Dated, text: str, scenes: Sequence[str]) -> Concern:
    return Concern(
        kind=ConcernKind.NOT_SCHEDULED,
        text=text,
        on=one.on,
        uses=(one.use.id,),
        scenes=tuple(scenes),
        command=f"registry use show {one.use.id}",
    )


def _signed_on_set(scene: Scene) -> Iterator[Concern]:
    """Consents signed between the performer's call and wrap: those that a planned use rests on, whenever they were
    signed, and those signed on the days asked for."""
    rests: dict[str, list[str]] = defaultdict(list)
    for row in scene.planned:
        for by in row.verdict.coverage.consents if row.verdict else ():
            rests[by.consent].append(row.use.id)
    asked = set(scene.days)
    for consent in scene.consents:
        if consent.signed_at is None:
            continue
        signed_on = civil_date(consent.signed_at, scene.zone)
        ours = any(scene.production.is_named_by(grant.productions) for grant in consent.grants)
        if consent.id not in rests and not (ours and signed_on in asked):
            continue
        for day in (signed_on - dt.timedelta(days=1), signed_on):  # a night shoot ends on the day after
            text = _on_set(scene, consent, day, same_day=day == signed_on)
            if text is not None:
                yield Concern(
                    kind=ConcernKind.SIGNED_ON_SET,
                    text=text,
                    on=signed_on,
                    who=scene.roll.shown(consent.performer, signed_on),
                    performer=consent.performer,
                    uses=tuple(dict.fromkeys(rests.get(consent.id, ()))),
                    command=f"registry consent show {consent.id}",
                )
                break


def _on_set(scene: Scene, consent: Consent, day: dt.date, *, same_day: bool) -> str | None:
    """How a consent was signed while its performer was at work that day; None where it was not."""
    signed = consent.signed_at
    entries = [e for e in scene.roll.of(consent.performer, day) if e.at_work]
    if signed is None or not entries:
        return None
    shoot = scene.board.days.get(day)
    calls = [e.line.call.called_at for e in entries if e.line.call.called_at]
    call = min(calls, default=shoot.crew_call if shoot else None)
    wraps = [e.line.call.released_at for e in entries if e.line.call.released_at]
    wrap = max(wraps, default=shoot.wrap if shoot else None)
    head = f"Consent {consent.id} was signed"
    if call is None:
        return f"{head} on {spoken(day)}, a day its signer works; the sheets give no time." if same_day else None
    if not call <= signed <= (wrap or call + LONGEST_DAY):
        return None
    local = [m.astimezone(signed.tzinfo if scene.zone is None else ZoneInfo(scene.zone)) for m in (signed, call)]
    ends = "before the wrap" if wrap else "and the sheets give no wrap"
    return f"{head} at {local[0]:%H:%M} on {spoken(local[0].date())}, after the call at {local[1]:%H:%M}, {ends}."


def _without_clearance(scene: Scene) -> Iterator[Concern]:
    """Engagements under an agreement without the union's clearance, of whoever is called or has a planned use."""
    agreement = scene.production.agreement
    if agreement in (None, Agreement.NONE):
        return
    concerned: dict[str, list[str]] = defaultdict(list)
    first: dict[str, dt.date] = {}
    for row in scene.planned:
        if row.performer is not None:
            concerned[row.performer].append(row.use.id)
            if row.on is not None:
                first[row.performer] = min(row.on, first.get(row.performer, row.on))
    for day in scene.days:
        for entry in scene.roll.on(day):
            if entry.performer is not None and entry.at_work:
                concerned.setdefault(entry.performer, [])
                first[entry.performer] = min(day, first.get(entry.performer, day))
    for performer, uses in concerned.items():
        name, begins = scene.cast.name_of(performer), first.get(performer)
        theirs = scene.cast.engagements.get(performer, ())
        texts = [_unclear(engagement, name, begins) for engagement in theirs]
        if not theirs:
            texts = [f"{name} has no engagement on file for {scene.production.title}, and so no union clearance."]
        for text in texts:
            if text is not None:
                yield Concern(
                    kind=ConcernKind.NO_UNION_CLEARANCE,
                    text=text,
                    on=begins,
                    who=name,
                    performer=performer,
                    uses=tuple(dict.fromkeys(uses)),
                    command=f"registry performer show {performer}",
                )


def _unclear(engagement: Engagement, name: str, first: dt.date | None) -> str | None:
    if engagement.covered_by_agreement is False:
        return None
    cleared = engagement.union_clearance
    if cleared is None:
        return f"{name} has no union clearance on file for engagement {engagement.id}."
    if cleared.on is not None and first is not None and cleared.on > first:
        return f"{name} is cleared by the union on {spoken(cleared.on)} only, after {spoken(first)}."
    return None


def _unknown_codes(scene: Scene) -> Iterator[Concern]:
    for day in scene.days:
        for entry in scene.roll.on(day):
            code = entry.line.call.code
            if is_known(code):
                continue
            who = scene.roll.shown(entry.performer, day) if entry.performer else name_on(entry.line.call)
            yield Concern(
                kind=ConcernKind.UNKNOWN_CODE,
                text=f"{who} has the code {code}, which is not known here; they count as called.",
                on=day,
                who=who,
                performer=entry.performer,
            )


def _sentence(text: str) -> str:
    said = text[:1].upper() + text[1:]
    return said if said.endswith((".", "?")) else f"{said}."
