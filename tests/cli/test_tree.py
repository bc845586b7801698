"""What is made of all commands at once: lists, the manual page, the page of commands, completion in a shell."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import util
from pathlib import Path
from typing import Any

import pytest

from registry.cli import man, tree
from registry.cli.front import hoisted
from tests.cli.conftest import Registry

EVERY = list(tree.every(tree.front()))
VERBS = [(path, command) for path, command, _ in EVERY if not hasattr(command, "commands") and path != "registry"]
# Answers that are one whole, not a list: a note, a comparison, a paper. `--json` is one object.
WHOLE = {
    "registry consent compare", "registry performer ledger", "registry impact consent", "registry impact performer",
    "registry impact strike", "registry impact suspension", "registry impact end", "registry impact record",
    "registry rules show", "registry rules diff", "registry check", "registry replica manifest",
    "registry verify", "registry lint",
}  # fmt: skip


def _opts(command: Any) -> set[str]:
    return {name for param in command.params for name in param.opts}


def test_whatever_prints_a_list_prints_it_three_ways() -> None:
    three = {"--csv", "--json", "--jsonl"}
    lacking = {
        path: sorted(three - _opts(command))
        for path, command in VERBS
        if (path.endswith((" list", " status")) or _opts(command) & three) and path not in WHOLE
        if not three <= _opts(command)
    }
    assert lacking == {}


@pytest.mark.parametrize(
    "typed, keys",
    [
        ("performer list", "id name legal_name other_names unions lives_in born"),
        ("production list", "id title kind platform agreement"),
        ("consent list", "id performer signed_at from until clauses acts productions declined"),
        ("tool list", "id vendor stores reuses trains"),
        ("use list", "id production act at performers"),
        ("replica list", "id performer kind elements made_for made_on holder destroy_by"),
        ("record list", "id kind on performer production about by says"),
        ("rules list", "pack rules gaps unchecked from until review_expires"),
        ("rules list us-ny", "rule grade title"),
        ("search okafor", "kind id name where says whose"),
    ],
)
def test_the_keys_of_lists_are_stable_and_documented(registry: Registry, checkout: Path, typed: str, keys: str) -> None:
    registry("use add examples/uses/stunt.yaml")
    lines = registry(f"{typed} --jsonl").out.splitlines()
    assert lines
    assert {" ".join(json.loads(line)) for line in lines} == {keys}
    assert registry(f"{typed} --json").out.splitlines() == lines
    header, *rows = registry(f"{typed} --csv").out.splitlines()
    assert header.replace(" ", "_").split(",") == keys.split()
    assert len(rows) == len(lines)
    page = (checkout / "docs" / "formats.md").read_text(encoding="utf-8")
    command = typed.replace("us-ny", "PACK").replace("okafor", "WORDS")
    assert f"| `{command}` | {', '.join(keys.split()).replace('_', ' ')} |" in page


def _options() -> Iterator[tuple[str, str]]:
    for path, command, ctx in EVERY:
        for option in tree.options(command, ctx):
            yield path, max(option.opts, key=len)


def test_the_manual_page_has_every_command_and_option() -> None:
    plain = "\n".join(man.page()).replace(r"\-", "-")
    sections = dict(re.findall(r"^\.SS (.*)\n((?:(?!\.S[SH]).*\n)*)", plain + "\n", re.MULTILINE))
    assert {path for path, _, _ in EVERY} - {"registry"} == set(sections)
    missing = [(path, name) for path, name in _options() if path in sections and name not in sections[path]]
    assert not missing


def test_the_manual_page_is_set_without_a_warning() -> None:
    lines = man.page()
    known = (".TH ", ".SH ", ".SS ", ".TP", ".B ", ".PP", ".nf", ".fi")
    assert all(line.isascii() for line in lines)
    assert all(line.startswith(known) for line in lines if line.startswith((".", "'")))
    groff = shutil.which("groff")
    if groff is not None:
        typed = [groff, "-man", "-Tutf8", "-ww"]
        done = subprocess.run(typed, input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
        assert done.stderr == ""


def test_the_page_of_commands_is_what_the_commands_say(checkout: Path) -> None:
    spec = util.spec_from_file_location("command_line_page", checkout / "scripts" / "command_line_page.py")
    assert spec is not None
    assert spec.loader is not None
    script = util.module_from_spec(spec)
    spec.loader.exec_module(script)
    written = script.PAGE.read_text(encoding="utf-8")
    assert script.page(written) == written, "run python scripts/command_line_page.py"


@pytest.fixture
def completed(registry: Registry, tmp_path: Path, checkout: Path) -> Any:
    """What bash completes a line to, with the script sourced."""
    registry("use add examples/uses/stunt.yaml")
    program = tmp_path / "registry"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{checkout / "cli.py"}" "$@"\n')
    program.chmod(0o755)
    script = registry("completion bash").out
    environ = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "REGISTRY_HOME": str(tmp_path)}

    def complete(line: str) -> list[str]:
        words = line.split(" ")
        quoted = " ".join(f"'{word}'" for word in words)
        call = (
            f"{script}\nCOMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _registry\n"
            'printf "%s\\n" "${COMPREPLY[@]}"'
        )
        done = subprocess.run(
            ["bash", "-c", call], capture_output=True, text=True, check=True, env=environ, cwd=tmp_path
        )
        assert done.stderr == ""
        return done.stdout.split()

    return complete


def test_bash_completes_commands_options_ids_words_and_files(completed: Any) -> None:
    assert completed("registry perf") == ["performer"]
    assert completed("registry performer s") == ["show"]
    assert completed("registry performer show o") == ["okafor"]
    assert completed("registry consent list --performer ")[:2] == ["bell", "marsh"]
    assert completed("registry check --act dub") == ["dub"]
    assert completed("registry check --perf") == ["--performer"]
    assert completed("registry record ruling u-") == ["u-41-fall"]
    assert completed("registry rules show TVT23-NOTI") == ["TVT23-NOTICE-1"]
    assert completed("registry import exam") == ["examples"]
    assert completed("registry nothing ") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_a_script_that_asks_the_program(empty: Registry, shell: str) -> None:
    ran = empty(f"completion {shell}")
    assert (ran.status, ran.err) == (0, "")
    assert "completion answer --" in ran.out


def _examples() -> Iterator[tuple[str, list[str]]]:
    """Every example of every help: the command it stands with, and the words up to a pipe or a redirection."""
    for path, command, _ in EVERY:
        for line in (command.epilog or "").replace("\\\n", " ").splitlines():
            words = shlex.split(re.split(r"\s(?:\||>{1,2}|<)\s", line)[0])
            if words[0] == "registry":
                yield path, words[1:]


@pytest.mark.parametrize(
    "path, words", list(_examples()), ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_every_example_is_typed_as_the_command_takes_it(path: str, words: list[str]) -> None:
    command, ctx, args = tree.front(), None, hoisted(words)
    name = "registry"
    while True:
        ctx = command.make_context(name, list(args), parent=ctx, resilient_parsing=hasattr(command, "commands"))
        if not hasattr(command, "list_commands"):
            break
        rest = [*ctx._protected_args, *ctx.args]
        assert rest, f"{path}: {words}"
        name, args = rest[0], rest[1:]
        command = command.get_command(ctx, name)
        assert command is not None, f"{path}: {words}"
