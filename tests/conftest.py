"""What every test shares: a plain surrounding, and Hypothesis set to be repeatable."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# `repeatable` is what the suite and CI use: the same examples every time, no clock in the outcome.
# `search` looks further, with new examples at each run: pytest --hypothesis-profile=search tests/properties.
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("search", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def plain_surrounding(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test: no registry of the developer's, no colour, eighty columns, UTC."""
    for name in ("HOME", "DATABASE", "CACHE", "KEYS", "COMPANY", "BY"):
        monkeypatch.delenv(f"REGISTRY_{name}", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of the checkout."""
    return Path(__file__).resolve().parent.parent
