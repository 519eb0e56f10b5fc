"""Passwords: which are taken, and their hashes (Argon2id, OWASP Password Storage Cheat Sheet; ASVS 5.0 6.2, 11.4.2).

A password is taken as typed: never trimmed, cut, case-folded or normalised. Hashing costs a processor 15 ms and 19 MiB,
so only a few hashes run at once in a process and only so many may wait: pages keep flowing while a school signs in.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from classroom import phrases
from classroom.errors import Refusal

SHORTEST = 8
LONGEST = 256
"""Characters."""

MOST_AT_ONCE = min(4, os.cpu_count() or 1)
MOST_WAITING = 44
LONGEST_WAIT = 10
"""Seconds."""

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$v4SpxKH75pM8/wq1cphufg$+dBHqWkGBrUFH7j2sphQrg6MroJdt+uzbNguORk/VWk"
"""Of no password: whoever has none is answered after one hash too."""

_places = threading.BoundedSemaphore(MOST_AT_ONCE + MOST_WAITING)
_turns = threading.BoundedSemaphore(MOST_AT_ONCE)


class PasswordRefused(Refusal):
    """A new password that is too short, too long, or easily guessed."""


class TooManyAtOnce(Refusal):
    """More people prove who they are at this moment than the machine can check: nothing was looked at."""

    status = 503

    def __init__(self) -> None:
        super().__init__(phrases.TOO_MANY_SIGN_INS)


def check_new(password: str, *known_words: str) -> None:
    """Raises `PasswordRefused`. `known_words`: the person's name and address, the site's name, which others know."""
    if len(password) < SHORTEST:
        raise PasswordRefused(phrases.PASSWORD_TOO_SHORT)
    if len(password) > LONGEST:
        raise PasswordRefused(phrases.PASSWORD_TOO_LONG)
    if password.casefold() in _common():
        raise PasswordRefused(phrases.PASSWORD_TOO_COMMON)
    if _is_made_of(password, known_words):
        raise PasswordRefused(phrases.PASSWORD_IS_KNOWN)


@cache
def _common() -> frozenset[str]:
    """Passwords that people use most, as breaches showed. Loaded when the first one is chosen: it takes 100 ms."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])


def _is_made_of(password: str, known_words: tuple[str, ...]) -> bool:
    """Is it one character again and again, or a known word, be it with a few digits and signs around?"""
    bare = password.casefold().strip("0123456789 !@#$%&*.-_?")
    known = {part for word in known_words for part in (word.casefold(), word.casefold().partition("@")[0]) if part}
    return len(set(password)) < 3 or bare in known or password.casefold() in known


def make_hash(password: str) -> str:
    """The hash to store. Raises `TooManyAtOnce`. Hold no database connection meanwhile."""
    with _turn():
        return _HASHER.hash(_bytes(password))


def is_right(password_hash: str | None, password: str) -> bool:
    """One hash, whoever is asked about: None is somebody who has no password, or nobody.

    Raises `TooManyAtOnce`. Hold no database connection meanwhile.
    """
    with _turn():
        try:
            _HASHER.verify(password_hash or _NOBODYS_HASH, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
    return password_hash is not None


def needs_renewal(password_hash: str) -> bool:
    """Was it made with other parameters than are in force now?"""
    return _HASHER.check_needs_rehash(password_hash)


@contextmanager
def _turn() -> Iterator[None]:
    """Raises `TooManyAtOnce` at once when too many wait, or after waiting too long."""
    if not _places.acquire(blocking=False):
        raise TooManyAtOnce
    try:
        if not _turns.acquire(timeout=LONGEST_WAIT):
            raise TooManyAtOnce
        try:
            yield
        finally:
            _turns.release()
    finally:
        _places.release()


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
