"""Thai stands where a reader of the language looks for it, and nowhere else in Python."""

from __future__ import annotations

import re
from pathlib import Path

from classroom.config import PACKAGE

THAI = re.compile("[\u0e00-\u0e7f]")
MAY_HOLD_THAI = {"forms.py", "mails.py", "phrases.py", "thai.py"}


def test_no_thai_outside_phrases_and_forms() -> None:
    found = [line for file in sorted(PACKAGE.rglob("*.py")) for line in lines_with_thai(file)]
    assert found == [], "say it in phrases.py, a template or a form instead"


def test_a_thai_word_in_a_view_is_noticed(tmp_path: Path) -> None:
    view = tmp_path / "views.py"
    view.write_text('TITLE = "x"\nWORDS = "บทเรียน"\n', encoding="utf-8")
    assert lines_with_thai(view) == ["views.py:2"]


def lines_with_thai(file: Path) -> list[str]:
    if file.name in MAY_HOLD_THAI:
        return []
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    return [f"{file.name}:{number}" for number, line in lines if THAI.search(line)]
