"""Templates escape everything, and hold no script or style of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from classroom.config import PACKAGE, Settings

MAKES_MARKUP = PACKAGE / "content" / "markdown.py"
RULES = {
    "write no inline style: a class in static/css": re.compile(r"<style|\sstyle\s*="),
    "write no inline script: a module in static/js": re.compile(
        r"<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:"
    ),
    "do not switch escaping off: hand a Markup over": re.compile(r"\|\s*safe\b|autoescape"),
    "no other origin": re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//"),
}
MARKUP_OF_TEXT = re.compile(r"""\bMarkup\((?!\)|"[^"]*"\))|render_template_string""")
"""A Markup that is empty, or written out, is harmless."""


def test_no_template_breaks_a_rule() -> None:
    found = [fault for file in _files(Settings.templates, "*.html") for fault in broken_rules(file)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>x()</script>",
        '<script type="module">x()</script>',
        '<a onclick="x()">',
        '<a href="javascript:x()">',
        "{{ text|safe }}",
        "{{ text | safe }}",
        "{% autoescape false %}",
        '<script src="https://cdn.example/x.js"></script>',
        '<img src="//cdn.example/x.png">',
    ],
)
def test_a_template_that_breaks_a_rule_is_noticed(line: str, tmp_path: Path) -> None:
    template = tmp_path / "x.html"
    template.write_text(f"<p>\n{line}\n", encoding="utf-8")
    (fault,) = broken_rules(template)
    assert fault.startswith("x.html:2: ")


def test_markup_is_made_of_text_in_one_file_only() -> None:
    makers = [file for file in _files(PACKAGE, "*.py") if makes_markup(file)]
    assert makers == [MAKES_MARKUP], "let content/markdown.py make it: it sanitises"


@pytest.mark.parametrize("line", ["html = Markup(text)", 'Markup(f"<b>{text}</b>")', "render_template_string(text)"])
def test_a_file_that_makes_markup_is_noticed(line: str, tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text(line, encoding="utf-8")
    assert makes_markup(tmp_path / "x.py")


@pytest.mark.parametrize("line", ["from markupsafe import Markup", "return Markup()", 'Markup(" ").join(pieces)'])
def test_a_markup_that_holds_no_text_of_others_is_not(line: str, tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text(line, encoding="utf-8")
    assert not makes_markup(tmp_path / "x.py")


def broken_rules(file: Path) -> list[str]:
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    return [
        f"{file.name}:{number}: {advice}"
        for number, line in lines
        for advice, rule in RULES.items()
        if rule.search(line)
    ]


def makes_markup(file: Path) -> bool:
    return MARKUP_OF_TEXT.search(file.read_text(encoding="utf-8")) is not None


def _files(folder: Path, pattern: str) -> list[Path]:
    files = sorted(folder.rglob(pattern))
    assert files, f"no {pattern} in {folder}"
    return files
