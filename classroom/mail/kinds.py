"""Kinds of letters: a slice hands its kinds over in `create_app`, so mail knows no slice.

    def confirmation(letter: Letter, context: Context) -> Message:
        link = context.address(f"/e-mail/{…}")
        return context.message("confirmation", "…a neutral subject…", link=link)

    KINDS = (LetterKind("confirmation", write=confirmation, still_wanted=is_unconfirmed, address_of=address_of),)

`context.message` renders `templates/mail/confirmation.txt` and `.html`, which extend `layouts/letter.txt` and `.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment

from classroom.config import Settings
from classroom.mail.models import Letter
from classroom.vault import Vault


class UnknownKind(LookupError):
    """No slice handed over a kind of this name."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a letter says."""

    subject: str
    """Thai and neutral: it shows on a locked phone, so it names no topic, no event and no person (security.md A12)."""
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the maker of a letter may use, beside the database."""

    settings: Settings
    vault: Vault
    templates: Environment
    now: datetime

    def address(self, path: str) -> str:
        """The public address of a page of this site."""
        return f"{self.settings.base_url}{path}"

    def message(self, template: str, subject: str, **values: object) -> Message:
        """The two templates `mail/<template>.txt` and `.html`, filled. Raises for a value that is missing."""
        text, html = (
            self.templates.get_template(f"mail/{template}.{part}").render(
                values, subject=subject, site_address=self.settings.base_url
            )
            for part in ("txt", "html")
        )
        return Message(subject, text, html)


@dataclass(frozen=True, slots=True)
class LetterKind:
    """How letters of one kind are made. Its functions run in a write transaction of the worker."""

    name: str
    """Stored with each letter: permanent."""
    write: Callable[[Letter, Context], Message]
    still_wanted: Callable[[Letter], bool]
    """Asked again right before sending (security.md B6)."""
    address_of: Callable[[int], str | None]
    """Person id → e-mail address, or None where there is none (any more)."""


class Kinds:
    """All kinds of letters of the product. Raises `ValueError` when two have one name."""

    def __init__(self, kinds: Iterable[LetterKind]) -> None:
        listed = tuple(kinds)
        self._by_name: Mapping[str, LetterKind] = {kind.name: kind for kind in listed}
        if len(self._by_name) < len(listed):
            raise ValueError("two kinds of letters have one name")

    def called(self, name: str) -> LetterKind:
        """Raises `UnknownKind`."""
        try:
            return self._by_name[name]
        except KeyError:
            raise UnknownKind(name) from None
