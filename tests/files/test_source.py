"""Text into nodes: the core schema of YAML 1.2, JSON, lines, and files meant to do harm."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.world import World
from registry.errors import FileError
from registry.files.registry_file import write_registry
from registry.source import MOST_CHARACTERS, Node, nearest, plain_value, read
from registry.source.composing import compose
from registry.source.plain import read_plain
from tests.files.harbor import HARBOR
from tests.files.worlds import worlds


def bare(node: Node) -> Any:
    """A node as plain values."""
    if isinstance(node.value, dict):
        return {key: bare(item) for key, item in node.value.items()}
    if isinstance(node.value, list):
        return [bare(item) for item in node.value]
    return node.value


def problem(text: str) -> str:
    with pytest.raises(FileError) as caught:
        read(text, "f.yaml")
    (line,) = caught.value.lines()[1:]
    return line.strip()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"), ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("y", "y"), ("true", True),
        ("False", False), ("null", None), ("~", None), ("", None), ("Null", None), ("0", 0), ("-17", -17),
        ("010", 10), ("0o17", 15), ("0x1F", 31), ("1e3", 1000.0), ("1.50", 1.5), (".5", 0.5), ("-.inf", float("-inf")),
        ("12:30", "12:30"), ("1_000", "1_000"), ("2026-09-14", "2026-09-14"), ("1/3", "1/3"), ("0b1", "0b1"),
        ("2026-09-14T09:00:00-07:00", "2026-09-14T09:00:00-07:00"), (".", "."), ("-", "-"), ("+", "+"), ("e3", "e3"),
        ("5.00 USD", "5.00 USD"), ("=", "="), ("<<", "<<"), ("0x", "0x"), ("1" * 401, "1" * 401),
        ("1e999", float("inf")),
    ],
)  # fmt: skip
def test_the_core_schema(text: str, value: object) -> None:
    assert plain_value(text) == value
    assert type(plain_value(text)) is type(value)


def test_lines_columns_and_what_was_written() -> None:
    node = read('a: NO\nb:\n  - "4"\n  - 1.50\n  - {c: x}\nd: |\n  two\n  lines\ne:\n', "f")
    assert isinstance(node.value, dict)
    a, b, d, e = (node.value[key] for key in "abde")
    assert (a.value, a.raw, a.line, a.quoted, a.column) == ("NO", "NO", 1, False, 4)
    assert isinstance(b.value, list)
    assert (b.at, b.line) == (2, 3)
    assert [(item.value, item.raw, item.line, item.quoted) for item in b.value[:2]] == [
        ("4", "4", 3, True),
        (1.5, "1.50", 4, False),
    ]
    assert bare(b.value[2]) == {"c": "x"}
    assert (d.value, d.at) == ("two\nlines\n", 6)
    assert (e.value, e.at) == (None, 9)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "line 3  a  written twice; first on line 1: keep one"),
        ("a:\n - b: 1\n   b: 2\n", "line 3  a[0].b  written twice; first on line 2: keep one"),
        ('{"a": 1, "a": 2}', "line 1  a  written twice; first on line 1: keep one"),
        ("a:\n\tb: 1\n", "line 2  a tab; indent with spaces"),
        ("a: b: c\n", "line 1  `: ` inside a value; put the value in quotes"),
        ('a: "x\nb: 1\n', "line 3  the end of the file inside quotes; close them"),
        ("a: [1, 2\nb: 3\n", "line 2  brackets that are not closed; look for a missing `]`, `}` or `,`"),
        ("a: 1\n b: 2\n", "line 2  `: ` inside a value; put the value in quotes"),
        ("a:\n  - b\n - c\n", "line 3  indentation that fits no line above; line it up with its neighbours"),
        ("a: &x [*x]\n", "line 1  alias *x of nothing above it; write the value out"),
        ("a: *y\n", "line 1  alias *y of nothing above it; write the value out"),
        ("--- a\n--- b\n", "line 2  a second document; write one document a file, without `---`"),
        ("a: !!python/object:os.system x\n", "line 1  a tag (tag:yaml.org,2002:python/object:os.syste); "
                                             "write the value without it"),
        ("? [a]\n: b\n", "line 1  a list or mapping as a key; a key is a word"),
        ("a: @b\n", "line 1  a value that starts with @; put it in quotes"),
        ("a: - b\n", "line 1  `- ` on the line of its key; begin the list on the next line"),
        ("a: \x07\n", "line 1  a control character, which no text may hold; take it out"),
        ("a: b\x00\n", "line 1  a control character, which no text may hold; take it out"),
        ("a\nb: 1\n", "line 2  `: ` inside a value; put the value in quotes"),
    ],
)  # fmt: skip
def test_faults_of_the_text_itself(text: str, said: str) -> None:
    assert problem(text) == said


def test_a_mark_at_the_beginning_and_windows_lines_are_fine() -> None:
    assert bare(read("\ufeffa: 1\r\nb: [x, y]\r\n", "f")) == {"a": 1, "b": ["x", "y"]}


def test_a_small_alias_is_its_value() -> None:
    assert bare(read("a: &x {b: [1, 2]}\nc: *x\n", "f")) == {"a": {"b": [1, 2]}, "c": {"b": [1, 2]}}


def test_an_alias_bomb_goes_off_nowhere() -> None:
    lines = ["a: &a [1,1,1,1,1,1,1,1,1,1]"]
    lines += [f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 10)}]" for n in range(20)]
    assert "aliases that stand for more than 100,000 values" in problem("\n".join(lines))


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "\n".join(" " * n + "a:" for n in range(200))])
def test_depth_has_an_end(text: str) -> None:
    assert "nested more than 64 deep" in problem(text)


def test_size_has_an_end_and_says_so() -> None:
    text = "a" * (MOST_CHARACTERS + 1)
    assert problem(text) == "67,108,865 characters; a file has at most 67,108,864: split it"


def test_a_value_of_ten_megabytes_is_read_in_a_breath() -> None:
    spaces = " " * 3_000_000
    for text in (
        "a: " + "x" * 10_000_000,
        'a: "' + "x" * 10_000_000 + '"',
        "a: " + "1" * 10_000_000,
        f"a: x{spaces}y # z",
        f"a: {{b: x{spaces}}}{spaces}# z",
        "a: " + "x " * 3_000_000 + "x",
        "a:\n  - " + "x " * 3_000_000 + "x",
    ):
        began = time.process_time()
        node = read(text, "f")
        assert time.process_time() - began < 3
        assert isinstance(node.value, dict)
        assert node.value["a"].value


_KEYS = st.text("abcdefgh_", min_size=1, max_size=6)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(_KEYS, _JSON, min_size=1, max_size=4), st.sampled_from([None, 1, 2]))
def test_any_json_is_read_as_json_means_it(value: dict[str, Any], indent: int | None) -> None:
    assert bare(read(json.dumps(value, indent=indent), "f")) == value


@given(st.text(st.sampled_from("ab: -\n{}[],\"'#&*!|>%@`?~0.19yesNO\t"), max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        assert isinstance(read(text, "f"), Node)
    except FileError as error:
        told = [fault.problem for fault in error.faults]
        assert told and all(told)  # noqa: PT018 (either way is right)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("act", "acts"), ("okfor", "okafor"), ("legalname", "legal_name"), ("Legal-Name", "legal_name"),
        ("signed", "signed_at"), ("purpose", "purposes"), ("theatre", "theatrical"), ("zzz", None), ("", None),
        ("x" * 65, None), ("okafro", "okafor"), ("a", None),
    ],
)  # fmt: skip
def test_did_you_mean(word: str, meant: str | None) -> None:
    known = ["acts", "elements", "okafor", "legal_name", "signed_at", "purposes", "theatrical"]
    assert nearest(word, known) == meant


def test_between_several_that_begin_alike_nothing_is_guessed() -> None:
    assert nearest("sag-aftra", ["sag-aftra-dubbing", "sag-aftra-interactive"]) is None


def test_the_yaml_reader_is_loaded_when_something_is_read() -> None:
    code = "import sys, registry.source; print('ruamel.yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


_PIECES = st.sampled_from(
    [
        "a: ", "b:", "- ", "-", "\n", "\n  ", "\n- ", "\n  - ", "NO", "1.50", "x y", '"q"', "'s'", "[", "]", "{", "}",
        ", ", "{a: b}", "[x, 'y']", " #c", "#", ": ", ":", "|", ": |\n  ", ": >-\n  ", "é", '"\\u00e9"', "?", "&a ",
        "*a", "!t ", "~", "2026-09-14T09:00:00-07:00", "---\n", "\r\n", "\t",
    ]
)  # fmt: skip


@settings(max_examples=1500)
@given(st.lists(_PIECES, max_size=14).map("".join))
def test_what_the_fast_reader_reads_the_whole_one_reads_the_same(text: str) -> None:
    node = read_plain(text)
    if node is not None:
        assert compose(text) == (node, [])


@given(worlds())
@settings(max_examples=20)
def test_what_we_write_is_plain(world: World) -> None:
    text = write_registry(world)
    assert "\\U" in text or compose(text) == (read_plain(text), [])


def test_what_people_write_is_plain() -> None:
    node = read_plain(HARBOR)
    assert node is not None
    assert compose(HARBOR) == (node, [])
