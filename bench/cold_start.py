"""How long one cold `registry check` takes, against importing the three libraries it stands on.

Both are started anew, in turns, in the same run; what is printed is processor time and the ratio of the medians. The
registry has 1,000 consents of 1,000 performers besides the example world.

    .venv/bin/python bench/cold_start.py [ROUNDS]
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
REGISTRY = [sys.executable, str(TOP / "cli.py")]
PEER = [sys.executable, "-c", "import typer, sqlalchemy, cel_expr_python"]
CHECK = [*REGISTRY, "check", "--file", str(TOP / "examples" / "uses" / "stunt.yaml")]
CONSENTS = 1_000


def crowd() -> str:
    """A registry file with a thousand performers and a consent of each."""
    people = [f"  - {{id: p-{n}, legal_name: Person {n}, born: 1990-01-01}}" for n in range(CONSENTS)]
    papers = [
        f"  - {{id: c-{n}, performer: p-{n}, grantor: {{capacity: self}}, signed_at: 2026-01-05T10:00:00-08:00, "
        f"grants: [{{clause: '1', acts: [use_replica], elements: [likeness], productions: [harbor], purposes: [final], "
        f"description: Scene {n}.}}]}}"
        for n in range(CONSENTS)
    ]
    return "\n".join(["format: consent-registry/1", "performers:", *people, "consents:", *papers, ""])


def seconds(command: list[str], folder: Path) -> float:
    """The processor time of one fresh process, its start-up included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    os.environ.setdefault("REGISTRY_BY", "bench")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "crowd.yaml").write_text(crowd(), encoding="utf-8")
        subprocess.run([*REGISTRY, "init"], cwd=folder, check=True, capture_output=True)
        files = [str(TOP / "examples" / "world.yaml"), "crowd.yaml"]
        subprocess.run([*REGISTRY, "import", *files], cwd=folder, check=True, capture_output=True)
        pairs = [(seconds(CHECK, folder), seconds(PEER, folder)) for _ in range(rounds)]
    check, peer = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"check {check * 1000:.0f} ms, imports {peer * 1000:.0f} ms of processor time, medians of {rounds}")
    print(f"ratio {check / peer:.2f}")


if __name__ == "__main__":
    main()
