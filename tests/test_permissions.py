"""Every route for every kind of person: who gets in, and who meets the page for what is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import pytest
from flask import Flask

from classroom.permissions import NEEDS_ACCOUNT, STAFF_ACTIONS, Can, Duty, Role, may
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.conftest import AppWith

LESSON = "/courses/speaking/listening"
IN, NOT_THERE = True, False


@dataclass(frozen=True)
class Route:
    """A route and, person by person, whether they get in."""

    path: str
    """With `{attempt}` for the guest's attempt."""
    anonymous: bool = IN
    forgotten: bool = IN
    """Holds a cookie that means nobody any more."""
    guest: bool = IN
    another: bool = IN
    """A guest too, and not the one whose attempt it is."""
    fields: Mapping[str, str] = field(default_factory=dict)


def _of_someone(path: str, fields: Mapping[str, str] | None = None) -> Route:
    return Route(path, anonymous=NOT_THERE, forgotten=NOT_THERE, fields=fields or {})


def _of_the_guest(path: str, fields: Mapping[str, str] | None = None) -> Route:
    return replace(_of_someone(path, fields), another=NOT_THERE)


PERSONS = ("anonymous", "forgotten", "guest", "another")

TABLE: Mapping[str, Route] = {
    "GET /": Route("/"),
    "GET /about": Route("/about"),
    "GET /attempts/<attempt_id>": _of_the_guest("/attempts/{attempt}"),
    "POST /attempts/<attempt_id>": _of_the_guest("/attempts/{attempt}", {"save": "1"}),
    "GET /courses": Route("/courses"),
    "GET /courses/<course_id>": Route("/courses/speaking"),
    "GET /courses/<course_id>/<lesson_id>": Route(LESSON),
    "POST /courses/<course_id>/<lesson_id>/checklists/<block_id>": Route(f"{LESSON}/checklists/before-posting"),
    "POST /courses/<course_id>/<lesson_id>/checks/<question_id>": Route(
        f"{LESSON}/checks/listening-word", fields={"listening-word": "ได้สัดส่วน"}
    ),
    "POST /courses/<course_id>/<lesson_id>/completion": Route(f"{LESSON}/completion", fields={"done": "yes"}),
    "GET /courses/<course_id>/<lesson_id>/img/<name>": Route("/courses/speaking/limits/img/tree.svg"),
    "POST /courses/<course_id>/<lesson_id>/place": Route(f"{LESSON}/place", fields={"part": "begin"}),
    "GET /courses/<course_id>/<lesson_id>/quiz": Route(f"{LESSON}/quiz"),
    "POST /courses/<course_id>/<lesson_id>/quiz": Route(f"{LESSON}/quiz", fields={"begin": "1"}),
    "POST /courses/<course_id>/<lesson_id>/reflections/<block_id>": Route(
        f"{LESSON}/reflections/my-moment", fields={"text": "ตอนนั้น"}
    ),
    "GET /courses/<course_id>/<lesson_id>/teach": Route("/courses/speaking/limits/teach"),
    "GET /courses/<course_id>/quiz/<which>": Route("/courses/speaking/quiz/pre"),
    "POST /courses/<course_id>/quiz/<which>": Route("/courses/speaking/quiz/pre", fields={"begin": "1"}),
    "GET /glossary": Route("/glossary"),
    "GET /healthz": Route("/healthz"),
    "GET /me": Route("/me"),
    "POST /me/erasure": _of_someone("/me/erasure"),
    "GET /readyz": Route("/readyz"),
    "GET /rights": Route("/rights"),
    "GET /rights/<int:number>": Route("/rights/19"),
    "GET /robots.txt": Route("/robots.txt"),
    "GET /sitemap.xml": Route("/sitemap.xml"),
    "GET /static/<path:name>": Route("/static/css/site.css"),
}
OF_DEVELOPMENT: Mapping[str, Route] = {
    "GET /dev/people": Route("/dev/people"),
    "POST /dev/people": Route("/dev/people"),
    "GET /styleguide": Route("/styleguide"),
}

CELLS = [(row, person) for row in TABLE for person in PERSONS]


@pytest.mark.parametrize(("row", "person"), CELLS, ids=[f"{row} as {person}" for row, person in CELLS])
def test_the_route_answers_the_person_as_the_table_says(row: str, person: str, site: Flask) -> None:
    assert wrong_cells(site, {row: TABLE[row]}, [person]) == []


def test_every_route_has_its_row_and_every_row_its_route(site: Flask) -> None:
    assert routes(site) == TABLE.keys()


def test_development_adds_its_own_routes_and_no_other(app_with: AppWith) -> None:
    assert routes(app_with(env="development")) == TABLE.keys() | OF_DEVELOPMENT.keys()


@pytest.mark.parametrize("row", OF_DEVELOPMENT)
def test_a_page_of_development_is_there_on_this_computer_only(row: str, app_with: AppWith) -> None:
    app, method = app_with(env="development"), row.partition(" ")[0]
    here, elsewhere = (Browser(app, address=address) for address in ("127.0.0.1", "192.0.2.7"))
    ask: dict[str, Callable[[Browser], int]] = {
        "GET": lambda browser: browser.fetch(OF_DEVELOPMENT[row].path).status,
        "POST": lambda browser: browser.send(OF_DEVELOPMENT[row].path).status,
    }
    assert (ask[method](here) < 400, ask[method](elsewhere)) == (True, 404)


def test_the_walker_notices_a_route_without_a_row(site: Flask) -> None:
    site_with_more = Flask("more")
    site_with_more.add_url_rule("/hidden", "hidden", lambda: "in", methods=["GET", "POST"])
    assert routes(site_with_more) - TABLE.keys() >= {"GET /hidden", "POST /hidden"}


@pytest.mark.parametrize("row", ["GET /about", "GET /attempts/<attempt_id>", "POST /attempts/<attempt_id>"])
def test_the_walker_notices_a_wrong_cell(row: str, site: Flask) -> None:
    wrong = replace(TABLE[row], guest=not TABLE[row].guest)
    assert wrong_cells(site, {row: wrong}, PERSONS) == [f"{row} as guest"]


def test_the_walker_notices_a_missing_guard(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(site.view_functions, "quizzes.attempt", lambda attempt_id: "in")
    row = "GET /attempts/<attempt_id>"
    assert wrong_cells(site, {row: TABLE[row]}, PERSONS) == [
        f"{row} as anonymous",
        f"{row} as forgotten",
        f"{row} as another",
    ]


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
    """The cells whose answer is not what the table says."""
    return [
        f"{row} as {person}"
        for row, route in table.items()
        for person in persons
        if gets_in(site, row.partition(" ")[0], route, person) is not getattr(route, person)
    ]


def gets_in(site: Flask, method: str, route: Route, person: str) -> bool:
    """Does the person get in? If not, they see to the byte what they see of a page that is not there."""
    owner, another = make.guest(site), make.guest(site)
    attempt = make.attempt(site, owner, RIGHT["speaking-post-true"])
    secrets = {"anonymous": None, "forgotten": "gone", "guest": owner.secret, "another": another.secret}
    browser, path = Browser(site), route.path.format(attempt=attempt)
    if secrets[person] is not None:
        browser.set_cookie(secrets[person] or "")
    page = browser.fetch(path) if method == "GET" else browser.send(path, route.fields)
    if page.status < 400:
        return True
    assert (page.status, page.body) == (404, browser.fetch("/attempts/nothing").body)
    return False
