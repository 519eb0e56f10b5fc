"""A quiz from its first page to the hand-in: an attempt begins with the first answer and loses nothing on the way."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import make
from tests.answers import RIGHT, WRONG, together
from tests.browser import Browser
from tests.conftest import AppWith
from tests.page import Page
from tests.rows import everything, row, rows

POST = "/courses/speaking/quiz/post"
PRE = "/courses/speaking/quiz/pre"
OF_LESSON = "/courses/speaking/limits/quiz"
QUESTIONS = [question for question in RIGHT if question.startswith("speaking-post")]
ALL = together(*(RIGHT[question] for question in QUESTIONS))
SAVE, HAND_IN = "save", "hand-in"


def order_of(page: Page) -> list[str]:
    """Ids of the questions, and of everything to choose from, as they stand on the page."""
    return [
        element.get("id", "") for element in page.part("quiz").iter() if element.get("id", "").startswith("speaking")
    ]


def begun(site: Flask) -> tuple[Browser, Page]:
    """A guest's browser at an attempt that began with the button, in an order of its own."""
    browser = make.browser_of(site, make.guest(site))
    return browser, browser.post(POST, {"begin": "1"})


def test_looking_at_a_quiz_begins_nothing(site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    before = everything(site)
    for path in (POST, PRE, OF_LESSON):
        browser.visit(path)
    assert everything(site) == before


def test_a_quiz_can_be_handed_in_from_its_first_page(browser: Browser, site: Flask) -> None:
    browser.visit(POST)
    page = browser.press(HAND_IN, ALL)
    assert "ตอบถูก 6 จาก 6 ข้อ" in page.text
    attempt = row(site, "attempt")
    assert (attempt["right_count"], attempt["item_count"]) == (6, 6)


def test_the_first_page_shows_the_authors_order(browser: Browser) -> None:
    page = browser.visit(POST)
    questions = [id_ for id_ in order_of(page) if id_ in QUESTIONS]
    assert questions == QUESTIONS


def test_answers_saved_from_the_first_page_keep_its_order(browser: Browser) -> None:
    seen = order_of(browser.visit(POST))
    page = browser.press(SAVE, RIGHT["speaking-post-true"])
    assert page.path.startswith("/attempts/")
    assert order_of(page) == seen


def test_an_attempt_that_is_begun_has_an_order_of_its_own_and_keeps_it(site: Flask) -> None:
    orders = {tuple(order_of(begun(site)[1])) for _ in range(4)}
    assert len(orders) > 1
    browser, page = begun(site)
    assert [order_of(browser.visit(page.path)) for _ in range(2)] == [order_of(page)] * 2
    assert sorted(order_of(page)) == sorted(order_of(Browser(site).visit(POST)))


def test_the_order_survives_a_restart_of_the_server(site: Flask, app_with: AppWith) -> None:
    browser, page = begun(site)
    browser.move_to(app_with())
    assert order_of(browser.visit(page.path)) == order_of(page)


def test_the_order_survives_saving_and_is_that_of_the_result(site: Flask) -> None:
    browser, page = begun(site)
    questions = [id_ for id_ in order_of(page) if id_ in QUESTIONS]
    assert order_of(browser.press(SAVE, RIGHT["speaking-post-true"])) == order_of(page)
    result = browser.press(HAND_IN)
    shown = [element.get("id") for element in result if element.get("id") in QUESTIONS]
    assert shown == questions


def test_coming_back_to_the_quiz_leads_to_the_attempt_under_way(site: Flask) -> None:
    browser, page = begun(site)
    assert browser.visit(POST).path == page.path


def test_a_second_begin_is_the_same_attempt(site: Flask) -> None:
    browser, page = begun(site)
    assert browser.post(POST, {"begin": "1"}).path == page.path
    assert len(rows(site, "attempt")) == 1


def test_a_saved_answer_is_there_after_a_reload(browser: Browser, site: Flask) -> None:
    browser.visit(POST)
    page = browser.press(SAVE, ALL)
    again = browser.visit(page.path)
    assert again.ticked("speaking-post-choice") == ["order"]
    assert again.ticked("speaking-post-several") == ["law", "need"]
    assert again.value("speaking-post-word") == "ได้สัดส่วน"
    assert again.value("speaking-post-pairs.one") == "law"
    assert again.value("speaking-post-steps.need") == "3"
    assert row(site, "attempt")["handed_in_at"] is None


def test_what_is_unanswered_is_shown_with_a_link_to_it(browser: Browser) -> None:
    browser.visit(POST)
    page = browser.press(SAVE, together(RIGHT["speaking-post-choice"], {"speaking-post-pairs.one": "law"}))
    assert "ยังไม่ได้ตอบ 5 ข้อ" in page.text
    links = [href for text, href in page.links() if text.startswith("ข้อ ")]
    assert links == [f"#{question}" for question in QUESTIONS[1:]]
    assert "ตอบครบทุกข้อแล้ว" in browser.press(SAVE, ALL).text


def test_an_answer_can_be_changed_and_taken_back(browser: Browser, site: Flask) -> None:
    browser.visit(POST)
    browser.press(SAVE, together(RIGHT["speaking-post-choice"], RIGHT["speaking-post-word"]))
    page = browser.press(SAVE, {"speaking-post-choice": "face", "speaking-post-word": "", "speaking-post-several": ()})
    assert page.ticked("speaking-post-choice") == ["face"]
    assert page.value("speaking-post-word") == ""
    stored = {answer["question_id"]: answer["given"] for answer in rows(site, "answer")}
    assert stored == {"speaking-post-choice": ["face"]}


def test_the_last_box_can_be_unticked(browser: Browser, site: Flask) -> None:
    browser.visit(POST)
    browser.press(SAVE, RIGHT["speaking-post-several"])
    page = browser.press(SAVE, {"speaking-post-several": ()})
    assert page.ticked("speaking-post-several") == []
    assert rows(site, "answer") == []


def test_nothing_of_the_key_stands_on_an_attempt_under_way(site: Flask) -> None:
    browser, _ = begun(site)
    page = browser.press(SAVE, ALL)
    assert not any(words in page.html for words in ("คำตอบที่ถูก", "ข้อนี้เขียนไว้ในกติกา", "is-right", "จำชื่อได้แม่น"))


def test_the_pre_test_counts_for_nothing_and_says_so(browser: Browser) -> None:
    page = browser.visit(PRE)
    assert "ไม่นับคะแนน" in page.text
    page = browser.press(HAND_IN, together(RIGHT["speaking-pre-1"], RIGHT["speaking-pre-2"]))
    assert "ตอบถูก 2 จาก 2 ข้อ" in page.text
    assert "แบบทดสอบก่อนเรียนไม่นับคะแนน" in page.text


def test_a_lessons_quiz_asks_its_three_checks(browser: Browser) -> None:
    browser.visit(OF_LESSON)
    page = browser.press(HAND_IN, together(RIGHT["limits-aim"], RIGHT["limits-test"], WRONG["limits-spoken"]))
    assert "ตอบถูก 2 จาก 3 ข้อ" in page.text
    assert "ผ่านแล้ว" in page.text


def test_a_new_try_begins_a_new_attempt_in_a_new_order(site: Flask) -> None:
    someone = make.guest(site)
    first = make.handed_in(site, someone)
    browser = make.browser_of(site, someone)
    browser.visit(f"/attempts/{first}")
    page = browser.press("begin")
    assert page.path not in ("", f"/attempts/{first}")
    assert page.ticked("speaking-post-choice") == []
    assert len(rows(site, "attempt")) == 2


def test_the_last_score_stands_on_the_quizs_page(site: Flask) -> None:
    someone = make.guest(site)
    attempt = make.handed_in(site, someone, RIGHT["speaking-post-true"])
    page = make.browser_of(site, someone).visit(POST)
    assert "ครั้งล่าสุดตอบถูก 1 จาก 6 ข้อ" in page.text
    assert page.link("ดูเหตุผลแต่ละข้อ") == f"/attempts/{attempt}"


@pytest.mark.parametrize("fields", [{"nothing": "1"}, {"limits-aim": "comfort"}, {"speaking-post-nothing.one": "law"}])
def test_a_forged_question_is_refused(fields: dict[str, str], browser: Browser, site: Flask) -> None:
    page = browser.post(POST, {**RIGHT["speaking-post-true"], **fields})
    assert (page.status, "คำตอบนี้ไม่มีในข้อคำถาม" in page.text) == (422, True)
    assert page.ticked("speaking-post-true") == ["false"]
    assert everything(site) == {}


@pytest.mark.parametrize("press", [SAVE, HAND_IN])
def test_a_forged_choice_is_refused_and_the_other_answers_are_given_back(
    press: str, browser: Browser, site: Flask
) -> None:
    fields = {**ALL, "speaking-post-choice": "nothing", press: "1"}
    page = browser.post(POST, fields)
    assert (page.status, "คำตอบนี้ไม่มีในข้อคำถาม" in page.text) == (422, True)
    assert page.value("speaking-post-word") == "ได้สัดส่วน"
    assert page.ticked("speaking-post-several") == ["law", "need"]
    assert everything(site) == {}


@pytest.mark.parametrize("length", [501, 100_000])
def test_a_text_too_long_is_given_back_with_the_other_answers(length: int, site: Flask) -> None:
    browser, page = begun(site)
    before = everything(site)
    typed = "1" * length
    page = browser.press(HAND_IN, {**ALL, "speaking-post-word": typed})
    assert (page.status, "คำตอบยาวเกินไป" in page.text) == (422, True)
    assert page.value("speaking-post-word") == typed
    assert page.ticked("speaking-post-choice") == ["order"]
    assert everything(site) == before
    assert "ตอบถูก 6 จาก 6 ข้อ" in browser.press(HAND_IN, {"speaking-post-word": "ได้สัดส่วน"}).text


def test_a_text_too_long_on_the_first_page_makes_nobody(browser: Browser, site: Flask) -> None:
    browser.visit(POST)
    page = browser.press(HAND_IN, {**ALL, "speaking-post-word": "1" * 501})
    assert page.value("speaking-post-word") == "1" * 501
    assert (browser.cookie(), everything(site)) == (None, {})
    assert "ตอบถูก 6 จาก 6 ข้อ" in browser.press(HAND_IN, {"speaking-post-word": "ได้สัดส่วน"}).text
