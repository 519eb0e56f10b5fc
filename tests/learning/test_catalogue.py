"""What there is to learn: courses, paths by audience, filters, and where one stands."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import make
from tests.answers import RIGHT
from tests.browser import Browser

LIMITS, LISTENING, EQUAL = "/courses/speaking/limits", "/courses/speaking/listening", "/courses/fairness/equal"


def found(browser: Browser, query: str) -> list[str]:
    """Addresses of the lessons that the filters leave."""
    page = browser.visit(f"/courses?{query}")
    return [href for _, href in page.links() if href in (LIMITS, LISTENING, EQUAL)]


@pytest.mark.parametrize(
    ("query", "lessons"),
    [
        ("audience=pupils", [LIMITS, LISTENING, EQUAL]),
        ("audience=media", [LIMITS, LISTENING]),
        ("audience=organisations", []),
        ("level=middle", [EQUAL]),
        ("minutes=8", [LIMITS]),
        ("minutes=10", [LIMITS, EQUAL]),
        ("topic=basics", [LISTENING, EQUAL]),
        ("article=19", [LIMITS]),
        ("article=2", [EQUAL]),
        ("audience=pupils&level=beginner&minutes=15&topic=basics&article=20", [LISTENING]),
        ("audience=media&level=middle", []),
    ],
)
def test_filters_narrow_what_is_shown(query: str, lessons: list[str], browser: Browser) -> None:
    assert found(browser, query) == lessons


def test_the_filters_work_as_a_form_and_stay_as_chosen(browser: Browser) -> None:
    browser.visit("/courses")
    page = browser.press("กรอง", {"audience": "media", "minutes": "8"})
    assert (page.value("audience"), page.value("minutes"), page.value("level")) == ("media", "8", "")
    assert "พบ 1 บท" in page.text
    assert browser.follow("ล้างตัวกรอง").path == "/courses"


def test_nothing_found_says_what_to_do(browser: Browser) -> None:
    page = browser.visit("/courses?audience=media&level=middle")
    assert "ยังไม่มีบทที่ตรงทุกข้อ" in page.text
    assert page.link("ดูทั้งหมด") == "/courses"


@pytest.mark.parametrize(
    "query", ["audience=nobody", "level=", "minutes=7", "article=99", "article=x", "topic=law", "x=1"]
)
def test_a_filter_that_does_not_exist_is_as_if_not_chosen(query: str, browser: Browser) -> None:
    assert browser.visit(f"/courses?{query}").text == browser.visit("/courses").text


def test_only_what_some_lesson_has_is_offered(browser: Browser) -> None:
    page = browser.visit("/courses")
    select = next(element for element in page if element.get("name") == "article")
    offered = [option.get("value") for option in select.iter("option")]
    assert offered == ["", "1", "2", "18", "19", "20", "29"]


def test_a_path_holds_only_courses_that_exist(browser: Browser) -> None:
    page = browser.visit("/courses")
    assert [text for text in ("ผู้เรียนมัธยม", "ครู", "สื่อมวลชน") if text not in page.text] == []
    assert "สำหรับคนที่อยากลงลึก" not in page.text


def test_a_course_says_what_it_takes_and_what_one_will_be_able_to_do(browser: Browser) -> None:
    page = browser.visit("/courses/speaking")
    for words in ("พูดได้แค่ไหน", "เริ่มต้น", "2 บท", "20 นาที", "ใช้หลักสามข้อตรวจคำสั่งได้"):
        assert words in page.text
    assert [href for _, href in page.links() if href.startswith("/courses/speaking/")] == [
        "/courses/speaking/quiz/pre",
        LIMITS,
        LISTENING,
        "/courses/speaking/quiz/post",
    ]


def test_a_course_without_tests_offers_none(browser: Browser) -> None:
    page = browser.visit("/courses/fairness")
    assert not any("/quiz/" in href for _, href in page.links())


def test_a_draft_is_shown_nowhere(browser: Browser) -> None:
    pages = [browser.visit(path) for path in ("/courses", "/courses/speaking", "/rights/19", LISTENING)]
    assert [page.path for page in pages if "ยังไม่เสร็จ" in page.html] == []


def test_progress_stands_only_where_there_is_some(site: Flask) -> None:
    someone = make.guest(site)
    browser = make.browser_of(site, someone)
    assert "เรียนจบ" not in Browser(site).visit("/courses").text
    make.answered_check(site, someone, "limits-aim", RIGHT["limits-aim"])
    for path in ("/courses", "/courses/speaking", LIMITS, "/"):
        assert "เรียนจบ 0 จาก 2 บท" in browser.visit(path).text
