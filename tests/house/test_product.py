"""What the product never does, and what it is made of (security.md B4, C12, C13, F35)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from classroom.config import PACKAGE

NEVER = {
    "pour a form into a model: name each field": re.compile(r"populate_obj|\*\*(?:request\.)?form\b|\*\*request\."),
    "take a file from a form": re.compile(r"request\.files|FileField"),
    "fetch an address": re.compile(r"urllib\.request|\bimport (?:requests|httpx|aiohttp|urllib3)\b"),
    "read an archive or XML": re.compile(r"\bimport (?:zipfile|tarfile)\b|xml\.(?:etree|dom|sax)|\blxml\b"),
    "run text": re.compile(r"\beval\(|\bexec\(|pickle|yaml\.load\("),
}
MAY = {"svg.py": "read an archive or XML"}
"""Our own pictures in `lessons/` are checked when they are read; nobody sends one."""
LOCKS = ("requirements.lock", "requirements-dev.lock")


def test_no_file_does_what_the_product_never_does() -> None:
    found = [fault for file in sorted(PACKAGE.rglob("*.py")) for fault in broken(file)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "form.populate_obj(person)",
        "Person(**request.form)",
        "file = request.files['roster']",
        "import urllib.request",
        "import zipfile",
        "from xml.etree import ElementTree",
        "eval(text)",
        "yaml.load(text)",
    ],
)
def test_a_file_that_does_it_is_noticed(line: str, tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text(f"{line}\n", encoding="utf-8")
    assert len(broken(tmp_path / "x.py")) == 1


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_locked_with_its_hashes(lock: str) -> None:
    assert unlocked((PACKAGE.parent / lock).read_text(encoding="utf-8")) == []


def test_a_dependency_without_version_or_hash_is_noticed() -> None:
    text = "a==1.0 \\\n    --hash=sha256:0\n    # via b\nb>=1 \\\n    --hash=sha256:0\nc==2\n"
    assert unlocked(text) == ["b>=1", "c==2"]


def broken(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8")
    return [f"{file.name}: {what}" for what, rule in NEVER.items() if rule.search(text) and MAY.get(file.name) != what]


def unlocked(text: str) -> list[str]:
    """Requirements that are not pinned to one version and its hashes."""
    joined = text.replace("\\\n", " ")
    requirements = [line for line in joined.splitlines() if line and line[0] not in " #-"]
    named = [line.split(" ")[0] for line in requirements]
    return [name for name, line in zip(named, requirements, strict=True) if "==" not in name or "--hash=" not in line]
