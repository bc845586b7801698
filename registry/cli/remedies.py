"""What to do about a verdict: each cure in a sentence, and the commands that carry it out, ready to type."""

from __future__ import annotations

from registry.cli.lacks import party, residual
from registry.cli.phrases import counted, moment
from registry.cli.subject import Subject
from registry.domain.finding import Cure, Finding, State, Verdict
from registry.domain.values import dataclass
from registry.rules.dictionary import load_dictionary

# What a use is called that was put together from options and given no name.
UNNAMED = "this-use"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to do, and how it is then told to the registry."""

    text: str
    commands: tuple[str, ...]
    rider: bool = False


def of(verdict: Verdict, subject: Subject) -> list[Remedy]:
    """The cures of everything that is barred or unmet, each once, in the order of the findings."""
    found: dict[tuple[str, str], Remedy] = {}
    for finding in verdict.findings:
        cure, remedy = finding.cure, one(finding, verdict, subject)
        if cure is None or remedy is None:
            continue
        key = (cure.kind, cure.to or "" if cure.kind in ("rider", "approval_request", "notice") else finding.rule)
        found.setdefault(key, remedy)
    return list(found.values())


def one(finding: Finding, verdict: Verdict, subject: Subject) -> Remedy | None:
    """The cure of one finding that is barred or unmet; None for any other."""
    cure = finding.cure
    if cure is None or finding.state not in (State.BARRED, State.UNMET):
        return None
    return Remedy(_text(cure, verdict, subject), _commands(cure, finding, subject), cure.kind == "rider")


def _text(cure: Cure, verdict: Verdict, subject: Subject) -> str:
    if cure.kind == "rider":
        return _rider(verdict)
    text = f"ask {party(cure.to)} for written approval" if cure.kind == "approval_request" and cure.to else cure.text
    text = text[:1].lower() + text[1:].rstrip(".")
    if cure.deadline is not None:
        text += f", by {moment(cure.deadline, subject.zone)}"
    if cure.can_still_be_met is False:
        text += ": that time has passed"
    return text


def _rider(verdict: Verdict) -> str:
    """The rider in a line: how many clauses, and what they have to say."""
    parts = residual(verdict)
    if len(parts) > 3:
        return f"ask for a rider of {counted(len(parts), 'clause')}: exactly what is missing"
    return f"ask for {counted(len(parts), 'line')}: {'; '.join(parts)}"


def _commands(cure: Cure, finding: Finding, subject: Subject) -> tuple[str, ...]:
    """What to type. A use without a name cannot be named: it is filed first."""
    use = subject.use.id
    if use == UNNAMED:
        return ()
    to = cure.to or "platform"
    found_in = f" {subject.found_in}" if subject.found_in else ""
    match cure.kind:
        case "rider":
            unsaid = found_in or subject.consent(f"rider-{use}") or len(subject.use.performers) > 1
            written = "" if unsaid else f"        → rider-{use}.pdf"
            return (f"registry cure {use} --rider{found_in}{written}",)
        case "approval_request":
            return (f"registry cure {use} --note{found_in}", f"registry record approval {use} --from {to} --at …")
        case "notice" if to == "performer":
            return (f"registry record notice {to} --about {use} --at …",)
        case "notice":
            return (f"registry cure {use} --note{found_in}", f"registry record notice {to} --about {use} --at …")
        case "reason":
            return (f'registry record reason {use} --text "…" --at …',)
        case "bargaining":
            return (f"registry record bargaining {use} --with {to} --opened …",)
        case "payment":
            amount = f'"{cure.amount}"' if cure.amount else "AMOUNT"
            return (f"registry record payment {use} {finding.rule} {amount} --on …",)
        case "duty":
            return (f"registry record done {use} {finding.rule} --on …",)
        case "ruling":
            return tuple(ruling(use, cure.question or f"rule {finding.rule}"))
        case _:
            return ()


def ruling(use: str, question: str) -> list[str]:
    """The command that records a ruling; on a rule itself where no judgement fact is open."""
    asked, _, rule = question.partition(" ")
    if rule:
        answers = "applies|does_not_apply|met"
        return [f"registry record ruling {use} {asked} {answers} --rule {rule}", _signed("counsel")]
    return [f"registry record ruling {use} {question} yes|no", _signed(decides(question))]


def decides(question: str) -> str:
    """In which capacity a judgement is settled: `business_affairs` or `counsel`."""
    definition = load_dictionary().get(question)
    return (definition.who if definition else None) or "counsel"


def _signed(who: str) -> str:
    return f"  --by NAME --capacity {who} --because …"
