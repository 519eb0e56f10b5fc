"""The walker of `route_table`: asks every route as every kind of person, and is itself tested."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from classroom import clock
from classroom.accounts import erasure
from classroom.accounts.models import DeviceSession, Passkey, Person
from classroom.accounts.tokens import Purpose, Tokens
from classroom.database import transaction
from classroom.mail import outbox
from classroom.mail.folder import MailFolder
from classroom.mail.models import Letter
from classroom.notes.models import Note, NoteKind
from classroom.permissions import NEEDS_ACCOUNT, STAFF_ACTIONS, Can, Duty, Role, may
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.conftest import AppWith
from tests.make import Guest
from tests.page import Page
from tests.route_table import (
    ACCOUNTS,
    IN,
    NOT_FOR_YOU,
    NOT_THERE,
    OF_DEVELOPMENT,
    PERSONS,
    SIGN_IN,
    TABLE,
    Answer,
    Route,
)

_numbers = count()


@pytest.mark.parametrize("row", TABLE)
def test_the_route_answers_everyone_as_the_table_says(row: str, site: Flask) -> None:
    assert wrong_cells(site, {row: TABLE[row]}, PERSONS) == []


def test_every_route_has_its_row_and_every_row_its_route(site: Flask) -> None:
    assert routes(site) == TABLE.keys()


def test_development_adds_its_own_routes_and_no_other(app_with: AppWith) -> None:
    assert routes(app_with(env="development")) == TABLE.keys() | OF_DEVELOPMENT.keys()


@pytest.mark.parametrize("row", OF_DEVELOPMENT)
def test_a_page_of_development_is_there_on_this_computer_only(row: str, app_with: AppWith, tmp_path: Path) -> None:
    app, method = app_with(env="development", var=tmp_path), row.partition(" ")[0]
    path = OF_DEVELOPMENT[row].path.format(filed_letter=filed_letter(tmp_path / "mail"))
    here, elsewhere = (Browser(app, address=address) for address in ("127.0.0.1", "192.0.2.7"))
    ask: dict[str, Callable[[Browser], int]] = {
        "GET": lambda browser: browser.fetch(path).status,
        "POST": lambda browser: browser.send(path).status,
    }
    assert (ask[method](here) < 400, ask[method](elsewhere)) == (True, 404)


def filed_letter(folder: Path) -> str:
    message = EmailMessage()
    message["Message-ID"], message["Date"] = "<letter@classroom.test>", clock.now()
    message.set_content("x")
    MailFolder(folder).send(message)
    return next(MailFolder(folder).newest_first()).name


def test_the_walker_notices_a_route_without_a_row() -> None:
    site_with_more = Flask("more")
    site_with_more.add_url_rule("/hidden", "hidden", lambda: "in", methods=["GET", "POST"])
    assert routes(site_with_more) - TABLE.keys() >= {"GET /hidden", "POST /hidden"}


@pytest.mark.parametrize(
    ("row", "person", "wrong"),
    [
        ("GET /about", "guest", NOT_THERE),
        ("GET /attempts/<attempt_id>", "another", IN),
        ("POST /attempts/<attempt_id>", "guest", NOT_THERE),
        ("GET /staff/audit", "editor", IN),
        ("GET /staff/audit", "operator", NOT_FOR_YOU),
        ("GET /me/security", "guest", IN),
        ("GET /me/security", "card", SIGN_IN),
    ],
)
def test_the_walker_notices_a_wrong_cell(row: str, person: str, wrong: Answer, site: Flask) -> None:
    changed = replace(TABLE[row], answers=TABLE[row].answers | {person: wrong})
    assert wrong_cells(site, {row: changed}, PERSONS) == [f"{row} as {person}: {TABLE[row].answers[person]}"]


@pytest.mark.parametrize(
    ("row", "endpoint"),
    [("GET /attempts/<attempt_id>", "quizzes.attempt"), ("GET /staff/people", "people.page")],
)
def test_the_walker_notices_a_missing_guard(
    row: str, endpoint: str, site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(site.view_functions, endpoint, lambda **values: "in")
    kept_out = [person for person in PERSONS if TABLE[row].answers[person] is not IN]
    assert wrong_cells(site, {row: TABLE[row]}, PERSONS) == [f"{row} as {person}: in" for person in kept_out]


def test_staff_without_the_second_factor_are_sent_to_it(site: Flask) -> None:
    rows = [row for row, route in TABLE.items() if row.startswith("GET /staff") and "{" not in route.path]
    browser = Browser(site)
    browser.set_cookie(make.account(site, duties=Duty, gave_second_factor=False).secret)
    answers = {browser.fetch(TABLE[row].path).headers["Location"].partition("?")[0] for row in rows}
    assert answers == {"/sign-in/second-factor"}


def test_a_guest_may_do_what_a_visitor_may_and_see_their_own() -> None:
    anyone = {action for action in Can if may(None, action)}
    a_guest = {action for action in Can if may(AGuest(), action)}
    assert a_guest == anyone | {Can.SEE_OWN_ATTEMPT, Can.SEE_OWN_DATA}
    assert not anyone & (STAFF_ACTIONS | NEEDS_ACCOUNT)


class AGuest:
    role = Role.GUEST
    duties: frozenset[Duty] = frozenset()


def routes(app: Flask) -> set[str]:
    """Method and rule of everything that can be asked for."""
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def wrong_cells(site: Flask, table: Mapping[str, Route], persons: Iterable[str]) -> list[str]:
    """The cells whose answer is not what the table says, with the answer that came."""
    return [
        f"{row} as {person}: {came}"
        for row, route in table.items()
        for person in persons
        if (came := answer_to(site, row.partition(" ")[0], route, person)) is not route.answers[person]
    ]


def answer_to(site: Flask, method: str, route: Route, person: str) -> Answer:
    """What the route answers the person."""
    someone = make_person(site, person)
    things = Things(site, someone, person)
    browser, path = Browser(site, address=f"2001:db8:{next(_numbers):x}::1"), route.path.format_map(things)
    if someone is not None:
        browser.set_cookie(someone.secret)
    fields = {name: value.format_map(things) for name, value in route.fields.items()}
    page = browser.fetch(path) if method == "GET" else browser.send(path, fields)
    return told(page, route, browser)


def told(page: Page, route: Route, browser: Browser) -> Answer:
    if page.headers.get("Location", "nowhere") == route.leads_to:
        return IN
    if page.status == 303 and page.headers["Location"].partition("?")[0] == "/sign-in":
        return SIGN_IN
    if page.status < 400 or page.status in (409, 422):  # past the gate: mend the form, or a rule said no
        return IN
    if page.status == 403:
        return NOT_FOR_YOU
    assert (page.status, page.body) == (404, browser.fetch("/attempts/nothing").body)
    return NOT_THERE


def make_person(site: Flask, person: str) -> Guest | None:
    """None is a visitor without a cookie."""
    if person == "anonymous":
        return None
    if person == "forgotten":
        return Guest(0, "gone")
    if person in ("guest", "another"):
        return make.guest(site)
    if person == "card":
        return make.card(site, seat=next(_numbers))
    return _account(site, person)


def _account(site: Flask, person: str) -> Guest:
    duties = [Duty(person)] if person in list(Duty) else []
    role = Role.TEACHER if person == "teacher" else Role.LEARNER
    someone = make.account(site, f"{person}{next(_numbers)}@school.test", role=role, duties=duties)
    if person == "suspended":
        with site.app_context(), transaction() as session:
            session.get_one(Person, someone.person_id).suspended_at = clock.now()
    return someone


@dataclass
class Things:
    """What the `{…}` of a path or a field stand for, made when they are met."""

    site: Flask
    someone: Guest | None
    person: str

    def __getitem__(self, name: str) -> Any:
        return getattr(self, f"_{name}")()

    def _attempt(self) -> str:
        """The guest's own; of all others, somebody else's."""
        is_own = self.person == "guest" and self.someone is not None
        owner = self.someone if is_own and self.someone is not None else make.guest(self.site)
        return make.attempt(self.site, owner, RIGHT["speaking-post-true"])

    def _person(self) -> int:
        return make.account(self.site, f"found{next(_numbers)}@school.test").person_id

    def _email(self) -> str:
        return f"new{next(_numbers)}@school.test"

    def _link(self) -> str:
        holds = {"email": "new@school.test", "email_key": "new@school.test", "name": "น้ำ"}
        return self._token(Purpose.SIGN_UP, None, holds)

    def _way_back(self) -> str:
        leaving = self._person()
        with self.site.app_context(), transaction() as session:
            session.get_one(Person, leaving).erase_after = clock.now() + erasure.WAY_BACK
        return self._token(Purpose.WAY_BACK, leaving, {})

    def _token(self, purpose: Purpose, person_id: int | None, holds: Mapping[str, str]) -> str:
        tokens = Tokens(self.site.config["SECRET_KEY"], self.site.extensions["vault"])
        with self.site.app_context(), transaction():
            return tokens.issue(purpose, now=clock.now(), person_id=person_id, holds=holds).secret

    def _passkey(self) -> str:
        """The person's own, if they have an account, and not their only second factor."""
        if self.someone is None or self.person not in ACCOUNTS:
            return "none"
        names = [f"passkey{next(_numbers)}" for _ in range(2)]
        now, owner = clock.now(), self.someone.person_id
        with self.site.app_context(), transaction() as session:
            session.execute(sa.update(DeviceSession).values(second_factor_at=now).filter_by(person_id=owner))
            for name in names:
                session.add(
                    Passkey(
                        credential_id=name, person_id=owner, public_key=b"", sign_count=0, label=name, created_at=now
                    )
                )
        return names[0]

    def _letter(self) -> int:
        owner = self._person()
        with self.site.app_context(), transaction() as session:
            key = f"dead {next(_numbers)}"
            outbox.post("account-changed", key=key, person_id=owner, now=clock.now())
            letter = session.scalars(sa.select(Letter).where(Letter.key == key)).one()
            letter.dead_at = clock.now()
            return letter.id

    def _worry(self) -> int:
        with self.site.app_context(), transaction() as session:
            note = Note(key=f"n{next(_numbers)}", kind=NoteKind.WORRY, sealed_text=b"", created_at=clock.now())
            session.add(note)
            session.flush()
            return note.id
