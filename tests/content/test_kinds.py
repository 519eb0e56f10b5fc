"""What holds for every kind of question, by example and by property."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape

from classroom.content.kinds import KINDS, Given, Kind, UnknownAnswer
from classroom.content.model import Depth, Item, Question

COMMON = {"id": "q1", "level": "apply", "objective": "know-limits", "article": 19, "ask": "Which?"}
WRITTEN: dict[str, dict[str, Any]] = {
    "one-choice": {
        "choices": [
            {"id": "a", "text": "A", "why": "why a"},
            {"id": "b", "text": "B", "right": True, "why": "why b"},
            {"id": "c", "text": "C", "why": "why c"},
        ]
    },
    "several-choices": {
        "choices": [
            {"id": "a", "text": "A", "right": True, "why": "why a"},
            {"id": "b", "text": "B", "why": "why b"},
            {"id": "c", "text": "C", "right": True, "why": "why c"},
            {"id": "d", "text": "D", "why": "why d"},
        ]
    },
    "true-false": {"answer": True, "why": {True: "why true", False: "why false"}},
    "matching": {
        "rows": [
            {"id": "r1", "text": "one", "match": "b", "why": "why r1"},
            {"id": "r2", "text": "two", "match": "a", "why": "why r2"},
            {"id": "r3", "text": "three", "match": "d", "why": "why r3"},
        ],
        "choices": [{"id": id_, "text": id_.upper()} for id_ in "abcd"],
    },
    "ordering": {
        "steps": [{"id": id_, "text": id_.upper(), "why": f"why {id_}"} for id_ in "abc"],
        "order": ["b", "c", "a"],
    },
    "short-text": {
        "accept": ["ศักดิ์ศรี", "ศักดิ์ศรีความเป็นมนุษย์"],
        "near": [{"text": "เกียรติยศ", "why": "why near"}],
        "why": {"right": "why right", "wrong": "why wrong"},
    },
}
RIGHT_FORMS: dict[str, dict[str, list[str]]] = {
    "one-choice": {"q1": ["b"]},
    "several-choices": {"q1": ["c", "a"]},
    "true-false": {"q1": ["true"]},
    "matching": {"q1.r1": ["b"], "q1.r2": ["a"], "q1.r3": ["d"]},
    "ordering": {"q1.a": ["3"], "q1.b": ["1"], "q1.c": ["2"]},
    "short-text": {"q1": ["ศักดิ์ศรี"]},
}
OTHER_FIELDS = {"q2": ["zzz"], "q1-b": ["a"], "q1-b.r1": ["zzz"], "q2.a": ["9"], "csrf_token": ["x"], "hand-in": [""]}

SIGNS = "abr123. ก๑ำ\u0e4d\u0e32\u200b\u202e\x00\n\ud800\u0301\U0001f33e"

every_kind = pytest.mark.parametrize("name", list(WRITTEN))


def inline(text: str) -> Markup:
    return Markup("<i>") + escape(text) + Markup("</i>")


def item_of(name: str, **changes: Any) -> Item:
    kind = KINDS[name]
    return kind.build(kind.shape.model_validate(COMMON | {"kind": name} | WRITTEN[name] | changes), inline)


ITEMS = {name: item_of(name) for name in WRITTEN}


def through_json(kind: Kind[Any], question: Question, answer: Given | None) -> Given | None:
    return kind.from_json(question, json.loads(json.dumps(answer)))


@st.composite
def forms(draw: st.DrawFn, question: Question) -> dict[str, list[str]]:
    """What our own page can post for the question, and what it cannot."""
    known = st.sampled_from([choice.id for choice in question.choices] + ["", "1", "2", "3"])
    values = st.lists(known | st.text(alphabet=SIGNS, max_size=4), max_size=4)
    names = st.sampled_from(["q1", "q1.r1", "q1.r2", "q1.r3", "q1.a", "q1.b", "q1.c", "q1.zzz", "q1.", "q2"])
    return draw(st.dictionaries(names, values, max_size=6))


# The registry


def test_the_six_kinds_are_found_under_their_own_names() -> None:
    assert {name: kind.name for name, kind in KINDS.items()} == {name: name for name in WRITTEN}


def test_the_registry_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        KINDS["one-choice"] = KINDS["matching"]  # type: ignore[index]


# From the file to the item


@every_kind
def test_what_is_common_to_all_items_reaches_the_question(name: str) -> None:
    question = item_of(name, scenario=True).question
    assert (question.id, question.kind, question.ask, question.depth, question.objective, question.article) == (
        "q1",
        name,
        Markup("<i>Which?</i>"),
        Depth.APPLY,
        "know-limits",
        19,
    )
    assert question.is_scenario
    assert not ITEMS[name].question.is_scenario


@every_kind
def test_the_closing_remark_and_the_place_in_a_lesson_reach_the_key(name: str) -> None:
    key = item_of(name, explain="more", see="dignity#three-rules").key
    assert (key.question_id, key.explain) == ("q1", Markup("<i>more</i>"))
    assert (key.lesson_id, key.part_id) == ("dignity", "three-rules")


@every_kind
def test_an_item_without_remark_and_place_has_a_key_without_them(name: str) -> None:
    key = ITEMS[name].key
    assert (key.explain, key.lesson_id, key.part_id) == (None, "", "")


@every_kind
def test_a_shape_written_as_json_and_read_again_gives_the_same_item(name: str) -> None:
    kind = KINDS[name]
    shape = kind.shape.model_validate(COMMON | {"kind": name} | WRITTEN[name])
    again = kind.shape.model_validate(json.loads(shape.model_dump_json()))
    assert kind.build(again, inline) == ITEMS[name]


@every_kind
def test_every_why_that_a_mark_names_is_in_the_key(name: str) -> None:
    kind, item = KINDS[name], ITEMS[name]
    for form in ({}, RIGHT_FORMS[name], {"q1": ["false"]} if name == "true-false" else {}):
        mark = kind.mark(item.question, item.key, kind.take(item.question, form))
        assert mark.why_ids
        assert set(mark.why_ids) <= set(item.key.whys)


def test_the_question_is_the_same_whatever_the_key_is() -> None:
    other_keys: dict[str, dict[str, Any]] = {
        "one-choice": {"choices": [row | {"right": row["id"] == "a"} for row in WRITTEN["one-choice"]["choices"]]},
        "several-choices": {
            "choices": [row | {"right": row["id"] == "d"} for row in WRITTEN["several-choices"]["choices"]]
        },
        "true-false": {"answer": False},
        "matching": {
            "rows": [row | {"match": match} for row, match in zip(WRITTEN["matching"]["rows"], "cba", strict=True)]
        },
        "ordering": {"order": ["c", "b", "a"]},
        "short-text": {"accept": ["สิทธิ"], "near": []},
    }
    for name, changes in other_keys.items():
        other = item_of(name, **changes)
        assert other.question == ITEMS[name].question
        assert other.key != ITEMS[name].key


# From the form to the mark


@every_kind
def test_the_right_answer_earns_the_whole_point(name: str) -> None:
    kind, item = KINDS[name], ITEMS[name]
    answer = kind.take(item.question, RIGHT_FORMS[name])
    mark = kind.mark(item.question, item.key, answer)
    assert (mark.is_right, mark.share) == (True, 1.0)
    assert all(mark.parts.values())
    assert kind.is_complete(item.question, answer)


@every_kind
def test_an_empty_form_is_unanswered_and_earns_nothing(name: str) -> None:
    kind, item = KINDS[name], ITEMS[name]
    answer = kind.take(item.question, {})
    mark = kind.mark(item.question, item.key, answer)
    assert answer is None
    assert (mark.is_right, mark.share) == (False, 0.0)
    assert not any(mark.parts.values())
    assert not kind.is_complete(item.question, answer)


@every_kind
def test_empty_fields_are_unanswered(name: str) -> None:
    form = {field: ["", ""] for field in RIGHT_FORMS[name]} | {"q1": []}
    assert KINDS[name].take(ITEMS[name].question, form) is None


@every_kind
def test_fields_of_other_questions_change_nothing(name: str) -> None:
    kind, question = KINDS[name], ITEMS[name].question
    assert kind.take(question, OTHER_FIELDS) is None
    assert kind.take(question, OTHER_FIELDS | RIGHT_FORMS[name]) == kind.take(question, RIGHT_FORMS[name])


@every_kind
def test_a_value_posted_twice_counts_once(name: str) -> None:
    kind, question = KINDS[name], ITEMS[name].question
    doubled = {field: values * 2 for field, values in RIGHT_FORMS[name].items()}
    assert kind.take(question, doubled) == kind.take(question, RIGHT_FORMS[name])


@every_kind
@given(data=st.data())
def test_the_order_of_posted_fields_never_matters(name: str, data: st.DataObject) -> None:
    kind, question = KINDS[name], ITEMS[name].question
    fields = data.draw(st.permutations(list(RIGHT_FORMS[name])))
    shuffled = {field: RIGHT_FORMS[name][field] for field in fields}
    answer = kind.take(question, shuffled)
    assert json.dumps(answer) == json.dumps(kind.take(question, RIGHT_FORMS[name]))


@every_kind
@settings(max_examples=200)
@given(data=st.data())
def test_any_form_is_refused_or_gives_an_answer_that_can_be_marked_and_kept(name: str, data: st.DataObject) -> None:
    kind, item = KINDS[name], ITEMS[name]
    form = data.draw(forms(item.question))
    try:
        answer = kind.take(item.question, form)
    except UnknownAnswer:
        return
    mark = kind.mark(item.question, item.key, answer)
    assert 0 <= mark.share <= 1
    assert mark.is_right == (mark.share == 1)
    assert mark.parts.keys() <= {part.id for part in item.question.choices + item.question.rows}
    assert set(mark.why_ids) <= set(item.key.whys)
    assert through_json(kind, item.question, answer) == answer


# From storage


@every_kind
def test_an_answer_comes_back_from_json_as_it_was(name: str) -> None:
    kind, question = KINDS[name], ITEMS[name].question
    answer = kind.take(question, RIGHT_FORMS[name])
    assert through_json(kind, question, answer) == answer
    assert type(through_json(kind, question, answer)) is type(answer)


@every_kind
@pytest.mark.parametrize(
    "stored",
    [
        None,
        True,
        7,
        0.5,
        "",
        [],
        {},
        [1],
        [["a"]],
        ["a", None],
        {"gone": "a"},
        {"r1": "gone", "a": "4"},
        {"r1": 1},
        {"r1": ["a"]},
        {"": "a"},
    ],
)
def test_a_stored_answer_that_no_longer_fits_counts_as_unanswered(name: str, stored: object) -> None:
    assert KINDS[name].from_json(ITEMS[name].question, stored) is None


@pytest.mark.parametrize("name", ["one-choice", "several-choices", "true-false"])
@pytest.mark.parametrize("stored", ["gone", ["gone"], ["a", "true", "gone"]])
def test_a_stored_choice_that_is_gone_counts_as_unanswered(name: str, stored: object) -> None:
    assert KINDS[name].from_json(ITEMS[name].question, stored) is None


@every_kind
@given(
    stored=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(alphabet=SIGNS, max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet=SIGNS, max_size=3), inner, max_size=3)
        ),
    )
)
def test_nothing_that_json_can_hold_makes_reading_an_answer_fail(name: str, stored: object) -> None:
    kind, item = KINDS[name], ITEMS[name]
    answer = kind.from_json(item.question, stored)
    assert 0 <= kind.mark(item.question, item.key, answer).share <= 1
