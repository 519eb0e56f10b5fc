"""Public pages are made once for all; what is somebody's is stored nowhere on the way."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask

from tests import make
from tests.browser import ORIGIN, Browser
from tests.conftest import AppWith

LESSON = "/courses/speaking/limits"
PUBLIC = ["/", "/courses", "/courses/speaking", LESSON, f"{LESSON}/quiz", f"{LESSON}/teach", "/rights", "/rights/7"]
FOR_EVERYONE = "public, max-age=0, s-maxage=60, must-revalidate"
SQUEEZED = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_may_be_kept_by_all_and_differs_by_cookie(path: str, browser: Browser) -> None:
    page = browser.fetch(path)
    assert page.headers["Cache-Control"] == FOR_EVERYONE
    assert set(page.headers["Vary"].split(", ")) == {"Cookie", "Accept-Encoding"}


@pytest.mark.parametrize("path", PUBLIC)
def test_an_unchanged_page_is_not_sent_again(path: str, browser: Browser) -> None:
    page = browser.fetch(path)
    again = browser.fetch(path, {"If-None-Match": page.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")
    assert {name: again.headers[name] for name in ("ETag", "Cache-Control", "Vary")} == {
        name: page.headers[name] for name in ("ETag", "Cache-Control", "Vary")
    }


def test_another_tag_brings_the_page(browser: Browser) -> None:
    page = browser.fetch(LESSON, {"If-None-Match": 'W/"another"'})
    assert page.body == browser.fetch(LESSON).body


@pytest.mark.parametrize("path", [*PUBLIC, "/static/css/site.css", "/static/js/site.js"])
def test_a_squeezed_page_is_the_same_page(path: str, browser: Browser) -> None:
    plain, squeezed = browser.fetch(path), browser.fetch(path, SQUEEZED)
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.body) == plain.body
    assert len(squeezed.body) < len(plain.body)


@pytest.mark.parametrize("path", ["/", LESSON, "/me", "/courses/speaking/listening"])
def test_a_persons_page_is_stored_nowhere(path: str, site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "listening-word")
    page = make.browser_of(site, someone).fetch(path)
    assert page.headers["Cache-Control"] == "no-store"
    assert "ETag" not in page.headers


@pytest.mark.parametrize("path", ["/", LESSON, "/me", "/courses/speaking/listening"])
def test_a_persons_page_is_squeezed_and_the_same(path: str, site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "listening-word", {"listening-word": "คำ <b> ที่พิมพ์"})
    browser = make.browser_of(site, someone)
    plain, squeezed = browser.fetch(path), browser.fetch(path, SQUEEZED)
    assert "Accept-Encoding" in squeezed.headers["Vary"]
    assert gzip.decompress(squeezed.body) == plain.body


@pytest.mark.parametrize("path", ["/me", "/nothing-here", "/attempts/nothing", "/courses/nothing"])
def test_what_is_not_for_everyone_is_not_kept(path: str, browser: Browser) -> None:
    assert browser.fetch(path).headers["Cache-Control"] == "no-store"


def test_the_catalogue_is_kept_for_each_filter_and_for_nothing_else(browser: Browser) -> None:
    pupils, media = (browser.fetch(f"/courses?audience={audience}") for audience in ("pupils", "media"))
    assert pupils.headers["ETag"] != media.headers["ETag"]
    assert browser.fetch("/courses?audience=pupils&from=letter").headers["ETag"] == pupils.headers["ETag"]


def test_a_changed_lesson_has_another_tag(app_with: AppWith, browser: Browser, lessons: Path) -> None:
    make.change(lessons / "speaking/limits/lesson.md", "ใบเตยลงรูปถาดอาหาร", "ใบตองลงรูปถาดอาหาร")
    changed = Browser(app_with(lessons=lessons)).fetch(LESSON)
    assert changed.headers["ETag"] != browser.fetch(LESSON).headers["ETag"]


def test_a_page_made_for_a_refused_form_keeps_its_own_address(app_with: AppWith) -> None:
    browser = Browser(app_with())
    browser.post(f"{LESSON}/checks/limits-aim")
    page = browser.visit(LESSON)
    assert [link.get("href") for link in page if link.get("rel") == "canonical"] == [f"{ORIGIN}{LESSON}"]


@pytest.mark.parametrize("path", ["/", LESSON, "/me", "/static/css/site.css"])
def test_head_answers_as_get_without_a_body(path: str, browser: Browser) -> None:
    get, head = browser.fetch(path), browser.fetch(path, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers.get("ETag") == get.headers.get("ETag")
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_a_static_file_is_kept_for_a_year_under_an_address_of_its_own(browser: Browser) -> None:
    page = browser.visit("/")
    (style,) = [link.get("href", "") for link in page if link.get("rel") == "stylesheet"]
    file = browser.fetch(style)
    assert "?v=" in style
    assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert file.headers["Content-Type"] == "text/css"


def test_every_file_that_a_page_asks_for_is_there(browser: Browser) -> None:
    for path in ("/", LESSON):
        page = browser.visit(path)
        files = [element for element in page if element.tag in ("link", "script", "img")]
        asked = [file.get("src") or file.get("href") or "" for file in files]
        ours = [address for address in asked if address.startswith("/")]
        assert [address for address in ours if browser.fetch(address).status != 200] == []


@pytest.mark.parametrize("name", ["css/none.css", "../wsgi.py", "..%2fwsgi.py", "css", "", "fonts/sarabun-OFL.txt"])
def test_nothing_else_is_served(name: str, browser: Browser) -> None:
    page = browser.fetch(f"/static/{name}")
    assert (page.status, page.heading) == (404, "ไม่พบหน้านี้")
