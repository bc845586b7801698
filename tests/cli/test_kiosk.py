"""`sign --kiosk` at the terminal: what it refuses before anybody is asked to read."""

from __future__ import annotations

import socket

import pytest

from tests.cli.conftest import Registry

PDF = "rider-u-60-duet.pdf"


@pytest.fixture
def drafted(registry: Registry) -> Registry:
    assert registry("keys init").status == 0
    assert registry("use add examples/uses/duet.yaml").status == 0
    assert registry("cure u-60-duet --rider").status == 0
    return registry


@pytest.mark.parametrize(
    ("option", "named"),
    [
        ("--initials AO", "--initials"),
        ("--decline 1", "--decline"),
        ("--name Ada", "--name"),
        ("--words Yes", "--words"),
        ("--seal", "--seal"),
        ("--own-key a.p12", "--own-key"),
    ],
)
def test_what_is_decided_on_the_pages_is_not_typed(empty: Registry, option: str, named: str) -> None:
    ran = empty(f"sign {PDF} --kiosk {option}")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"{named} is not for --kiosk: whoever signs decides on the pages.\nleave out {named}, or --kiosk\n"
    )


def test_a_folder_for_copies_has_to_be_there(empty: Registry) -> None:
    ran = empty(f"sign {PDF} --kiosk --copy-to copies")
    assert (ran.status, ran.err) == (2, "There is no folder copies for the copies.\nmkdir -p copies\n")


@pytest.mark.parametrize("given", ["ip=10.0.0.1", "copy_delivered_to=Ada", "electronic_form_agreed=yes", "reviewed=no"])
def test_what_the_pages_capture_is_not_typed(empty: Registry, given: str) -> None:
    ran = empty(f"sign {PDF} --kiosk --evidence {given}")
    key = given.partition("=")[0]
    said = f"--evidence {key} is not for --kiosk: the pages capture it, or nobody can know it yet."
    assert (ran.status, ran.err.splitlines()[0]) == (2, said)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--port 65536", "--port is a whole number from 0 to 65535, not 65536."),
        ("--port http", "--port is a whole number from 0 to 65535, not http."),
        ("--idle 0", "--idle is a whole number from 1 to 1440, not 0."),
        ("--idle -1", "--idle is a whole number from 1 to 1440, not -1."),
    ],
)
def test_what_is_no_number_is_said(empty: Registry, option: str, said: str) -> None:
    ran = empty(f"sign {PDF} --kiosk {option}")
    assert (ran.status, ran.err.splitlines()[0]) == (2, said)


def test_a_draft_is_not_signed(drafted: Registry) -> None:
    ran = drafted(f"sign {PDF} --kiosk --no-browser")
    said = f"{PDF} is not sealed yet; nobody signs before that.\nregistry sign {PDF} --seal\n"
    assert (ran.status, ran.err) == (2, said)


def test_who_comes_later_is_not_asked_first(drafted: Registry) -> None:
    drafted(f"sign {PDF} --seal")
    ran = drafted(f"sign {PDF} --kiosk --no-browser --field company")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("performer signs first: ")


def test_a_port_in_use_is_named(drafted: Registry) -> None:
    drafted(f"sign {PDF} --seal")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = drafted(f"sign {PDF} --kiosk --no-browser --port {port}")
    assert ran.err == f"Port {port} is in use on this machine.\nadd --port 0    takes a free one\n"


def test_what_everybody_signed_is_not_signed_again(drafted: Registry) -> None:
    drafted(f"sign {PDF} --seal")
    drafted(f"sign {PDF} --field performer --name 'Adaeze Okafor' --initials AO")
    drafted(f"sign {PDF} --field company --name 'T. Albright'")
    ran = drafted(f"sign {PDF} --kiosk --no-browser")
    assert ran.err == f"Everybody has signed {PDF}.\nregistry verify {PDF}\n"


def test_the_help_says_what_it_is(empty: Registry) -> None:
    said = empty("sign --help").out
    assert "registry sign rider.pdf --kiosk --copy-to copies" in said
    assert "docs/kiosk.md" in said
