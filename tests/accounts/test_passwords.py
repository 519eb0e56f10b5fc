"""Passwords: as typed, one hash a question, a few at a time (OWASP ASVS 5.0 6.2, 11.4.2)."""

from __future__ import annotations

import threading

import pytest
from argon2 import PasswordHasher, extract_parameters

from classroom import phrases
from classroom.accounts import passwords
from classroom.accounts.passwords import PasswordRefused, TooManyAtOnce

GOOD = "แมวกินปลาทูวันละตัว"


@pytest.mark.parametrize("password", ["แมวกินปล", "x" * 100 + "แมว" * 52, "  แมว ปลา  ", "correct horse battery staple"])
def test_any_eight_to_256_characters_will_do(password: str) -> None:
    passwords.check_new(password, "มะลิ", "mali@example.org", "ห้องเรียนสิทธิ")
    assert passwords.is_right(passwords.make_hash(password), password)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", phrases.PASSWORD_TOO_SHORT),
        ("x", phrases.PASSWORD_TOO_SHORT),
        ("แมวกินป", phrases.PASSWORD_TOO_SHORT),
        ("x" * 257, phrases.PASSWORD_TOO_LONG),
        ("x" * 10_000, phrases.PASSWORD_TOO_LONG),
        ("12345678", phrases.PASSWORD_TOO_COMMON),
        ("Password1", phrases.PASSWORD_TOO_COMMON),
        ("QWERTYUIOP", phrases.PASSWORD_TOO_COMMON),
        ("กกกกกกกก", phrases.PASSWORD_IS_KNOWN),
        ("กขกขกขกข", phrases.PASSWORD_IS_KNOWN),
        ("mali@example.org", phrases.PASSWORD_IS_KNOWN),
        ("Mali@Example.org1", phrases.PASSWORD_IS_KNOWN),
        ("mali.dee", phrases.PASSWORD_IS_KNOWN),
        ("ห้องเรียนสิทธิ", phrases.PASSWORD_IS_KNOWN),
        ("ห้องเรียนสิทธิ2569", phrases.PASSWORD_IS_KNOWN),
        ("มะลิดีใจ!!", phrases.PASSWORD_IS_KNOWN),
    ],
)
def test_what_others_would_guess_is_refused(password: str, says: str) -> None:
    with pytest.raises(PasswordRefused) as refused:
        passwords.check_new(password, "มะลิดีใจ", "mali@example.org", "mali.dee@example.org", "ห้องเรียนสิทธิ")
    assert refused.value.says == says


@pytest.mark.parametrize(
    "almost", [f" {GOOD}", f"{GOOD} ", GOOD[:-1], GOOD + "x", "เเมวกินปลาทูวันละตัว", GOOD.replace("ู", "ุ"), ""]
)
def test_a_password_is_never_trimmed_cut_or_mended(almost: str) -> None:
    assert not passwords.is_right(passwords.make_hash(GOOD), almost)


def test_case_and_unicode_form_count() -> None:
    assert not passwords.is_right(passwords.make_hash("Strasse zwei"), "strasse zwei")
    assert not passwords.is_right(passwords.make_hash("cafe\u0301 noir"), "café noir")
    assert passwords.is_right(passwords.make_hash("\ud800 lone half"), "\ud800 lone half")


def test_nobody_has_a_password() -> None:
    assert not passwords.is_right(None, GOOD)


def test_nobodys_hash_costs_what_everybodys_does() -> None:
    assert extract_parameters(passwords._NOBODYS_HASH) == extract_parameters(passwords.make_hash(GOOD))
    of_ours = extract_parameters(passwords.make_hash(GOOD))
    assert (of_ours.type.name, of_ours.time_cost, of_ours.memory_cost, of_ours.parallelism) == ("ID", 2, 19_456, 1)


def test_a_hash_of_other_parameters_is_renewed() -> None:
    assert passwords.needs_renewal(PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(GOOD))
    assert not passwords.needs_renewal(passwords.make_hash(GOOD))


def test_a_hash_that_is_none_opens_nothing() -> None:
    assert not passwords.is_right("", GOOD)
    assert not passwords.is_right("x", GOOD)


def test_who_waits_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "LONGEST_WAIT", 0.01)
    with _all_turns_taken(), pytest.raises(TooManyAtOnce) as refused:
        passwords.is_right(None, GOOD)
    assert (refused.value.status, refused.value.says) == (503, phrases.TOO_MANY_SIGN_INS)
    assert not passwords.is_right(None, GOOD)


def test_only_so_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_places", threading.BoundedSemaphore(1))
    monkeypatch.setattr(passwords, "LONGEST_WAIT", 30)
    with _all_turns_taken():
        waiting = threading.Thread(target=passwords.is_right, args=(None, GOOD))
        waiting.start()
        while passwords._places.acquire(blocking=False):
            passwords._places.release()
        with pytest.raises(TooManyAtOnce):
            passwords.is_right(None, GOOD)
    waiting.join(timeout=10)
    assert not waiting.is_alive()


class _all_turns_taken:  # noqa: N801 - reads as a sentence after `with`
    def __enter__(self) -> None:
        for _ in range(passwords.MOST_AT_ONCE):
            passwords._turns.acquire()

    def __exit__(self, *error: object) -> None:
        for _ in range(passwords.MOST_AT_ONCE):
            passwords._turns.release()
