"""Forms: whether a consent passes the form rules of every pack that governs a use (DOMAIN.md §6, "Valid")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from fractions import Fraction

from registry.domain.consent import Consent, Grant
from registry.domain.dates import civil_date
from registry.domain.facts import Fact, FactInput, Origin
from registry.domain.finding import Finding, Gate, Grade, Part, Requirement, RequirementKind, State
from registry.domain.values import dataclass
from registry.domain.words import GrantorCapacity, RecordKind
from registry.engine.candidates import Candidate, FormResult
from registry.engine.computed import minor
from registry.engine.docket import FormItem
from registry.engine.facts import judgement
from registry.engine.governing import Governing, Speaking
from registry.engine.matter import Matter
from registry.engine.memory import Memory, Seen, seen
from registry.engine.reading import FactBase, Reading
from registry.engine.rulings import Rulings
from registry.rules.cel import Failure
from registry.rules.pack import FormRule, Pack

# Words that describe no intended use, in the languages that documents are written in.
_BLANKET = re.compile(
    r"any and all|all media(,? now)?( known| or hereafter)|now known or (hereafter|later)|in perpetuity|perpetual"
    r"|throughout the universe|in all works|in any manner|for any purpose|without limitation"
    r"|todos y cada uno|(cualquier uso y )?todos los usos|a perpetuidad|perpetu[oa]\b|en todo el universo"
    r"|todos los medios( ahora)? conocidos|conocidos o por conocer|de cualquier (manera|modo|forma)"
    r"|para cualquier (fin|propósito)|sin limitación"
    r"|toutes (et chacune des|les) utilisations|tous (les )?usages|à perpétuité|perpétuel|dans (tout )?l[’']univers"
    r"|tous (les )?(médias|supports) connus|connus ou (inconnus|à venir)|de quelque manière que|à toutes fins"
    r"|sans (aucune )?limitation",
    re.IGNORECASE,
)


def blanket_found(description: str) -> str | None:
    """The blanket words that a description uses; None where it uses none."""
    found = _BLANKET.search(unicodedata.normalize("NFC", description))
    return found[0] if found else None


def blanket_words(description: str) -> bool:
    """Whether a description uses blanket words: "any and all", "in perpetuity", "all media now known"."""
    return blanket_found(description) is not None


def consent_facts(
    consent: Consent, grant: Grant, matter: Matter, memory: Memory, rulings: Rulings, rule: str | None = None
) -> dict[str, Fact]:
    """The facts of one clause that form rules and `where` conditions read."""
    found = {**_of_paper(consent, grant, matter, memory), **_of_withdrawal(consent, grant, matter, memory)}
    for definition in memory.judged_of_clauses:
        fact = judgement(definition, None, rulings, memory, rule=rule, consent=consent.id, clause=grant.clause)
        if fact is not None:
            found[definition.name] = fact
    return found


def _facts(consent: Consent, values: Iterable[tuple[str, FactInput | None]], memory: Memory) -> Mapping[str, Fact]:
    return {
        name: memory.fact(name, value, Origin.REGISTRY, consent.id)
        for name, value in values
        if value is not None and name in memory.catalogue.dictionary
    }


def _of_paper(consent: Consent, grant: Grant, matter: Matter, memory: Memory) -> Mapping[str, Fact]:
    """What a clause and its paper say, the same for all uses of the performer on the production."""
    things = (consent, grant, matter.performer, matter.production, *matter.engagements)
    key = ("paper", *map(id, things))  # all of them on file, for as long as it is; two consents may share a clause
    kept = matter.on_file.papers
    if key not in kept:
        kept[key] = _facts(consent, _values(consent, grant, matter), memory)
    found: Mapping[str, Fact] = kept[key]
    return found


def _of_withdrawal(consent: Consent, grant: Grant, matter: Matter, memory: Memory) -> Mapping[str, Fact]:
    """What revocations say of a clause by the last day of the use."""
    withdrawn = [
        r.effective
        for r in matter.on_file.of_consent(consent.id, RecordKind.REVOCATION)
        if ("all" in r.grants or grant.clause in r.grants) and r.effective and matter.during(r.effective)
    ]
    stands = any(matter.last_day is None or day <= matter.last_day for day in withdrawn)
    said = (("consent.withdrawn_on", min(withdrawn, default=None)), ("consent.withdrawn", stands))
    return _facts(consent, said, memory)


def _values(consent: Consent, grant: Grant, matter: Matter) -> Iterable[tuple[str, FactInput | None]]:
    counsel, performer = consent.counsel, matter.performer
    zone = matter.production.timezone
    signed = civil_date(consent.signed_at, zone) if consent.signed_at else None
    yield "consent.instrument", consent.instrument.value if consent.instrument else None
    yield "consent.separately_signed", consent.separately_signed
    yield "consent.conspicuous", consent.conspicuous
    yield "consent.blanket_words", blanket_words(grant.description)
    yield "consent.signed_at", consent.signed_at
    yield "consent.signed_on", signed
    yield "consent.delivered_at", consent.delivered_at
    yield "consent.delivered_on", civil_date(consent.delivered_at, zone) if consent.delivered_at else None
    yield "consent.estate_share", _estate_share(consent, matter)
    yield "performer.minor_when_signed", minor(performer, signed) if performer else None
    if counsel is not None:
        yield "consent.counsel_negotiated", False if counsel.name == "none" else counsel.negotiated_replica_terms
    yield "consent.cba_addresses_replicas", consent.cba_addresses_replicas
    yield "consent.grantor", consent.grantor.capacity.value
    yield "consent.basis", consent.basis.value if consent.basis else None
    yield "consent.names_scripted_alterations", grant.scripted_alterations
    yield "consent.discloses_real_time", grant.real_time is True
    yield "consent.names_physical_changes", grant.physical_changes is not None and bool(grant.physical_changes)
    yield "consent.representative_approved", consent.representative_approved
    yield "consent.court_approved", consent.court_approved
    yield "consent.lifetime_only", consent.lifetime_only is True
    yield "consent.personally_signed", _personally_signed(consent, matter)
    yield "consent.until", grant.until or consent.until
    yield "consent.written", consent.instrument is not None and consent.instrument != "oral"
    died = performer.died if performer else None
    in_life = consent.grantor.capacity in (GrantorCapacity.SELF, GrantorCapacity.GUARDIAN)
    yield "consent.given_in_life", in_life and (died is None or signed is None or signed <= died.last)


def _personally_signed(consent: Consent, matter: Matter) -> bool | None:
    """Whether the performer signed in person; with no loan-out in between, whoever is named as grantor did."""
    if consent.personally_signed is not None or consent.grantor.capacity is not GrantorCapacity.SELF:
        return consent.personally_signed
    through_loan_out = any(e.loan_out not in (None, "none") for e in matter.engagements)
    return None if through_loan_out else True


def _estate_share(consent: Consent, matter: Matter) -> float | None:
    """The share of the rights that the signers hold together; None where one of theirs is not on file."""
    performer = matter.performer
    signers = {g.representative for g in (consent.grantor, *consent.co_grantors)}
    held = [r.share for r in (performer.representatives if performer else ()) if r.id in signers]
    if not held or None in held:
        return None
    return float(sum((s for s in held if s is not None), Fraction(0)))


@dataclass(slots=True)
class FormBook:
    """The form rules that govern one use, pack by pack, and what they make of each clause. `alone` says that somebody
    ruled on one of them; `_kept` are those that may speak, and what they see of the use."""

    matter: Matter
    base: FactBase
    rulings: Rulings
    governing: Governing
    alone: bool
    about: dict[tuple[str, str, str | None], Mapping[str, Fact]] = field(default_factory=dict)
    _kept: tuple[Speaking, Seen] | None = None

    @staticmethod
    def of(matter: Matter, base: FactBase, rulings: Rulings, governing: Governing) -> FormBook:
        """The book of a use, nothing in it read yet."""
        alone = bool(rulings.special) and any(form.rule.id in rulings.special for form in governing.forms)
        return FormBook(matter, base, rulings, governing, alone)

    def reading(self, consent: Consent, grant: Grant, pack: Pack, rule: str | None = None) -> Reading:
        """The facts of the use and of one clause together, as `rule` sees them where somebody ruled for it alone."""
        return Reading(self.base, pack.currency, self._of_clause(consent, grant, rule))

    def _of_clause(self, consent: Consent, grant: Grant, rule: str | None = None) -> Mapping[str, Fact]:
        alone = rule if rule in self.rulings.special else None
        key = (consent.id, grant.clause, alone)
        if key not in self.about:
            self.about[key] = consent_facts(consent, grant, self.matter, self.base.memory, self.rulings, alone)
        return self.about[key]

    def judge(self, consent: Consent, grant: Grant) -> tuple[FormResult, ...]:
        """What each form rule that speaks says of a clause."""
        found = self._results(consent, grant)
        if consent.grantor.capacity is GrantorCapacity.SELF and consent.personally_signed is False:
            # A loan-out or a representative alone does not sign for the natural person, whatever agreement governs.
            found = (*found, FormResult("personally signed", State.UNMET))
        return found

    def _results(self, consent: Consent, grant: Grant) -> tuple[FormResult, ...]:
        """Worked out once for all clauses that look alike to all of the rules."""
        if self.alone:
            return self._one_by_one(self.governing.forms, consent, grant)
        if self._kept is None:
            speaking = self._speaking()
            self._kept = speaking, Reading(self.base).seen(speaking.reads)
        speaking, of_use = self._kept
        if not speaking.forms:
            return ()
        kept, about = self.base.memory.clauses, self._of_clause(consent, grant)
        key = (speaking.key, of_use, *[seen(about[name]) if name in about else None for name in speaking.of_clause])
        if key not in kept:
            kept[key] = self._one_by_one(speaking.forms, consent, grant)
        found: tuple[FormResult, ...] = kept[key]
        return found

    def _speaking(self) -> Speaking:
        """The form rules that may speak of a clause of this use: those are left out whose condition reads nothing of
        the clause and is false, as it then is for each. What they alone read then tells no clauses apart."""
        kept, governing = self.base.memory.speaking, self.governing
        key = (governing.form_key, Reading(self.base).seen(governing.form_conditions))
        if key not in kept:
            kept[key] = Speaking.of([form for form in governing.forms if not self._silent(form)])
        found: Speaking = kept[key]
        return found

    def _silent(self, form: FormItem) -> bool:
        return form.of_use and Reading(self.base, form.pack.currency).truth(form.rule.when) is False

    def _one_by_one(self, forms: Sequence[FormItem], consent: Consent, grant: Grant) -> tuple[FormResult, ...]:
        found = (self._result_of(form, consent, grant) for form in forms)
        return tuple([result for result in found if result is not None])

    def _result_of(self, form: FormItem, consent: Consent, grant: Grant) -> FormResult | None:
        """Worked out once for all clauses that look alike to the rule; anew where somebody ruled on it."""
        if form.rule.id in self.rulings.special:
            return self._judge(form.pack, form.rule, consent, grant)
        kept = self.base.memory.forms
        key = (id(form), self.reading(consent, grant, form.pack).seen(form.reads))
        if key not in kept:
            kept[key] = self._judge(form.pack, form.rule, consent, grant)
        found: FormResult | None = kept[key]
        return found

    def _judge(self, pack: Pack, rule: FormRule, consent: Consent, grant: Grant) -> FormResult | None:
        reading = self.reading(consent, grant, pack, rule.id)
        presumed = {
            n: v
            for n, v in rule.presume
            if (fact := reading.fact(n)) is None or (not fact.known and fact.claimed is None)
        }
        reading = reading.assuming(presumed) if presumed else reading
        when = reading.truth(rule.when)
        if when is False:
            return None
        void = reading.truth(rule.void_if)
        result = self._result(rule, reading, when, void)
        return self._lifted(rule, _graded(rule, result))

    @staticmethod
    def _result(
        rule: FormRule, reading: Reading, when: bool | Failure | None, void: bool | Failure | None
    ) -> FormResult:
        if void is False:
            return FormResult(rule.id, State.MET)
        if when is True and void is True:
            return FormResult(rule.id, State.UNMET)
        if isinstance(when, Failure) or isinstance(void, Failure):
            return FormResult(rule.id, State.REFER, rulings=("rule",))
        expressions = [e for e, truth in ((rule.when, when), (rule.void_if, void)) if e is not None and truth is None]
        asks = reading.mattering(reading.open(expressions), expressions, lambda r: _form(rule, r))
        decidable = asks and any(False in reading.outcomes(e) for e in expressions)
        rulings = reading.unruled(expressions) or (() if decidable else ("rule",))
        return FormResult(rule.id, State.UNKNOWN if decidable else State.REFER, asks if decidable else (), rulings)

    def _lifted(self, rule: FormRule, result: FormResult) -> FormResult:
        ruling = self.rulings.settling("rule", rule=rule.id)
        if result.state is not State.REFER or ruling is None:
            return result
        return FormResult(rule.id, State.UNMET if ruling.answer == "applies" else State.MET)

    def findings(self, would_cover: Sequence[Candidate], rests_on: Sequence[Candidate]) -> list[Finding]:
        """One finding for each form rule that speaks of the clauses the use rests on, or would if none were void."""
        chosen = rests_on or would_cover
        found = []
        for item in self.governing.forms:
            results = [(c, f) for c in chosen for f in c.forms if f.rule == item.rule.id]
            if results:
                found.append(self._finding(item, results))
        return found

    def _finding(self, item: FormItem, results: Sequence[tuple[Candidate, FormResult]]) -> Finding:
        pack, rule = item.pack, item.rule
        state = State.worst([f.state for _, f in results])
        deciding = [c for c, f in results if f.state is state]
        reading = self.reading(deciding[0].consent, deciding[0].grant, pack, rule.id)
        asks = tuple(dict.fromkeys(a for _, f in results if f.state is state for a in f.asks))
        rulings = tuple(dict.fromkeys(r for _, f in results if f.state is state for r in f.rulings))
        clauses = tuple(dict.fromkeys(f"{c.consent.id} §{c.grant.clause}" for c in deciding))
        part = Part(
            requirement=Requirement(kind=RequirementKind.FORM),
            state=state,
            gate=Gate.CONSENT,
            met_by=tuple(dict.fromkeys(c.consent.id for c in deciding)) if state is State.MET else (),
            why=", ".join(clauses),
        )
        return Finding(
            rule=rule.id,
            pack=pack.id,
            gate=Gate.CONSENT,
            state=state,
            title=rule.title,
            says=rule.says,
            cite=rule.cite,
            grade=rule.grade,
            parts=(part,),
            facts=tuple(reading.fact(n) or Fact(n) for n in item.reads),
            questions=asks if state is State.UNKNOWN else (),
            rulings=rulings if state is not State.UNKNOWN else (),
        )


def _form(rule: FormRule, reading: Reading) -> object:
    """What a form rule comes to on one set of answers: whether it speaks, and whether it voids."""
    when = reading.truth(rule.when)
    return (when, reading.truth(rule.void_if)) if when is not False else False


def _graded(rule: FormRule, result: FormResult) -> FormResult:
    """An unverified K rule voids nothing and keeps nothing alive by itself: it refers."""
    weak = rule.grade is Grade.K and rule.verified is None
    if weak and (result.state is State.UNMET or (rule.sustains and result.state is State.MET)):
        return FormResult(rule.id, State.REFER, rulings=("rule",))
    return result
