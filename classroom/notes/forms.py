"""Forms of notes: what may stand in them."""

from __future__ import annotations

import re
from typing import Any

from wtforms import Field, Form, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from classroom import phrases, thai
from classroom.content.model import Library
from classroom.notes.inbox import Draft
from classroom.notes.models import NoteKind

LONGEST_TEXT = 2000
LONGEST_CONTACT = 200

_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Control signs, but for tabs and line ends."""


def clean(typed: str | None) -> str:
    """What is to be read of it: NFC, one sign for a line end, nothing invisible, no space around."""
    lines = (typed or "").replace("\r\n", "\n").replace("\r", "\n")
    return thai.normalise(thai.visible(_UNREADABLE.sub("", lines))).strip()


def without_id_number(form: Form, field: Field) -> None:
    """The number of an identity card is never held (security.md A1)."""
    if thai.holds_id_number(field.data):
        raise ValidationError(phrases.NOTE_HAS_ID_NUMBER)


class WorryForm(Form):
    """Tell the organiser of a worry or of harassment."""

    text = TextAreaField(
        filters=[clean],
        validators=[
            DataRequired(phrases.WORRY_IS_EMPTY),
            Length(max=LONGEST_TEXT, message=phrases.NOTE_TOO_LONG),
            without_id_number,
        ],
    )
    contact = StringField(
        filters=[clean],
        validators=[Length(max=LONGEST_CONTACT, message=phrases.CONTACT_TOO_LONG), without_id_number],
    )

    def draft(self) -> Draft:
        return Draft(NoteKind.WORRY, str(self.text.data), contact=str(self.contact.data))


class MistakeForm(Form):
    """Report a mistake, in a lesson or elsewhere."""

    lesson = SelectField(filters=[clean], validate_choice=False)
    text = TextAreaField(
        filters=[clean],
        validators=[
            DataRequired(phrases.MISTAKE_IS_EMPTY),
            Length(max=LONGEST_TEXT, message=phrases.NOTE_TOO_LONG),
            without_id_number,
        ],
    )

    def __init__(self, library: Library, typed: Any, lesson_id: str | None) -> None:
        super().__init__(typed, prefix="mistake", data={"lesson": lesson_id})
        self._library = library
        lessons = [(lesson.id, lesson.short) for lesson in library.lessons.values()]
        self.lesson.choices = [("", phrases.NO_LESSON), *lessons]

    def validate_lesson(self, field: Field) -> None:
        if field.data and field.data not in self._library.lessons:
            raise ValidationError(phrases.UNKNOWN_LESSON)

    def draft(self) -> Draft:
        lesson_id = self.lesson.data or None
        version = self._library.version if lesson_id else None
        return Draft(NoteKind.MISTAKE, str(self.text.data), lesson_id=lesson_id, lesson_version=version)


class HelpForms:
    """Both forms of the page, of which one may have been sent."""

    def __init__(
        self, library: Library, kind: NoteKind | None = None, typed: Any = None, lesson_id: str | None = None
    ) -> None:
        self.mistake = MistakeForm(library, typed if kind is NoteKind.MISTAKE else None, lesson_id)
        self.worry = WorryForm(typed if kind is NoteKind.WORRY else None, prefix="worry")
        self.sent: MistakeForm | WorryForm = self.mistake if kind is NoteKind.MISTAKE else self.worry
        self.is_about_lesson = kind is NoteKind.MISTAKE or lesson_id is not None

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is wrong, each with the address of its field on the page."""
        return [(str(error), f"#{field.id}") for field in self.sent for error in field.errors]
