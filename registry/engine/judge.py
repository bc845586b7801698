"""Judging: one rule applied to one use gives one finding, or none (DOMAIN.md §5, "From rule to finding to verdict").

The steps are read aloud in `_state`. Everything else here says what the finding rested on and what could change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from registry.domain.facts import Fact
from registry.domain.finding import Finding, Gate, Grade, Part, RequirementKind, State
from registry.domain.values import dataclass, replace
from registry.engine.docket import Item
from registry.engine.memory import Seen
from registry.engine.reading import Reading
from registry.engine.requirements import Scales, Weighed
from registry.rules.cel import Failure
from registry.rules.pack import ConsentRequired, DutyRequired, Limb, Pack, PaymentRequired, Rule

_WEAK = (State.UNMET, State.BARRED)
_OF_ALL_PARTS = (State.MET, State.EXEMPT, State.REFER, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a rule before it is written up."""

    state: State
    asks: tuple[str, ...] = ()
    rulings: tuple[str, ...] = ()
    limbs: tuple[Limb, ...] = ()
    open_condition: bool = False
    notes: tuple[str, ...] = ()
    may_bar: State = State.UNMET
    demands: bool | None = True


_SILENT = Outcome(State.NONE)


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the rules of one pack are judged for one use. `base` are the findings so far, for rules that follow."""

    pack: Pack
    scales: Scales
    reviewed: bool

    def judge(self, item: Item, reading: Reading, followed: Finding | None = None) -> Finding | None:
        """The finding of a rule; None where it does not speak."""
        rule = item.rule
        weighed: tuple[Weighed, ...] = ()
        outcome = self._followed(rule, followed)
        if outcome is None:
            outcome, weighed = self._outcome(item, reading)
            if outcome.state is State.UNKNOWN and weighed:
                outcome = self._essential(item, reading, weighed, outcome)
        if outcome.state is State.NONE:
            return None
        return self._finding(item, reading, self._lifted(rule, outcome), weighed)

    def _followed(self, rule: Rule, followed: Finding | None) -> Outcome | None:
        """A rule that follows another speaks only where that one asks, and is as open as that one."""
        if rule.follows is None:
            return None
        if followed is None or followed.demands is False:
            return _SILENT
        if followed.demands is None and followed.state in (State.UNKNOWN, State.REFER):
            return Outcome(
                followed.state,
                asks=followed.questions,
                rulings=followed.rulings,
                notes=(f"as open as {rule.follows}, which it follows",),
            )
        return None

    def _outcome(
        self, item: Item, reading: Reading, fixed: tuple[Weighed, ...] | None = None
    ) -> tuple[Outcome, tuple[Weighed, ...]]:
        """What comes of a rule, and its requirements weighed: worked out once for all uses on which it reads the same
        facts and its requirements weigh the same. `fixed` is what they weigh where no answer that is tried matters to
        that."""
        rule, memory = item.rule, reading.base.memory
        presumed = self._presuming(rule, reading)
        turned = (id(item), presumed.seen(item.turns_on))
        if turned not in memory.conditions:
            memory.conditions[turned] = presumed.truth(rule.when)
        when: bool | Failure | None = memory.conditions[turned]
        if when is False:
            return _SILENT, ()
        gate = self.pack.gate.gate
        required = () if isinstance(when, Failure) else rule.require
        if fixed is not None and required:
            weighed = fixed
        else:
            weighed = tuple([self.scales.weigh(each, rule, reading, gate) for each in required])
        key = (turned, self.reviewed, *[w.weight for w in weighed])
        if key not in memory.rules:
            found = self._graded(rule, self._state(rule, presumed, when, weighed), weighed)
            memory.rules[key] = memory.came.setdefault((id(item), found), found)
        outcome: Outcome = memory.rules[key]
        return outcome, weighed

    def _state(
        self, rule: Rule, presumed: Reading, when: bool | Failure | None, weighed: tuple[Weighed, ...]
    ) -> Outcome:
        if isinstance(when, Failure):
            return Outcome(
                State.REFER, rulings=("rule",), notes=(f"the condition could not be evaluated: {when.message}",)
            )
        state = State.worst([w.part.state for w in weighed])
        limbs = {limb: presumed.truth(limb.condition) for limb in rule.unless}
        exempting = tuple(limb for limb, holds in limbs.items() if holds is True)
        outcome = Outcome(state, _merged(w.asks for w in weighed), _merged(w.rulings for w in weighed))
        if when is None:
            return self._when_open(rule, presumed, outcome, weighed, exempting)
        return self._when_true(presumed, outcome, limbs, exempting)

    def _when_open(
        self,
        rule: Rule,
        reading: Reading,
        outcome: Outcome,
        weighed: tuple[Weighed, ...],
        exempting: tuple[Limb, ...],
    ) -> Outcome:
        """Step 1: the condition is open."""
        assert rule.when is not None
        outcome = replace(outcome, demands=None)
        if outcome.state is State.MET:
            return outcome
        if exempting:
            return replace(outcome, state=State.EXEMPT, limbs=exempting)
        if rule.require and all(_follows_the_use(w, r) for w, r in zip(weighed, rule.require, strict=True)):
            return replace(outcome, state=State.DUE, open_condition=True)
        could_be_decided = reading.outcomes(rule.when) & {True, False} and reading.open((rule.when,))
        unruled = reading.unruled((rule.when,)) or ("rule",)
        state = State.UNKNOWN if could_be_decided else State.REFER
        return replace(outcome, state=state, asks=reading.open((rule.when,)), rulings=unruled, may_bar=outcome.state)

    def _when_true(
        self,
        reading: Reading,
        outcome: Outcome,
        limbs: Mapping[Limb, bool | Failure | None],
        exempting: tuple[Limb, ...],
    ) -> Outcome:
        """Steps 2 to 5: a record meets it; an exception applies; an exception is open; due, unmet or barred."""
        if outcome.state is State.MET:
            return outcome
        if exempting:
            return replace(outcome, state=State.EXEMPT, limbs=exempting, demands=False)
        open_limbs = [limb for limb, holds in limbs.items() if holds is None or isinstance(holds, Failure)]
        asks = _merged(
            reading.open((limb.condition,)) for limb in open_limbs if True in reading.outcomes(limb.condition)
        )
        if asks:
            return replace(
                outcome, state=State.UNKNOWN, asks=_merged((asks, outcome.asks)), may_bar=outcome.state, demands=None
            )
        claimed = [limb for limb in open_limbs if self._claimed(limb, reading)]
        unruled = _merged(reading.unruled((limb.condition,)) for limb in claimed or open_limbs)
        failed = [holds.message for holds in limbs.values() if isinstance(holds, Failure)]
        if claimed or failed:
            notes = tuple(f"an exception could not be evaluated: {f}" for f in failed)
            return replace(
                outcome,
                state=State.REFER,
                rulings=unruled or ("rule",),
                limbs=tuple(claimed),
                notes=notes,
                may_bar=outcome.state,
                demands=None,
            )
        return replace(outcome, rulings=_merged((outcome.rulings, unruled)))

    @staticmethod
    def _claimed(limb: Limb, reading: Reading) -> bool:
        """Whether the limb would hold if what is claimed were ruled."""
        claims = reading.claimed(reading.unruled((limb.condition,)))
        return bool(claims) and reading.granting_claims(claims).truth(limb.condition) is not False

    @staticmethod
    def _presuming(rule: Rule, reading: Reading) -> Reading:
        """The reading with the rule's protective presumptions, where nobody has ruled or claims otherwise."""
        if not rule.presume:
            return reading
        presumed = {
            name: value
            for name, value in rule.presume
            if (fact := reading.fact(name)) is None or (not fact.known and fact.claimed is None)
        }
        return reading.assuming(presumed) if presumed else reading

    def _essential(self, item: Item, reading: Reading, weighed: tuple[Weighed, ...], outcome: Outcome) -> Outcome:
        """The outcome that asks for those of the open facts alone an answer to which, with some answers to the others,
        changes the finding; and for what consents hang on.

        Tried out once for all uses on which the rule turns on the same facts, where no answer matters to what its
        requirements weigh: on the same words, where its dates and numbers decide nothing whatever is answered. Else
        once for those on which it reads the same, and the same is on file for its requirements."""
        kept, rule = reading.base.memory.essential, item.rule
        names = reading.open_of(item.tried)
        pairs = zip(weighed, rule.require, strict=True)
        hangs_on = tuple([asked for w, r in pairs if w.asks and isinstance(r, ConsentRequired) for asked in w.asks])
        words = reading.words(item.tried, item.looked_in)
        told = (id(outcome), names, hangs_on, words, *[w.weight for w in weighed])
        if not item.weighs_on.isdisjoint(names):
            key: Seen = (*told, reading.seen(item.tried), *[self.scales.on_file(each, rule) for each in rule.require])
            return self._tried(key, item, reading, names, None, hangs_on, outcome)
        timeless: Seen = (*told, reading.seen(item.turns_on_words))
        if timeless not in kept:
            kept[timeless] = (None, outcome)
            if self._timeless(item, reading, names):
                return self._tried(timeless, item, reading, names, weighed, hangs_on, outcome)
        found: Outcome | None = kept[timeless][0]
        dated: Seen = (*told, reading.seen(item.turns_on), True)
        return found or self._tried(dated, item, reading, names, weighed, hangs_on, outcome)

    def _tried(
        self,
        key: Seen,
        item: Item,
        reading: Reading,
        names: tuple[str, ...],
        fixed: tuple[Weighed, ...] | None,
        hangs_on: tuple[str, ...],
        outcome: Outcome,
    ) -> Outcome:
        """The outcome asking for those of the names that matter, and for what consents hang on, kept under `key`: with
        the outcome it was tried for, so that no other can come by its identity. `fixed` is what requirements weigh,
        where that is the same whatever is answered."""

        def state(assumed: Reading) -> State:
            return self._outcome(item, assumed, fixed)[0].state

        kept = reading.base.memory.essential
        if kept.get(key, (None,))[0] is None:
            beyond = [asked for asked in outcome.asks if asked in hangs_on or asked not in names]
            asks = tuple(dict.fromkeys((*reading.mattering(names, item.tries, state), *beyond)))
            kept[key] = (replace(outcome, asks=asks), outcome)
        found: Outcome = kept[key][0]
        return found

    def _timeless(self, item: Item, reading: Reading, names: tuple[str, ...]) -> bool:
        """Whether what a rule comes to hangs on none of its dates and numbers, whatever is answered to `names`: every
        condition that reads one holds or fails without it, as it then does with it (Kleene's logic)."""
        dates = [name for name in item.dates if name not in names]
        conditions = [c for c in item.rule.deciding if not set(dates).isdisjoint(c.facts)]
        withheld = {name: reading.base.memory.fact(name, None) for name in dates}
        return all(
            self._presuming(item.rule, assumed).with_facts(withheld).value(condition) is not None
            for assumed in reading.assumed(names, item.tries)
            for condition in conditions
        )

    def _graded(self, rule: Rule, outcome: Outcome, weighed: tuple[Weighed, ...]) -> Outcome:
        """What weak evidence may not do by itself becomes a referral (DOMAIN.md §5, evidence grades)."""
        weak = rule.grade is Grade.K and rule.verified is None
        figures = [w for w in weighed if w.grade is Grade.K and w.part.requirement.kind is RequirementKind.FACT]
        if outcome.state is State.EXEMPT and outcome.limbs:
            return self._exemption(rule, outcome)
        if outcome.state in _WEAK and weak:
            return replace(
                outcome,
                state=State.REFER,
                rulings=("rule",),
                may_bar=outcome.state,
                notes=(*outcome.notes, "rests on a reading nobody has checked against the instrument"),
            )
        decided = outcome.state in _WEAK and all(w.grade is Grade.K for w in weighed if w.part.state is outcome.state)
        if figures and (decided or outcome.state is State.MET):
            return replace(
                outcome,
                state=State.REFER,
                rulings=("rule",),
                may_bar=outcome.state,
                notes=(*outcome.notes, "rests on a figure nobody has checked against the rate card"),
            )
        return outcome

    def _exemption(self, rule: Rule, outcome: Outcome) -> Outcome:
        best = min(limb.grade for limb in outcome.limbs)
        if best in (Grade.C, Grade.K) and rule.verified is None:
            return replace(
                outcome,
                state=State.REFER,
                rulings=("rule",),
                demands=None,
                notes=(*outcome.notes, f"the exception is known only at grade {best}"),
            )
        if not self.reviewed:
            return replace(
                outcome,
                state=State.REFER,
                rulings=("rule",),
                demands=None,
                notes=(*outcome.notes, f"the review of this pack expired on {self.pack.reviewed.expires}"),
            )
        return outcome

    def _lifted(self, rule: Rule, outcome: Outcome) -> Outcome:
        """Counsel may lift a referral that rests on no judgement by ruling on the rule itself, for this use."""
        if outcome.state is not State.REFER:
            return outcome
        ruling = self.scales.rulings.settling("rule", rule=rule.id)
        if ruling is None:
            return outcome
        note = (f"{ruling.decided_by} ruled on the rule itself: {ruling.answer}",)
        match ruling.answer:
            case "does_not_apply":
                return replace(outcome, state=State.EXEMPT, notes=note, rulings=(), demands=False)
            case "met":
                return replace(outcome, state=State.MET, notes=note, rulings=())
            case _:
                return replace(outcome, state=outcome.may_bar, notes=note, rulings=())

    def _finding(self, item: Item, reading: Reading, outcome: Outcome, weighed: tuple[Weighed, ...]) -> Finding:
        """What is written of the outcome: one object for all uses on which the same is to be read in it."""
        presumed = self._presuming(item.rule, reading)
        read = presumed.facts(item.reads)
        kept = reading.base.memory.findings
        key = (id(item), id(outcome), *map(id, read), *map(id, weighed))
        found = kept.get(key)
        if found is None:  # what the key names is kept with it, so that nothing else can come by its identity
            facts = tuple([fact or _absent(name) for name, fact in zip(item.reads, read, strict=True)])
            found = kept[key] = (self._written(item.rule, facts, outcome, weighed), read, outcome, weighed)
        finding: Finding = found[0]
        return finding

    def _written(self, rule: Rule, facts: tuple[Fact, ...], outcome: Outcome, weighed: tuple[Weighed, ...]) -> Finding:
        grade = (
            min((limb.grade for limb in outcome.limbs), default=rule.grade)
            if outcome.state is State.EXEMPT
            else rule.grade
        )
        parts = tuple([w.part for w in weighed])
        if outcome.state in _OF_ALL_PARTS:
            parts = tuple([p if p.state in (State.MET, outcome.state) else p.come_to(outcome.state) for p in parts])
        return Finding(
            rule=rule.id,
            pack=self.pack.id,
            gate=_gate(parts, outcome.state, self.pack),
            state=outcome.state,
            title=rule.title,
            says=rule.says,
            cite=rule.cite,
            grade=grade,
            parts=parts,
            facts=facts,
            questions=outcome.asks if outcome.state is State.UNKNOWN else (),
            rulings=outcome.rulings if outcome.state in (State.REFER, State.UNMET, State.BARRED) else (),
            turned_on=tuple([limb.id for limb in outcome.limbs]),
            conditional_on=rule.when.source if outcome.open_condition and rule.when else None,
            notes=outcome.notes,
            may_become=outcome.may_bar,
            demands=outcome.demands,
        )


@lru_cache(maxsize=1_000)
def _absent(name: str) -> Fact:
    """A fact that nobody has answered."""
    return Fact(name)


def _merged(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _follows_the_use(weighed: Weighed, required: object) -> bool:
    """Whether a requirement can at worst be due: it may be met after the use."""
    return isinstance(required, (PaymentRequired, DutyRequired)) and weighed.part.state in (State.DUE, State.MET)


def _gate(parts: tuple[Part, ...], state: State, pack: Pack) -> Gate:
    """The gate of the part that decides; a rule that asks for a consent and is exempt counts in the consent gate."""
    deciding = [p for p in parts if p.state is state]
    return deciding[0].gate if deciding else parts[0].gate if parts else pack.gate.gate
