"""Windows of people with accounts: rows in the served database, a cookie in the window."""

from __future__ import annotations

import secrets
import sqlite3
from contextlib import closing

from playwright.sync_api import BrowserContext

from classroom import clock
from classroom.accounts.sessions import digest
from tests.services.classroom import ClassroomServer

HELD = "นี่คือทุกเรื่องที่เราเก็บไว้ของคุณ"
"""Stands on /me/data of somebody with an account, and on no page of anybody else."""
PERSON = """
INSERT INTO person (role, duties, created_at, name, email, email_key, email_confirmed_at)
VALUES ('learner', '', :now, 'น้ำ', :email, :email, :now)
"""
SESSION = """
INSERT INTO device_session (secret_digest, person_id, created_at, seen_at, is_shared, proved_at)
VALUES (:digest, :person, :now, :now, :shared, :now)
"""


def become(context: BrowserContext, server: ClassroomServer, *, is_shared: bool = False) -> int:
    """Be a new learner in this window; their id."""
    secret, name = secrets.token_urlsafe(32), secrets.token_hex(4)
    values = {"now": f"{clock.now():%Y-%m-%d %H:%M:%S.%f}", "email": f"{name}@school.test", "shared": is_shared}
    with closing(sqlite3.connect(server.database)) as database, database:
        person = database.execute(PERSON, values).lastrowid
        database.execute(SESSION, values | {"digest": digest(secret), "person": person})
    context.add_cookies(
        [
            {
                "name": "__Host-classroom",
                "value": secret,
                "url": server.url,
                "secure": True,
                "httpOnly": True,
                "sameSite": "Lax",
            }
        ]
    )
    assert person is not None
    return person


def known_people(server: ClassroomServer) -> set[int]:
    """Ids of those who are known on a device."""
    with closing(sqlite3.connect(server.database)) as database:
        return {person for (person,) in database.execute("SELECT person_id FROM device_session")}


def change_sessions(server: ClassroomServer, statement: str, *values: str) -> None:
    """What happens to sessions while a window is open and told nothing."""
    with closing(sqlite3.connect(server.database)) as database, database:
        database.execute(statement, values)
