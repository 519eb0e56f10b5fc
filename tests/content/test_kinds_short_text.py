"""Short text: how a typed answer is cleaned, compared and judged."""

from __future__ import annotations

import unicodedata
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from classroom.content.kinds import KINDS, AnswerTooLong, Mark, UnknownAnswer
from classroom.content.model import Item

KIND = KINDS["short-text"]
WRITTEN = {
    "id": "q1",
    "kind": "short-text",
    "level": "recall",
    "objective": "know-limits",
    "article": 1,
    "ask": "Which word?",
    "accept": ["ศักดิ์ศรี", "น้ำใจ 30 ข้อ", "ต่าง\u00a0ๆ", "Dignity"],
    "near": [{"text": "เกียรติยศ", "why": "why honour"}, {"text": "ชื่อเสียง", "why": "why fame"}],
    "why": {"right": "why right", "wrong": "why wrong"},
}


def item(**changes: Any) -> Item:
    return KIND.build(KIND.shape.model_validate(WRITTEN | changes), Markup)


ITEM = item()

LETTERS = "aZกศำ์ๆ๑é\u0e4d\u0e32\u0e49\u0301\u0316\u0958\u1100\u1161\u2000\u212b\U0001f33e"
SPACES_AND_UNSEEN = " \n\t\x00\x1c\x85\u00a0\u00ad\u061c\u200b\u200d\u2028\u202e\ufeff\ud800\udfff"
typed_text = st.text(alphabet=LETTERS + SPACES_AND_UNSEEN, max_size=60)


def take(*posted: str) -> object:
    return KIND.take(ITEM.question, {"q1": posted})


def mark(typed: str) -> Mark:
    return KIND.mark(ITEM.question, ITEM.key, KIND.take(ITEM.question, {"q1": [typed]}))


# Cleaning


@pytest.mark.parametrize(
    ("posted", "kept"),
    [
        ("  ศักดิ์ศรี\u00a0", "ศักดิ์ศรี"),
        ("ศักดิ์\u200bศรี\ufeff", "ศักดิ์ศรี"),
        ("\u202eศักดิ์ศรี\u202c", "ศักดิ์ศรี"),
        ("ศักดิ์\x00ศรี\x7f\x9f", "ศักดิ์ศรี"),
        ("สอง\r\nบรรทัด", "สอง บรรทัด"),
        ("สอง\u2028บรรทัด\tนี้", "สอง บรรทัด นี้"),
        ("e\u0301", "é"),
        ("a\ud800b", "ab"),
        ("\U0001f469\u200d\U0001f33e", "\U0001f469\U0001f33e"),
        ("\u200b สิทธิ \u200b", "สิทธิ"),
    ],
)
def test_a_typed_answer_is_kept_on_one_line_without_what_cannot_be_seen(posted: str, kept: str) -> None:
    assert take(posted) == kept


@pytest.mark.parametrize("posted", ["", " ", "\n", "\u200b", "\u00a0\u2028", "\ud800", "\x00", "\ufeff \u202e" * 1000])
def test_an_answer_of_which_nothing_is_left_is_unanswered(posted: str) -> None:
    assert take(posted) is None


def test_two_different_texts_for_one_question_are_refused() -> None:
    with pytest.raises(UnknownAnswer):
        take("a", "b")
    assert take("a", "a", "") == "a"


def test_five_hundred_characters_are_kept_and_one_more_is_refused_with_a_sentence() -> None:
    assert take("ก" * 500) == "ก" * 500
    with pytest.raises(AnswerTooLong) as refusal:
        take("ก" * 501)
    assert refusal.value.status == 422
    assert refusal.value.says.startswith("คำตอบยาวเกินไป")


def test_spaces_at_the_ends_and_invisible_signs_do_not_count_towards_the_limit() -> None:
    assert take(" " * 1000 + "\u200b".join("ก" * 500) + "\n") == "ก" * 500


def test_a_text_that_grows_over_the_limit_when_composed_is_refused() -> None:
    grows = "\u0958"
    assert len(unicodedata.normalize("NFC", grows)) == 2
    with pytest.raises(AnswerTooLong):
        take(grows * 300)


@pytest.mark.parametrize("posted", ["ก" * 100_000, "x\u200b" * 50_000])
def test_a_hundred_thousand_characters_are_refused(posted: str) -> None:
    with pytest.raises(AnswerTooLong):
        take(posted)


def test_a_hundred_thousand_stacked_marks_are_refused_without_composing_them() -> None:
    """Composing them takes 20 seconds and more; refusing them first takes hundredths."""
    started = process_time()
    with pytest.raises(AnswerTooLong):
        take("a" + "\u0301" * 50_000 + "\u0316" * 50_000)
    assert process_time() - started < 2


@given(posted=typed_text)
def test_what_is_kept_is_clean_can_be_stored_and_stays_the_same_when_taken_again(posted: str) -> None:
    kept = take(posted)
    if kept is None:
        return
    assert isinstance(kept, str)
    assert kept == kept.strip() == unicodedata.normalize("NFC", kept)
    assert not {unicodedata.category(character) for character in kept} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert take(kept) == kept


# Judging


@pytest.mark.parametrize(
    "typed",
    [
        "ศักดิ์ศรี",
        " ศักดิ์  ศรี ",
        "ศักดิ์\u200bศรี",
        "น้ำใจ ๓๐ ข้อ",
        "น้ำใจ30ข้อ",
        "น้ํ\u0e32ใจ 30 ข้อ",
        "น\u0e4d้\u0e32ใจ 30 ข้อ",
        "ต่างๆ",
        "ต่าง ๆ",
        "dignity",
        "DIGNITY",
    ],
)
def test_a_variant_is_right_whatever_its_spaces_digits_case_and_sara_am(typed: str) -> None:
    assert mark(typed) == Mark(is_right=True, share=1.0, parts={}, why_ids=("right",))


@pytest.mark.parametrize("typed", ["ศักดิศรี", "ศักดิ์ศรีๆ", "น้ำใจ 31 ข้อ", "สิทธิ", "?", "ศักดิ์ศรี น้ำใจ 30 ข้อ"])
def test_anything_else_is_wrong(typed: str) -> None:
    assert mark(typed) == Mark(is_right=False, share=0.0, parts={}, why_ids=("wrong",))


@pytest.mark.parametrize(
    ("typed", "why"), [("เกียรติยศ", "why honour"), ("เกียรติ ยศ", "why honour"), ("ชื่อเสียง", "why fame")]
)
def test_a_near_answer_is_wrong_and_brings_its_own_why(typed: str, why: str) -> None:
    judged = mark(typed)
    assert (judged.is_right, judged.share) == (False, 0.0)
    assert [ITEM.key.whys[id_] for id_ in judged.why_ids] == [Markup(why)]


def test_no_answer_shows_the_why_of_a_wrong_one() -> None:
    assert KIND.mark(ITEM.question, ITEM.key, None).why_ids == ("wrong",)


def test_the_variants_stand_in_the_key_as_the_author_wrote_them() -> None:
    assert ITEM.key.accept == ("ศักดิ์ศรี", "น้ำใจ 30 ข้อ", "ต่าง\u00a0ๆ", "Dignity")
    assert ITEM.key.near == (("เกียรติยศ", Markup("why honour")), ("ชื่อเสียง", Markup("why fame")))


@given(typed=typed_text)
def test_any_typed_text_earns_all_or_nothing(typed: str) -> None:
    judged = mark(typed)
    assert (judged.is_right, judged.share) in {(True, 1.0), (False, 0.0)}
