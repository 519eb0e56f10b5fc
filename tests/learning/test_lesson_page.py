"""A lesson as it is read: every block, where one is, what comes before and after."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import make
from tests.browser import Browser
from tests.page import words_of

LIMITS, LISTENING = "/courses/speaking/limits", "/courses/speaking/listening"
BLOCKS = {
    "a thought": "ชวนคิด",
    "a made-up case, labelled": "กรณีสมมุติ ใบเตยลงรูปถาดอาหาร",
    "a principle": "มีเหตุผลที่ยอมรับ",
    "the law of Thailand": "กฎหมายไทย รัฐธรรมนูญรับรองเสรีภาพในการพูด",
    "the standard": "มาตรฐานสากล กติการับรองเสรีภาพในการพูด",
    "a timeline": "ไทยเข้าเป็นภาคีกติกา",
    "what a note is about": "ส่วนต่อไปพูดถึงการลงโทษในโรงเรียน และมีรายละเอียดที่อาจกระทบใจ",
    "the short version": "มีคนถูกทำโทษเพราะพูด",
    "a gate": "ปลอดภัยสำหรับฉันไหม",
    "another way": "จดไว้อ่านเอง",
    "a summary": "ถามหาวิธีที่เบากว่า",
    "a helpline": "สายเด็ก",
    "a source": "คณะกรรมการสิทธิมนุษยชน ความเห็นทั่วไปฉบับที่ 34",
    "the date of checking": "24 พฤศจิกายน 2569",
    "that nobody reviewed it": "ยังไม่มีผู้ทรงคุณวุฒิตรวจ",
    "what one will be able to do": "บอกเหตุผลที่ยอมให้จำกัดการพูดได้",
    "how long it takes": "อ่าน 8 นาที",
    "where one is": "บทที่ 1 จาก 2",
    "what a word means": "ไม่เกินกว่าที่จำเป็น",
}


@pytest.mark.parametrize("block", BLOCKS)
def test_a_lesson_shows(block: str, browser: Browser) -> None:
    assert BLOCKS[block] in browser.visit(LIMITS).text


def test_a_picture_has_words_and_is_there(browser: Browser) -> None:
    page = browser.visit(LIMITS)
    picture = next(element for element in page if element.tag == "img")
    assert (picture.get("alt"), picture.get("width"), picture.get("height")) == ("ต้นไม้หนึ่งต้นบนพื้นสีครีม", "320", "180")
    file = browser.fetch(picture.get("src", ""))
    assert (file.headers["Content-Type"].partition(";")[0], file.body[:4]) == ("image/svg+xml", b"<svg")


def test_a_table_says_what_its_columns_are(browser: Browser) -> None:
    page = browser.visit(LIMITS)
    assert [(words_of(head), head.get("scope")) for head in page if head.tag == "th"] == [
        ("หลัก", "col"),
        ("คำสั่งนี้ผ่านไหม", "col"),
    ]


def test_a_note_can_be_skipped_to_the_place_after_it(browser: Browser) -> None:
    page = browser.visit(LIMITS)
    place = page.link("ข้ามส่วนนี้").removeprefix("#")
    ids = [element.get("id") for element in page if element.get("id")]
    assert ids.index(place) < ids.index("try-it")


def test_what_a_note_hides_is_closed_at_first(browser: Browser) -> None:
    page = browser.visit(LIMITS)
    note = page.part("note-1")
    hidden = [words_of(details) for details in note.iter("details") if "open" not in details.attrib]
    assert any("ครูลงโทษทั้งห้องเพราะโพสต์เดียว" in words for words in hidden)


def test_each_footnote_leads_to_its_source(browser: Browser) -> None:
    page = browser.visit(LIMITS)
    notes = [href for _, href in page.links() if href.startswith("#source-")]
    assert set(notes) == {"#source-iccpr19", "#source-gc34"}
    assert "กติการะหว่างประเทศ" in page.words_in("source-iccpr19")


def test_a_word_leads_to_the_glossary_without_script(browser: Browser) -> None:
    page = browser.visit(LIMITS)
    assert page.link("ได้สัดส่วน") == "/glossary#proportionate"
    assert "ไม่เกินกว่าที่จำเป็น" in browser.visit("/glossary").words_in("proportionate")


def test_a_reviewed_lesson_says_by_whom(browser: Browser) -> None:
    page = browser.visit(LISTENING)
    assert "ผู้ทรงคุณวุฒิที่ตรวจบทเรียนนี้: อาจารย์สมมุติ ใจดี" in page.text


def test_neighbours_are_a_step_away(browser: Browser) -> None:
    first, last = browser.visit(LIMITS), browser.visit(LISTENING)
    neighbours = [
        {link.get("rel"): link.get("href") for link in page if link.get("rel") in ("prev", "next")}
        for page in (first, last)
    ]
    assert neighbours == [{"next": LISTENING}, {"prev": LIMITS}]
    assert last.link("แบบทดสอบหลังเรียน") == "/courses/speaking/quiz/post"


def test_helplines_without_ids_are_all_and_with_ids_those(browser: Browser) -> None:
    pages = [browser.visit(path) for path in (LIMITS, LISTENING)]
    numbers = [[href for _, href in page.links() if href.startswith("tel:")] for page in pages]
    assert numbers == [["tel:1387", "tel:1300"], ["tel:1387"]]


def test_the_teaching_guide_is_a_page_of_its_own(browser: Browser) -> None:
    page = browser.visit(f"{LIMITS}/teach")
    assert "ลำดับกิจกรรม" in page.text
    assert browser.visit(LIMITS).link("แผนการสอนและใบงาน") == f"{LIMITS}/teach"
    assert not any("/teach" in href for _, href in browser.visit(LISTENING).links())


def test_a_title_breaks_only_where_its_author_allows(browser: Browser) -> None:
    page = browser.visit(LIMITS)
    heading = next(element for element in page if element.tag == "h1")
    assert len(list(heading.iter("wbr"))) == 1
    assert page.heading == "จำกัดการพูดได้เมื่อไร"


def test_every_article_says_which_lessons_teach_it(browser: Browser) -> None:
    assert browser.visit("/rights/19").link("จำกัดการพูด") == LIMITS
    assert "ยังไม่มีบทที่สอนสิทธิข้อนี้โดยตรง" in browser.visit("/rights/5").text


def test_an_article_is_told_twice_with_an_example(browser: Browser) -> None:
    page = browser.visit("/rights/7")
    for words in ("ทุกคนมีสิทธินี้ ข้อที่ 7", "รัฐต้องทำให้สิทธินี้เป็นจริง ข้อที่ 7", "ตัวอย่างใกล้ตัวของข้อที่ 7"):
        assert words in page.text


@pytest.mark.parametrize(("number", "neighbours"), [(1, {2}), (15, {14, 16}), (30, {29})])
def test_articles_follow_each_other(number: int, neighbours: set[int], browser: Browser) -> None:
    page = browser.visit(f"/rights/{number}")
    rels = {link.get("href") for link in page if link.get("rel") in ("prev", "next")}
    assert rels == {f"/rights/{neighbour}" for neighbour in neighbours}


def test_the_glossary_is_in_thai_order(browser: Browser) -> None:
    page = browser.visit("/glossary")
    assert [element.get("id") for element in page if element.tag == "div" and element.find("dt") is not None] == [
        "consent",
        "proportionate",
    ]


def test_reading_as_somebody_keeps_within_five_statements(site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "listening-word")
    browser = make.browser_of(site, someone)
    browser.send(f"{LISTENING}/reflections/my-moment", {"text": "ตอนนั้น"})
    browser.send(f"{LISTENING}/checklists/before-posting", {"kind": "1"})
    assert 1 <= len(browser.visit(LISTENING).statements) <= 5
