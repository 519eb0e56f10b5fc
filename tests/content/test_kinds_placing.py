"""Matching and ordering: what is taken from a form, and what it earns."""

from __future__ import annotations

from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from classroom.content.kinds import KINDS, Mark, UnknownAnswer
from classroom.content.model import Choice, Item

COMMON = {"id": "q1", "level": "analyse", "objective": "know-limits", "article": 19, "ask": "Which?"}
MATCHES = {"r1": "b", "r2": "a", "r3": "d"}
PLACES = {"a": "3", "b": "1", "c": "4", "d": "2"}


def item(kind: str, **own: Any) -> Item:
    return KINDS[kind].build(KINDS[kind].shape.model_validate(COMMON | {"kind": kind} | own), Markup)


MATCHING = item(
    "matching",
    rows=[{"id": row, "text": row, "match": match, "why": f"why {row}"} for row, match in MATCHES.items()],
    choices=[{"id": id_, "text": id_} for id_ in "abcde"],
)
ORDERING = item(
    "ordering", steps=[{"id": id_, "text": id_, "why": f"why {id_}"} for id_ in "abcd"], order=["b", "d", "a", "c"]
)

matching_answers = st.dictionaries(st.sampled_from(sorted(MATCHES)), st.sampled_from("abcde"))
ordering_answers = st.dictionaries(st.sampled_from("abcd"), st.sampled_from("1234"))


def take(of: Item, **rows: str) -> object:
    fields = {f"q1.{row}": [value] for row, value in rows.items()}
    return KINDS[of.question.kind].take(of.question, fields)


def mark(of: Item, answer: dict[str, str]) -> Mark:
    return KINDS[of.question.kind].mark(of.question, of.key, answer or None)


def is_complete(of: Item, answer: dict[str, str] | None) -> bool:
    return KINDS[of.question.kind].is_complete(of.question, answer)


# Matching


def test_matching_shows_rows_and_choices_in_the_authors_order() -> None:
    assert MATCHING.question.rows == tuple(Choice(row, Markup(row)) for row in ("r1", "r2", "r3"))
    assert MATCHING.question.choices == tuple(Choice(id_, Markup(id_)) for id_ in "abcde")
    assert MATCHING.key.matches == MATCHES
    assert MATCHING.key.whys == {row: Markup(f"why {row}") for row in MATCHES}


def test_rows_left_open_are_left_out() -> None:
    assert take(MATCHING, r3="c", r1="b", r2="") == {"r1": "b", "r3": "c"}


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        ({}, 0.0),
        ({"r1": "b"}, 1 / 3),
        ({"r1": "a", "r2": "b", "r3": "c"}, 0.0),
        ({"r1": "b", "r2": "a", "r3": "c"}, 2 / 3),
        ({"r1": "b", "r2": "b", "r3": "b"}, 1 / 3),
        (MATCHES, 1.0),
    ],
)
def test_matching_earns_its_right_rows_over_all_rows(answer: dict[str, str], earned: float) -> None:
    assert mark(MATCHING, answer).share == earned


def test_exactly_one_of_all_216_ways_to_match_is_right() -> None:
    ways = [dict(zip(MATCHES, way, strict=True)) for way in product(["", *"abcde"], repeat=3)]
    assert len(ways) == 216
    assert [way for way in ways if mark(MATCHING, way).is_right] == [MATCHES]


def test_each_row_is_judged_and_explained() -> None:
    judged = mark(MATCHING, {"r1": "b", "r2": "c"})
    assert judged.parts == {"r1": True, "r2": False, "r3": False}
    assert judged.why_ids == ("r1", "r2", "r3")


def test_half_filled_rows_are_not_complete() -> None:
    assert is_complete(MATCHING, {"r1": "e", "r2": "e", "r3": "e"})
    assert not is_complete(MATCHING, {"r1": "b", "r2": "a"})
    assert not is_complete(MATCHING, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"q1.r1": ["z"]},
        {"q1.r1": ["r2"]},
        {"q1.r1": ["a", "b"]},
        {"q1.r9": ["a"]},
        {"q1.r9": [""]},
        {"q1.": ["a"]},
        {"q1.r1.r2": ["a"]},
        {"q1.a": ["a"]},
        {"q1.r1": ["b"], "q1.r2": ["\ud800"]},
    ],
)
def test_a_forged_row_or_choice_is_refused(fields: dict[str, list[str]]) -> None:
    with pytest.raises(UnknownAnswer):
        KINDS["matching"].take(MATCHING.question, fields)


@given(answer=matching_answers, row=st.sampled_from(sorted(MATCHES)))
def test_one_more_row_matched_right_never_lowers_the_share(answer: dict[str, str], row: str) -> None:
    assert mark(MATCHING, answer | {row: MATCHES[row]}).share >= mark(MATCHING, answer).share


# Ordering


def test_ordering_shows_its_steps_as_rows_and_keeps_the_order_in_the_key() -> None:
    assert ORDERING.question.rows == tuple(Choice(id_, Markup(id_)) for id_ in "abcd")
    assert ORDERING.question.choices == ()
    assert ORDERING.key.order == ("b", "d", "a", "c")


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        ({}, 0.0),
        ({"b": "1"}, 0.25),
        ({"b": "1", "d": "2"}, 0.5),
        ({"a": "1", "b": "2", "c": "3", "d": "4"}, 0.0),
        ({"a": "3", "b": "2", "c": "4", "d": "1"}, 0.5),
        (PLACES, 1.0),
    ],
)
def test_ordering_earns_the_steps_at_their_place_over_all_steps(answer: dict[str, str], earned: float) -> None:
    assert mark(ORDERING, answer).share == earned


def test_exactly_one_of_the_24_orders_is_right() -> None:
    orders = [dict(zip("abcd", order, strict=True)) for order in permutations("1234")]
    assert [order for order in orders if mark(ORDERING, order).is_right] == [PLACES]


def test_a_place_given_to_two_steps_is_kept_but_counts_for_neither() -> None:
    assert take(ORDERING, b="1", a="1", d="2") == {"a": "1", "b": "1", "d": "2"}
    judged = mark(ORDERING, {"a": "1", "b": "1", "d": "2"})
    assert judged.parts == {"a": False, "b": False, "c": False, "d": True}


@pytest.mark.parametrize("position", list("1234"))
def test_the_same_number_everywhere_earns_nothing(position: str) -> None:
    assert mark(ORDERING, dict.fromkeys("abcd", position)).share == 0.0


def test_steps_without_a_position_make_the_answer_incomplete() -> None:
    assert is_complete(ORDERING, dict.fromkeys("abcd", "1"))
    assert not is_complete(ORDERING, {"a": "1", "b": "2", "c": "3"})
    assert not is_complete(ORDERING, None)


@pytest.mark.parametrize("position", ["0", "5", "-1", "01", "1.0", " 1", "๑", "²", "a", "9" * 5000, "\ud800"])
def test_a_position_that_the_page_does_not_offer_is_refused(position: str) -> None:
    with pytest.raises(UnknownAnswer):
        take(ORDERING, a=position)


def test_a_forged_step_is_refused() -> None:
    with pytest.raises(UnknownAnswer):
        take(ORDERING, a="1", z="2")


@given(answer=ordering_answers, step=st.sampled_from("abcd"))
def test_one_more_step_at_its_place_never_lowers_the_share(answer: dict[str, str], step: str) -> None:
    before = {other: place for other, place in answer.items() if other != step}
    assert mark(ORDERING, before | {step: PLACES[step]}).share >= mark(ORDERING, before).share
