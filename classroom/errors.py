"""A rule said no and can say why.

A domain function raises a subclass of `Refusal` that stands in the same file; the web answers with its status
and its sentence, and rolls the transaction back.
"""

from __future__ import annotations


class Refusal(Exception):
    """A `status` for the answer and a Thai sentence (from `phrases`) that says what happened and what to do next."""

    status = 422

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says


class Missing(Refusal):
    """There is no such thing, or the person may not know of it: the answer is the same."""

    status = 404
