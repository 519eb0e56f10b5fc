"""Who may do what: one table. Every endpoint names an action of it, public pages too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    GUEST = "guest"
    """Someone who answered or kept something here, known by a cookie alone."""


class Actor(Protocol):
    @property
    def role(self) -> Role: ...


class Can(StrEnum):
    READ = "read what is public"
    LEARN = "answer, tick, keep and see one's own progress"
    SEE_OWN_ATTEMPT = "see and go on with one's own attempt"
    ERASE_ONESELF = "erase what is kept of oneself"
    DEVELOP = "use the pages of development"


def _anyone(actor: Actor | None) -> bool:
    return True


def _someone(actor: Actor | None) -> bool:
    return actor is not None


RULES: Mapping[Can, Callable[[Actor | None], bool]] = {
    Can.READ: _anyone,
    Can.LEARN: _anyone,
    Can.SEE_OWN_ATTEMPT: _someone,
    Can.ERASE_ONESELF: _someone,
    Can.DEVELOP: _anyone,  # the routes exist only in development, on loopback
}


def may(actor: Actor | None, action: Can) -> bool:
    """Whether `actor` (None: a visitor who is nobody yet) may do `action` at all; whose thing it is, the loader decides."""
    return RULES[action](actor)
