"""`check --ask` with nothing typed: what is asked, how it is answered, and how it is left and taken up again."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Registry


def test_a_use_is_put_together_from_answers(registry: Registry) -> None:
    ran = registry("check --ask", typed="harb\n2\nAda Okafor\n\n2027-04-12\n")
    assert ran.status == 1
    assert ran.out.startswith("NOT CLEARED   this-use   Ada Okafor · use of replica · Harbor Light")
    assert "    1  harbor   Harbor Light\n" in ran.err
    assert "    3  okafor  Ada Okafor, Mara\n" in ran.err
    assert "    [okafor-scan-1] > " in ran.err
    assert "    Ada Okafor is performer okafor.\n" in ran.err
    assert "    use.at = 2027-04-12T00:00:00-07:00    now NOT CLEARED\n" in ran.err
    again = ran.err.splitlines()[-2]
    assert again == (
        "registry check --performer okafor --production harbor --act use_replica --replica okafor-scan-1"
        " --fact use.at=2027-04-12T00:00:00-07:00"
    )


def test_only_what_was_not_typed_is_asked(registry: Registry) -> None:
    ran = registry("check --production harbor --act dub --ask", typed="marsh\n")
    assert ran.err.startswith("\n ?  With whom? Or none.\n")
    assert "Leo Marsh · dubbing · Harbor Light" in ran.out
    assert "registry check --performer marsh --production harbor --act dub\n" in ran.err


def test_an_act_with_nobody_in_it_asks_for_nobody(registry: Registry) -> None:
    ran = registry("check --production harbor --act generate_material --ask")
    assert "With whom?" not in ran.err
    assert "Nobody is named" not in ran.err


@pytest.mark.parametrize(
    "typed, said",
    [
        ("harbro\nharbor\n", "    There is no production harbro on file; did you mean harbor?\n"),
        ("zzz\nharbor\n", "    Type a number, an id or a name. Ctrl-D leaves.\n"),
        ("7\nharbor\n", "    Type a number, an id or a name. Ctrl-D leaves.\n"),
        ("harbor\nuse_\n", "    use_ could be use_replica, use_synthetic.\n"),
    ],
)
def test_an_answer_that_cannot_be_used_is_asked_again(registry: Registry, typed: str, said: str) -> None:
    ran = registry("check --ask", typed=typed)
    assert said in ran.err
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith(
        "Nobody is there to answer.\nregistry check --production harbor --ask    goes on from here\n"
    )


def test_an_interrupt_says_how_to_go_on(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["harbor", "dub"])

    def typed(*_: object) -> str:
        try:
            return next(answers)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("registry.cli.opening.heard", typed)
    ran = registry("check --ask")
    assert (ran.status, ran.out) == (130, "")
    assert "registry check --production harbor --act dub --ask    goes on from here\n" in ran.err


def test_nobody_named_is_said_with_what_to_type(registry: Registry) -> None:
    ran = registry("check --production harbor --act use_replica")
    assert ran.status == 3
    assert ran.err == "Nobody is named: --performer ID, or --replica ID, says with whom.\n"
