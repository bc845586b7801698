"""What a rule demands, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registry.domain.facts import FactDefinition
from registry.rules.pack import (
    ApprovalRequired,
    BargainingRequired,
    ConsentRequired,
    DutyRequired,
    Expression,
    FactRequired,
    NoticeRequired,
    PaymentRequired,
    Prohibited,
    ReasonRequired,
    Required,
    RulingRequired,
)
from registry.rules.words import value_in_words

_WHOM = {"performer": "the performer", "union": "the union", "platform": "the production's platform"}


@dataclass(frozen=True, slots=True)
class Asker:
    """Says what is demanded in the words of one pack: its dictionary and its currency."""

    dictionary: Mapping[str, FactDefinition]
    currency: str

    def said(self, required: Required) -> tuple[str, Expression | None]:
        """The demand, and the condition it has to meet where there is one."""
        match required:
            case ConsentRequired():
                who = " or ".join(
                    f"the {each.value}" if each.value != "self" else "the person" for each in required.from_
                )
                return f"a consent that covers the use{f', given by {who}' if who else ''}", required.where
            case FactRequired():
                return f"a condition that holds; if it does not: {required.cure}", required.holds
            case _:
                return self._plainly(required), None

    def _plainly(self, required: Required) -> str:
        match required:
            case NoticeRequired():
                later = f", or {self._value(required.or_by)} if that is later" if required.or_by else ""
                return f"notice to {_whom(required.to)} by {self._value(required.by)}{later}"
            case ApprovalRequired():
                return f"written approval by {_whom(required.from_)}, before the use"
            case ReasonRequired():
                return f"a recorded reason, before {self._value(required.before)}"
            case BargainingRequired():
                return f"bargaining with {_whom(required.with_)}"
            case PaymentRequired():
                amount = self._value(required.amount) if required.amount else "an amount that is not known"
                return f"payment{f' {required.label}' if required.label else ''}: {amount}; {self._due(required.due)}"
            case DutyRequired():
                return f"a duty: {required.label}; {self._due(required.due)}"
            case RulingRequired():
                return self._ruling(required)
            case Prohibited():
                return "nothing can meet it: barred, whatever is signed"
            case _:
                raise TypeError(f"{type(required).__name__} has no words")

    def _ruling(self, required: RulingRequired) -> str:
        who = required.who.replace("_", " ")
        definition = self.dictionary.get(required.question or "")
        if definition is None:
            return f"a ruling by {who} on the rule itself: applies, does not apply, or met"
        return f"a ruling by {who}: {definition.ask} {'yes' if required.wants else 'no'}"

    def _value(self, expression: Expression | None) -> str:
        return value_in_words(expression, self.dictionary, self.currency) if expression else "the use"

    def _due(self, due: Expression | None) -> str:
        return f"due {self._value(due)}" if due else "due after the use"


def _whom(name: str) -> str:
    return _WHOM.get(name, name)
