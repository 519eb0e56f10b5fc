"""Who may do what: one table. Every endpoint names an action of it, public pages too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol


class Role(StrEnum):
    """What someone is here. Everybody has exactly one."""

    GUEST = "guest"
    """Someone who answered or kept something here, known by a cookie alone."""
    CARD = "card"
    """A learner without a name, who signs in with a card."""
    LEARNER = "learner"
    """Someone with an account of their own."""
    TEACHER = "teacher"
    """A learner with a confirmed address who says that they teach."""


class Duty(StrEnum):
    """What staff do, granted by an operator; someone may have several."""

    FACILITATOR = "facilitator"
    EDITOR = "editor"
    OPERATOR = "operator"


class Actor(Protocol):
    """Someone, as the rules see them. A suspended person is nobody: see `accounts.sessions.find`."""

    @property
    def role(self) -> Role: ...

    @property
    def duties(self) -> frozenset[Duty]: ...


class Can(StrEnum):
    READ = "read what is public"
    LEARN = "answer, tick, keep and see one's own progress"
    SEE_OWN_ATTEMPT = "see and go on with one's own attempt"
    SEE_OWN_DATA = "see, take away and erase what is held of oneself"
    SIGN_IN = "sign in or up, and reset a password"
    HAVE_ACCOUNT = "change one's own account and how it is guarded"
    SEE_OWN_DEVICES = "see where one is signed in and who opened one's work, and sign out there"
    BECOME_OWN = "turn a card into an account of one's own"
    ASK_FOR_HELP = "report a mistake or a worry"
    SEE_DESK = "open the staff desk"
    MANAGE_PEOPLE = "find people, grant and revoke duties, suspend"
    SEE_LETTERS = "see how letters fare and send one again"
    SEE_AUDIT = "read who did what"
    READ_MISTAKES = "read reports of mistakes in lessons"
    READ_WORRIES = "read worries told to the organiser"
    DEVELOP = "use the pages of development"


def _anyone(actor: Actor | None) -> bool:
    return True


def _someone(actor: Actor | None) -> bool:
    return actor is not None


def _account(actor: Actor | None) -> bool:
    return actor is not None and actor.role in (Role.LEARNER, Role.TEACHER)


def _signed_in(actor: Actor | None) -> bool:
    return actor is not None and actor.role is not Role.GUEST


def _card(actor: Actor | None) -> bool:
    return actor is not None and actor.role is Role.CARD


def _duty(*duties: Duty) -> Callable[[Actor | None], bool]:
    return lambda actor: actor is not None and not actor.duties.isdisjoint(duties)


RULES: Mapping[Can, Callable[[Actor | None], bool]] = {
    Can.READ: _anyone,
    Can.LEARN: _anyone,
    Can.SEE_OWN_ATTEMPT: _someone,
    Can.SEE_OWN_DATA: _someone,
    Can.SIGN_IN: _anyone,
    Can.HAVE_ACCOUNT: _account,
    Can.SEE_OWN_DEVICES: _signed_in,
    Can.BECOME_OWN: _card,
    Can.ASK_FOR_HELP: _anyone,
    Can.SEE_DESK: _duty(*Duty),
    Can.MANAGE_PEOPLE: _duty(Duty.OPERATOR),
    Can.SEE_LETTERS: _duty(Duty.OPERATOR),
    Can.SEE_AUDIT: _duty(Duty.OPERATOR),
    Can.READ_MISTAKES: _duty(Duty.EDITOR, Duty.OPERATOR),
    Can.READ_WORRIES: _duty(Duty.FACILITATOR, Duty.OPERATOR),
    Can.DEVELOP: _anyone,  # the routes exist only in development, on loopback
}

STAFF_ACTIONS = frozenset(
    {Can.SEE_DESK, Can.MANAGE_PEOPLE, Can.SEE_LETTERS, Can.SEE_AUDIT, Can.READ_MISTAKES, Can.READ_WORRIES}
)
"""Actions that a second factor stands before."""
NEEDS_ACCOUNT = STAFF_ACTIONS | {Can.HAVE_ACCOUNT, Can.SEE_OWN_DEVICES}
"""Actions for which somebody who is not signed in is asked to sign in, rather than told that there is nothing."""


def may(actor: Actor | None, action: Can) -> bool:
    """Whether `actor` (None: nobody yet) may do `action` at all; whose thing it is, the loader decides."""
    return RULES[action](actor)
