"""The words on cards: familiar shapes, told apart however they are typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from classroom import thai
from classroom.accounts import card_words, cards

FOUR = st.lists(st.sampled_from(card_words.words()), min_size=4, max_size=4)
MARKS = re.compile("[\u0e47-\u0e4e]")
STACK = re.compile("[\u0e31\u0e34-\u0e3a][\u0e47-\u0e4e]")
BETWEEN = st.sampled_from(["", " ", "  ", "-", "\u200b", "\u00a0", "\u2060", " - ", ", ", "\t", "1. "])
LOOK_ALIKES = ("ฎฏ", "ดตค", "บป", "พฟ", "ผฝ", "ซช", "ถภ", "ไใ", "ิีึื", "ุู")


def skeletons() -> list[str]:
    return [thai.skeleton(word) for word in card_words.words()]


def test_there_are_2048_words_in_dictionary_order() -> None:
    words = card_words.words()
    assert len(set(words)) == 2048
    assert list(words) == sorted(words, key=thai.sort_key)


def test_each_has_three_to_seven_letters_and_is_typed_in_one_way_only() -> None:
    assert [word for word in card_words.words() if not 3 <= len(MARKS.sub("", word)) <= 7] == []
    assert [word for word in card_words.words() if "\u0e33" in word or STACK.search(word)] == []
    assert [word for word in card_words.words() if thai.normalise(word) != word] == []


def test_no_two_words_share_a_skeleton_and_none_begins_with_another() -> None:
    found = sorted(skeletons())
    assert len(set(found)) == 2048
    assert [one for one, other in pairwise(found) if other.startswith(one)] == []


def test_a_card_gets_four_of_them() -> None:
    drawn = [card_words.draw() for _ in range(50)]
    assert {len(words) for words in drawn} == {4}
    assert {word for words in drawn for word in words} <= set(card_words.words())
    assert len(set(drawn)) == 50


@given(FOUR, FOUR)
def test_four_other_words_have_another_skeleton_even_run_together(one: Sequence[str], other: Sequence[str]) -> None:
    assert (thai.skeleton("".join(one)) == thai.skeleton("".join(other))) is (one == other)


@given(FOUR, st.data())
def test_what_stands_between_the_words_does_not_matter(words: Sequence[str], data: st.DataObject) -> None:
    typed = "".join(word + data.draw(BETWEEN) for word in words)
    assert thai.skeleton(typed) == thai.skeleton("".join(words))


@given(FOUR, st.data())
def test_tones_left_out_or_mistaken_do_not_matter(words: Sequence[str], data: st.DataObject) -> None:
    tone = st.sampled_from(["", "\u0e48", "\u0e49", "\u0e4a", "\u0e4b", "\u0e4c", "\u0e47"])
    typed = MARKS.sub(lambda found: data.draw(tone), "".join(words))
    assert thai.skeleton(typed) == thai.skeleton("".join(words))


@given(FOUR, st.data())
def test_letters_that_look_alike_are_taken_for_each_other(words: Sequence[str], data: st.DataObject) -> None:
    alike = {letter: group for group in LOOK_ALIKES for letter in group}
    typed = "".join(data.draw(st.sampled_from(alike.get(letter, letter))) for letter in "".join(words))
    assert thai.skeleton(typed) == thai.skeleton("".join(words))


@given(FOUR, st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e"]))
def test_invisible_signs_between_letters_do_not_matter(words: Sequence[str], sign: str) -> None:
    assert thai.skeleton(sign.join("".join(words))) == thai.skeleton("".join(words))


def test_the_order_of_marks_and_the_two_usual_mistypings_do_not_matter() -> None:
    assert thai.skeleton("\u0e01\u0e48\u0e38\u0e19") == thai.skeleton("\u0e01\u0e38\u0e48\u0e19")
    assert thai.skeleton("เเกง") == thai.skeleton("แกง") == thai.skeleton("เ เกง")
    assert thai.skeleton("ตๅล") == thai.skeleton("ตาล")


@given(st.text())
def test_a_skeleton_is_its_own_skeleton(text: str) -> None:
    assert thai.skeleton(thai.skeleton(text)) == thai.skeleton(text)


@given(st.text(cards.CODE_LETTERS, min_size=8, max_size=8), BETWEEN)
def test_a_code_is_read_in_small_letters_with_spaces_and_hyphens(code: str, between: str) -> None:
    if between != "1. ":
        assert cards.read_code(between.join(code.lower())) == code


@given(st.text("ABCDEFGHJKMNPQRSTUVWXYZ", min_size=1, max_size=4), st.text("23456789", min_size=4, max_size=4))
def test_a_code_is_read_from_a_keyboard_that_was_left_in_thai(letters: str, digits: str) -> None:
    keys = dict(zip(thai._KEYS_IN_LATIN, thai._KEYS_IN_THAI, strict=True))
    assert cards.read_code("".join(keys[key] for key in (letters + digits).lower())) == letters + digits


def test_a_seat_is_read_in_either_digits_and_nothing_else_is_one() -> None:
    assert [cards.read_seat(typed) for typed in ("7", " 07 ", "๓๘", "เลขที่ 12")] == [7, 7, 38, 12]
    assert {cards.read_seat(typed) for typed in ("", "0", "x", "1101700203451", "9" * 5000, "\u00b2")} == {None}
