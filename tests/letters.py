"""What the worker would send now, caught before it leaves the house."""

from __future__ import annotations

import copy
import re
from email.message import EmailMessage

from flask import Flask

from classroom import clock
from classroom.mail.folder import FiledLetter
from tests.browser import ORIGIN


def letters_of(app: Flask) -> list[FiledLetter]:
    """The letters that are due, sent off as far as the outbox knows."""
    caught: list[EmailMessage] = []
    delivery = copy.copy(app.extensions["delivery"])
    delivery._transport = _Net(caught)
    with app.app_context():
        delivery.deliver_due(clock.now())
    return [FiledLetter("caught", message) for message in caught]


def link_in(letter: FiledLetter) -> str:
    """The path that the letter's first link to a page of ours leads to."""
    found = re.search(rf"{re.escape(ORIGIN)}(/\S+)", letter.text)
    assert found is not None, letter.text
    return found[1]


class _Net:
    def __init__(self, caught: list[EmailMessage]) -> None:
        self._caught = caught

    def send(self, message: EmailMessage) -> None:
        self._caught.append(message)
