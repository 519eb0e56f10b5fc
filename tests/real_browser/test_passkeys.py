"""Passkeys with Chromium's virtual authenticator (WebAuthn, 11.2), and the way without them.

A passkey needs a site with a name, and Chromium makes none where the certificate is nobody's; http://localhost counts
as safe, and keeps `__Host-` cookies too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pyotp
from playwright.sync_api import BrowserContext, Page, expect

from tests.real_browser.demo import become

SECURITY = "/me/security"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
Window = Callable[..., BrowserContext]


def with_authenticator(page: Page) -> Page:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def add_passkey(page: Page, label: str) -> None:
    page.goto(SECURITY)
    page.get_by_label("เรียกพาสคีย์นี้ว่าอะไร").fill(label)
    with page.expect_navigation():
        page.get_by_role("button", name="เพิ่มพาสคีย์บนเครื่องนี้").click()
    page.goto(SECURITY)
    expect(page.get_by_text(label, exact=True)).to_be_visible()


def test_a_passkey_is_added_signs_in_and_is_taken_away(named_window: Window) -> None:
    page = with_authenticator(named_window().new_page())
    become(page, "journalist")
    add_passkey(page, "มือถือของฉัน")
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_role("button", name="เข้าด้วยพาสคีย์").click()
    page.wait_for_url("**/me")
    page.goto(SECURITY)
    page.get_by_role("button", name="ถอน มือถือของฉัน").click()
    expect(page.get_by_text("มือถือของฉัน", exact=True)).to_have_count(0)


def test_a_refusal_of_the_device_is_told_in_place(named_window: Window) -> None:
    page = with_authenticator(named_window().new_page())
    page.goto("/sign-in")
    page.get_by_role("button", name="เข้าด้วยพาสคีย์").click()
    expect(page.locator("[data-passkey-status]")).to_have_text(re.compile("ยังไม่ได้ใช้พาสคีย์"))
    assert page.url.endswith("/sign-in")


def test_the_tick_for_a_shared_computer_shuts_passkeys_out(named_window: Window) -> None:
    page = with_authenticator(named_window().new_page())
    become(page, "teacher")
    add_passkey(page, "โน้ตบุ๊ก")
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_label("เครื่องนี้ใช้ร่วมกับคนอื่น").check()
    page.get_by_role("button", name="เข้าด้วยพาสคีย์").click()
    expect(page.get_by_text("พาสคีย์ใช้ได้เฉพาะเครื่องของคุณเอง")).to_be_visible()
    page.goto(SECURITY)
    expect(page.get_by_role("heading", level=1)).to_have_text("เข้าสู่ระบบ")


def test_the_plain_twin_works_without_script(named_window: Window) -> None:
    page = named_window(java_script_enabled=False).new_page()
    become(page, "student")
    page.goto(SECURITY)
    expect(page.get_by_role("button", name="เพิ่มพาสคีย์บนเครื่องนี้")).to_be_hidden()
    page.get_by_role("button", name="ตั้งแอปสร้างรหัส").click()
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("รหัส 6 หลักจากแอป").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="ตั้งค่าให้เสร็จ").click()
    expect(page.locator(".codes li")).to_have_count(10)


def test_the_picture_for_the_app_is_square_and_large_enough_for_a_camera(named_window: Window) -> None:
    page = named_window().new_page()
    become(page, "editor")
    page.goto(SECURITY)
    page.get_by_role("button", name="ย้ายไปแอปหรือเครื่องใหม่").click()
    picture = page.locator("svg.qr-code")
    box = picture.bounding_box()
    assert box is not None
    assert (box["width"] > 200, round(box["width"] - box["height"])) == (True, 0)
