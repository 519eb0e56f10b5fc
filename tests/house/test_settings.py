"""Every setting is read in one file and explained there and in the operators' handbook."""

from __future__ import annotations

import re
from pathlib import Path

from classroom.config import PACKAGE

CONFIG = PACKAGE / "config.py"
READ = re.compile(r'environ\.get\("([A-Z_]+)"|environ\["([A-Z_]+)"\]')
ASKS_THE_ENVIRONMENT = re.compile(r"os\.getenv|os\.environ\.get|os\.environ\[")


def test_every_setting_is_explained_where_it_stands() -> None:
    assert unexplained(CONFIG.read_text(encoding="utf-8")) == []


def test_an_unexplained_setting_is_noticed() -> None:
    text = CONFIG.read_text(encoding="utf-8") + '\nport = environ.get("SECRET_DOOR")\n'
    assert unexplained(text) == ["SECRET_DOOR"]


def test_no_other_file_asks_the_environment() -> None:
    assert [file.name for file in sorted(PACKAGE.rglob("*.py")) if asks_the_environment(file)] == []


def test_a_file_that_asks_the_environment_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text('os.environ.get("PORT")', encoding="utf-8")
    assert asks_the_environment(tmp_path / "x.py")


def unexplained(config: str) -> list[str]:
    """Names that are read but stand in no docstring of a field."""
    names = {name for pair in READ.findall(config) for name in pair if name}
    assert len(names) > 5
    return sorted(name for name in names if not re.search(rf'"""{name}[:.(]', config))


def asks_the_environment(file: Path) -> bool:
    return file != CONFIG and ASKS_THE_ENVIRONMENT.search(file.read_text(encoding="utf-8")) is not None
