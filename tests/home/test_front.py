"""The front page, and what machines ask for."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from flask import Flask

from classroom.home.views import public_paths
from tests import make
from tests.answers import RIGHT
from tests.browser import ORIGIN, Browser
from tests.conftest import AppWith
from tests.page import Page


def test_the_front_page_leads_to_the_first_lesson_and_every_course(browser: Browser) -> None:
    page = browser.visit("/")
    assert page.link("เริ่มบทแรก 8 นาที") == "/courses/speaking/limits"
    assert {"/courses/speaking", "/courses/fairness"} <= {href for _, href in page.links()}


def test_a_path_of_the_front_page_leads_to_its_lessons(browser: Browser) -> None:
    browser.visit("/")
    assert "พบ 2 บท" in browser.follow("สื่อมวลชน").text


def test_whoever_began_is_led_on(site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "limits-aim", RIGHT["limits-aim"])
    page = make.browser_of(site, someone).visit("/")
    assert page.link("เรียนต่อจากที่ค้างไว้") == "/courses/speaking/limits"
    assert "เริ่มบทแรก" not in page.text


def test_me_shows_every_course_that_was_begun(site: Flask) -> None:
    someone = make.guest(site)
    make.answered_check(site, someone, "limits-aim")
    page = make.browser_of(site, someone).visit("/me")
    assert "เรียนจบ 0 จาก 2 บท" in page.words_in("main")
    assert page.by_id("course-fairness") is None
    make.answered_check(site, someone, "equal-1")
    assert make.browser_of(site, someone).visit("/me").by_id("course-fairness") is not None


def test_private_pages_are_not_for_search_engines(site: Flask) -> None:
    someone = make.guest(site)
    attempt = make.handed_in(site, someone)
    browser = make.browser_of(site, someone)
    for path in ("/me", f"/attempts/{attempt}"):
        robots = [element.get("content") for element in browser.visit(path) if element.get("name") == "robots"]
        assert robots == ["noindex"]
    rules = browser.fetch("/robots.txt").html.splitlines()
    assert {"Disallow: /me", "Disallow: /attempts/", f"Sitemap: {ORIGIN}/sitemap.xml"} <= set(rules)


def test_the_sitemap_lists_every_public_page_and_each_answers(browser: Browser, site: Flask) -> None:
    answer = browser.fetch("/sitemap.xml")
    addresses = [place.text or "" for place in ET.fromstring(answer.html).iter() if place.tag.endswith("loc")]
    assert addresses == [f"{ORIGIN}{path}" for path in public_paths(make.library(site))]
    assert [address for address in addresses if browser.fetch(address.removeprefix(ORIGIN)).status != 200] == []


def test_every_public_page_names_its_own_address(browser: Browser, site: Flask) -> None:
    for path in public_paths(make.library(site)):
        page = browser.visit(path)
        assert [link.get("href") for link in page if link.get("rel") == "canonical"] == [f"{ORIGIN}{path}"]


def test_every_link_and_every_place_it_names_is_there(browser: Browser, site: Flask) -> None:
    pages = [browser.visit(path) for path in [*public_paths(make.library(site)), "/me"]]
    links = {(page.path, href) for page in pages for _, href in page.links() if href.startswith("/")}
    targets = {where: browser.visit(where) for where in {href.partition("#")[0] for _, href in links}}
    assert sorted(link for link in links if not _is_there(link[1], targets)) == []


def _is_there(href: str, targets: Mapping[str, Page]) -> bool:
    where, _, place = href.partition("#")
    return targets[where].status == 200 and (not place or targets[where].by_id(place) is not None)


def test_the_site_bears_the_name_it_was_given(app_with: AppWith, browser: Browser) -> None:
    assert "ห้องเรียนสิทธิ" in browser.visit("/").text
    page = Browser(app_with(site_name="ห้องเรียนของเรา", organiser="มูลนิธิสมมุติ")).visit("/about")
    assert page.heading == "เกี่ยวกับห้องเรียนของเรา"
    assert "จัดทำโดย มูลนิธิสมมุติ" in page.text


def test_about_says_what_is_remembered(browser: Browser) -> None:
    page = browser.visit("/about")
    assert "ถ้าแค่อ่าน เราไม่เก็บอะไรเลย" in page.text
    assert "ไม่ใช่คำปรึกษากฎหมาย" in page.text
