"""Payments owed and paid: for each rule and use, in each currency, what is owed in all and what is left.

A payment may be recorded for several uses, and a use may be of several people: what hangs together by shared payments
is one account, so that a sum is never counted twice. It is open until what was paid reaches what is owed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from registry.domain.finding import Finding, Part, RequirementKind, State
from registry.domain.money import Money
from registry.domain.owed import Owed, OwedKind
from registry.domain.record import Record
from registry.domain.values import dataclass
from registry.domain.words import RecordKind
from registry.rules.catalogue import Catalogue
from registry.rules.pack import PaymentRequired, Rule
from registry.services.register import Register, Registered

_COUNT = (State.DUE, State.UNMET, State.MET)
_SILENT = (State.EXEMPT, State.NONE)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one finding on one use of one person asks to be paid. `settled` says that some payment answers a claim whose
    amount nobody knows."""

    entry: Registered
    finding: Finding
    part: Part

    @property
    def amount(self) -> Money | None:
        return self.part.requirement.amount

    @property
    def settled(self) -> bool:
        return self.part.state is State.MET


def payments_owed(register: Register, entries: Iterable[Registered]) -> Iterator[Owed]:
    """Every payment that is open, in no order."""
    for claims, paid in _accounts(register, _claims(entries)):
        yield from _open(register, claims, paid)


def _claims(entries: Iterable[Registered]) -> list[Claim]:
    return [
        Claim(entry, finding, part)
        for entry in entries
        for finding in entry.verdict.findings
        if finding.state not in _SILENT
        for part in finding.parts
        if part.requirement.kind is RequirementKind.PAYMENT and _counts(finding, part)
    ]


def _counts(finding: Finding, part: Part) -> bool:
    """A finding that a person ruled to be met asks for nothing more, whatever its parts say."""
    return part.state in _COUNT and not (finding.state is State.MET and part.state is not State.MET)


def _accounts(register: Register, claims: list[Claim]) -> Iterator[tuple[list[Claim], list[Record]]]:
    """The claims of one rule that hang together by shared payments, and these payments."""
    by_rule: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        by_rule[claim.finding.rule][claim.entry.use.id].append(claim)
    for rule in sorted(by_rule):
        paid = {use: _paid(register, rule, of_use[0].entry) for use, of_use in by_rule[rule].items()}
        for uses in _joined(paid):
            records = {r.id: r for use in uses for r in paid[use]}
            yield [c for use in uses for c in by_rule[rule][use]], [records[i] for i in sorted(records)]


def _paid(register: Register, rule: str, entry: Registered) -> list[Record]:
    """What counts as paid: what was paid by the as-of day, where one was asked for."""
    found = register.on_file.about(entry.use.id, RecordKind.PAYMENT)
    asked = register.clocks.as_of is not None
    today = register.clocks.today(entry.production.timezone)
    return [r for r in found if r.rule == rule and not (asked and r.paid_on and r.paid_on > today)]


def _joined(paid: dict[str, list[Record]]) -> list[tuple[str, ...]]:
    """Uses by the payments they share, directly or by way of others."""
    group = {use: {use} for use in paid}
    sharing: dict[str, str] = {}
    for use in sorted(paid):
        for record in paid[use]:
            first = sharing.setdefault(record.id, use)
            if group[first] is not group[use]:
                merged = group[first] | group[use]
                for member in merged:
                    group[member] = merged
    return sorted({tuple(sorted(members)) for members in group.values()})


def _open(register: Register, claims: list[Claim], paid: list[Record]) -> Iterator[Owed]:
    """What is open of one account: a line for each currency, and one for claims whose amount nobody knows."""
    known: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.amount is not None:
            known[claim.amount.currency].append(claim)
    for currency in sorted(known):
        line = _line(register, known[currency], _sum(paid, currency), _other(paid, currency))
        if line.left is not None and line.left.minor > 0:
            yield line
    unknown = [c for c in claims if c.amount is None and not c.settled]
    for use in sorted({c.entry.use.id for c in unknown}):
        yield _line(register, [c for c in unknown if c.entry.use.id == use], None, ())


def _sum(paid: list[Record], currency: str) -> Money:
    return Money(sum(r.amount.minor for r in paid if r.amount and r.amount.currency == currency), currency)


def _other(paid: list[Record], currency: str) -> tuple[Money, ...]:
    others = sorted({r.amount.currency for r in paid if r.amount} - {currency})
    return tuple(_sum(paid, other) for other in others)


def _line(register: Register, claims: list[Claim], paid: Money | None, elsewhere: tuple[Money, ...]) -> Owed:
    first = claims[0]
    amount = _total(claims)
    left = Money(amount.minor - paid.minor, amount.currency) if amount and paid else None
    days = [c.part.requirement.due_on for c in claims if c.part.requirement.due_on]
    on = min(days, default=None)
    uses = tuple(dict.fromkeys(sorted(c.entry.use.id for c in claims)))
    today = register.clocks.today(first.entry.production.timezone)
    said = f'"{left}"' if left else '"AMOUNT"'
    return Owed(
        kind=OwedKind.PAYMENT,
        text=first.part.requirement.label or first.finding.title,
        rule=first.finding.rule,
        cite=first.finding.cite,
        grade=first.finding.grade,
        production=first.entry.production.id,
        performers=tuple(dict.fromkeys(sorted(c.entry.performer or "" for c in claims))),
        uses=uses,
        progress=first.entry.progress.value,
        since=min((c.entry.day for c in claims if c.entry.day), default=None),
        on=on,
        overdue=on is not None and on < today,
        late=any(c.part.state is State.UNMET for c in claims),
        perhaps=all(_open_condition(c.finding) for c in claims),
        amount=amount,
        paid=paid,
        left=left,
        elsewhere=elsewhere,
        unknown=() if amount else _unknown(register.catalogue, first.finding),
        command=f"registry record payment {','.join(uses)} {first.finding.rule} {said}",
    )


def _total(claims: list[Claim]) -> Money | None:
    amounts = [c.amount for c in claims if c.amount is not None]
    return Money(sum(a.minor for a in amounts), amounts[0].currency) if amounts else None


def _open_condition(finding: Finding) -> bool:
    return finding.conditional_on is not None or finding.demands is None or finding.state is State.UNKNOWN


def _unknown(catalogue: Catalogue, finding: Finding) -> tuple[str, ...]:
    """The facts an amount turns on that nobody has told."""
    rule = catalogue.rule(finding.rule)
    if not isinstance(rule, Rule):
        return ()
    read = [n for r in rule.require if isinstance(r, PaymentRequired) and r.amount for n in r.amount.facts]
    missing = {fact.name for fact in finding.facts if not fact.known}
    return tuple(sorted(set(read) & missing))
