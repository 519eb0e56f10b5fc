"""Letters before an account goes: the way back after asking for it, and the warning to one that nobody uses."""

from __future__ import annotations

from classroom import phrases, thai
from classroom.accounts import erasure, idleness
from classroom.accounts.models import Person
from classroom.accounts.tokens import Purpose, Tokens
from classroom.database import db
from classroom.mail.kinds import Context, LetterKind, Message
from classroom.mail.models import Letter


def kinds(all_tokens: Tokens) -> tuple[LetterKind, ...]:
    """The kinds of letters for `create_app` to hand over."""

    def write_erasure(letter: Letter, context: Context) -> Message:
        secret = all_tokens.secret(Purpose.WAY_BACK, str(letter.ids["seed"]))
        link = context.address(f"/me/data/way-back/{secret}")
        gone_at = letter.created_at + erasure.WAY_BACK
        return context.message("erasure", phrases.SUBJECT_ERASURE, link=link, gone_on=thai.today(gone_at))

    def is_waiting(letter: Letter) -> bool:
        return all_tokens.is_good(Purpose.WAY_BACK, str(letter.ids["seed"]), letter.due_at)

    return (
        LetterKind(erasure.LETTER, write_erasure, is_waiting, _address_of),
        LetterKind(idleness.LETTER, _write_idle, _is_still_idle, _address_of),
    )


def _write_idle(letter: Letter, context: Context) -> Message:
    gone_on = thai.today(letter.created_at + idleness.WARNED_BEFORE)
    return context.message(
        "idle-account", phrases.SUBJECT_IDLE_ACCOUNT, sign_in=context.address("/sign-in"), gone_on=gone_on
    )


def _is_still_idle(letter: Letter) -> bool:
    return letter.person_id is not None and not idleness.was_here_since(letter.person_id, letter.created_at)


def _address_of(person_id: int) -> str | None:
    person = db.session.get(Person, person_id)
    return person.email if person is not None and person.is_confirmed else None
