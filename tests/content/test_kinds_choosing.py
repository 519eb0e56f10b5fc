"""One choice, several choices, true or false: what is taken from a form, and what it earns."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from classroom.content.kinds import KINDS, UnknownAnswer
from classroom.content.model import Choice, Item

COMMON = {"id": "q1", "level": "recall", "objective": "know-limits", "article": 19, "ask": "Which?"}
IDS = ("a", "b", "c", "d", "e")


def item(kind: str, **own: Any) -> Item:
    return KINDS[kind].build(KINDS[kind].shape.model_validate(COMMON | {"kind": kind} | own), Markup)


def choices(right: str) -> list[dict[str, Any]]:
    return [{"id": id_, "text": id_.upper(), "right": id_ in right, "why": f"why {id_}"} for id_ in IDS]


ONE = item("one-choice", choices=choices(right="c"))
SEVERAL = item("several-choices", choices=choices(right="bd"))
TRUE = item("true-false", answer=True, why={"true": "yes, because", "false": "no, because"})
FALSE = item("true-false", answer=False, why={True: "yes, because", False: "no, because"})

chosen_ids = st.sets(st.sampled_from(IDS)).map(lambda ids: tuple(sorted(ids)))


def share(of: Item, *chosen: str) -> float:
    return KINDS[of.question.kind].mark(of.question, of.key, chosen or None).share


# One choice


def test_one_choice_keeps_the_authors_order_and_the_whys() -> None:
    assert ONE.question.choices == tuple(Choice(id_, Markup(id_.upper())) for id_ in IDS)
    assert ONE.key.right == {"c"}
    assert ONE.key.whys == {id_: Markup(f"why {id_}") for id_ in IDS}


@pytest.mark.parametrize(("chosen", "earned"), [("a", 0.0), ("b", 0.0), ("c", 1.0), ("d", 0.0), ("e", 0.0)])
def test_only_the_right_choice_earns_the_point(chosen: str, earned: float) -> None:
    assert share(ONE, chosen) == earned


def test_a_wrong_choice_is_told_apart_from_those_left_and_from_the_one_missed() -> None:
    mark = KINDS["one-choice"].mark(ONE.question, ONE.key, ("a",))
    assert mark.parts == {"a": False, "b": True, "c": False, "d": True, "e": True}
    assert mark.why_ids == ("a", "c")


def test_the_right_choice_shows_its_own_why_alone() -> None:
    mark = KINDS["one-choice"].mark(ONE.question, ONE.key, ("c",))
    assert set(mark.parts.values()) == {True}
    assert mark.why_ids == ("c",)


def test_an_unanswered_choice_shows_the_why_of_the_right_one() -> None:
    mark = KINDS["one-choice"].mark(ONE.question, ONE.key, None)
    assert set(mark.parts.values()) == {False}
    assert mark.why_ids == ("c",)


def test_two_different_choices_where_one_fits_are_refused() -> None:
    with pytest.raises(UnknownAnswer):
        KINDS["one-choice"].take(ONE.question, {"q1": ["a", "c"]})


@pytest.mark.parametrize("forged", ["z", "A", " a", "a ", "a\x00", "q1", "true", "\ud800", "ก"])
@pytest.mark.parametrize("of", [ONE, SEVERAL], ids=["one", "several"])
def test_a_forged_choice_is_refused_with_a_sentence(of: Item, forged: str) -> None:
    with pytest.raises(UnknownAnswer) as refusal:
        KINDS[of.question.kind].take(of.question, {"q1": [forged]})
    assert refusal.value.status == 422
    assert refusal.value.says.startswith("คำตอบนี้ไม่มีในข้อคำถาม")


def test_one_forged_choice_among_real_ones_refuses_all() -> None:
    with pytest.raises(UnknownAnswer):
        KINDS["several-choices"].take(SEVERAL.question, {"q1": ["b", "z"]})


def test_choices_take_no_notice_of_fields_made_for_rows() -> None:
    assert KINDS["one-choice"].take(ONE.question, {"q1.a": ["c"], "q1": ["b"]}) == ("b",)


# Several choices


def test_choices_are_kept_in_the_authors_order_without_repeats() -> None:
    assert KINDS["several-choices"].take(SEVERAL.question, {"q1": ["d", "", "a", "d"]}) == ("a", "d")


@pytest.mark.parametrize(
    ("chosen", "earned"),
    [
        ("", 0.0),
        ("b", 0.5),
        ("bd", 1.0),
        ("a", 0.0),
        ("ab", 0.0),
        ("abd", 0.5),
        ("abcd", 0.0),
        ("abcde", 0.0),
        ("ace", 0.0),
    ],
)
def test_wrong_choices_are_taken_off_the_right_ones(chosen: str, earned: float) -> None:
    assert share(SEVERAL, *chosen) == earned


def test_exactly_the_right_set_is_right_among_all_32_sets() -> None:
    kind = KINDS["several-choices"]
    sets = [chosen for size in range(6) for chosen in combinations(IDS, size)]
    right = [chosen for chosen in sets if kind.mark(SEVERAL.question, SEVERAL.key, chosen or None).is_right]
    assert (len(sets), right) == (32, [("b", "d")])


def test_a_half_right_answer_says_what_was_chosen_and_what_was_missed() -> None:
    mark = KINDS["several-choices"].mark(SEVERAL.question, SEVERAL.key, ("a", "b"))
    assert mark.parts == {"a": False, "b": True, "c": True, "d": False, "e": True}
    assert mark.why_ids == ("a", "b", "d")


@given(chosen=chosen_ids, more=st.sampled_from(["b", "d"]))
def test_one_more_right_choice_never_lowers_the_share(chosen: tuple[str, ...], more: str) -> None:
    assert share(SEVERAL, *sorted({*chosen, more})) >= share(SEVERAL, *chosen)


@given(chosen=chosen_ids, more=st.sampled_from(["a", "c", "e"]))
def test_one_more_wrong_choice_never_raises_the_share(chosen: tuple[str, ...], more: str) -> None:
    assert share(SEVERAL, *sorted({*chosen, more})) <= share(SEVERAL, *chosen)


@given(posted=st.lists(st.sampled_from(IDS)).flatmap(lambda ids: st.tuples(st.just(ids), st.permutations(ids))))
def test_the_order_in_which_choices_are_posted_never_matters(posted: tuple[list[str], list[str]]) -> None:
    kind = KINDS["several-choices"]
    first, second = posted
    assert kind.take(SEVERAL.question, {"q1": first}) == kind.take(SEVERAL.question, {"q1": second})


# True or false


def test_true_or_false_offers_its_two_choices_in_the_same_order_always() -> None:
    assert TRUE.question.choices == FALSE.question.choices
    assert TRUE.question.choices == (Choice("true", Markup("ถูก")), Choice("false", Markup("ผิด")))


@pytest.mark.parametrize(
    ("of", "chosen", "earned"), [(TRUE, "true", 1.0), (TRUE, "false", 0.0), (FALSE, "true", 0.0), (FALSE, "false", 1.0)]
)
def test_saying_what_the_statement_is_earns_the_point(of: Item, chosen: str, earned: float) -> None:
    assert share(of, chosen) == earned


def test_the_whys_of_true_and_false_are_read_from_yaml_booleans_and_from_words_alike() -> None:
    assert TRUE.key.whys == FALSE.key.whys == {"true": Markup("yes, because"), "false": Markup("no, because")}


@pytest.mark.parametrize("posted", [["True"], ["1"], ["yes"], ["true", "false"]])
def test_what_is_neither_true_nor_false_is_refused(posted: list[str]) -> None:
    with pytest.raises(UnknownAnswer):
        KINDS["true-false"].take(TRUE.question, {"q1": posted})
