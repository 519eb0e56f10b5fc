"""What an author gets wrong in an item, and the sentence that says so."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from classroom.content.kinds import KINDS

COMMON = {"id": "q1", "level": "apply", "objective": "know-limits", "article": 19, "ask": "Which?"}


def choices(*rights: bool) -> list[dict[str, Any]]:
    return [
        {"id": id_, "text": id_, "right": right, "why": "w"} for id_, right in zip("abcdefghijk", rights, strict=False)
    ]


def rows(*matches: str) -> list[dict[str, Any]]:
    return [{"id": f"r{number}", "text": "t", "match": match, "why": "w"} for number, match in enumerate(matches, 1)]


def options(ids: str) -> list[dict[str, Any]]:
    return [{"id": id_, "text": id_} for id_ in ids]


def steps(ids: str) -> list[dict[str, Any]]:
    return [{"id": id_, "text": id_, "why": "w"} for id_ in ids]


SOUND: dict[str, dict[str, Any]] = {
    "one-choice": {"choices": choices(False, True)},
    "several-choices": {"choices": choices(True, False)},
    "true-false": {"answer": False, "why": {True: "w", False: "w"}},
    "matching": {"rows": rows("a", "b", "c"), "choices": options("abc")},
    "ordering": {"steps": steps("ab"), "order": ["b", "a"]},
    "short-text": {"accept": ["x"], "why": {"right": "w", "wrong": "w"}},
}
every_kind = pytest.mark.parametrize("name", list(SOUND))


def problems(name: str, **changes: Any) -> list[tuple[str, str]]:
    """Where (dotted) and what, for every problem of an item; empty when it is sound."""
    try:
        KINDS[name].shape.model_validate(COMMON | {"kind": name} | SOUND[name] | changes)
    except ValidationError as error:
        return [(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
    return []


def rules_broken(name: str, **changes: Any) -> str:
    found = problems(name, **changes)
    assert [where for where, _ in found] == [""]
    return found[0][1]


# All kinds


@every_kind
def test_a_sound_item_has_no_problem(name: str) -> None:
    assert problems(name) == []
    assert problems(name, scenario=True, explain="more", replaces="q0", see="dignity#rules") == []


@every_kind
@pytest.mark.parametrize("field", ["id", "kind", "level", "objective", "article", "ask"])
def test_each_common_field_is_required(name: str, field: str) -> None:
    item = {key: value for key, value in (COMMON | {"kind": name} | SOUND[name]).items() if key != field}
    with pytest.raises(ValidationError) as error:
        KINDS[name].shape.model_validate(item)
    assert [(one["loc"], one["type"]) for one in error.value.errors()] == [((field,), "missing")]


@every_kind
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Q1"),
        ("id", "q_1"),
        ("id", "q-"),
        ("id", "q--1"),
        ("id", "q.1"),
        ("id", "q1\n"),
        ("id", ""),
        ("id", 1),
        ("kind", "essay"),
        ("level", "hard"),
        ("article", 0),
        ("article", 31),
        ("article", "19"),
        ("article", True),
        ("ask", ""),
        ("ask", "   "),
        ("ask", 12),
        ("scenario", "yes"),
        ("explain", ""),
        ("replaces", "Old Id"),
        ("see", "dignity"),
        ("see", "dignity#"),
        ("see", "a#b#c"),
        ("colour", "red"),
    ],
)
def test_a_wrong_or_unknown_field_is_named(name: str, field: str, value: object) -> None:
    assert [where for where, _ in problems(name, **{field: value})] == [field]


# Choices


@pytest.mark.parametrize("name", ["one-choice", "several-choices"])
def test_a_choice_needs_its_id_its_text_and_its_why(name: str) -> None:
    for field in ("id", "text", "why"):
        bare = choices(True, False)
        del bare[1][field]
        assert problems(name, choices=bare) == [(f"choices.1.{field}", "Field required")]


@pytest.mark.parametrize("name", ["one-choice", "several-choices"])
@pytest.mark.parametrize("rights", [(), (True,), (True, *[False] * 10)])
def test_there_are_two_to_ten_choices(name: str, rights: tuple[bool, ...]) -> None:
    assert f"There must be 2 to 10 choices, not {len(rights)}." in rules_broken(name, choices=choices(*rights))


def test_ten_choices_are_not_too_many() -> None:
    assert problems("one-choice", choices=choices(True, *[False] * 9)) == []


def test_one_choice_without_a_right_one_is_a_problem() -> None:
    assert rules_broken("one-choice", choices=choices(False, False)) == (
        "No choice is right; mark one with `right: true`."
    )


def test_one_choice_with_two_right_ones_is_a_problem() -> None:
    assert rules_broken("one-choice", choices=choices(True, False, True)) == (
        "2 choices are right (a, c); leave one, or make the kind several-choices."
    )


def test_several_choices_need_a_right_and_a_wrong_one() -> None:
    assert rules_broken("several-choices", choices=choices(False, False)) == (
        "No choice is right; mark at least one with `right: true`."
    )
    assert rules_broken("several-choices", choices=choices(True, True)) == (
        "Every choice is right; at least one must be wrong."
    )


def test_all_broken_rules_of_an_item_are_told_at_once() -> None:
    twins = [{"id": "a", "text": text, "why": "w"} for text in ("one", "two")]
    assert rules_broken("one-choice", choices=twins) == (
        "The id a stands 2 times among the choices; give each its own. No choice is right; mark one with `right: true`."
    )


# True or false


@pytest.mark.parametrize("answer", ["true", 1, None])
def test_the_answer_is_true_or_false(answer: object) -> None:
    assert [where for where, _ in problems("true-false", answer=answer)] == ["answer"]


@pytest.mark.parametrize(
    ("why", "where"),
    [
        ({True: "w"}, ["why.false"]),
        ({False: "w"}, ["why.true"]),
        ({True: "w", False: ""}, ["why.false"]),
        ({True: "w", False: "w", "maybe": "w"}, ["why.maybe"]),
        ("because", ["why"]),
    ],
)
def test_true_and_false_each_need_their_why(why: object, where: list[str]) -> None:
    assert [place for place, _ in problems("true-false", why=why)] == where


# Matching


@pytest.mark.parametrize("ids", ["abc", "abcd", "abcde"])
def test_there_may_be_up_to_two_spare_choices(ids: str) -> None:
    assert problems("matching", choices=options(ids)) == []


def test_fewer_choices_than_rows_or_three_to_spare_is_a_problem() -> None:
    assert rules_broken("matching", choices=options("abcdef")) == "There must be 3 to 5 choices, not 6."
    assert "There must be 3 to 5 choices, not 2." in rules_broken("matching", choices=options("ab"))


@pytest.mark.parametrize("matches", ["ab", "abcdef"])
def test_there_are_three_to_five_rows(matches: str) -> None:
    assert rules_broken("matching", rows=rows(*matches), choices=options(matches)) == (
        f"There must be 3 to 5 rows, not {len(matches)}."
    )


def test_a_match_that_is_not_among_the_choices_is_a_problem() -> None:
    assert rules_broken("matching", rows=rows("a", "b", "z")) == "The row r3 matches z, which is not among the choices."


def test_a_choice_matched_twice_is_a_problem() -> None:
    assert rules_broken("matching", rows=rows("a", "b", "b")) == (
        "The choice b is matched by 2 rows; a choice fits one row at most."
    )


def test_rows_and_choices_need_ids_of_their_own() -> None:
    same_rows = [row | {"id": "r1"} for row in rows("a", "b", "c")]
    assert rules_broken("matching", rows=same_rows) == "The id r1 stands 3 times among the rows; give each its own."
    assert rules_broken("matching", choices=options("abca")) == (
        "The id a stands 2 times among the choices; give each its own."
    )


# Ordering


@pytest.mark.parametrize("order", [["a"], ["a", "b", "c"], ["b", "z"], ["b", "b"], ["b", "a", "b"], []])
def test_an_order_that_is_not_made_of_all_steps_is_a_problem(order: list[str]) -> None:
    assert rules_broken("ordering", order=order) == "`order` must name every step exactly once and nothing else."


def test_steps_shown_in_the_right_order_are_a_problem() -> None:
    assert rules_broken("ordering", order=["a", "b"]) == (
        "The steps are shown in the right order already; list them in another."
    )


def test_there_are_two_to_ten_steps() -> None:
    assert problems("ordering", steps=steps("abcdefghij"), order=list("bacdefghij")) == []
    assert rules_broken("ordering", steps=steps("abcdefghijk"), order=list("bacdefghijk")) == (
        "There must be 2 to 10 steps, not 11."
    )


def test_steps_need_ids_of_their_own() -> None:
    assert "The id a stands 2 times among the steps" in rules_broken("ordering", steps=steps("aab"), order=["b", "a"])


# Short text


def test_a_short_text_accepts_at_least_one_variant() -> None:
    assert rules_broken("short-text", accept=[]) == "No answer is accepted; list at least one under `accept`."
    assert [where for where, _ in problems("short-text", accept=["ok", " "])] == ["accept.1"]


@pytest.mark.parametrize("near", ["X", " x "])
def test_a_near_answer_that_is_accepted_anyway_is_a_problem(near: str) -> None:
    assert rules_broken("short-text", near=[{"text": near, "why": "w"}]) == (
        f"The near answer “{near.strip()}” is already accepted or listed; it would never be used."
    )


def test_a_near_answer_listed_twice_is_a_problem() -> None:
    twins = [{"text": "๑ ข้อ", "why": "w"}, {"text": "1ข้อ", "why": "other"}]
    assert "“1ข้อ” is already accepted or listed" in rules_broken("short-text", near=twins)


def test_a_near_answer_needs_its_why() -> None:
    assert problems("short-text", near=[{"text": "y"}]) == [("near.0.why", "Field required")]
