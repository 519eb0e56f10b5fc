"""What must hold of the words of every letter, of kinds that do not exist yet too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from classroom.config import Settings

LETTERS = Settings.templates / "mail"
FETCHES = re.compile(
    r"<(?:audio|embed|iframe|img|link|object|picture|source|svg|video)\b|\b(?:src|srcset|background)\s*="
)


def test_every_letter_stands_in_text_and_in_html() -> None:
    texts, pages = ({path.stem for path in LETTERS.glob(pattern)} for pattern in ("*.txt", "*.html"))
    assert texts
    assert texts ^ pages == set()


def test_no_letter_breaks_a_rule() -> None:
    assert [fault for path in sorted(LETTERS.iterdir()) for fault in broken_rules(path)] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("x.txt", "{% block body %}x{% endblock %}"),
        ("x.html", "{% extends 'layouts/page.html' %}"),
        ("x.html", "{% extends 'layouts/letter.html' %}<img src=\"{{ picture }}\">"),
        ("x.html", "{% extends 'layouts/letter.html' %}<table background={{ picture }}>"),
    ],
)
def test_a_letter_that_breaks_a_rule_is_noticed(name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(words, encoding="utf-8")
    assert len(broken_rules(tmp_path / name)) == 1


def broken_rules(path: Path) -> list[str]:
    words = path.read_text(encoding="utf-8")
    rules = {
        "begin with the layout of letters": words.startswith(f"{{% extends 'layouts/letter{path.suffix}' %}}"),
        "fetch nothing: opening a letter must tell nobody": not FETCHES.search(words),
    }
    return [f"{path.name}: {rule}" for rule, holds in rules.items() if not holds]
