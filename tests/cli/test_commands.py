"""Every command: its help has an example and fits eighty columns; what cannot be acted on is told in our words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer.main import get_command

from registry.cli.front import COMMANDS, WORK, app, hoisted
from registry.cli.output import columns
from tests.cli.conftest import Registry


def every_command() -> Iterator[tuple[str, ...]]:
    """Every command that can be typed: `("check",)`, `("record", "ruling")`."""
    front = get_command(app)
    for name in COMMANDS:
        command = front.get_command(None, name)  # type: ignore[attr-defined]
        verbs = getattr(command, "commands", None)
        yield from ((name, verb) for verb in verbs) if verbs else ((name,),)


@pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS), *every_command()], ids=" ".join)
def test_help_has_an_example_and_fits_eighty_columns(empty: Registry, words: tuple[str, ...]) -> None:
    ran = empty(" ".join([*words, "--help"]))
    assert ran.status == 0
    assert ran.err == ""
    assert "\nExample" in ran.out
    example = ran.out.partition("\nExample")[2]
    assert f"  registry {' '.join(words)}".rstrip() in example
    too_wide = [line for line in ran.out.splitlines() if columns(line) > 80]
    assert not too_wide


def test_a_question_stays_one_in_a_list_of_commands(empty: Registry) -> None:
    assert "  list        Which pictures are on file?\n" in empty("production --help").out


def test_the_table_of_commands_says_what_the_commands_say_they_are(empty: Registry) -> None:
    front = empty("--help").out
    for name, summary in COMMANDS.items():
        assert f"  {name} " in front
        assert " ".join(summary.split()) in " ".join(front.split())


def test_typing_nothing_says_what_can_be_done_and_is_no_success(empty: Registry) -> None:
    ran = empty("")
    assert (ran.status, ran.err) == (2, "")
    assert ran.out == (
        "May we do this, with this person, on this picture, on this date?\n"
        "\n"
        " Start a registry here      registry init\n"
        " Read what the office has   registry import FILE\n"
        " Begin with an empty sheet  registry template cast > cast.csv\n"
        "\n"
        "There is no registry in HOME yet.\n"
        "registry --help    shows every command\n"
    )
    empty("init")
    assert empty("").out == (
        "May we do this, with this person, on this picture, on this date?\n"
        "\n"
        " Ask about one use                registry check --ask\n"
        " Clear a day of shooting          registry clear PRODUCTION --day DAY\n"
        " Look somebody or something up    registry search NAME\n"
        " Write down what happened         registry record --help\n"
        " See what is owed, and what ends  registry due, registry expiring\n"
        "\n"
        "The registry is HOME/registry.db.\n"
        "registry --help    shows every command\n"
    )


def test_an_empty_registry_says_what_fills_it(empty: Registry) -> None:
    empty("init")
    ran = empty("performer list")
    assert (ran.status, ran.out) == (0, "Nobody is on file yet.\n")
    assert ran.err.startswith("registry import FILE    reads people, productions and consents")


def test_every_command_has_its_place_in_the_work() -> None:
    placed = [name for names in WORK.values() for name in names.split()]
    assert len(placed) == len(set(placed))
    assert set(COMMANDS) <= set(placed)


def test_the_version(empty: Registry) -> None:
    ran = empty("--version")
    assert ran.status == 0
    assert ran.out.startswith("registry 0.")


@pytest.mark.parametrize(
    "typed, problem, remedy",
    [
        ("chek", "registry has no command chek; did you mean check?", "registry --help    lists them"),
        ("performer sow x", "registry performer has no command sow; did you mean show?", "registry performer --help"),
        ("record ruleing", "registry record has no command ruleing; did you mean ruling?", "registry record --help"),
        ("check --fil x", "registry check has no option --fil; did you mean --file?", "registry check --help"),
        ("check --production", "Option '--production' requires an argument.", "registry"),
        ("cure", "registry cure needs USE.", "registry cure --help    shows an example"),
        (
            "record ruling u q yes --capacity counsel",
            "registry record ruling needs --because.",
            "registry record ruling --help",
        ),
        ("use add", "registry use add needs FILE.", "registry use add --help"),
        ("verify a.pdf b.pdf", "registry verify takes no b.pdf here.", "registry verify --help"),
    ],
)
def test_a_slip_of_the_fingers_is_told_and_mended(empty: Registry, typed: str, problem: str, remedy: str) -> None:
    ran = empty(typed)
    assert (ran.status, ran.out) == (2, "")
    said, typable = ran.err.splitlines()
    assert said == problem
    assert typable.startswith(remedy)


def test_options_of_the_registry_may_stand_anywhere() -> None:
    assert hoisted(["check", "--registry", "harbor", "u-1", "--debug"]) == [
        "--registry", "harbor", "--debug", "check", "u-1",
    ]  # fmt: skip
    assert hoisted(["check", "--registry=harbor"]) == ["--registry=harbor", "check"]
    assert hoisted(["record", "--", "--debug"]) == ["record", "--", "--debug"]


def test_no_registry_names_the_command_that_makes_one(empty: Registry) -> None:
    ran = empty("performer list")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "There is no registry in HOME/registry.db.\n"
        "registry init    starts one there\n"
        "registry --registry DIR …    opens one elsewhere; REGISTRY_HOME=DIR does too\n"
    )
    empty("--registry harbor init")
    assert empty("performer list").err.endswith("registry --registry harbor …    opens the one in HOME/harbor\n")


def test_a_crash_is_one_plain_line_and_no_answer(empty: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("registry.cli.run.Settings.load", broken)
    ran = empty("performer list")
    assert (ran.status, ran.out) == (70, "")
    assert ran.err == (
        "The program itself failed; this is not an answer about the use.\n"
        "registry --debug performer list    shows where\n"
    )
    assert "KeyError: 'x'" in empty("--debug performer list").err


def test_an_interrupt_is_130(empty: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("registry.cli.run.Settings.load", interrupted)
    assert empty("performer list").status == 130
