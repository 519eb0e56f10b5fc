"""Dates in the Buddhist era, forgiving comparison, dictionary order."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom import thai

THAI_TEXT = st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=20)


def test_today_is_today_in_bangkok() -> None:
    assert thai.today(datetime(2026, 11, 24, 16, 59, tzinfo=UTC)) == date(2026, 11, 24)
    assert thai.today(datetime(2026, 11, 24, 17, 0, tzinfo=UTC)) == date(2026, 11, 25)


def test_dates_are_of_the_buddhist_era_and_do_not_break() -> None:
    assert thai.date_long(date(2026, 11, 24)) == "24\u00a0พฤศจิกายน\u00a02569"
    assert thai.date_medium(date(2026, 1, 5)) == "5\u00a0ม.ค.\u00a02569"
    assert thai.year(date(2026, 1, 1)) == 2569


def test_the_clock_is_that_of_bangkok() -> None:
    assert thai.clock_time(datetime(2026, 11, 24, 6, 5, tzinfo=UTC)) == "13.05\u00a0น."


def test_every_month_has_its_names() -> None:
    assert [len(set(names)) for names in (thai.MONTHS, thai.SHORT_MONTHS)] == [12, 12]


def test_choices_are_called_by_letters() -> None:
    assert [thai.letter(position) for position in range(4)] == ["ก", "ข", "ค", "ง"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ศักดิ์ ศรี", "ศักดิ์ศรี"),
        ("๑๒๓", "123"),
        ("น\u0e4d\u0e32", "นำ"),
        ("น\u0e49\u0e33", "น\u0e4d\u0e49\u0e32"),
        ("เเม่", "แม่"),
        ("UDHR", "udhr"),
        ("ศักดิ์\u200bศรี", "ศักดิ์ศรี"),
        ("ต่าง\u00a0ๆ", "ต่าง ๆ"),
        ("ศักดิ์\u202eศรี", "ศักดิ์ศรี"),
        ("e\u0301", "é"),
        ("\tก\nข ", "กข"),
    ],
)
def test_these_count_as_the_same_answer(typed: str, meant: str) -> None:
    assert thai.fold(typed) == thai.fold(meant)


@pytest.mark.parametrize(("one", "other"), [("ขาว", "ข่าว"), ("ปา", "ป่า"), ("แม", "เม"), ("กรรม", "กำ"), ("12", "13")])
def test_these_stay_different(one: str, other: str) -> None:
    assert thai.fold(one) != thai.fold(other)


@given(THAI_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert thai.fold(thai.fold(text)) == thai.fold(text)


@given(st.text(max_size=30))
def test_normalised_text_is_composed_and_keeps_sara_am_whole(text: str) -> None:
    normal = thai.normalise(text)
    assert unicodedata.is_normalized("NFC", normal)
    assert thai.normalise("น\u0e33") == "น\u0e33"


def test_words_stand_in_dictionary_order() -> None:
    words = ["เกม", "กา", "แก", "ขา", "ก่า", "กก", "เขา", "ไก่", "โกง", "ใกล้"]
    assert sorted(words, key=thai.sort_key) == ["กก", "กา", "ก่า", "เกม", "แก", "โกง", "ใกล้", "ไก่", "ขา", "เขา"]


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["ครู"], "ครู"), (["ครู", "นักเรียน"], "ครู และนักเรียน"), (["ก", "ข", "ค"], "ก ข และค")],
)
def test_words_are_joined_by_and(words: list[str], joined: str) -> None:
    assert thai.join_words(words) == joined
