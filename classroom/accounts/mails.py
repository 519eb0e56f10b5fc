"""Letters of coming in. What they say is decided when they are sent, by what is true then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from classroom import clock, phrases
from classroom.accounts import addresses, changes, email_change, password_reset, sign_up
from classroom.accounts.models import Person
from classroom.accounts.tokens import Found, LinkIsOver, Purpose, Tokens
from classroom.database import db
from classroom.mail.kinds import Context, LetterKind, Message
from classroom.mail.models import Letter


def kinds(all_tokens: Tokens) -> tuple[LetterKind, ...]:
    """The kinds of letters that this slice hands over."""
    writer = _Writer(all_tokens)
    return (
        LetterKind(sign_up.LETTER, writer.sign_up, writer.is_link_good, address_of),
        LetterKind(password_reset.LETTER, writer.password_reset, writer.has_account, address_of),
        LetterKind(password_reset.NOTICE, _password_changed, _is_true_for_ever, address_of),
        LetterKind(email_change.LETTER, writer.new_email, writer.is_link_good, address_of),
        LetterKind(email_change.NOTICE, writer.old_email, writer.is_link_good, address_of),
        LetterKind(changes.LETTER, _account_changed, _is_true_for_ever, address_of),
    )


def address_of(person_id: int) -> str | None:
    """Where a person's letters go."""
    person = db.session.get(Person, person_id)
    return person.email if person is not None and person.is_confirmed else None


_PURPOSES = {
    sign_up.LETTER: Purpose.SIGN_UP,
    password_reset.LETTER: Purpose.PASSWORD_RESET,
    email_change.LETTER: Purpose.NEW_EMAIL,
    email_change.NOTICE: Purpose.OLD_EMAIL,
}


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the letters that carry a link."""

    tokens: Tokens

    def is_link_good(self, letter: Letter) -> bool:
        return self.tokens.is_good(_PURPOSES[letter.kind], str(letter.ids["seed"]), clock.now())

    def has_account(self, letter: Letter) -> bool:
        """Is there somebody whose password could be set? The page that posted the letter does not say."""
        try:
            found = self._find(letter, clock.now())
        except LinkIsOver:
            return False
        person = db.session.get(Person, found.person_id) if found.person_id is not None else None
        return person is not None and person.suspended_at is None

    def sign_up(self, letter: Letter, context: Context) -> Message:
        found = self._find(letter, context.now)
        if addresses.owner(found.holds["email_key"]) is not None:
            subject = "อีเมลนี้มีบัญชีอยู่แล้ว"
            links = {"sign_in": context.address("/sign-in"), "reset": context.address("/password-reset")}
            return context.message("sign-up-known", subject, **links)
        return context.message("sign-up", "ยืนยันอีเมลเพื่อเปิดบัญชี", link=self._link(letter, context))

    def password_reset(self, letter: Letter, context: Context) -> Message:
        return context.message("password-reset", "ตั้งรหัสผ่านใหม่", link=self._link(letter, context))

    def new_email(self, letter: Letter, context: Context) -> Message:
        found = self._find(letter, context.now)
        owner = addresses.owner(found.holds["email_key"])
        if owner is not None and owner.id != found.person_id:
            return context.message("new-email-taken", "อีเมลนี้มีบัญชีอยู่แล้ว", sign_in=context.address("/sign-in"))
        return context.message("new-email", "ยืนยันอีเมลใหม่", link=self._link(letter, context))

    def old_email(self, letter: Letter, context: Context) -> Message:
        return context.message("old-email", "อีเมลของบัญชีถูกเปลี่ยน", link=self._link(letter, context))

    def _find(self, letter: Letter, now: datetime) -> Found:
        return self.tokens.find(self._secret(letter), _PURPOSES[letter.kind], now=now)

    def _link(self, letter: Letter, context: Context) -> str:
        return context.address(f"/e-mail/{self._secret(letter)}")

    def _secret(self, letter: Letter) -> str:
        return self.tokens.secret(_PURPOSES[letter.kind], str(letter.ids["seed"]))


def _password_changed(letter: Letter, context: Context) -> Message:
    at, reset = letter.created_at, context.address("/password-reset")
    return context.message("password-changed", "รหัสผ่านของคุณถูกเปลี่ยน", at=at, reset=reset)


def _account_changed(letter: Letter, context: Context) -> Message:
    """How the account is guarded, or what its person may do, is other than before."""
    return context.message(
        "account-changed",
        "บัญชีของคุณมีการเปลี่ยนแปลง",
        change=letter.ids["change"],
        duty=phrases.DUTIES.get(str(letter.ids["duty"]), ""),
        at=letter.created_at,
        security=context.address("/me/security"),
        help=context.address("/help"),
    )


def _is_true_for_ever(letter: Letter) -> bool:
    return True
