"""The page audit notices every fault that it is there for."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import Headers

from tests import audit
from tests.browser import Browser
from tests.page import Page

SOUND = """<!doctype html>
<html lang="th">
  <head>
    <meta charset="utf-8"><title>บทเรียน · ห้องเรียน</title>
    <script type="module" src="/static/js/site.js"></script>
  </head>
  <body>
    <h1>บทเรียน</h1>
    <p>อ่านช้า\u00a0ๆ <span lang="en">in English</span> <code>code</code></p>
    <form method="post" action="/x">
      <input type="hidden" name="csrf_token" value="">
      <label for="name">ชื่อ</label> <input id="name" name="name">
      <label>อายุ <select name="age"><option>10</option></select></label>
      <button>ส่ง</button>
    </form>
    <a href="#name">ไปที่ชื่อ</a>
  </body>
</html>"""

FAULTS = {
    "a stray end tag": ("<p>อ่าน", "</b><p>อ่าน", "valid HTML5"),
    "a block in a paragraph": ("<p>อ่าน", "<p><div></div>อ่าน", "valid HTML5"),
    "another language": ('lang="th"', 'lang="en"', "lang='en'"),
    "no heading": ("<h1>บทเรียน</h1>", "<p>บทเรียน</p>", "0 h1"),
    "two headings": ("<h1>บทเรียน</h1>", "<h1>บทเรียน</h1><h1>อีก</h1>", "2 h1"),
    "a title that begins otherwise": ("<title>บทเรียน", "<title>ห้องเรียน", "does not begin"),
    "an empty heading": ("<h1>บทเรียน</h1>", "<h1></h1>", "does not begin"),
    "an id twice": ('action="/x"', 'action="/x" id="name"', "2 times"),
    "an input without a label": ('<label for="name">ชื่อ</label>', "", "without a label"),
    "a list without a label": ("<label>อายุ <select", "<label><select", "without a label"),
    "a button without words": ("<button>ส่ง", "<button>", "without a label"),
    "a link to no place": ('href="#name"', 'href="#nowhere"', "#nowhere"),
    "a label for nothing": ('<a href="#name"', '<label for="gone">x</label><a href="#name"', "#gone"),
    "an inline script": ("<body>", "<body><script>1</script>", "inline script"),
    "an inline style": ("<body>", "<body><style>p {}</style>", "inline style"),
    "a style attribute": ("<p>", '<p style="color: red">', "style="),
    "a handler": ("<p>", '<p onclick="x()">', "onclick="),
    "a script link": ('href="#name"', 'href="javascript:x()"', "javascript:"),
    "None in the text": ("อ่านช้า", "None", "'None'"),
    "undefined in the text": ("อ่านช้า", "undefined", "'undefined'"),
    "None in an attribute": ('id="name" name="name"', 'id="name" name="name" value="None"', "'None'"),
    "a raw enum": ("อ่านช้า", "Level.BEGINNER", "Level.BEGINNER"),
    "a raw enum's value": ("อ่านช้า", "beginner", "English"),
    "English in the text": ("อ่านช้า", "Read slowly", "English"),
    "English in a label": ("<button>", '<button aria-label="Send">', "English"),
    "a repetition sign that may begin a line": ("อ่านช้า\u00a0ๆ", "อ่านช้า ๆ", "no-break"),
    "a repetition sign without its space": ("อ่านช้า\u00a0ๆ", "อ่านช้าๆ", "no-break"),
    "a form without its token": ('<input type="hidden" name="csrf_token" value="">', "", "csrf_token"),
}


def test_a_sound_page_has_no_fault() -> None:
    assert audit.faults(_page(SOUND)) == []


@pytest.mark.parametrize("name", FAULTS)
def test_the_audit_notices(name: str) -> None:
    old, new, words = FAULTS[name]
    assert SOUND.count(old) == 1
    found = audit.faults(_page(SOUND.replace(old, new)))
    assert any(words in fault for fault in found), found


def test_a_page_may_take_eight_statements_and_a_lesson_five() -> None:
    assert audit.faults(_page(SOUND, "/me", statements=8)) == []
    assert audit.faults(_page(SOUND, "/courses/speaking/limits", statements=5)) == []


def test_the_audit_notices_a_page_that_takes_nine_statements() -> None:
    (fault,) = audit.faults(_page(SOUND, "/me", statements=9))
    assert fault.startswith("takes 9 SQL statements, more than 8")


@pytest.mark.parametrize("path", ["/courses/speaking/limits", "/courses/speaking/limits?again=limits-aim"])
def test_the_audit_notices_a_lesson_that_takes_six(path: str) -> None:
    (fault,) = audit.faults(_page(SOUND, path, statements=6))
    assert fault.startswith("takes 6 SQL statements, more than 5")


def test_the_browser_refuses_to_go_on_from_a_page_with_a_fault() -> None:
    with pytest.raises(AssertionError, match="2 h1"):
        audit.expect_sound(_page(SOUND.replace("</h1>", "</h1><h1>อีก</h1>")))


def test_the_browser_counts_the_statements_of_a_page(browser: Browser) -> None:
    assert browser.visit("/readyz").statements != ()
    assert browser.visit("/about").statements == ()


def test_the_browser_refuses_to_pick_what_is_not_offered(browser: Browser) -> None:
    browser.visit("/courses/speaking/limits")
    with pytest.raises(AssertionError, match="offers"):
        browser.press("ตรวจคำตอบ", {"limits-aim": "sleep"}, within="check-limits-aim")


def test_the_browser_refuses_to_type_into_what_is_not_there(browser: Browser) -> None:
    browser.visit("/courses/speaking/limits")
    with pytest.raises(AssertionError, match="no field"):
        browser.press("ตรวจคำตอบ", {"limits-test": "law"}, within="check-limits-aim")


def _page(html: str, path: str = "/x", statements: int = 0) -> Page:
    headers = Headers({"Content-Type": "text/html; charset=utf-8"})
    return Page(path, 200, headers, html.encode(), ["SELECT 1"] * statements)
