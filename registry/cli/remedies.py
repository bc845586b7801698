"""What to do about a verdict: each cure in a sentence, and the commands that carry it out, ready to type."""

from __future__ import annotations

from dataclasses import dataclass

from registry.cli.phrases import moment
from registry.cli.subject import Subject
from registry.domain.finding import Cure, Finding, State, Verdict


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing to do, and how it is then told to the registry."""

    text: str
    commands: tuple[str, ...]


def of(verdict: Verdict, subject: Subject) -> list[Remedy]:
    """The cures of everything that is barred or unmet, each once, in the order of the findings."""
    found: dict[tuple[str, str], Remedy] = {}
    for finding in verdict.findings:
        cure = finding.cure
        if cure is None or finding.state not in (State.BARRED, State.UNMET):
            continue
        key = (cure.kind, cure.to or "" if cure.kind in ("rider", "approval_request", "notice") else finding.rule)
        found.setdefault(key, Remedy(_text(cure, subject), _commands(cure, finding, verdict.use)))
    return list(found.values())


def _text(cure: Cure, subject: Subject) -> str:
    text = cure.text.rstrip(".")
    if cure.deadline is not None:
        text += f", by {moment(cure.deadline, subject.zone)}"
    if cure.can_still_be_met is False:
        text += ": that time has passed"
    return text


def _commands(cure: Cure, finding: Finding, use: str) -> tuple[str, ...]:
    to = cure.to or "platform"
    match cure.kind:
        case "rider":
            return (f"registry cure {use} --rider        → rider-{use}.pdf",)
        case "approval_request":
            return (f"registry cure {use} --note", f"registry record approval {use} --from {to} --at …")
        case "notice" if to == "performer":
            return (f"registry record notice {to} --about {use} --at …",)
        case "notice":
            return (f"registry cure {use} --note", f"registry record notice {to} --about {use} --at …")
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
            return tuple(ruling(use, cure.question or f"rule {finding.rule}", finding))
        case _:
            return ()


def ruling(use: str, question: str, finding: Finding) -> list[str]:
    """The command that records a ruling; on a rule itself where no judgement fact is open."""
    who = (finding.cure.who if finding.cure else None) or "business_affairs"
    if question.startswith("rule "):
        return [
            f"registry record ruling {use} rule applies|does_not_apply|met",
            f"  --rule {question.removeprefix('rule ')} --by NAME --capacity counsel --because …",
        ]
    return [
        f"registry record ruling {use} {question} yes|no",
        f"  --by NAME --capacity {who.replace(' ', '_')} --because …",
    ]
