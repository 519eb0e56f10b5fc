"""/help: whom to call, and a way to tell us something without being someone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from classroom import clock
from classroom.notes.models import NoteKind
from classroom.retention import Register
from classroom.vault import Vault
from tests import make
from tests.browser import Browser
from tests.conftest import AppWith, MovedClock
from tests.page import Page
from tests.rows import everything, row, rows

WORRY = "เพื่อนร่วมกลุ่มพูดจาลวนลามฉันทุกครั้งที่มีกิจกรรม"
MISTAKE = "มาตราที่อ้างถูกแก้ไปแล้ว"
CONTACT = "ไลน์ mali-26"
LONG = "ก" * 2001
ID_NUMBER = "1-2345-67890-12-1"


def test_who_can_help_stands_before_the_form_for_a_worry(browser: Browser) -> None:
    page = browser.visit("/help")
    numbers = [href for _, href in page.links() if href.startswith("tel:")]
    assert numbers == ["tel:1387", "tel:1300"]
    assert page.html.index("tel:1300") < page.html.index('action="/help/worries"')


def test_secrecy_is_not_promised(browser: Browser) -> None:
    assert "สัญญาไม่ได้ว่าจะเป็นความลับเสมอไป" in browser.visit("/help").words_in("worry")


def test_looking_at_the_page_leaves_nothing_and_makes_nobody(browser: Browser, site: Flask) -> None:
    browser.visit("/help")
    assert (browser.cookie(), everything(site)) == (None, {})


def test_a_worry_is_taken_without_an_account_and_what_happens_next_is_told(browser: Browser, site: Flask) -> None:
    page = send_worry(browser)
    assert (page.status, page.heading) == (200, "ขอบคุณที่เล่าให้ฟัง")
    assert "ลบเองใน 90 วัน" in page.text
    assert (row(site, "note")["kind"], browser.cookie(), rows(site, "person")) == (NoteKind.WORRY, None, [])


def test_a_note_is_sealed_and_nothing_says_who_sent_it(browser: Browser, site: Flask) -> None:
    send_worry(browser)
    stored = row(site, "note")
    assert [text for text in (WORRY, CONTACT, "127.0.0.1") if text.encode() in repr(everything(site)).encode()] == []
    assert (opened(site, "text"), opened(site, "contact")) == (WORRY, CONTACT)
    assert stored.keys() == {
        "id",
        "key",
        "kind",
        "lesson_id",
        "lesson_version",
        "sealed_text",
        "sealed_contact",
        "created_at",
        "read_at",
    }


def test_a_contact_may_be_left_out(browser: Browser, site: Flask) -> None:
    send_worry(browser, contact="")
    assert row(site, "note")["sealed_contact"] is None


def test_a_lesson_leads_to_the_report_of_a_mistake_in_it(browser: Browser, site: Flask) -> None:
    browser.visit("/courses/speaking/limits")
    page = browser.follow("แจ้งที่ผิดในบทนี้")
    assert (page.path, page.value("mistake-lesson")) == ("/help?lesson=limits", "limits")
    assert page.html.index('action="/help/mistakes"') < page.html.index("tel:1387")
    assert browser.press("แจ้งที่ผิด", {"mistake-text": MISTAKE}).heading == "ขอบคุณ ได้รับแล้ว"
    stored = row(site, "note")
    assert (stored["kind"], stored["lesson_id"]) == (NoteKind.MISTAKE, "limits")
    assert stored["lesson_version"] == make.library(site).version
    assert opened(site, "text") == MISTAKE


def test_a_mistake_may_stand_outside_the_lessons(browser: Browser, site: Flask) -> None:
    browser.visit("/help")
    browser.press("แจ้งที่ผิด", {"mistake-text": MISTAKE})
    stored = row(site, "note")
    assert (stored["lesson_id"], stored["lesson_version"]) == (None, None)


@pytest.mark.parametrize("path", ["/help?lesson=nowhere", "/help?lesson=", "/help/wishes/thanks"])
def test_an_address_that_leads_nowhere_says_so(path: str, browser: Browser) -> None:
    assert browser.visit(path).status == 404


def test_a_form_that_is_posted_nowhere_is_not_taken(browser: Browser, site: Flask) -> None:
    assert browser.post("/help/wishes", {"worry-text": WORRY}).status == 404
    assert rows(site, "note") == []


@pytest.mark.parametrize(
    ("text", "says"), [(" \n\u200b ", "ยังไม่ได้เขียน"), (LONG, "ไม่เกิน 2,000"), (f"เขาคือ {ID_NUMBER}", "เลขบัตรประชาชน")]
)
def test_a_worry_that_cannot_be_taken_comes_back_with_what_was_typed(
    text: str, says: str, browser: Browser, site: Flask
) -> None:
    page = send_worry(browser, text=text)
    assert page.status == 422
    assert says in page.words_in("worry-text-error")
    assert (page.value("worry-text"), page.value("worry-contact")) == (text.strip(" \n\u200b"), CONTACT)
    assert everything(site) == {}


@pytest.mark.parametrize(("contact", "says"), [("ก" * 201, "ไม่เกิน 200"), (ID_NUMBER, "เลขบัตรประชาชน")])
def test_a_contact_that_cannot_be_taken_comes_back_with_what_was_typed(
    contact: str, says: str, browser: Browser, site: Flask
) -> None:
    page = send_worry(browser, contact=contact)
    assert page.status == 422
    assert says in page.words_in("worry-contact-error")
    assert (page.value("worry-text"), page.value("worry-contact")) == (WORRY, contact)
    assert everything(site) == {}


@pytest.mark.parametrize("text", ["ก" * 2000, "โทร 081-234-5678 หรือ 089-876-5432", "เบอร์ 0812345678 0898765432"])
def test_what_is_long_or_holds_telephone_numbers_is_taken(text: str, browser: Browser, site: Flask) -> None:
    send_worry(browser, text=text)
    assert opened(site, "text") == text


def test_a_mistake_in_a_lesson_that_is_not_there_comes_back_with_what_was_typed(browser: Browser, site: Flask) -> None:
    page = browser.post("/help/mistakes", {"mistake-lesson": "nowhere", "mistake-text": MISTAKE})
    assert page.status == 422
    assert "ไม่มีบทเรียนนี้แล้ว" in page.words_in("mistake-lesson-error")
    assert page.value("mistake-text") == MISTAKE
    assert rows(site, "note") == []


def test_what_nobody_sees_is_not_kept_and_line_ends_are(browser: Browser, site: Flask) -> None:
    send_worry(browser, text="\u202eเขา\u200bบอก\x07ว่า\nนํ้า\n\nครั้งที่ ๒  ")
    assert opened(site, "text") == "เขาบอกว่า\nน้ำ\n\nครั้งที่ ๒"


def test_the_same_note_sent_twice_is_one(browser: Browser, site: Flask) -> None:
    for _ in range(2):
        assert send_worry(browser).heading == "ขอบคุณที่เล่าให้ฟัง"
    assert len(rows(site, "note")) == 1


def test_of_eight_presses_at_once_one_note_remains(site: Flask) -> None:
    fields = {"worry-text": WORRY}
    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(lambda _: Browser(site).send("/help/worries", fields).status, range(8)))
    assert (statuses, len(rows(site, "note"))) == ([303] * 8, 1)


def test_the_same_words_from_somebody_else_or_an_hour_later_are_another_note(
    site: Flask, moved_clock: MovedClock
) -> None:
    send_worry(Browser(site))
    send_worry(Browser(site, address="192.0.2.7"))
    for _ in range(2):
        send_worry(make.browser_of(site, make.guest(site)))
    moved_clock.forward(hours=1)
    send_worry(Browser(site))
    assert len(rows(site, "note")) == 5


def test_an_eleventh_note_in_an_hour_waits_and_keeps_what_was_typed(site: Flask, moved_clock: MovedClock) -> None:
    browser = Browser(site)
    for number in range(10):
        assert send_worry(browser, text=f"เรื่องที่ {number}").status == 200
    moved_clock.forward(minutes=40)
    page = send_worry(browser, text="เรื่องที่ 10")
    assert (page.status, page.headers["Retry-After"], page.value("worry-text")) == (429, "1200", "เรื่องที่ 10")
    assert "รออีก 20 นาที" in page.words_in("worry-text-error")
    assert len(rows(site, "note")) == 10
    moved_clock.forward(minutes=20)
    assert send_worry(browser, text="เรื่องที่ 10").status == 200
    assert len(rows(site, "note")) == 11


def test_what_comes_back_to_be_mended_takes_nothing_of_the_allowance(browser: Browser, site: Flask) -> None:
    for _ in range(11):
        send_worry(browser, text="")
    assert send_worry(browser).status == 200


def test_without_a_proxy_an_address_that_a_client_claims_is_not_believed(site: Flask) -> None:
    answers = [forwarded(Browser(site), f"192.0.2.{number}", number) for number in range(11)]
    assert answers == [303] * 10 + [429]


def test_behind_a_proxy_the_address_it_saw_is_believed_and_no_other(app_with: AppWith) -> None:
    app = app_with(proxy_hops=1)
    apart = [forwarded(Browser(app), f"192.0.2.{number}", number) for number in range(11)]
    claimed = [forwarded(Browser(app), f"198.51.100.{number}, 192.0.2.200", number) for number in range(11)]
    assert (apart, claimed) == ([303] * 11, [303] * 10 + [429])


def test_a_form_of_another_site_is_not_taken(browser: Browser, site: Flask) -> None:
    page = browser.post("/help/worries", {"worry-text": WORRY}, {"Sec-Fetch-Site": "cross-site"})
    assert page.status == 403
    assert everything(site) == {}


def test_an_old_browser_presses_once_more_and_is_heard(site: Flask) -> None:
    browser = Browser(site, is_old=True)
    assert send_worry(browser).status == 403
    assert browser.press("ส่งอีกครั้ง").heading == "ขอบคุณที่เล่าให้ฟัง"
    assert opened(site, "text") == WORRY


@pytest.mark.parametrize("garbage", ["%ED%A0%80", "%FF%FE", "%00"])
def test_broken_unicode_is_taken_as_far_as_it_can_be_read(garbage: str, site: Flask) -> None:
    answer = site.test_client().post(
        "/help/worries",
        data=f"worry-text=a{garbage}b",
        content_type="application/x-www-form-urlencoded",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 303
    assert opened(site, "text").startswith("a")


def test_a_note_is_forgotten_after_ninety_days(site: Flask, moved_clock: MovedClock) -> None:
    send_worry(Browser(site))
    moved_clock.forward(days=90, seconds=-1)
    assert purged(site) == 0
    moved_clock.forward(seconds=1)
    assert (purged(site), purged(site)) == (1, 0)
    assert rows(site, "note") == []


def test_a_text_that_was_moved_to_another_note_does_not_open(browser: Browser, site: Flask) -> None:
    send_worry(browser)
    send_worry(browser, text="อีกเรื่อง")
    first, second = rows(site, "note")
    vault: Vault = site.extensions["vault"]
    with pytest.raises(Exception, match="does not fit"):
        vault.open_sealed(first["sealed_text"], purpose="note.text", owner=second["key"])


def send_worry(browser: Browser, *, text: str = WORRY, contact: str = CONTACT) -> Page:
    browser.visit("/help")
    return browser.press("ส่งให้ผู้จัด", {"worry-text": text, "worry-contact": contact})


def forwarded(browser: Browser, addresses: str, number: int) -> int:
    """The status of a note that a proxy says came from there."""
    fields = {"worry-text": f"เรื่องที่ {number}"}
    return browser.send("/help/worries", fields, {"X-Forwarded-For": addresses}).status


def opened(site: Flask, field: str) -> str:
    """What the only note says."""
    vault: Vault = site.extensions["vault"]
    stored = row(site, "note")
    return vault.open_sealed(stored[f"sealed_{field}"], purpose=f"note.{field}", owner=stored["key"])


def purged(site: Flask) -> int:
    register: Register = site.extensions["register"]
    with site.app_context():
        return dict(register.purge(clock.now()))["notes"]
