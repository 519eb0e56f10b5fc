"""The inbox: notes are put in sealed, read by those whose duty it is, and gone after 90 days (security.md A6, A11)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from classroom import audit
from classroom.database import db, insert
from classroom.errors import Missing
from classroom.notes.models import Note, NoteKind
from classroom.permissions import Actor, Can, may
from classroom.vault import Vault
from classroom.web import limits
from classroom.web.limits import Limit

KEPT = timedelta(days=90)
A_PAGE = 20
PER_ADDRESS = Limit("notes", 10, timedelta(hours=1))

_READ_BY = {NoteKind.MISTAKE: Can.READ_MISTAKES, NoteKind.WORRY: Can.READ_WORRIES}
_TEXT, _CONTACT = "note.text", "note.contact"
"""Purposes of the vault's seals."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as it was typed, checked by its form."""

    kind: NoteKind
    text: str
    contact: str = ""
    lesson_id: str | None = None
    lesson_version: str | None = None


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note as it is read."""

    note: Note
    text: str
    contact: str


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the inbox, newest first."""

    notes: Sequence[OpenedNote]
    older: int | None
    """The id to go on before; None at the end."""


def put(draft: Draft, sender: str, vault: Vault, now: datetime) -> None:
    """Keep a note, sealed. Call it in a write transaction.

    The same words from the same `sender` (a person or an address) in the same hour are one note.
    """
    key = limits.digest_of_today(
        now, "note", f"{now:%Y%m%d%H}", sender, draft.kind, draft.lesson_id or "", draft.text, draft.contact
    )
    values = {
        "key": key,
        "kind": draft.kind,
        "lesson_id": draft.lesson_id,
        "lesson_version": draft.lesson_version,
        "sealed_text": vault.seal(draft.text, purpose=_TEXT, owner=key),
        "sealed_contact": vault.seal(draft.contact, purpose=_CONTACT, owner=key) if draft.contact else None,
        "created_at": now,
    }
    db.session.execute(insert(Note).values(values).on_conflict_do_nothing(index_elements=[Note.key]))


def kinds_for(person: Actor | None) -> Collection[NoteKind]:
    """The kinds of notes that this person may read."""
    return [kind for kind, action in _READ_BY.items() if may(person, action)]


def page(kinds: Collection[NoteKind], vault: Vault, *, are_read: bool = False, before: int | None = None) -> Page:
    """Twenty notes of these kinds, read or yet unread ones, older than the note `before` if it is given."""
    query = sa.select(Note).where(Note.kind.in_(kinds))
    query = query.where(Note.read_at.is_not(None) if are_read else Note.read_at.is_(None))
    if before is not None:
        query = query.where(Note.id < before)
    found = db.session.scalars(query.order_by(Note.id.desc()).limit(A_PAGE + 1)).all()
    notes = [_open(note, vault) for note in found[:A_PAGE]]
    return Page(notes, notes[-1].note.id if len(found) > A_PAGE else None)


def note_called(person: Actor | None, note_id: int) -> Note:
    """Raises `Missing` alike for what is not there and what this person may not read."""
    note = db.session.get(Note, note_id)
    if note is None or note.kind not in kinds_for(person):
        raise Missing("")
    return note


def mark_read(note: Note, reader_id: int, now: datetime) -> None:
    """Note that it was read, and in the audit by whom; again changes nothing. Call it in a write transaction."""
    first = sa.update(Note).where(Note.id == note.id, Note.read_at.is_(None)).values(read_at=now).returning(Note.id)
    if db.session.scalar(first) is not None:
        audit.record(audit.Action.NOTE_READ, actor_id=reader_id, object_kind="note", object_id=note.id, now=now)


def _open(note: Note, vault: Vault) -> OpenedNote:
    text = vault.open_sealed(note.sealed_text, purpose=_TEXT, owner=note.key)
    if note.sealed_contact is None:
        return OpenedNote(note, text, "")
    return OpenedNote(note, text, vault.open_sealed(note.sealed_contact, purpose=_CONTACT, owner=note.key))
