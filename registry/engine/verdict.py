"""The verdict: the fold of all findings, short enough to read aloud (DOMAIN.md §5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from registry.domain.facts import Fact, FactDefinition, Origin
from registry.domain.finding import Coverage, Finding, Gate, Question, State, Verdict, VerdictWord
from registry.domain.values import dataclass
from registry.engine.matter import Matter

_WORDS = {
    State.BARRED: VerdictWord.PROHIBITED,
    State.UNMET: VerdictWord.NOT_CLEARED,
    State.REFER: VerdictWord.REFER,
    State.UNKNOWN: VerdictWord.INCOMPLETE,
    State.DUE: VerdictWord.CONDITIONAL,
}
_ORDER = {word: n for n, word in enumerate(VerdictWord)}


@dataclass(frozen=True, slots=True)
class Heard:
    """What a hearing brought: findings, coverage, the packs it rested on, the facts."""

    findings: tuple[Finding, ...]
    coverage: Coverage
    packs: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]


# What follows from another answer is not asked for: the other is.
_FOLLOWS_FROM = {"use.on": "use.at", "use.last_on": "use.at", "use.fixed_on": "use.at"}
_FOLLOWS_IF_ASKED = {"use.intimate": "use.content"}


def _asked_as(name: str, questions: Collection[str]) -> str:
    other = _FOLLOWS_IF_ASKED.get(name)
    return other if other is not None and other in questions else _FOLLOWS_FROM.get(name, name)


def decide(findings: Iterable[Finding]) -> VerdictWord:
    """The first that applies: any barred, any unmet, any refer, any unknown, any due; otherwise cleared."""
    return _WORDS.get(State.worst([f.state for f in findings]), VerdictWord.CLEARED)


def gates(findings: Iterable[Finding]) -> tuple[tuple[Gate, State], ...]:
    """The worst state at each gate; NONE where nothing was required there."""
    worst = dict.fromkeys(Gate, State.NONE)
    for finding in findings:
        for part in finding.parts:
            if part.state.severity < worst[part.gate].severity:
                worst[part.gate] = part.state
    return tuple(worst.items())


def fold(
    matter: Matter, heard: Heard, dictionary: Mapping[str, FactDefinition], as_of: dt.date | dt.datetime | None
) -> Verdict:
    """The verdict with everything it rests on."""
    return Verdict(
        use=matter.use.id,
        performer=matter.performer.id if matter.performer else None,
        production=matter.production.id,
        as_of=as_of.isoformat() if as_of is not None else matter.day.isoformat() if matter.day else None,
        known_at=matter.on_file.known_at,
        verdict=decide(heard.findings),
        gates=gates(heard.findings),
        findings=heard.findings,
        coverage=heard.coverage,
        questions=questions(heard.findings, dictionary),
        packs=heard.packs,
        authors=_authors(heard.facts),
    )


def questions(findings: Iterable[Finding], dictionary: Mapping[str, FactDefinition]) -> tuple[Question, ...]:
    """The missing facts that can still change a finding, those that can change the verdict most first."""
    asked: dict[str, list[Finding]] = {}
    open_ = [finding for finding in findings if finding.questions]
    every = frozenset([name for finding in open_ for name in finding.questions])
    for finding in open_:
        for name in dict.fromkeys(_asked_as(n, every) for n in finding.questions):
            asked.setdefault(name, []).append(finding)
    found = [
        Question(
            fact=name,
            ask=dictionary[name].ask,
            type=dictionary[name].type,
            values=dictionary[name].values,
            rules=tuple(f.rule for f in rules),
            can_change=_worst_to_come(rules),
        )
        for name, rules in asked.items()
    ]
    return tuple(sorted(found, key=lambda q: (_ORDER[q.can_change], q.fact)))


def _worst_to_come(findings: Iterable[Finding]) -> VerdictWord:
    return min([_WORDS.get(f.may_become, VerdictWord.CLEARED) for f in findings], key=_ORDER.__getitem__)


def _authors(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Who answered by default: the authors of profiles and declarations that were used."""
    named = {(f.author, f.origin) for f in facts if f.author and f.origin in (Origin.PROFILE, Origin.DECLARED)}
    return tuple(sorted(f"{author} ({origin})" for author, origin in named))
