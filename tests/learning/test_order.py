"""The order of an attempt: everything once, the same after storage, true and false where everybody expects them."""

from __future__ import annotations

import json
from random import Random

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from classroom.content.model import Quiz
from classroom.content.reader import read_library
from classroom.learning.order import arrange, authors_order, from_json, shuffled
from tests import make

LIBRARY = read_library(make.SAMPLE_LESSONS).library
assert LIBRARY is not None
QUIZ: Quiz = LIBRARY.quizzes[make.POST_TEST]
SEEDS = st.integers(min_value=0, max_value=2**64 - 1)


def test_the_authors_order_is_the_quiz_as_written() -> None:
    assert arrange(QUIZ, authors_order(QUIZ)) == QUIZ.items


@given(SEEDS)
def test_shuffling_keeps_everything_once(seed: int) -> None:
    mixed = arrange(QUIZ, shuffled(QUIZ, Random(seed)))
    assert sorted(item.question.id for item in mixed) == sorted(item.question.id for item in QUIZ.items)
    written = {item.question.id: item.question for item in QUIZ.items}
    for item in mixed:
        original = written[item.question.id]
        assert sorted(choice.id for choice in item.question.choices) == sorted(choice.id for choice in original.choices)
        assert sorted(row.id for row in item.question.rows) == sorted(row.id for row in original.rows)


@given(SEEDS)
def test_an_order_is_the_same_after_storage(seed: int) -> None:
    order = shuffled(QUIZ, Random(seed))
    assert from_json(json.loads(json.dumps(order.to_json()))) == order


@given(SEEDS)
def test_true_stays_before_false(seed: int) -> None:
    mixed = {item.question.id: item.question for item in arrange(QUIZ, shuffled(QUIZ, Random(seed)))}
    assert [choice.id for choice in mixed["speaking-post-true"].choices] == ["true", "false"]


def test_the_same_seed_gives_the_same_order_and_others_give_others() -> None:
    orders = [shuffled(QUIZ, Random(seed)).to_json() for seed in range(10)]
    assert orders[3] == shuffled(QUIZ, Random(3)).to_json()
    assert len({json.dumps(order) for order in orders}) == 10


def test_the_letters_are_those_of_the_place_and_not_of_the_choice(site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    letters = set()
    for _ in range(6):
        page = browser.post("/courses/speaking/quiz/post", {"begin": "1"})
        labels = list(page.part("speaking-post-choice").iter("label"))
        letters.add(tuple("".join(label.itertext()).split()[0] for label in labels))
        browser.press("hand-in")
    assert letters == {("ก", "ข", "ค")}
