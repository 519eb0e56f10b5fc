"""YAML is read as the lesson format means it, and what could do harm is refused at its line."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from classroom.content.problems import Problems
from classroom.content.records import DEEPEST, Record, Value, read_record


def read(text: str) -> tuple[Record | None, list[str]]:
    problems = Problems()
    record = read_record(text, "x.yaml", problems)
    return record, [str(problem) for problem in problems.in_order()]


def data_of(text: str) -> Value:
    record, faults = read(text)
    assert faults == []
    assert record is not None
    return record.data


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("1.10", "1.10"),
        ("2026-11-24", "2026-11-24"),
        ("0123", "0123"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("<<", "<<"),
        ("19", 19),
        ("-3", -3),
        ('"19"', "19"),
        ("true", True),
        ("false", False),
        ('"true"', "true"),
        ("null", None),
        ("~", None),
        ("", None),
        ("99999999999999999999", "99999999999999999999"),
    ],
)
def test_a_plain_word_means_what_the_format_says(text: str, value: Value) -> None:
    assert data_of(f"a: {text}") == {"a": value}


def test_keys_are_always_words() -> None:
    assert data_of("true: a\n1: b\n~: c") == {"true": "a", "1": "b", "~": "c"}


def test_every_value_knows_its_line() -> None:
    record, _ = read("a: 1\nb:\n  - c: x\n    d: [1,\n      2]\n  - e\n")
    assert record is not None
    assert record.data == {"a": 1, "b": [{"c": "x", "d": [1, 2]}, "e"]}
    paths = [("a",), ("b",), ("b", 0), ("b", 0, "c"), ("b", 0, "d"), ("b", 0, "d", 1), ("b", 1)]
    assert [record.lines.at(*path) for path in paths] == [1, 2, 3, 3, 4, 5, 6]


def test_a_path_that_is_not_there_has_the_line_around_it() -> None:
    record, _ = read("a: 1\nb:\n  - c: x\n")
    assert record is not None
    assert record.lines.at("b", 0, "nothing") == 3
    assert record.lines.under("b").at("union-tag", 0, "c") == 3


def test_lines_before_the_text_are_counted() -> None:
    problems = Problems()
    read_record("a: 1\na: 2", "x.yaml", problems, lines_before=10)
    assert [problem.line for problem in problems.in_order()] == [12]


BOMB = "a: &a [x, x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(9))


def test_the_bomb_goes_off_in_a_reader_that_follows_aliases() -> None:
    assert len(json.dumps(yaml.safe_load(BOMB))) > 10 * len(BOMB)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (BOMB, "x.yaml:1: Anchors (&name) are not allowed; write the value where it belongs."),
        ("a: 1\nb: *a", "x.yaml:2: Aliases (*name) are not allowed; write the value again."),
        ("a: 1\nb: !!python/object:os.system x", "x.yaml:2: Tags (!name) are not allowed; write the plain value."),
        ("a: !!set {x, y}", "x.yaml:1: Tags (!name) are not allowed; write the plain value."),
        ("a: 1\n\na: 2", "x.yaml:3: The key `a` stands twice; leave one."),
        ("a:\n  b: 1\n  b: 2", "x.yaml:3: The key `b` stands twice; leave one."),
        ("? [a, b]\n: 1", "x.yaml:1: A key must be a word, not a list or a mapping."),
        ("a: 1\n---\nb: 2", "x.yaml:2: A second document begins here (---); leave one."),
        ("[" * 50, f"x.yaml:1: The nesting is deeper than {DEEPEST} levels."),
        ("a: [1", "x.yaml:2: This is not YAML: did not find expected ',' or ']'."),
        ("a: 1\n\tb: 2", "x.yaml:2: This is not YAML: found a tab character that violates indentation."),
        ('a: 1\nb: "x\\ud800"', "x.yaml:2: This is not YAML: found invalid Unicode character escape code."),
        ("a: 1\nb: \x01", "x.yaml:2: This is not YAML: control characters are not allowed."),
    ],
)
def test_what_is_not_plain_yaml_is_refused_at_its_line(text: str, fault: str) -> None:
    record, faults = read(text)
    assert (record, faults) == (None, [fault])


def test_an_empty_file_holds_nothing() -> None:
    assert data_of("") is None


KEYS = st.text("abก", min_size=1, max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | st.text("abกข: #-[]{}\"'\n", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_what_is_written_as_json_is_read_as_the_same(value: Value) -> None:
    assert data_of(json.dumps(value, ensure_ascii=False)) == value


@given(st.text(st.sampled_from("ab:-[]{}&*!|>\"'#%@`, \n\t\\กๆ\u2028\x85"), max_size=40))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    record, faults = read(text)
    assert (record is None) == (faults != [])
