"""Pages of one's account and of staff, on a phone and a desk: readable by everyone, large enough, never too wide."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyotp
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.real_browser.axe import findings
from tests.real_browser.demo import become
from tests.real_browser.test_pages import TOO_SMALL_TO_TOUCH, WIDTHS

Window = Callable[..., BrowserContext]


def own_security(page: Page) -> None:
    become(page, "teacher")
    page.goto("/me/security")


def authenticator_refused(page: Page) -> None:
    own_security(page)
    page.get_by_role("button", name="ตั้งแอปสร้างรหัส").click()
    page.get_by_label("รหัส 6 หลักจากแอป").fill("000000")
    page.get_by_role("button", name="ตั้งค่าให้เสร็จ").click()
    expect(page.locator(".error-summary")).to_be_visible()


def recovery_codes(page: Page) -> None:
    become(page, "journalist")
    page.goto("/me/security")
    if page.get_by_role("button", name="ตั้งแอปสร้างรหัส").count():
        page.get_by_role("button", name="ตั้งแอปสร้างรหัส").click()
        secret = page.locator("code.secret").inner_text().replace(" ", "")
        page.get_by_label("รหัส 6 หลักจากแอป").fill(pyotp.TOTP(secret).now())
        page.get_by_role("button", name="ตั้งค่าให้เสร็จ").click()
    else:
        page.get_by_role("button", name="ออกรหัสกู้คืนชุดใหม่").click()
    expect(page.locator(".codes li")).to_have_count(10)


def security_with_an_app(page: Page) -> None:
    recovery_codes(page)
    page.goto("/me/security")


def desk(page: Page) -> None:
    become(page, "operator")
    page.goto("/staff")


def people_found(page: Page) -> None:
    desk(page)
    page.goto("/staff/people")
    page.get_by_label("หาคน").fill("teacher@example.org")
    page.get_by_role("button", name="หา", exact=True).click()
    expect(page.get_by_role("heading", name="ที่หาเจอ")).to_be_visible()


def person(page: Page) -> None:
    people_found(page)
    page.locator("#found ~ ul a").first.click()
    expect(page.get_by_role("heading", name="หน้าที่", exact=True)).to_be_visible()


def demo_people(page: Page) -> None:
    page.goto("/dev/people")


VIEWS: Mapping[str, Callable[[Page], None]] = {
    view.__name__: view
    for view in (
        own_security,
        authenticator_refused,
        recovery_codes,
        security_with_an_app,
        desk,
        people_found,
        person,
        demo_people,
    )
}


@pytest.mark.parametrize("view", VIEWS)
def test_the_page_is_sound_at_every_width(view: str, named_window: Window) -> None:
    page = named_window().new_page()
    VIEWS[view](page)
    reach = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        reach[width] = page.evaluate("document.documentElement.scrollWidth")
    assert {width: reached for width, reached in reach.items() if reached > width} == {}
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate(TOO_SMALL_TO_TOUCH) == []
    assert findings(page) == []


def test_the_codes_are_printed_and_the_way_on_is_not(named_window: Window) -> None:
    page = named_window().new_page()
    recovery_codes(page)
    page.emulate_media(media="print")
    expect(page.locator(".codes li").last).to_be_visible()
    expect(page.get_by_role("link", name="เก็บไว้แล้ว ไปต่อ")).to_be_hidden()
