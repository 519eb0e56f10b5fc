"""What people may be called: nearly anything, and nothing that does harm on a page."""

from __future__ import annotations

import pytest

from classroom import phrases, thai
from classroom.accounts.names import NameRefused, clean

ID_NUMBER = "1101700230708"
"""Made up: the last digit checks."""


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("มะลิ", "มะลิ"),
        ("  มะลิ   ดี ", "มะลิ ดี"),
        ("เเดง", "แดง"),
        ("น\u0e49\u0e4d\u0e32", "น\u0e49ำ"),
        ("ปิ๊งป่อง 2", "ปิ๊งป่อง 2"),
        ("ก็ปู่ญี่ปุ่นน้ำฏิฐู", "ก็ปู่ญี่ปุ่นน้ำฏิฐู"),
        ("ö", "ö"),
        ("o\u0308", "ö"),
        ("Malì-O'Brien", "Malì-O'Brien"),
        ("孟", "孟"),
        ("ก", "ก"),
        ("0812345678", "0812345678"),
    ],
)
def test_a_name_stays_as_it_was_meant(typed: str, name: str) -> None:
    assert clean(typed) == name


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", phrases.NAME_IS_EMPTY),
        (" \t\u3000 ", phrases.NAME_IS_EMPTY),
        ("ก" * 81, phrases.NAME_TOO_LONG),
        ("มะ\u202eลิ", phrases.NAME_HAS_INVISIBLE),
        ("\u2066มะลิ\u2069", phrases.NAME_HAS_INVISIBLE),
        ("มะ\u200bลิ", phrases.NAME_HAS_INVISIBLE),
        ("มะ\u200dลิ", phrases.NAME_HAS_INVISIBLE),
        ("\ufeffมะลิ", phrases.NAME_HAS_INVISIBLE),
        ("\u3164", phrases.NAME_HAS_INVISIBLE),
        ("มะลิ\x00", phrases.NAME_CANNOT_BE_SHOWN),
        ("มะลิ\x1b[31m", phrases.NAME_CANNOT_BE_SHOWN),
        ("มะลิ\ud800", phrases.NAME_CANNOT_BE_SHOWN),
        ("มะลิ\ue000", phrases.NAME_CANNOT_BE_SHOWN),
        ("ก" + "\u0e49" * 5, phrases.NAME_CANNOT_BE_SHOWN),
        ("\u0e49ก", phrases.NAME_CANNOT_BE_SHOWN),
        (ID_NUMBER, phrases.NAME_HAS_ID_NUMBER),
        (f"มะลิ {ID_NUMBER}", phrases.NAME_HAS_ID_NUMBER),
        ("1-1017-00230-70-8", phrases.NAME_HAS_ID_NUMBER),
        ("๑๑๐๑๗๐๐๒๓๐๗๐๘", phrases.NAME_HAS_ID_NUMBER),
    ],
)
def test_what_cannot_be_a_name_is_refused_with_a_way_to_mend_it(typed: str, says: str) -> None:
    with pytest.raises(NameRefused) as refused:
        clean(typed)
    assert refused.value.says == says


def test_thirteen_digits_that_do_not_check_are_no_id_number() -> None:
    assert thai.holds_id_number(ID_NUMBER)
    assert [digit for digit in "0123456789" if thai.holds_id_number(ID_NUMBER[:12] + digit)] == [ID_NUMBER[12]]
