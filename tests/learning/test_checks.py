"""A check answers in place: right, partly, wrong or not yet, and why."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import make
from tests.answers import PARTLY, RIGHT, WRONG, together
from tests.browser import Browser
from tests.page import Page, words_of
from tests.rows import everything, row

LESSONS = {"limits": "/courses/speaking/limits", "listening": "/courses/speaking/listening"}
CHECKS = [question for question in RIGHT if question.startswith(("limits", "listening"))]
HALF = {
    "listening-pairs": {"listening-pairs.spoken": "law"},
    "listening-steps": {"listening-steps.hear": "1", "listening-steps.think": "2"},
}
WHY_RIGHT = {
    "limits-aim": "ความอึดอัดของคนมีอำนาจไม่อยู่ในรายการ",
    "limits-test": "ไม่มีกฎหมายก็ไม่ผ่านตั้งแต่ข้อแรก",
    "limits-spoken": "ต้องมีกฎหมายเขียนไว้ก่อน",
    "listening-pairs": "สั้นกว่านี้ก็พอ",
    "listening-steps": "ฟังเป็นขั้นแรกเสมอ",
    "listening-word": "ใช่ หลักนี้ชื่อนี้",
}
FORGED = [
    {"limits-aim": "nothing"},
    {"limits-aim": "law"},
    {"limits-aim": ["comfort", "health"]},
    {"limits-test": ["law", "nothing"]},
    {"limits-spoken": "maybe"},
    {"listening-pairs.spoken": "nothing"},
    {"listening-pairs.nobody": "law"},
    {"listening-steps.hear": "4"},
    {"listening-steps.hear": "first"},
]


def page_of(question: str) -> str:
    return LESSONS[question.partition("-")[0]]


def answer(browser: Browser, question: str, fields: object) -> Page:
    browser.visit(page_of(question))
    return browser.press("ตรวจคำตอบ", fields, within=f"check-{question}")  # type: ignore[arg-type]


@pytest.mark.parametrize("question", CHECKS)
def test_a_right_answer_is_told_so_and_why(question: str, browser: Browser, site: Flask) -> None:
    page = answer(browser, question, RIGHT[question])
    check = page.words_in(f"check-{question}")
    assert "ถูกแล้ว" in check
    assert WHY_RIGHT[question] in check
    assert row(site, "progress")["latest"][question]["right"] is True


@pytest.mark.parametrize("question", CHECKS)
def test_a_wrong_answer_is_told_so_and_what_would_be_right(question: str, browser: Browser, site: Flask) -> None:
    page = answer(browser, question, WRONG[question])
    check = page.words_in(f"check-{question}")
    assert "ยังไม่ใช่" in check
    assert any(words in check for words in ("คำตอบที่ถูก", "คู่ที่ถูก", "เรียงตามลำดับที่ถูก"))
    assert row(site, "progress")["latest"][question]["right"] is False


@pytest.mark.parametrize("question", PARTLY)
def test_an_answer_that_is_partly_right_is_told_so(question: str, browser: Browser, site: Flask) -> None:
    page = answer(browser, question, PARTLY[question])
    assert "ถูกบางส่วน" in page.words_in(f"check-{question}")
    assert row(site, "progress")["latest"][question]["right"] is False


@pytest.mark.parametrize("question", CHECKS)
def test_an_empty_answer_is_asked_for_and_not_stored(question: str, browser: Browser, site: Flask) -> None:
    page = answer(browser, question, {})
    assert (page.status, "ยังไม่ได้ตอบ เลือกหรือพิมพ์คำตอบก่อน" in page.words_in(f"check-{question}")) == (422, True)
    assert page.link("ยังไม่ได้ตอบ") == f"#check-{question}"
    assert everything(site) == {}


@pytest.mark.parametrize("question", HALF)
def test_an_answer_with_open_rows_is_asked_for_and_keeps_the_rest(question: str, browser: Browser, site: Flask) -> None:
    page = answer(browser, question, HALF[question])
    assert (page.status, "ยังตอบไม่ครบทุกช่อง" in page.words_in(f"check-{question}")) == (422, True)
    assert {name: page.value(name) for name in HALF[question]} == HALF[question]
    assert everything(site) == {}


@pytest.mark.parametrize("question", CHECKS)
def test_no_why_and_no_key_stands_there_before_the_answer(question: str, browser: Browser) -> None:
    page = browser.visit(page_of(question))
    assert WHY_RIGHT[question] not in page.html
    assert "คำตอบที่ถูก" not in page.words_in(f"check-{question}")


def test_an_answer_to_one_check_tells_nothing_of_the_others(browser: Browser) -> None:
    page = answer(browser, "limits-aim", RIGHT["limits-aim"])
    assert "ถูกแล้ว" in page.words_in("check-limits-aim")
    assert not any(WHY_RIGHT[other] in page.html for other in CHECKS if other != "limits-aim")


def test_every_choice_says_why_and_which_was_chosen(browser: Browser) -> None:
    page = answer(browser, "limits-aim", {"limits-aim": "health"})
    feedback = {id_: page.words_in(f"answer-limits-aim-{id_}-why") for id_ in ("health", "comfort", "others")}
    assert feedback == {
        "health": "คำตอบของคุณ โรคระบาดเป็นเหตุผลที่ยอมรับได้",
        "comfort": "คำตอบที่ถูก ความอึดอัดของคนมีอำนาจไม่อยู่ในรายการ",
        "others": "ชื่อเสียงอยู่ในรายการ",
    }
    assert "รายการนี้ปิด เติมเองไม่ได้" in page.words_in("check-limits-aim")


def test_a_near_answer_gets_a_why_of_its_own(browser: Browser) -> None:
    page = answer(browser, "listening-word", {"listening-word": "พอดี"})
    assert "ใกล้แล้ว แต่หลักนี้มีชื่อเฉพาะ" in page.words_in("check-listening-word")


@pytest.mark.parametrize("typed", ["ได้สัดส่วน", " ได้ สัดส่วน ", "ได้สัดส่วน\u200b", "ความได้สัดส่วน"])
def test_a_short_text_forgives_how_it_is_typed(typed: str, browser: Browser) -> None:
    page = answer(browser, "listening-word", {"listening-word": typed})
    assert "ถูกแล้ว" in page.words_in("check-listening-word")


def test_the_feedback_leads_to_where_it_stands(browser: Browser) -> None:
    page = answer(browser, "listening-word", WRONG["listening-word"])
    assert page.link("จำกัดการพูด · หลักสามข้อ") == "/courses/speaking/limits#three-principles"
    browser.follow("จำกัดการพูด · หลักสามข้อ").part("three-principles")


def test_a_check_without_its_own_place_leads_to_the_heading_above_it(browser: Browser) -> None:
    page = answer(browser, "limits-test", WRONG["limits-test"])
    assert page.link("จำกัดการพูด · ย้อนดูที่มา") == "/courses/speaking/limits#history"


def test_the_choices_stand_in_the_authors_order_with_their_letters(browser: Browser) -> None:
    check = browser.visit(LESSONS["limits"]).part("check-limits-aim")
    labels = [words_of(label) for label in check.iter("label")]
    assert labels == ["ก สุขภาพของประชาชน", "ข ความสบายใจของผู้มีอำนาจ", "ค ชื่อเสียงของผู้อื่น"]


@pytest.mark.parametrize("question", CHECKS)
def test_one_may_try_again_and_the_latest_try_counts(question: str, browser: Browser, site: Flask) -> None:
    answer(browser, question, WRONG[question])
    browser.follow("ลองอีกครั้ง")
    page = browser.press("ตรวจคำตอบ", RIGHT[question], within=f"check-{question}")
    assert "ถูกแล้ว" in page.words_in(f"check-{question}")
    assert row(site, "progress")["latest"][question]["right"] is True


def test_looking_again_changes_nothing(browser: Browser, site: Flask) -> None:
    answer(browser, "limits-aim", RIGHT["limits-aim"])
    before = everything(site)
    page = browser.follow("ลองอีกครั้ง")
    assert page.ticked("limits-aim") == []
    assert everything(site) == before
    assert "ถูกแล้ว" in browser.visit(LESSONS["limits"]).words_in("check-limits-aim")


def test_a_refused_second_try_keeps_the_first(browser: Browser, site: Flask) -> None:
    answer(browser, "listening-pairs", RIGHT["listening-pairs"])
    before = everything(site)
    browser.follow("ลองอีกครั้ง")
    page = browser.press("ตรวจคำตอบ", HALF["listening-pairs"], within="check-listening-pairs")
    assert "ยังตอบไม่ครบทุกช่อง" in page.words_in("check-listening-pairs")
    assert everything(site) == before


def test_a_script_gets_the_judged_check_alone(browser: Browser) -> None:
    path = f"{LESSONS['limits']}/checks/limits-aim"
    answer = browser.send(path, RIGHT["limits-aim"], {"X-Fragment": "1"})
    assert answer.html.lstrip().startswith("<section")
    assert "ถูกแล้ว" in answer.words_in("check-limits-aim")
    assert "<h1" not in answer.html


def test_the_fragment_brings_the_token_of_the_guest_it_made(site: Flask) -> None:
    browser = Browser(site)
    path = f"{LESSONS['limits']}/checks/limits-aim"
    fragment = browser.send(path, RIGHT["limits-aim"], {"X-Fragment": "1"})
    token = fragment.part("check-limits-aim").get("data-token", "")
    old = Browser(site, is_old=True)
    old.set_cookie(browser.cookie() or "")
    page = old.post(f"{LESSONS['limits']}/checks/limits-spoken", {**RIGHT["limits-spoken"], "csrf_token": token})
    assert "ถูกแล้ว" in page.words_in("check-limits-spoken")


def test_a_script_is_told_why_a_check_is_refused(browser: Browser, site: Flask) -> None:
    answer = browser.send(f"{LESSONS['limits']}/checks/limits-aim", {}, {"X-Fragment": "1"})
    assert (answer.status, answer.html) == (422, "ยังไม่ได้ตอบ เลือกหรือพิมพ์คำตอบก่อน แล้วกดตรวจคำตอบ")
    assert everything(site) == {}


@pytest.mark.parametrize("fields", FORGED)
def test_a_forged_answer_is_refused_and_not_stored(fields: dict[str, str], browser: Browser, site: Flask) -> None:
    question = next(iter(fields)).partition(".")[0]
    page = browser.post(f"{page_of(question)}/checks/{question}", fields)
    assert (page.status, "คำตอบนี้ไม่มีในข้อคำถาม" in page.words_in(f"check-{question}")) == (422, True)
    assert everything(site) == {}


@pytest.mark.parametrize(
    "path",
    [
        "/courses/speaking/limits/checks/nothing",
        "/courses/speaking/limits/checks/listening-word",
        "/courses/speaking/limits/checks/speaking-post-true",
        "/courses/fairness/limits/checks/limits-aim",
        "/courses/speaking/unfinished/checks/unfinished-1",
    ],
)
def test_a_check_that_is_not_of_the_lesson_is_not_there(path: str, browser: Browser, site: Flask) -> None:
    page = browser.post(path, together(*RIGHT.values()))
    assert (page.status, page.heading) == (404, "ไม่พบหน้านี้")
    assert everything(site) == {}


@pytest.mark.parametrize("length", [501, 100_000])
def test_a_text_too_long_is_refused_and_given_back(length: int, browser: Browser, site: Flask) -> None:
    browser.visit(LESSONS["listening"])
    typed = "1" * length
    page = browser.press("ตรวจคำตอบ", {"listening-word": typed}, within="check-listening-word")
    assert (page.status, "คำตอบยาวเกินไป" in page.words_in("check-listening-word")) == (422, True)
    assert page.value("listening-word") == typed
    assert everything(site) == {}


def test_a_text_too_long_for_any_form_is_refused_kindly(browser: Browser, site: Flask) -> None:
    browser.visit(LESSONS["listening"])
    page = browser.press("ตรวจคำตอบ", {"listening-word": "ก" * 100_000}, within="check-listening-word")
    assert (page.status, page.heading) == (413, "ข้อความยาวเกินไป")
    assert everything(site) == {}


def test_a_text_as_long_as_may_be_is_taken(browser: Browser) -> None:
    page = answer(browser, "listening-word", {"listening-word": "ก" * 500})
    assert "ยังไม่ใช่" in page.words_in("check-listening-word")


def test_markup_in_an_answer_is_text(browser: Browser) -> None:
    typed = "<b>&lt;</b>\"'"
    page = answer(browser, "listening-word", {"listening-word": typed})
    assert typed in page.words_in("check-listening-word")


def test_answers_survive_a_restart(site: Flask, app_with: object) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "limits-aim")
    browser = make.browser_of(site, someone)
    browser.move_to(app_with())  # type: ignore[operator]
    assert "ถูกแล้ว" in browser.visit(LESSONS["limits"]).words_in("check-limits-aim")
