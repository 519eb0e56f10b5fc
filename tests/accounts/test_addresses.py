"""Which e-mail addresses are taken, and which are one."""

from __future__ import annotations

import pytest

from classroom import phrases
from classroom.accounts.addresses import NotAnAddress, parse


@pytest.mark.parametrize(
    ("typed", "shown", "key"),
    [
        ("mali@example.org", "mali@example.org", "mali@example.org"),
        ("  Mali.Dee+hr@Example.ORG ", "Mali.Dee+hr@example.org", "mali.dee+hr@example.org"),
        ("mali@mail.คน.ไทย", "mali@mail.xn--42c6b.xn--o3cw4h", "mali@mail.xn--42c6b.xn--o3cw4h"),
        ("mali@mail.xn--42c6b.xn--o3cw4h", "mali@mail.xn--42c6b.xn--o3cw4h", "mali@mail.xn--42c6b.xn--o3cw4h"),
    ],
)
def test_an_address_is_shown_as_typed_and_compared_without_case(typed: str, shown: str, key: str) -> None:
    assert parse(typed) == (shown, key)


def test_sara_am_in_a_domain_is_spelled_as_registries_do() -> None:
    assert parse("a@น้ำ.ไทย") == parse("a@น้\u0e4d\u0e32.ไทย")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mali",
        "@example.org",
        "mali@",
        "mali@localhost",
        "mali@example.1",
        "mali@192.0.2.1",
        "mali@[192.0.2.1]",
        "mali@example..org",
        "mali@-example.org",
        "ma li@example.org",
        ".mali@example.org",
        "mali.@example.org",
        "ma..li@example.org",
        'mali"x"@example.org',
        "mali@exa_mple.org",
        "mali@example.org\nBcc: all@example.org",
        "mali\r\n@example.org",
        "a,b@example.org",
        "<mali@example.org>",
        "mali@xn--zzzz99999.org",
        "mali@xn--mali-.org",
        "a@ไทยabc.ไทย",
    ],
)
def test_what_no_letter_reaches_is_refused(typed: str) -> None:
    with pytest.raises(NotAnAddress) as refused:
        parse(typed)
    assert refused.value.says == phrases.NOT_AN_ADDRESS


@pytest.mark.parametrize(
    ("typed", "letter"),
    [
        ("m\u0430li@example.org", "\u0430"),  # Cyrillic
        ("mali@ex\u0430mple.org", "\u0430"),
        ("mali@\u0430\u0440\u0440\u04cf\u0435.com", "\u0430"),  # all of it Cyrillic
        ("mali@xn--80ak6aa92e.com", ""),  # the same, as a browser writes it
        ("m\u03b1li@example.org", "\u03b1"),  # Greek
        ("ｍali@example.org", "ｍ"),
        ("mali＠example.org", ""),
        ("มะลิ@example.org", "ม"),
        ("mali@exampl\u0435.org", "\u0435"),
    ],
)
def test_letters_that_only_look_right_are_named(typed: str, letter: str) -> None:
    with pytest.raises(NotAnAddress) as refused:
        parse(typed)
    expected = phrases.ADDRESS_HAS_FOREIGN.format(letter=letter) if letter else phrases.NOT_AN_ADDRESS
    assert refused.value.says == expected


@pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\u202e", "\ufeff", "\u00ad", "\u00a0"])
def test_an_invisible_sign_is_pointed_out(hidden: str) -> None:
    with pytest.raises(NotAnAddress) as refused:
        parse(f"ma{hidden}li@example.org")
    assert refused.value.says == phrases.ADDRESS_HAS_INVISIBLE


@pytest.mark.parametrize(
    "typed", ["m" * 300 + "@example.org", "m" * 65 + "@example.org", "mali@" + ".".join(["a" * 60] * 5) + ".org"]
)
def test_an_address_that_is_too_long_is_refused(typed: str) -> None:
    with pytest.raises(NotAnAddress) as refused:
        parse(typed)
    assert refused.value.says == phrases.ADDRESS_TOO_LONG


def test_the_longest_address_is_taken() -> None:
    longest = "m" * 64 + "@" + ".".join(["a" * 61] * 3) + ".or"
    assert len(longest) == 254 - 1
    assert parse(longest).key == longest
