"""A tile's fill: the article's items answered right on the latest try, among all its items in the courses begun."""

from __future__ import annotations

from flask import Flask

from classroom.learning.rights_map import Tile
from tests import make
from tests.answers import RIGHT, WRONG, together
from tests.browser import Browser
from tests.page import words_of
from tests.rows import everything


def tile(browser: Browser, number: int, path: str = "/me") -> str:
    """What the article's tile says."""
    links = [element for element in browser.visit(path) if element.get("href") == f"/rights/{number}"]
    (link,) = [link for link in links if "tile" in link.get("class", "").split()]
    return words_of(next(part for part in link if part.get("class") == "tile-words"))


def test_before_anything_is_begun_every_tile_is_empty(browser: Browser) -> None:
    page = browser.visit("/rights")
    words = [words_of(part) for part in page if part.get("class") == "tile-words"]
    assert len(words) == 30
    assert words[18] == "สิทธิข้อ 19 พูดและรับรู้ได้ ยังไม่มีคำถามในคอร์สที่คุณเริ่มเรียน"
    assert all("ยังไม่มีคำถาม" in sentence for sentence in words)


def test_a_course_that_is_begun_counts_all_its_items(site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "limits-aim")
    browser = make.browser_of(site, someone)
    assert tile(browser, 19) == "สิทธิข้อ 19 พูดและรับรู้ได้ ตอบถูก 1 จาก 5 ข้อ"
    assert tile(browser, 20) == "สิทธิข้อ 20 รวมตัวได้ ตอบถูก 0 จาก 2 ข้อ"


def test_courses_not_begun_count_for_nothing(site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "limits-aim")
    browser = make.browser_of(site, someone)
    assert "ยังไม่มีคำถาม" in tile(browser, 2)
    make.answered_check(site, someone, "equal-1")
    assert tile(browser, 2).endswith("ตอบถูก 0 จาก 1 ข้อ")
    assert tile(browser, 19).endswith("ตอบถูก 1 จาก 6 ข้อ")


def test_the_latest_try_counts(site: Flask) -> None:
    someone = make.guest(site)
    browser = make.browser_of(site, someone)
    make.answered_check(site, someone, "equal-2")
    assert tile(browser, 2).endswith("ตอบถูก 1 จาก 1 ข้อ")
    make.answered_check(site, someone, "equal-2", WRONG["equal-2"])
    assert tile(browser, 2).endswith("ตอบถูก 0 จาก 1 ข้อ")


def test_the_post_test_counts_and_the_pre_test_does_not(site: Flask) -> None:
    someone = make.guest(site)
    browser = make.browser_of(site, someone)
    make.handed_in(site, someone, quiz_id="speaking.pre")
    assert tile(browser, 18).endswith("ตอบถูก 0 จาก 2 ข้อ")
    make.handed_in(site, someone)
    assert tile(browser, 18).endswith("ตอบถูก 1 จาก 2 ข้อ")
    assert tile(browser, 19).endswith("ตอบถูก 2 จาก 5 ข้อ")


def test_an_attempt_under_way_counts_for_nothing_yet(site: Flask) -> None:
    someone = make.guest(site)
    make.attempt(site, someone, together(*(RIGHT[question] for question in RIGHT if "post" in question)))
    assert tile(make.browser_of(site, someone), 19).endswith("ตอบถูก 0 จาก 5 ข้อ")


def test_an_answer_that_is_partly_right_is_not_right(site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "limits-test", {"limits-test": "law"})
    assert tile(make.browser_of(site, someone), 29).endswith("ตอบถูก 0 จาก 3 ข้อ")


def test_each_tile_leads_to_its_article_which_says_the_same(site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "limits-aim")
    browser = make.browser_of(site, someone)
    assert "คุณตอบเรื่องสิทธิข้อนี้ถูก 1 จาก 5 ข้อ" in browser.visit("/rights/19").text
    assert "คุณตอบเรื่องสิทธิข้อนี้" not in browser.visit("/rights/2").text


def test_the_same_map_stands_on_every_page_that_has_one(site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "equal-2")
    browser = make.browser_of(site, someone)
    assert {tile(browser, 2, path) for path in ("/", "/me", "/rights")} == {"สิทธิข้อ 2 ไม่เลือกปฏิบัติ ตอบถูก 1 จาก 1 ข้อ"}


def test_looking_at_the_map_changes_nothing(site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "equal-2")
    before = everything(site)
    make.browser_of(site, someone).visit("/rights")
    assert everything(site) == before


def test_a_tile_is_full_only_when_all_is_right() -> None:
    assert [(Tile(1, "x", right, 3).percent, Tile(1, "x", right, 3).is_full) for right in range(4)] == [
        (0, False),
        (33, False),
        (66, False),
        (100, True),
    ]
    assert (Tile(1, "x", 0, 0).percent, Tile(1, "x", 0, 0).is_full) == (0, False)
