"""Requests with other people's ids, thousands of them: no byte of one person may reach another, and nothing may fail.

Victims of every kind leave marks wherever something of theirs is kept. Attackers of every kind ask every route with
their ids and theirs alone. No id is a mark: what an attacker typed may come back to them.
"""

from __future__ import annotations

import gzip
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from classroom import clock
from classroom.accounts.models import Passkey, Person
from classroom.accounts.sessions import digest
from classroom.accounts.tokens import Purpose, Tokens
from classroom.database import db, transaction
from classroom.mail import outbox
from classroom.mail.models import Letter
from classroom.permissions import Duty, Role
from tests import make
from tests.browser import Browser
from tests.make import Guest
from tests.page import Page
from tests.rows import Row, rows

LISTENING = "/courses/speaking/listening"
UNTOUCHED = ("attempt", "answer", "progress", "ticks", "reflection", "person", "passkey", "card", "device_session")
"""Tables in which nothing of a victim may change: what anyone may start with an address only is in the others."""
FIELDS = (
    "id", "person", "person_id", "actor_id", "owner_id", "attempt", "attempt_id", "device", "passkey", "role", "duty",
    "duties", "email", "name", "password", "new_password", "code", "seat", "words", "text", "contact", "kind", "lesson",
    "as", "to", "save", "begin", "hand-in", "revision", "keep", "done", "part", "suspend", "grant", "revoke", "q",
)  # fmt: skip
NONSENSE = ("", "0", "-1", "1", "x", "99999999999", "' OR 1=1 --", "{{7*7}}", "../..", "ก", "true", "operator")
REQUESTS_EACH = 25
"""Of one attacker, who is then made anew: some of what they press signs them out."""


@dataclass
class World:
    """The victims: what may be named, and what must never be seen."""

    ids: list[str] = field(default_factory=list)
    """Of them and of what is theirs: public, and good for nothing."""
    marks: list[str] = field(default_factory=list)
    person_ids: list[int] = field(default_factory=list)


@dataclass
class Report:
    faults: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    attackers: Counter[str] = field(default_factory=Counter)


def attack(app: Flask, requests: int, seed: int) -> Report:
    """Make the victims, send so many requests against them, and look whether all is as it was."""
    world, dice, report = make_world(app), random.Random(seed), Report()
    before = holdings_of(app, world)
    names = sorted(ATTACKERS)
    for number in range(requests):
        if number % REQUESTS_EACH == 0:
            name = names[(number // REQUESTS_EACH) % len(names)]
            browser = ATTACKERS[name](app, number)
            browser._client.environ_base["REMOTE_ADDR"] = _address(number)
        sent = one_request(app, browser, world, dice)
        report.statuses[sent.page.status] += 1
        report.attackers[name] += 1
        report.faults += [f"{name} {sent}: {fault}" for fault in faults(sent, world)]
    changed = [table for table, stored in holdings_of(app, world).items() if stored != before[table]]
    report.faults += [f"what victims have in {table} has changed" for table in changed]
    return report


def _address(number: int) -> str:
    """One for each attacker, so that no limit bars them all."""
    return f"198.51.{number // 100 % 256}.{number % 100}"


@dataclass(frozen=True)
class Sent:
    """A request and its answer."""

    method: str
    path: str
    fields: Mapping[str, str]
    page: Page

    def __str__(self) -> str:
        return f"{self.method} {self.path} {dict(self.fields)}"


def faults(sent: Sent, world: World) -> list[str]:
    answer = _read(sent.page)
    return [f"shows {mark}" for mark in world.marks if mark in answer] + (
        [f"status {sent.page.status}"] if sent.page.status >= 500 else []
    )


def _read(page: Page) -> str:
    is_squeezed = page.headers.get("Content-Encoding") == "gzip"
    body = gzip.decompress(page.body) if is_squeezed else page.body
    return body.decode("utf-8", "replace") + str(page.headers)


def one_request(app: Flask, browser: Browser, world: World, dice: random.Random) -> Sent:
    rule = dice.choice(_rules(app))
    method = dice.choice(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
    path = _path(rule, world, dice)
    fields = {name: _value(world, dice) for name in dice.sample(FIELDS, dice.randrange(6))}
    if method == "GET":
        query = "&".join(f"{name}={quote(value)}" for name, value in fields.items())
        return Sent(method, path, fields, browser.fetch(f"{path}?{query}" if query else path))
    return Sent(method, path, fields, browser.send(path, fields))


def _rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith("/static/")]


def _path(rule: Rule, world: World, dice: random.Random) -> str:
    """The rule's address with somebody else's ids in it; mostly ones that exist."""
    path = rule.rule
    for name in rule.arguments:
        start = path.rindex("<", 0, path.index(f"{name}>"))
        value = quote(_argument(name, world, dice), safe="")
        path = path[:start] + value + path[path.index(">", start) + 1 :]
    return path


def _argument(name: str, world: World, dice: random.Random) -> str:
    known = {
        "course_id": "speaking",
        "lesson_id": "listening",
        "which": "post",
        "box": "worries",
        "block_id": "my-moment",
    }
    if name in known and dice.random() < 0.8:
        return known[name]
    return _value(world, dice) or "x"


def _value(world: World, dice: random.Random) -> str:
    return dice.choice(world.ids) if dice.random() < 0.75 else dice.choice(NONSENSE)


# Victims


def make_world(app: Flask) -> World:
    """A guest, a card learner, a learner, a teacher and an operator, of whom much is held."""
    world = World()
    victims = {
        "guest": make.guest(app),
        "card": make.card(app, seat=7, code="VCTM2345"),
        "learner": make.account(app, "learner-victim@school.test"),
        "teacher": make.account(app, "teacher-victim@school.test", role=Role.TEACHER),
        "operator": make.account(app, "operator-victim@school.test", duties=[Duty.OPERATOR]),
    }
    for name, someone in victims.items():
        _fill(app, world, name, someone)
    return world


def _fill(app: Flask, world: World, name: str, someone: Guest) -> None:
    """Write marks wherever something is kept, and note the ids of it all."""
    browser, mark = make.browser_of(app, someone), f"mark-of-{name}"
    browser.send(f"{LISTENING}/reflections/my-moment", {"text": f"{mark}-reflection"})
    browser.send(f"{LISTENING}/checks/listening-word", {"listening-word": f"{mark}-answer"})
    browser.send("/help/worries", {"text": f"{mark}-worry", "contact": f"{mark}-contact"})
    attempts = [make.attempt(app, someone), make.handed_in(app, someone)]
    world.marks += [f"{mark}-{what}" for what in ("reflection", "answer", "worry", "contact", "name", "passkey")]
    world.marks += [someone.secret, digest(someone.secret), f"{name}-victim@school.test"]
    world.ids += [*attempts, str(someone.person_id), f"{mark}-credential", f"{name}-VICTIM@school.test"]
    world.person_ids.append(someone.person_id)
    with app.app_context(), transaction() as session:
        _fill_account(app, world, session.get_one(Person, someone.person_id), mark)


def _fill_account(app: Flask, world: World, person: Person, mark: str) -> None:
    now = clock.now()
    if person.email is not None:
        person.name = f"{mark}-name"
    db.session.add(
        Passkey(
            credential_id=f"{mark}-credential",
            person_id=person.id,
            public_key=b"",
            sign_count=0,
            label=f"{mark}-passkey",
            created_at=now,
        )
    )
    tokens = Tokens(app.config["SECRET_KEY"], app.extensions["vault"])
    issued = tokens.issue(Purpose.OLD_EMAIL, person_id=person.id, holds={"email": f"{mark}-old@school.test"}, now=now)
    outbox.post("account-changed", key=f"letter {mark}", person_id=person.id, now=now)
    letter = db.session.scalars(sa.select(Letter).where(Letter.key == f"letter {mark}")).one()
    letter.dead_at = now
    world.marks += [issued.secret, issued.seed, f"{mark}-old@school.test"]
    world.ids += [str(letter.id), "VCTM2345", "7"]


def holdings_of(app: Flask, world: World) -> dict[str, list[Row]]:
    """What the victims have, but for the day they were last seen."""
    attempts = {row["id"] for row in rows(app, "attempt") if row["person_id"] in world.person_ids}
    return {table: [row for row in rows(app, table) if _is_victims(row, world, attempts)] for table in UNTOUCHED}


def _is_victims(row: Row, world: World, attempts: set[Any]) -> bool:
    owner = row.get("person_id", row.get("id"))
    return row["attempt_id"] in attempts if "attempt_id" in row else owner in world.person_ids


# Attackers


def _nobody(app: Flask, number: int) -> Browser:
    return Browser(app)


def _guest(app: Flask, number: int) -> Browser:
    return make.browser_of(app, make.guest(app))


def _card(app: Flask, number: int) -> Browser:
    return make.browser_of(app, make.card(app, seat=100 + number, code="VCTM2345"))


def _account(role: Role, duties: Sequence[Duty] = ()) -> Callable[[Flask, int], Browser]:
    def begin(app: Flask, number: int) -> Browser:
        return make.browser_of(app, make.account(app, f"attacker{number}@school.test", role=role, duties=duties))

    return begin


ATTACKERS: Mapping[str, Callable[[Flask, int], Browser]] = {
    "nobody": _nobody,
    "guest": _guest,
    "card of the same set": _card,
    "learner": _account(Role.LEARNER),
    "teacher": _account(Role.TEACHER),
    "editor": _account(Role.LEARNER, [Duty.EDITOR]),
}
"""Facilitators read worries and operators find people: that is their duty, and the table of permissions says so."""
