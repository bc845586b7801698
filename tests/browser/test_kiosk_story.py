"""The rider of the story, signed in person in a real browser with the program as people start it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.conftest import Visitor
from tests.browser.tablet import TABLET, decides, draw, reads, send


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Path:
    """A registry with the example world, and the rider that `cure` drafts for the dance in scene 60, sealed."""
    made = tmp_path_factory.mktemp("prepared")
    (made / "passphrase").touch(mode=0o600)
    (made / "passphrase").write_text("a passphrase of the story\n", encoding="utf-8")
    (made / "copies").mkdir()
    shutil.copytree(checkout / "examples", made / "examples")
    typed(made, "init", "--by", "T. Albright", "--company", "Harbor Light Productions LLC")
    typed(made, "keys init --passphrase-file passphrase")
    typed(made, "import examples/world.yaml")
    typed(made, "use add examples/uses/duet.yaml")
    typed(made, "check u-60-duet", status=1)
    typed(made, "cure u-60-duet --rider")
    typed(made, f"sign {RIDER} --seal --passphrase-file passphrase")
    return made


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path, dirs_exist_ok=True))


RIDER = "rider-u-60-duet.pdf"
PROGRAM = [sys.executable, str(Path(__file__).resolve().parents[2] / "cli.py")]


def typed(folder: Path, words: str, *more: str, status: int = 0) -> str:
    ran = subprocess.run([*PROGRAM, *words.split(), *more], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == status, ran.stdout + ran.stderr
    return ran.stdout


@contextmanager
def seated(folder: Path, more: str = "") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program as it waits for people to sign, and the link it shows."""
    words = f"sign {RIDER} --kiosk --no-browser --passphrase-file passphrase {more}".split()
    with subprocess.Popen(
        [*PROGRAM, *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        try:
            assert program.stderr is not None
            said = program.stderr.readline()
            assert said == "To sign here: performer and company. The link opens once, on this machine only.\n"
            yield program, program.stderr.readline().strip()
        finally:
            program.kill()


def test_the_rider_signed_here_clears_the_use_in_a_registry_that_never_saw_it(
    folder: Path, visit: Visitor, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The job of the product, signed in person: refused, a rider, two people at one tablet, verified, taken in."""
    with seated(folder, "--copy-to copies --by Reyes --evidence place=Burbank") as (program, link):
        page = visit(link, **TABLET).page
        reads(page)
        decides(page)
        page.locator("#drawn").tap()
        page.locator("#board").scroll_into_view_if_needed()
        draw(page, [(0.1, 0.5), (0.3, 0.2), (0.5, 0.8), (0.9, 0.3)])
        send(page, "sign")
        send(page, "next")
        reads(page)
        send(page, "decide")
        page.fill("#name", "T. Albright")
        send(page, "sign")
        send(page, "finish")
        page.wait_for_selector("text=The signing is finished")
        out, err = program.communicate(timeout=30)
        assert (program.returncode, err) == (0, "")
    assert out.splitlines()[0].startswith("UNCHANGED, NOT CLOSED   consent rider-u-60-duet")
    assert out.splitlines()[1] == f" registry sign {RIDER} --close"
    copies = sorted(file.name for file in (folder / "copies").iterdir())
    assert copies == ["rider-u-60-duet.company.pdf", "rider-u-60-duet.performer.pdf"]
    typed(folder, f"sign {RIDER} --close --passphrase-file passphrase")
    proof = typed(folder, f"verify {RIDER}")
    assert proof.startswith("COMPLETE AND UNCHANGED")
    typed(folder, f"import {RIDER}")
    assert typed(folder, "check u-60-duet").startswith("CONDITIONAL")
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(folder / "examples", other / "examples")
    for file in [folder / RIDER, *folder.glob("*.evidence.json")]:
        shutil.copy(file, other)
    typed(other, "init", "--by", "T. Albright", "--company", "Elsewhere Pictures")
    typed(other, "import examples/world.yaml")
    typed(other, "use add examples/uses/duet.yaml")
    typed(other, "check u-60-duet", status=1)
    typed(other, f"import {RIDER} --trust {folder}/keys/root.pem --trust {folder}/keys/time.pem")
    assert typed(other, "check u-60-duet").startswith("CONDITIONAL")


def test_stopped_at_the_keyboard_nothing_is_half_signed(folder: Path, visit: Visitor) -> None:
    before = (folder / RIDER).read_bytes()
    with seated(folder) as (program, link):
        reads(visit(link, **TABLET).page)
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=30)
    assert program.returncode == 130
    assert err == "Stopped. Nobody signed. Nothing is half signed.\n"
    assert out.startswith("UNCHANGED, 0 OF 2 SIGNED")
    assert (folder / RIDER).read_bytes() == before


def test_who_leaves_is_said_at_the_terminal(folder: Path, visit: Visitor) -> None:
    with seated(folder) as (program, link):
        page = visit(link, **TABLET).page
        reads(page)
        send(page, "leave")
        send(page, "leave_now")
        page.wait_for_selector("text=You have not signed")
        _, err = program.communicate(timeout=30)
    assert (program.returncode, err) == (3, "performer did not sign, and nothing was recorded of it.\n")
    assert not list(folder.glob("*.evidence.json"))
