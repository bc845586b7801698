"""Passphrases: what is said where none is given, and where one is given in two ways."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from registry.cli.secrets import secret
from registry.errors import UsageError

OPTIONS = "--passphrase-fd N or --passphrase-file FILE"


def test_nobody_is_there_to_type_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(UsageError) as refused:
        secret("the registry's keys", fd=None, file=None, options=OPTIONS)
    assert refused.value.lines() == [
        "Nobody is there to type the passphrase of the registry's keys.",
        "add --passphrase-fd N or --passphrase-file FILE",
    ]


def test_one_that_is_given_twice(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        secret("token keys", fd="3", file=str(tmp_path / "secret"), options=OPTIONS)
    assert refused.value.lines() == [
        "The passphrase of token keys is given twice.",
        "leave out --passphrase-file FILE",
    ]
