"""Every route × kind of person: who gets in, who is sent to sign in, who is told that it is not for them.

`{…}` in a path or a field is made for the one who asks: see `Things` in `test_permissions.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

LESSON = "/courses/speaking/listening"


class Answer(StrEnum):
    IN = "in"
    NOT_THERE = "not there"
    """To the byte what one sees of a page that does not exist."""
    NOT_FOR_YOU = "not for you"
    SIGN_IN = "sign in"


IN, NOT_THERE, NOT_FOR_YOU, SIGN_IN = Answer

NOBODY = ("anonymous", "forgotten", "suspended")
"""Without a cookie; with one that means nobody any more; whose account is suspended."""
GUESTS = ("guest", "another")
"""The guest whose attempt it is, and another."""
ACCOUNTS = ("learner", "teacher", "facilitator", "editor", "operator")
PERSONS = (*NOBODY, *GUESTS, "card", *ACCOUNTS)


@dataclass(frozen=True)
class Route:
    path: str
    answers: dict[str, Answer]
    """By person."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Of a form that would be taken, or mended by who may send it."""
    leads_to: str = ""
    """Where a form leads on that was taken, if that is the page for signing in."""


def everyone(path: str, **fields: str) -> Route:
    return Route(path, dict.fromkeys(PERSONS, IN), fields)


def no_one(path: str) -> Route:
    """There only where a setting asks for it."""
    return Route(path, dict.fromkeys(PERSONS, NOT_THERE))


def somebody(path: str, **fields: str) -> Route:
    """Whoever we keep something for."""
    return Route(path, _all_but(NOBODY, NOT_THERE), fields)


def the_guest(path: str, **fields: str) -> Route:
    """The guest whose thing it is."""
    return Route(path, _only(["guest"], NOT_THERE), fields)


def a_card(path: str, **fields: str) -> Route:
    return Route(path, _only(["card"], NOT_THERE), fields)


def signed_in(path: str, **fields: str) -> Route:
    return Route(path, _all_but((*NOBODY, *GUESTS), SIGN_IN), fields)


def an_account(path: str, **fields: str) -> Route:
    return Route(path, signed_in(path).answers | {"card": NOT_FOR_YOU}, fields)


def at_the_door(path: str, **fields: str) -> Route:
    """Whoever proved an account of their own; a card has no second factor."""
    return Route(path, signed_in(path).answers | {"card": SIGN_IN}, fields)


def staff(path: str, *duties: str, **fields: str) -> Route:
    """Staff with one of these duties."""
    others = set(PERSONS) - {*NOBODY, *GUESTS, *duties}
    return Route(path, signed_in(path).answers | dict.fromkeys(others, NOT_FOR_YOU), fields)


def staff_reads(path: str, *duties: str) -> Route:
    """As `staff`, of a thing that the rest of the staff may not know of."""
    return Route(path, staff(path, "facilitator", "editor", "operator").answers | _hidden_from(duties))


def _only(persons: Iterable[str], otherwise: Answer) -> dict[str, Answer]:
    return dict.fromkeys(PERSONS, otherwise) | dict.fromkeys(persons, IN)


def _all_but(persons: Iterable[str], answer: Answer) -> dict[str, Answer]:
    return dict.fromkeys(PERSONS, IN) | dict.fromkeys(persons, answer)


def _hidden_from(duties: Iterable[str]) -> dict[str, Answer]:
    return dict.fromkeys({"facilitator", "editor", "operator"} - set(duties), NOT_THERE)


TABLE: Mapping[str, Route] = {
    # Learning
    "GET /": everyone("/"),
    "GET /about": everyone("/about"),
    "GET /attempts/<attempt_id>": the_guest("/attempts/{attempt}"),
    "POST /attempts/<attempt_id>": the_guest("/attempts/{attempt}", save="1"),
    "GET /courses": everyone("/courses"),
    "GET /courses/<course_id>": everyone("/courses/speaking"),
    "GET /courses/<course_id>/<lesson_id>": everyone(LESSON),
    "POST /courses/<course_id>/<lesson_id>/checklists/<block_id>": everyone(f"{LESSON}/checklists/before-posting"),
    "POST /courses/<course_id>/<lesson_id>/checks/<question_id>": everyone(
        f"{LESSON}/checks/listening-word", **{"listening-word": "ได้สัดส่วน"}
    ),
    "POST /courses/<course_id>/<lesson_id>/completion": everyone(f"{LESSON}/completion", done="yes"),
    "GET /courses/<course_id>/<lesson_id>/img/<name>": everyone("/courses/speaking/limits/img/tree.svg"),
    "POST /courses/<course_id>/<lesson_id>/place": everyone(f"{LESSON}/place", part="begin"),
    "GET /courses/<course_id>/<lesson_id>/quiz": everyone(f"{LESSON}/quiz"),
    "POST /courses/<course_id>/<lesson_id>/quiz": everyone(f"{LESSON}/quiz", begin="1"),
    "POST /courses/<course_id>/<lesson_id>/reflections/<block_id>": everyone(
        f"{LESSON}/reflections/my-moment", text="ตอนนั้น"
    ),
    "GET /courses/<course_id>/<lesson_id>/teach": everyone("/courses/speaking/limits/teach"),
    "GET /courses/<course_id>/quiz/<which>": everyone("/courses/speaking/quiz/pre"),
    "POST /courses/<course_id>/quiz/<which>": everyone("/courses/speaking/quiz/pre", begin="1"),
    "GET /glossary": everyone("/glossary"),
    "GET /me": everyone("/me"),
    "GET /rights": everyone("/rights"),
    "GET /rights/<int:number>": everyone("/rights/19"),
    # Machines
    "GET /.well-known/security.txt": no_one("/.well-known/security.txt"),
    "GET /healthz": everyone("/healthz"),
    "GET /readyz": everyone("/readyz"),
    "GET /robots.txt": everyone("/robots.txt"),
    "GET /sitemap.xml": everyone("/sitemap.xml"),
    "GET /static/<path:name>": everyone("/static/css/site.css"),
    # Coming in and going out
    "GET /sign-in": everyone("/sign-in"),
    "POST /sign-in": everyone("/sign-in", email="nobody{person}@example.org", password="wrong"),
    "GET /sign-in/again": somebody("/sign-in/again"),
    "POST /sign-in/again": somebody("/sign-in/again", password="wrong"),
    "GET /sign-in/second-factor": at_the_door("/sign-in/second-factor"),
    "POST /sign-in/second-factor": at_the_door("/sign-in/second-factor", code="wrong"),
    "POST /sign-in/passkey": everyone("/sign-in/passkey", credential="wrong"),
    "POST /sign-in/passkey/challenge": everyone("/sign-in/passkey/challenge"),
    "GET /sign-out": everyone("/sign-out"),
    "POST /sign-out": everyone("/sign-out"),
    "POST /exit": everyone("/exit"),
    "GET /sign-up": everyone("/sign-up"),
    "POST /sign-up": everyone("/sign-up", name="น้ำ", email="{email}"),
    "GET /sign-up/letter": everyone("/sign-up/letter"),
    "GET /password-reset": everyone("/password-reset"),
    "POST /password-reset": everyone("/password-reset", email="{email}"),
    "GET /password-reset/letter": everyone("/password-reset/letter"),
    "GET /e-mail/<token>": everyone("/e-mail/{link}"),
    "POST /e-mail/<token>": everyone("/e-mail/{link}", password="short"),
    "GET /join": everyone("/join"),
    "POST /join": everyone("/join", code="KRTX2345", seat="{person}", words="wrong"),
    # One's own
    "GET /me/card": a_card("/me/card"),
    "GET /me/card/account": a_card("/me/card/account"),
    "POST /me/card/account": a_card("/me/card/account", name="น้ำ", email="{email}"),
    "GET /me/data": everyone("/me/data"),
    "POST /me/data/copy": somebody("/me/data/copy"),
    "POST /me/data/erasure": somebody("/me/data/erasure"),
    "GET /me/data/way-back/<secret>": everyone("/me/data/way-back/{way_back}"),
    "POST /me/data/way-back/<secret>": replace(everyone("/me/data/way-back/{way_back}"), leads_to="/sign-in"),
    "GET /me/security": signed_in("/me/security"),
    "POST /me/security/sign-outs": signed_in("/me/security/sign-outs", device="others"),
    "POST /me/security/authenticator": an_account("/me/security/authenticator"),
    "POST /me/security/authenticator/removal": an_account("/me/security/authenticator/removal"),
    "POST /me/security/recovery-codes": an_account("/me/security/recovery-codes"),
    "POST /me/security/passkeys": an_account("/me/security/passkeys", credential="wrong"),
    "POST /me/security/passkeys/challenge": an_account("/me/security/passkeys/challenge"),
    "POST /me/security/passkeys/removal": an_account("/me/security/passkeys/removal", passkey="{passkey}"),
    "POST /me/security/teaching": an_account("/me/security/teaching", teaches="yes"),
    "GET /me/security/name": an_account("/me/security/name"),
    "POST /me/security/name": an_account("/me/security/name", name="น้ำ"),
    "GET /me/security/password": an_account("/me/security/password"),
    "POST /me/security/password": an_account("/me/security/password", password="short"),
    "GET /me/security/e-mail": an_account("/me/security/e-mail"),
    "POST /me/security/e-mail": an_account("/me/security/e-mail", email="{email}"),
    "GET /me/security/e-mail/letter": an_account("/me/security/e-mail/letter"),
    # Help
    "GET /privacy": everyone("/privacy"),
    "GET /help": everyone("/help"),
    "POST /help/<box>": everyone("/help/worries", text="มีคนตามฉัน"),
    "GET /help/<box>/thanks": everyone("/help/worries/thanks"),
    # Staff
    "GET /staff": staff("/staff", "facilitator", "editor", "operator"),
    "GET /staff/audit": staff("/staff/audit", "operator"),
    "GET /staff/letters": staff("/staff/letters", "operator"),
    "POST /staff/letters/<int(max=2147483647):letter_id>/resending": staff(
        "/staff/letters/{letter}/resending", "operator"
    ),
    "GET /staff/notes": staff("/staff/notes", "facilitator", "editor", "operator"),
    "POST /staff/notes/<int(max=2147483647):note_id>/reading": staff_reads(
        "/staff/notes/{worry}/reading", "facilitator", "operator"
    ),
    "GET /staff/people": staff("/staff/people", "operator"),
    "POST /staff/people": staff("/staff/people", "operator", words="น้ำ"),
    "GET /staff/people/<int(max=2147483647):person_id>": staff("/staff/people/{person}", "operator"),
    "POST /staff/people/<int(max=2147483647):person_id>/duties": staff(
        "/staff/people/{person}/duties", "operator", grant="editor"
    ),
    "POST /staff/people/<int(max=2147483647):person_id>/suspension": staff(
        "/staff/people/{person}/suspension", "operator", suspend="1"
    ),
}

OF_DEVELOPMENT: Mapping[str, Route] = {
    "GET /dev/mail": everyone("/dev/mail"),
    "GET /dev/mail/<name>": everyone("/dev/mail/{filed_letter}"),
    "GET /dev/mail/<name>/page": everyone("/dev/mail/{filed_letter}/page"),
    "GET /dev/people": everyone("/dev/people"),
    "POST /dev/people": everyone("/dev/people"),
    "GET /styleguide": everyone("/styleguide"),
}
