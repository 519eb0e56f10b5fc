"""A card turns into an account of one's own: the learner stays who they are, and the card opens nothing any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from classroom import phrases
from tests import make
from tests.answers import RIGHT
from tests.browser import Browser
from tests.cards import Printed, closed, join, printed
from tests.conftest import MovedClock
from tests.page import Page
from tests.people import EMAIL, NEW_HERE, PASSWORD, account, letters, sign_in
from tests.rows import row, rows

CHECK, ANSWER = "/courses/speaking/limits/checks/limits-aim", RIGHT["limits-aim"]
SEND = "ส่งลิงก์ให้ฉัน"
FORM = "/me/card/account"


@pytest.fixture
def class_(site: Flask, moved_clock: MovedClock) -> Printed:
    return printed(site, now=moved_clock())


def ask(browser: Browser, email: str = EMAIL, name: str = "มะลิ") -> Page:
    browser.visit(FORM)
    return browser.press(SEND, {"name": name, "email": email})


def finish(browser: Browser, link: str) -> Page:
    browser.visit(link)
    return browser.press(NEW_HERE, {"password": PASSWORD})


def learner(site: Flask, of: Printed) -> dict[str, object]:
    (found,) = [person for person in rows(site, "person") if person["id"] == of.person_ids[1]]
    return found


def test_the_learner_keeps_their_number_and_progress_and_signs_in_by_address(
    browser: Browser, site: Flask, class_: Printed
) -> None:
    join(browser, class_)
    browser.send(CHECK, ANSWER)
    assert ask(browser).path == "/sign-up/letter"
    phone = Browser(site)
    assert finish(phone, letters(site)[-1].link).path == "/me"
    person = learner(site, class_)
    assert (person["role"], person["email"], person["name"]) == ("learner", EMAIL, "มะลิ")
    assert row(site, "progress")["person_id"] == class_.person_ids[1]
    assert sign_in(Browser(site)).path == "/me"


def test_the_card_opens_nothing_any_more_and_its_devices_are_out(
    browser: Browser, site: Flask, class_: Printed
) -> None:
    join(browser, class_)
    ask(browser)
    finish(Browser(site), letters(site)[-1].link)
    assert rows(site, "card") == []
    assert browser.visit("/me/card").status == 404
    assert phrases.WRONG_CARD in join(Browser(site), class_).text


def test_until_the_link_is_used_the_card_is_a_card(browser: Browser, site: Flask, class_: Printed) -> None:
    join(browser, class_)
    ask(browser)
    assert (learner(site, class_)["role"], learner(site, class_)["email"]) == ("card", None)
    assert join(Browser(site), class_).path == "/me"


def test_it_is_entered_in_the_audit(browser: Browser, site: Flask, class_: Printed) -> None:
    join(browser, class_)
    ask(browser)
    finish(Browser(site), letters(site)[-1].link)
    actions = [entry["action"] for entry in rows(site, "audit_entry") if entry["actor_id"] == class_.person_ids[1]]
    assert actions == ["sign-in", "card-to-account", "sign-up"]


def test_of_two_links_one_is_worth_something(browser: Browser, site: Flask, class_: Printed) -> None:
    join(browser, class_)
    ask(browser, "first@example.org")
    ask(browser, "second@example.org")
    first, second = (letter.link for letter in letters(site))
    assert finish(Browser(site), first).path == "/me"
    assert Browser(site).visit(second).status == 404


def test_an_address_with_an_account_is_answered_alike_and_nothing_changes(
    browser: Browser, site: Flask, class_: Printed
) -> None:
    account(site)
    join(browser, class_)
    assert ask(browser).text == ask(browser, "new@example.org").text
    assert "บัญชีอยู่แล้ว" in next(letter for letter in letters(site) if letter.to == EMAIL).subject
    assert learner(site, class_)["role"] == "card"


def test_a_card_that_was_typed_a_while_ago_is_asked_for_again(
    browser: Browser, site: Flask, class_: Printed, moved_clock: MovedClock
) -> None:
    join(browser, class_)
    moved_clock.forward(minutes=11)
    assert browser.visit(FORM).path.startswith("/sign-in/again")
    browser.follow("เข้าด้วยบัตรผู้เรียน")
    page = browser.press("เข้าเรียน", {"code": class_.code, "seat": "1", "words": class_.words[1]})
    assert page.path == FORM


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("", "มะลิ"),
        ("x" * 300 + "@example.org", "มะลิ"),
        ("m\u0430li@example.org", "มะลิ"),
        (EMAIL, "\u202eมะลิ"),
        (EMAIL, ""),
    ],
)
def test_bad_input_is_told_and_posts_no_letter(
    email: str, name: str, browser: Browser, site: Flask, class_: Printed
) -> None:
    join(browser, class_)
    page = ask(browser, email, name)
    assert (page.status, letters(site)) == (422, [])
    assert learner(site, class_)["role"] == "card"


def test_the_learner_of_a_closed_set_is_told_until_when_they_may_keep_it(
    browser: Browser, site: Flask, class_: Printed, moved_clock: MovedClock
) -> None:
    closed(site, class_, moved_clock())
    moved_clock.forward(days=89)
    join(browser, class_)
    page = browser.visit("/me/card")
    assert "บัตรชุดนี้ปิดแล้ว" in page.text
    assert "22 ก.พ. 2570" in page.text.replace("\u00a0", " ")
    ask(browser)
    finish(Browser(site), letters(site)[-1].link)
    moved_clock.forward(days=30)
    with site.app_context():
        purged = dict(site.extensions["register"].purge(moved_clock()))
    assert purged["card learners 90 days after their cards were closed"] == 0
    assert learner(site, class_)["role"] == "learner"


def test_an_account_and_a_guest_have_no_card(site: Flask) -> None:
    for someone in (make.guest(site), account(site)):
        assert make.browser_of(site, someone).visit("/me/card").status == 404


def test_after_ninety_days_a_closed_sets_learners_are_gone(
    site: Flask, class_: Printed, moved_clock: MovedClock
) -> None:
    closed(site, class_, moved_clock())
    with site.app_context():
        list(site.extensions["register"].purge(moved_clock() + timedelta(days=90)))
    assert (rows(site, "card"), rows(site, "card_set")) == ([], [])
    assert class_.person_ids[1] not in {person["id"] for person in rows(site, "person")}
