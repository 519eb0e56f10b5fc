"""Forms of coming in: Thai words and checks of shape; what is typed stays as it is, but for a password, which goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wtforms import BooleanField, Field, Form, PasswordField, StringField, ValidationError

from classroom.accounts import addresses, names, passwords
from classroom.accounts.passwords import PasswordRefused
from classroom.errors import Refusal

NAME = "ให้เราเรียกคุณว่าอะไร"
NAME_HINT = "ชื่อเล่นหรือนามแฝงก็ได้ เปลี่ยนทีหลังได้"
EMAIL = "อีเมล"
PASSWORD = "รหัสผ่าน"  # noqa: S105
NEW_PASSWORD = "รหัสผ่านใหม่"  # noqa: S105
NEW_PASSWORD_HINT = (
    f"{passwords.SHORTEST} ตัวอักษรขึ้นไป ใช้ภาษาไหนก็ได้ เว้นวรรคได้ ไม่ต้องมีเลขหรือเครื่องหมาย ประโยคยาว ๆ ที่คุณจำได้ปลอดภัยกว่าคำสั้น"
)
SHARED = "เครื่องนี้ใช้ร่วมกับคนอื่น"
CARD_CODE = "รหัสชุด"
CARD_CODE_HINT = "8 ตัว มีขีดหรือไม่มีก็ได้ ตัวเล็กตัวใหญ่เหมือนกัน"
CARD_SEAT = "เลขที่"
CARD_WORDS = "คำสี่คำ"
CARD_WORDS_HINT = "เรียงตามบัตร ไม่ต้องเว้นวรรค วรรณยุกต์ผิดก็ยังเข้าได้"
MINE = "คำตอบบนเครื่องนี้เป็นของฉัน"


def taken_by(parse: Callable[[str], Any]) -> Callable[[Form, Field], None]:
    """A check that a function of the domain takes what was typed; its refusal says what to mend."""

    def check(form: Form, field: Field) -> None:
        try:
            parse(field.data or "")
        except Refusal as refusal:
            raise ValidationError(refusal.says) from None

    return check


class EntryForm(Form):
    """A form that the domain may refuse: as a whole, or for its new password."""

    def refuse(self, refusal: Refusal) -> None:
        if isinstance(refusal, PasswordRefused):
            self["password"].errors = [refusal.says]
        else:
            self.form_errors.append(refusal.says)

    def problems(self) -> Sequence[tuple[str, str]]:
        """What to mend, and the field to mend it in: for the summary above the form."""
        first = next((f"#{field.name}" for field in self), "#main")
        of_fields = [(error, f"#{field.name}") for field in self for error in field.errors]
        return [(says, first) for says in self.form_errors] + of_fields


class SignInForm(EntryForm):
    email = StringField(EMAIL)
    password = PasswordField(PASSWORD)
    shared = BooleanField(SHARED)


class SignUpForm(EntryForm):
    name = StringField(NAME, [taken_by(names.clean)], description=NAME_HINT)
    email = StringField(EMAIL, [taken_by(addresses.parse)])


class AddressForm(EntryForm):
    email = StringField(EMAIL, [taken_by(addresses.parse)])


class NameForm(EntryForm):
    name = StringField(NAME, [taken_by(names.clean)], description=NAME_HINT)


class JoinForm(EntryForm):
    code = StringField(CARD_CODE, description=CARD_CODE_HINT)
    seat = StringField(CARD_SEAT)
    words = StringField(CARD_WORDS, description=CARD_WORDS_HINT)
    mine = BooleanField(MINE)
    shared = BooleanField(SHARED, default=True)


class ProofForm(EntryForm):
    password = PasswordField(PASSWORD)


class NewPasswordForm(EntryForm):
    password = PasswordField(NEW_PASSWORD, description=NEW_PASSWORD_HINT)


class FirstPasswordForm(EntryForm):
    password = PasswordField(PASSWORD, description=NEW_PASSWORD_HINT)
    shared = BooleanField(SHARED)
