"""`check --ask` with little or nothing typed: on which picture, what, with whom. What decides beyond that is asked by
the interview, which knows what can still change the answer."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from registry.cli.output import paragraph, table
from registry.cli.phrases import ACTS, said
from registry.cli.run import Run
from registry.domain.replica import Replica
from registry.domain.values import dataclass
from registry.domain.words import Act
from registry.errors import UsageError
from registry.services import browsing
from registry.storage.kinds import Kind

Keys = dict[str, "str | list[str] | None"]
_MOST = 12  # choices that are shown
_NOBODY = {Act.USE_SYNTHETIC, Act.GENERATE_MATERIAL}  # acts in which nobody identifiable takes part
_OF_A_REPLICA = {Act.USE_REPLICA, Act.TRANSFER_REPLICA}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be said: the word that counts, and what it is."""

    word: str
    what: str


def completed(run: Run, keys: Mapping[str, str | list[str] | None], facts: Sequence[str]) -> Keys:
    """The keys of a use with what was left out, as somebody answers. Raises UsageError, with the command that goes on
    from there, where nobody does."""
    asked = _Opening(run, dict(keys), facts)
    try:
        asked.ask()
    except KeyboardInterrupt:
        run.screen.about(["", *asked.so_far()])
        raise
    return asked.keys


def command(keys: Mapping[str, str | list[str] | None], facts: Sequence[str]) -> str:
    """The command that asks about this use, as it would be typed."""
    singular = {"elements": "element", "scenes": "scene", "media": "medium", "territories": "territory"}
    words = ["registry", "check"]
    for key, value in keys.items():
        for one in [value] if isinstance(value, str) else value or []:
            words += [f"--{singular.get(key, 'language' if key == 'languages' else key)}", one]
    return shlex.join([*words, *(word for fact in facts for word in ("--fact", fact))])


class _Opening:
    def __init__(self, run: Run, keys: Keys, facts: Sequence[str]) -> None:
        self.keys = keys
        self._run = run
        self._facts = facts

    def ask(self) -> None:
        """Ask what no check can do without, each time only if it was not typed."""
        keys = self.keys
        if not keys.get("production") and not keys.get("replica"):
            keys["production"] = self._one("On which picture?", self._productions(), Kind.PRODUCTION)
        if not keys.get("act"):
            keys["act"] = self._one("What is to be done?", [Choice(act.value, ACTS[act]) for act in Act])
        act = keys["act"]
        if not keys.get("performer") and not keys.get("replica") and act not in _NOBODY:
            who = self._one("With whom? Or none.", self._people(), Kind.PERFORMER, also=("none",))
            keys["performer"] = [] if who == "none" else [who]
        if act in _OF_A_REPLICA and keys.get("performer") and not keys.get("replica"):
            theirs = self._replicas()
            if theirs:
                replica = self._one("With which replica? Or none.", theirs, Kind.REPLICA, also=("none",))
                keys["replica"] = None if replica == "none" else replica

    def so_far(self) -> list[str]:
        """What goes on from here."""
        return [f"{command(self.keys, self._facts)} --ask    goes on from here"]

    def _productions(self) -> list[Choice]:
        return [Choice(p.id, p.title) for p in browsing.list_productions(self._run.store)]

    def _people(self) -> list[Choice]:
        """Who is engaged on the picture, with the role."""
        production = self.keys.get("production")
        if not isinstance(production, str):
            return []
        try:
            sheet = browsing.show_production(self._run.store, production)
        except UsageError:
            return []
        names = {performer.id: performer.known_as for performer in sheet.performers}
        return [
            Choice(e.performer, ", ".join(filter(None, (names.get(e.performer, ""), e.role))))
            for e in sheet.engagements
        ]

    def _replicas(self) -> list[Choice]:
        who = self.keys.get("performer") or []
        of = who if isinstance(who, list) else [who]
        return [
            Choice(r.id, said(r.kind or "kind not known"))
            for r in browsing.listed(self._run.store, Replica)
            if r.performer in of
        ]

    def _one(self, question: str, choices: Sequence[Choice], kind: Kind | None = None, also: Sequence[str] = ()) -> str:
        """One of the choices, by its number, its word, its beginning or its name; anything on file of that kind."""
        self._run.screen.about(["", f" ?  {question}"])
        rows = [[str(n), choice.word, choice.what] for n, choice in enumerate(choices[:_MOST], 1)]
        self._run.screen.about(table(rows, indent=4))
        if len(choices) > _MOST:
            self._run.screen.about([f"    and {len(choices) - _MOST} more: type an id or a name"])
        only = choices[0].word if len(choices) == 1 else None
        words = [*(choice.word for choice in choices), *also]
        while True:
            line = heard(self._run, f"    [{only}] > " if only else "    > ", words)
            if line is None:
                raise UsageError("Nobody is there to answer.", self.so_far()[0])
            found = self._read(line or only or "", choices, kind, also)
            if found:
                return found

    def _read(self, line: str, choices: Sequence[Choice], kind: Kind | None, also: Sequence[str]) -> str | None:
        """What was said; None, and why, where it says nothing that can be used."""
        from registry.services.meaning import identified
        from registry.source.meant import meant

        if line in also:
            return line
        if line.isdecimal() and 0 < int(line) <= min(len(choices), _MOST):
            return choices[int(line) - 1].word
        named = [choice.word for choice in choices if choice.what.casefold() == line.casefold()]
        found = meant(line, [choice.word for choice in choices])
        if found.id or len(named) == 1:
            return found.id or named[0]
        if kind is None or not line:
            self._tell(line, found.candidates)
            return None
        known = identified(self._run.store, [kind], line)
        taken = known.id or self._called(line, kind)
        if taken is None:
            self._tell(line, known.candidates)
        return taken

    def _called(self, line: str, kind: Kind) -> str | None:
        from registry.services.meaning import alike, called

        found = called(self._run.store, [kind], line)
        if len(found) == 1:
            self._run.screen.about([f"    {line} is {kind.value} {found[0].id}."])
            return found[0].id
        near = alike(self._run.store, [kind], line) if not found else None
        if near:
            self._run.screen.about([f"    There is no {kind.value} {line} on file; did you mean {near}?"])
        return None

    def _tell(self, line: str, candidates: Sequence[str]) -> None:
        several = f"{line} could be {', '.join(candidates)}." if candidates else ""
        self._run.screen.about(paragraph(several or "Type a number, an id or a name. Ctrl-D leaves.", 4))


def heard(run: Run, prompt: str, words: Sequence[str] = ()) -> str | None:
    """One answer, without its blanks; None when nobody is there. At a terminal the words complete by the tabulator."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        with _completing(words):
            try:
                return input(prompt).strip()
            except EOFError:
                run.screen.about([""])
                return None
    run.screen.prompt(prompt)
    line = sys.stdin.readline()
    if not line:
        run.screen.about([""])
        return None
    return line.strip()


@contextmanager
def _completing(words: Sequence[str]) -> Iterator[None]:
    """The words under the tabulator, and whatever was there before afterwards."""
    with suppress(ImportError):
        import readline

        before: Callable[[str, int], str | None] | None = readline.get_completer()
        readline.parse_and_bind("tab: complete")

        def complete(text: str, state: int) -> str | None:
            found = [word for word in words if word.startswith(text)]
            return found[state] if state < len(found) else None

        readline.set_completer(complete)
        try:
            yield
        finally:
            readline.set_completer(before)
        return
    yield
