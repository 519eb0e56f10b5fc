"""Broken, hostile and merely odd text: never a failure of ours, and never stored as it came."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import make
from tests.browser import Browser
from tests.rows import everything, row

ODD = {
    "half a character": "%E0%B8",
    "no UTF-8": "%FF%FE",
    "a surrogate": "%ED%A0%80",
    "a NUL": "1%002",
    "a control": "%07",
    "right to left": "%E2%80%AE12",
    "zero width": "1%E2%80%8B2",
    "an emoji": "%F0%9F%92%A9",
    "stacked marks": "%E0%B8%81" + "%E0%B9%89" * 50,
    "very long": "0" * 5000,
    "a quote": "%27%22%3C%3E%26",
    "up": "..%2F..",
    "a private sign": "%EE%80%80%EE%80%81",
    "a line end": "1%0D%0AX-Bad:%201",
}
ADDRESSES = [
    "/{}",
    "/courses/{}",
    "/courses/speaking/{}",
    "/courses/speaking/{}/quiz",
    "/courses/speaking/quiz/{}",
    "/courses/speaking/limits/img/{}",
    "/attempts/{}",
    "/rights/{}",
    "/static/{}",
]
QUERIES = [
    "/courses?audience={}&level={}&minutes={}&topic={}&article={}",
    "/courses/speaking/limits?again={}",
    "/me?{}",
]
LISTENING = "/courses/speaking/listening"
URLENCODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_address_is_not_there(odd: str, site: Flask) -> None:
    for browser in (Browser(site), make.browser_of(site, make.guest(site))):
        missing = browser.visit("/nothing-here")
        for address in ADDRESSES:
            page = browser.fetch(address.format(ODD[odd]))
            assert (page.status, page.body, "X-Bad" in page.headers) == (404, missing.body, False)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_query_is_as_if_not_asked(odd: str, site: Flask) -> None:
    for browser in (Browser(site), make.browser_of(site, make.guest(site))):
        for address in QUERIES:
            page = browser.fetch(address.replace("{}", ODD[odd]))
            assert (page.status, page.body) == (200, browser.fetch(address.partition("?")[0]).body)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_choice_is_refused(odd: str, browser: Browser, site: Flask) -> None:
    page = browser.post("/courses/speaking/limits/checks/limits-aim", f"limits-aim={ODD[odd]}".encode())
    assert (page.status, "คำตอบนี้ไม่มีในข้อคำถาม" in page.text) == (422, True)
    assert everything(site) == {}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_field_in_a_quiz_is_refused(odd: str, browser: Browser, site: Flask) -> None:
    page = browser.post("/courses/speaking/quiz/post", f"{ODD[odd]}=law&hand-in=1".encode())
    assert (page.status, "คำตอบนี้ไม่มีในข้อคำถาม" in page.text) == (422, True)
    assert everything(site) == {}


@pytest.mark.parametrize("odd", [name for name in ODD if name not in ("very long", "a control")])
def test_odd_text_in_an_answer_is_kept_without_what_cannot_be_seen(odd: str, browser: Browser, site: Flask) -> None:
    page = browser.post(f"{LISTENING}/checks/listening-word", b"listening-word=1" + ODD[odd].encode() + b"1")
    assert "ยังไม่ใช่" in page.words_in("check-listening-word")
    given = row(site, "progress")["latest"]["listening-word"]["given"]
    assert (given[0], given[-1]) == ("1", "1")
    assert not any(sign in given for sign in "\x00\x07\u200b\u202e\r\n\ud800")


@pytest.mark.parametrize("odd", ODD)
def test_odd_text_in_a_private_note_is_given_back(odd: str, browser: Browser) -> None:
    body = b"text=1" + ODD[odd][:1500].encode() + b"1&keep=1"
    page = browser.post(f"{LISTENING}/reflections/my-moment", body)
    kept = page.value("text")
    assert (kept[0], kept[-1]) == ("1", "1")


@pytest.mark.parametrize("sign", ["{{7*7}}", "{% raw %}", "\ue000check:limits-aim\ue001", "\ue000csrf_token\ue001"])
def test_a_sign_that_means_something_to_us_is_text_to_people(sign: str, browser: Browser) -> None:
    browser.send(f"{LISTENING}/checks/listening-word", {"listening-word": sign})
    browser.send(f"{LISTENING}/reflections/my-moment", {"text": sign})
    page = browser.fetch(LISTENING)
    assert sign in page.words_in("check-listening-word")
    assert page.value("text") == sign


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_place_is_the_top_of_the_lesson(odd: str, site: Flask) -> None:
    browser = make.browser_of(site, make.guest(site))
    browser.send(f"{LISTENING}/place", f"part={ODD[odd]}".encode())
    assert row(site, "progress")["place"] == ""


@pytest.mark.parametrize("odd", ODD)
def test_odd_ticks_are_left_out(odd: str, browser: Browser, site: Flask) -> None:
    browser.send(f"{LISTENING}/checklists/before-posting", f"kind=1&{ODD[odd]}=1".encode())
    assert row(site, "ticks")["items"] == ["kind"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xff\xfe\x00", URLENCODED),
        (b"%", URLENCODED),
        (b"&&&=", URLENCODED),
        (b'{"limits-aim": "comfort"}', "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"anything", "multipart/form-data"),
        (b"anything", "no/such; charset=nothing"),
    ],
)
def test_a_body_that_is_no_form_answers_nothing(body: bytes, content_type: str, browser: Browser, site: Flask) -> None:
    headers = {"Content-Type": content_type}
    page = browser.post("/courses/speaking/limits/checks/limits-aim", body, headers)
    assert "ยังไม่ได้ตอบ" in page.words_in("check-limits-aim")
    assert everything(site) == {}
