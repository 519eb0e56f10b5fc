"""The shelf of kept pages holds the last ones used."""

from __future__ import annotations

import pytest

from classroom.web.pages import Shelf


def test_a_thing_is_made_once() -> None:
    shelf, made = Shelf(), iter(["first", "second"])
    assert [shelf.get(("key",), lambda: next(made)) for _ in range(2)] == ["first", "first"]


def test_what_was_used_longest_ago_goes_first() -> None:
    shelf = Shelf(most=2)
    for key in ("a", "b", "a", "c"):
        shelf.get((key,), lambda: "old")
    assert [shelf.get((key,), lambda: "new") for key in ("a", "c", "b")] == ["old", "old", "new"]


def test_what_failed_to_be_made_is_made_again() -> None:
    shelf = Shelf()
    with pytest.raises(ZeroDivisionError):
        shelf.get(("key",), lambda: 1 // 0)
    assert shelf.get(("key",), lambda: "made") == "made"
