"""Coming in with a card: three fields, kind answers, nobody else's work, 60 learners at once (security.md D20, D21)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import argon2.low_level
import pytest
from flask import Flask

from classroom import phrases
from classroom.accounts.models import Person
from classroom.accounts.views import join as view
from classroom.database import transaction
from classroom.web import limits
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.cards import COME_IN, Printed, issued_anew, join, printed
from tests.conftest import MovedClock
from tests.page import Page
from tests.rows import row, rows

CHECK, ANSWER = "/courses/speaking/limits/checks/limits-aim", RIGHT["limits-aim"]
CARD = "/me/card"
SCHOOL = "192.0.2.7"


@pytest.fixture
def class_(site: Flask, moved_clock: MovedClock) -> Printed:
    return printed(site, (1, 2), moved_clock())


def test_the_three_things_on_the_card_open_it(browser: Browser, class_: Printed) -> None:
    page = join(browser, class_)
    assert (page.path, "ออกจากระบบ" in page.text) == ("/me", True)
    assert "บัตรเลขที่ 1" in browser.visit(CARD).text


@pytest.mark.parametrize("of", ["/", "/me", "/sign-in", "/sign-up"])
def test_the_way_in_with_a_card_is_found_where_one_looks_for_it(of: str, browser: Browser) -> None:
    assert "/join" in {href for _, href in browser.visit(of).links()}


def test_the_form_shows_what_is_typed_and_no_browser_remembers_it(browser: Browser) -> None:
    page = browser.visit("/join")
    fields = [page.part(name) for name in ("code", "seat", "words")]
    assert [field.get("type", "text") for field in fields] == ["text"] * 3
    assert {field.get("autocomplete") for field in fields} == {"off"}
    assert {field.get("autocapitalize") for field in fields} == {"off"}
    assert page.part("seat").get("inputmode") == "numeric"
    assert all("maxlength" not in field.attrib for field in fields)
    assert page.headers["Cache-Control"] == "no-store"


def test_a_link_on_the_card_brings_its_code_along(browser: Browser, class_: Printed) -> None:
    assert browser.visit(f"/join?code={class_.code[:4].lower()}-{class_.code[4:]}").value("code") == class_.code
    assert browser.visit("/join?code=" + "%22%3E%3Cb%3E" * 50).value("code") == "BBBBBBBB"


@pytest.mark.parametrize(
    "how", ["run together", "with hyphens", "in another script", "without tones", "with look-alikes"]
)
def test_a_card_forgives_how_it_is_typed(how: str, browser: Browser, class_: Printed) -> None:
    words, code = class_.words[1], class_.code
    typed: dict[str, dict[str, Any]] = {
        "run together": {"words": words.replace(" ", "")},
        "with hyphens": {"words": words.replace(" ", "-"), "code": f"{code[:4]}-{code[4:]}".lower()},
        "in another script": {"seat": "๑"},
        "without tones": {"words": "".join(letter for letter in words if not "\u0e47" <= letter <= "\u0e4c")},
        "with look-alikes": {"words": words.translate(str.maketrans("ดคบปซผ", "ตดปบชฝ"))},
    }
    assert join(browser, class_, **typed[how]).path == "/me"


WRONG: dict[str, dict[str, str]] = {
    "code": {"code": "AAAAAAAA"},
    "seat": {"seat": "40"},
    "words": {"words": "ปลาทู ปลาทู ปลาทู ปลาทู"},
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_card_is_told_kindly_and_alike(what: str, site: Flask, class_: Printed) -> None:
    pages = [_try(site, class_, otherwise=fields) for fields in (WRONG[what], {"words": "ไม่ใช่"})]
    assert [page.status for page in pages] == [422, 422]
    assert len({page.headers["Content-Type"] for page in pages}) == 1
    assert phrases.WRONG_CARD in pages[0].text
    assert _bare(pages[0], class_, WRONG[what]) == _bare(pages[1], class_, {"words": "ไม่ใช่"})


def _try(
    site: Flask, of: Printed, address: str = "127.0.0.1", number: int = 1, otherwise: Mapping[str, str] | None = None
) -> Page:
    typed = {"code": of.code, "seat": str(number), "words": of.words[number]} | dict(otherwise or {})
    return Browser(site, address=address).send("/join", typed)


def _bare(page: Page, of: Printed, typed: dict[str, str]) -> str:
    html = page.html
    for value in ({"code": of.code, "seat": "1", "words": of.words[1]} | typed).values():
        html = html.replace(f'value="{value}"', "")
    return html


@pytest.mark.parametrize("what", [*WRONG, "nothing"])
def test_every_try_costs_one_hash(what: str, site: Flask, class_: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    work = argon2.low_level.verify_secret

    def counted(*args: Any) -> bool:
        asked.append(what)
        return work(*args)

    monkeypatch.setattr("argon2._password_hasher.verify_secret", counted)
    _try(site, class_, otherwise=WRONG.get(what))
    assert asked == [what]


def test_what_was_typed_stays_to_be_mended(browser: Browser, class_: Printed) -> None:
    page = join(browser, class_, seat="40")
    assert (page.value("code"), page.value("seat"), page.value("words")) == (class_.code, "40", class_.words[1])
    assert browser.cookie() is None
    assert browser.press(COME_IN, {"seat": "1"}).path == "/me"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"code": "", "seat": "", "words": ""},
        {"code": "x" * 10_000, "seat": "9" * 10_000, "words": "ก" * 10_000},
        {"code": "\x00\u202e'; --", "seat": "1101700203451", "words": "\u200b\x00\ud7ff"},
        {"code": "🙂", "seat": "²", "words": "<script>"},
        {"seat": "-1"},
        b"code=%ff%fe&seat=%00&words=%ed%a0%80",
    ],
    ids=["nothing", "empty", "huge", "control signs", "other signs", "a seat alone", "no text"],
)
def test_bad_input_is_a_wrong_card_and_nobody_is_made(fields: Any, site: Flask, class_: Printed) -> None:
    before = rows(site, "person")
    browser = Browser(site)
    page = browser.send("/join", fields)
    assert (page.status, phrases.WRONG_CARD in page.text, browser.cookie()) == (422, True, None)
    assert rows(site, "person") == before
    assert "<script>" not in page.html


def test_a_form_from_another_site_is_not_taken(class_: Printed, site: Flask) -> None:
    fields = {"code": class_.code, "seat": "1", "words": class_.words[1]}
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    assert Browser(site).send("/join", fields, foreign).status == 403


# On a computer that others use


def test_the_computer_is_taken_for_a_shared_one(browser: Browser, class_: Printed, moved_clock: MovedClock) -> None:
    browser.visit("/join")
    page = browser.press(COME_IN, {"code": class_.code, "seat": "1", "words": class_.words[1]})
    assert page.path == "/me"
    moved_clock.forward(minutes=21)
    assert browser.visit(CARD).status == 404


def test_on_ones_own_device_one_stays_for_thirty_days(
    browser: Browser, class_: Printed, moved_clock: MovedClock
) -> None:
    assert join(browser, class_, shared=[]).path == "/me"
    moved_clock.forward(days=29)
    assert browser.visit(CARD).status == 200


def test_the_next_pupil_takes_the_first_ones_place(browser: Browser, site: Flask, class_: Printed) -> None:
    join(browser, class_, 1)
    first = browser.cookie()
    join(browser, class_, 2)
    assert "บัตรเลขที่ 2" in browser.visit(CARD).text
    replayed = Browser(site)
    replayed.set_cookie(first or "")
    assert replayed.visit(CARD).status == 404


def test_a_planted_session_is_worth_nothing_after_the_card(browser: Browser, site: Flask, class_: Printed) -> None:
    planted = make.guest(site)
    browser.set_cookie(planted.secret)
    join(browser, class_)
    thief = Browser(site)
    thief.set_cookie(planted.secret)
    assert browser.cookie() != planted.secret
    assert thief.visit(CARD).status == 404


def test_what_somebody_answered_there_before_is_not_the_cards(browser: Browser, site: Flask, class_: Printed) -> None:
    browser.send(CHECK, ANSWER)
    join(browser, class_)
    assert row(site, "progress")["person_id"] not in class_.person_ids.values()
    assert "ยังไม่มีอะไรที่นี่" in browser.visit("/me").text


def test_it_is_when_the_learner_says_so(browser: Browser, site: Flask, class_: Printed) -> None:
    browser.send(CHECK, ANSWER)
    assert join(browser, class_, mine="yes").path == "/me"
    assert row(site, "progress")["person_id"] == class_.person_ids[1]
    assert [person["role"] for person in rows(site, "person") if person["role"] == "guest"] == []


def test_where_nobody_answered_there_is_nothing_to_claim(browser: Browser) -> None:
    assert "mine" not in {name for form in browser.visit("/join").forms() for name in form.names()}


def test_another_pupils_work_cannot_be_claimed(browser: Browser, site: Flask, class_: Printed) -> None:
    join(browser, class_, 1)
    browser.send(CHECK, ANSWER)
    browser.send("/join", {"code": class_.code, "seat": "2", "words": class_.words[2], "mine": "yes"})
    assert row(site, "progress")["person_id"] == class_.person_ids[1]


# A new card


def test_a_learner_hears_of_a_new_card_when_they_first_use_it(
    browser: Browser, site: Flask, class_: Printed, moved_clock: MovedClock
) -> None:
    join(browser, class_)
    moved_clock.forward(hours=1)
    words = issued_anew(site, class_, 1, moved_clock())
    assert browser.visit(CARD).status == 404
    moved_clock.forward(minutes=5)
    page = join(browser, class_, words=words)
    assert (page.path, "ออกใหม่เมื่อ" in page.text) == (CARD, True)
    browser.post("/sign-out")
    moved_clock.forward(minutes=5)
    assert join(browser, class_, words=words).path == "/me"
    assert "ออกใหม่เมื่อ" in browser.visit(CARD).text


def test_the_way_to_ones_card_is_found_where_one_looks_for_it(browser: Browser, class_: Printed) -> None:
    join(browser, class_)
    assert [browser.visit(of).link("บัตรของฉัน") for of in ("/me", "/me/security")] == [CARD, CARD]


def test_a_first_card_is_no_new_one(browser: Browser, class_: Printed) -> None:
    join(browser, class_)
    assert "ออกใหม่เมื่อ" not in browser.visit(CARD).text


def test_a_suspended_card_says_so_to_its_holder_only(site: Flask, class_: Printed, moved_clock: MovedClock) -> None:
    with site.app_context(), transaction() as session:
        session.get_one(Person, class_.person_ids[1]).suspended_at = moved_clock()
    assert (_try(site, class_).status, phrases.CARD_SUSPENDED in _try(site, class_).text) == (403, True)
    assert phrases.WRONG_CARD in _try(site, class_, otherwise={"words": "ไม่ใช่"}).text


# Limits


def test_sixty_learners_behind_one_address_come_in_within_a_minute(site: Flask, moved_clock: MovedClock) -> None:
    """Counted: the clock stands, each of them mistypes once, and each is in."""
    class_ = printed(site, range(1, 61))
    mistyped = [_try(site, class_, SCHOOL, seat, {"words": "ปลาทู"}).status for seat in class_.words]
    browsers = {seat: Browser(site, address=SCHOOL) for seat in class_.words}
    paths = {seat: join(browser, class_, seat).path for seat, browser in browsers.items()}
    assert mistyped == [422] * 60
    assert set(paths.values()) == {"/me"}
    assert len({browser.cookie() for browser in browsers.values()}) == 60
    assert {row["person_id"] for row in rows(site, "device_session")} >= set(class_.person_ids.values())


def test_whoever_guesses_one_card_waits_and_nobody_else_does(
    site: Flask, class_: Printed, moved_clock: MovedClock
) -> None:
    guesses = [_try(site, class_, SCHOOL, otherwise={"words": f"{number}"}) for number in range(12)]
    assert [page.status for page in guesses] == [422] * 10 + [429] * 2
    assert guesses[-1].headers["Retry-After"] == "900"
    assert "อีก 15 นาที" in guesses[-1].text
    assert _try(site, class_, SCHOOL).status == 429
    assert _try(site, class_, SCHOOL, 2).status == 303
    assert _try(site, class_, "198.51.100.4").status == 303
    moved_clock.forward(minutes=15)
    assert _try(site, class_, SCHOOL).status == 303


@pytest.mark.parametrize(
    ("limit", "key", "same", "other"),
    [
        (view.WRONG_FOR_CODE, "code", SCHOOL, None),
        (view.WRONG_FROM_ADDRESS, f"address {SCHOOL}", SCHOOL, "198.51.100.4"),
    ],
    ids=["code", "address"],
)
def test_ten_thousand_wrong_tries_are_slowed(
    limit: limits.Limit, key: str, same: str, other: str | None, site: Flask, class_: Printed, moved_clock: MovedClock
) -> None:
    with site.app_context():
        taken = [limits.spend(limit, key.replace("code", class_.code), moved_clock()) for _ in range(limit.allowed + 1)]
    assert [wait is None for wait in taken] == [True] * 300 + [False]
    assert _try(site, class_, same).status == 429
    if other:
        assert _try(site, class_, other).status == 303
    moved_clock.forward(minutes=15)
    assert _try(site, class_, same).status == 303


def test_right_cards_are_never_counted(site: Flask, class_: Printed) -> None:
    assert {_try(site, class_, SCHOOL).status for _ in range(15)} == {303}
    assert rows(site, "limit_window") == []


def test_no_address_and_no_code_is_kept_of_a_wrong_try(site: Flask, class_: Printed) -> None:
    _try(site, class_, SCHOOL, otherwise={"words": "ไม่ใช่"})
    kept = repr(rows(site, "limit_window"))
    assert len(rows(site, "limit_window")) == 3
    assert SCHOOL not in kept
    assert class_.code not in kept
