"""Candidates: the clauses that could cover a use, each with its boxes and how good it is (DOMAIN.md §6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import field

from registry.domain.consent import Consent, Grant
from registry.domain.dates import civil_date
from registry.domain.facts import Fact
from registry.domain.finding import State
from registry.domain.scope import Box
from registry.domain.values import dataclass
from registry.engine.axes import Axes
from registry.engine.live import LiveSpan, life_of
from registry.engine.matter import Matter
from registry.engine.tally import used_up


@dataclass(frozen=True, slots=True)
class FormResult:
    """What a form rule says of one clause: MET, UNMET (void), UNKNOWN or REFER; `asks` and `rulings` would tell."""

    rule: str
    state: State
    asks: tuple[str, ...] = ()
    rulings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One clause over one stretch of its life. `quality` is the worst of its life, its limits and its form; `void` says
    whether a form rule voids the clause, or its limits are used up."""

    consent: Consent
    grant: Grant
    box: Box
    exclusions: tuple[Box, ...]
    life: LiveSpan
    forms: tuple[FormResult, ...]
    limit: FormResult | None
    quality: State
    void: bool

    @staticmethod
    def of(
        consent: Consent,
        grant: Grant,
        box: Box,
        exclusions: tuple[Box, ...],
        life: LiveSpan,
        forms: tuple[FormResult, ...],
        limit: FormResult | None,
    ) -> Candidate:
        """The clause with what its forms and its limit make of it."""
        doubts = [form.state for form in forms]
        if limit is not None:
            doubts.append(limit.state)
        quality = State.worst([life.quality, *doubts])
        return Candidate(consent, grant, box, exclusions, life, forms, limit, quality, State.UNMET in doubts)

    def doubted(self, form: FormResult) -> Candidate:
        """The same clause with one more form that stands against it."""
        forms = (*self.forms, form)
        return Candidate.of(self.consent, self.grant, self.box, self.exclusions, self.life, forms, self.limit)

    @property
    def asks(self) -> tuple[str, ...]:
        limit = self.limit.asks if self.limit else ()
        return tuple(dict.fromkeys((*self.life.asks, *limit, *(a for f in self.forms for a in f.asks))))

    @property
    def rulings(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r for f in self.forms for r in f.rulings))


@dataclass(frozen=True, slots=True)
class Field:
    """All clauses that name the use's act and production, dead ones aside, over one vocabulary of axes."""

    axes: Axes
    candidates: tuple[Candidate, ...]
    use_box: Box
    unknown: Mapping[str, int] = field(default_factory=dict)


FormJudge = Callable[[Consent, Grant], tuple[FormResult, ...]]


def field_of(matter: Matter, facts: Mapping[str, Fact], judge: FormJudge) -> Field:
    """Compile the performer's live clauses for this use. `judge` applies the form rules in force to a clause."""
    lives: list[tuple[Consent, Grant, LiveSpan]] = []
    consents = matter.on_file.consents_of(matter.performer.id if matter.performer else None)
    for consent in consents:
        for grant in consent.grants:
            if matter.use.act in grant.acts and matter.production.is_named_by(grant.productions):
                lives += [(consent, grant, span) for span in life_of(consent, grant.clause, matter)]
    turning = [
        d for _, _, s in lives for d in (s.first, *([s.last + dt.timedelta(days=1)] if s.last.year < 9999 else []))
    ]
    axes = Axes.of(matter, facts, tuple({c.id: c for c, _, _ in lives}.values()), turning)
    use_box, unknown = axes.use()
    return Field(axes, tuple(_candidate(matter, facts, axes, judge, *life) for life in lives), use_box, unknown)


def _candidate(
    matter: Matter,
    facts: Mapping[str, Fact],
    axes: Axes,
    judge: FormJudge,
    consent: Consent,
    grant: Grant,
    life: LiveSpan,
) -> Candidate:
    signed = civil_date(consent.signed_at, matter.production.timezone) if consent.signed_at else None
    carved = (axes.exclusion(e, signed) for e in consent.excludes)
    box = axes.grant(grant, (life.first, life.last), signed)
    return Candidate.of(
        consent,
        grant,
        box,
        tuple(e for e in carved if e is not None),
        life,
        judge(consent, grant),
        _limit(matter, facts, grant, consent),
    )


def _limit(matter: Matter, facts: Mapping[str, Fact], grant: Grant, consent: Consent) -> FormResult | None:
    """Whether the caps of a grant leave room for this use, after the uses recorded as made under it."""
    limits = grant.limits
    if limits is None or (limits.seconds, limits.uses, limits.days) == (None, None, None):
        return None
    uses, days, used, untimed = used_up(matter, grant, consent)
    if limits.uses is not None and uses + 1 > limits.uses:
        return FormResult("limits", State.UNMET)
    if limits.days is not None and days + _days(matter) > limits.days:
        return FormResult("limits", State.UNMET)
    if limits.seconds is not None:
        seconds = facts.get("use.seconds")
        if seconds is None or not isinstance(seconds.value, int):
            none_left = used >= limits.seconds
            if seconds is not None and not none_left:
                return FormResult("limits", State.REFER, (), ("rule",))
            if none_left:
                return FormResult("limits", State.UNMET)
            return FormResult("limits", State.UNKNOWN, ("use.seconds",))
        if used + seconds.value > limits.seconds:
            return FormResult("limits", State.UNMET)
        if untimed:  # how much of the limit they took, nobody knows
            return FormResult("limits", State.REFER, (), ("rule",))
    return None


def _days(matter: Matter) -> int:
    """The days this use runs for. Those on which somebody would have been needed in person are a matter of pay."""
    return (matter.last_day - matter.day).days + 1 if matter.day and matter.last_day else 1
