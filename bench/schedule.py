"""How long a feature film's schedule takes: 5,000 planned uses against a registry of 1,000,000 consents.

What `registry clear` does is done: what the registry holds of the uses is loaded, and each of them is checked, with its
findings and cures. Sizes are measured in processes of their own, so that each has its own peak of memory; peers run on
the same machine in the same minutes, on what the schedule itself needs: the raw driver fetching the same rows, Cedar
deciding as many requests on as many facts, the CEL library evaluating the conditions of the rules that govern.

    .venv/bin/python bench/schedule.py [--consents N] [--uses N]
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from sqlalchemy import Engine, event  # noqa: E402

from bench import archive, peers  # noqa: E402
from bench.feature import NOW, RECORDED, Feature, feature  # noqa: E402
from registry.domain.use import Use  # noqa: E402
from registry.rules.catalogue import Catalogue, load_catalogue  # noqa: E402
from registry.services import checking  # noqa: E402
from registry.storage.store import Store  # noqa: E402

SHARES = (8, 4, 2, 1)  # of the schedule, smallest first
TARGET = "target: 5,000 verdicts in 2 s, under 500 MB"


def main() -> None:
    asked = _asked()
    film = feature(asked.uses)
    store = archive.registry(film, asked.consents, RECORDED)
    if asked.size:
        print(json.dumps(measured(store, film, asked.size)))
        return
    print(f"{asked.uses:,} planned uses, {asked.consents:,} consents on file; {TARGET}")
    print(
        f"{'uses':>6}{'load':>8}{'check':>8}{'CPU s':>8}{'wall s':>8}{'µs each':>9}{'statements':>12}{'peak MB':>9}"
        f"{'helper MB':>11}",
        flush=True,
    )
    rows = []
    for share in SHARES:
        row = _alone(asked, asked.uses // share)
        rows.append(row)
        each = row["wall"] / row["verdicts"] * 1e6
        print(
            f"{row['verdicts']:>6,}{row['load']:>8.2f}{row['check']:>8.2f}{row['cpu']:>8.2f}{row['wall']:>8.2f}"
            f"{each:>9.0f}{row['statements']:>12}{row['peak']:>9.0f}{row['helper']:>11.0f}",
            flush=True,
        )
    print("verdicts:", ", ".join(f"{word} {n:,}" for word, n in rows[-1]["words"].items()))
    for what, seconds, of in peers.all_of(store, film, load_catalogue(cache=archive.FOLDER), rows[-1]):
        print(f"{what}: {seconds:.2f} s; {of} is {rows[-1][of] / seconds:.1f} times that")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--consents", type=int, default=1_000_000)
    parser.add_argument("--uses", type=int, default=5_000)
    parser.add_argument("--size", type=int, help="measure so many uses in this process, and answer in JSON")
    return parser.parse_args()


def _alone(asked: argparse.Namespace, size: int) -> dict[str, Any]:
    """The measurements of one size, in a process of its own."""
    given = [f"--consents={asked.consents}", f"--uses={asked.uses}", f"--size={size}"]
    done = subprocess.run([sys.executable, __file__, *given], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measured(store: Store, film: Feature, size: int) -> dict[str, Any]:
    """Processor seconds of loading and checking, helpers included, wall seconds of both, statements sent, the peak of
    memory in MB: here, and of the helper that took most."""
    gc.set_threshold(500_000, 20, 100)  # as the command line has it
    catalogue = load_catalogue(cache=archive.FOLDER)
    uses = _first(film, size)
    before = time.perf_counter()
    with _statements() as sent:
        load, world = _timed(lambda: checking.load(store, uses))
    check, words = _timed(lambda: _words(catalogue, world, uses))
    return {
        "load": load,
        "check": check,
        "cpu": load + check,
        "wall": time.perf_counter() - before,
        "statements": len(sent),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "helper": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "verdicts": sum(words.values()),
        "words": dict(words.most_common()),
    }


def _words(catalogue: Catalogue, world: Any, uses: tuple[Use, ...]) -> Counter[str]:
    return Counter(v.verdict.value for v in checking.verdicts(world, uses, catalogue, now=NOW))


def _first(film: Feature, size: int) -> tuple[Use, ...]:
    """So many pairs of a use and a person, spread over the whole schedule."""
    step = max(1, sum(len(u.performers) or 1 for u in film.uses) // size)
    return film.uses[::step]


def _timed(do: Callable[[], Any]) -> tuple[float, Any]:
    before = _spent()
    found = do()
    return _spent() - before, found


def _spent() -> float:
    """Processor seconds of this process and of its helpers that have ended."""
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + helpers.ru_utime + helpers.ru_stime


@contextmanager
def _statements() -> Iterator[list[str]]:
    """Every statement sent meanwhile, but for what opens a connection or a transaction."""
    sent: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", listen)


if __name__ == "__main__":
    main()
