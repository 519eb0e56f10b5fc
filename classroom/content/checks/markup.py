"""Raw HTML: it would show as it stands. Markdown and the blocks say everything that a page needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classroom.content.manuscript import Manuscript
from classroom.content.model import Problem

_TAG = re.compile(r"<(?:[!?/]|[a-zA-Z](?!ttps?:|ailto:))[^<>\s]*>?")


def check(manuscript: Manuscript) -> Iterator[Problem]:
    for file, text in manuscript.texts.items():
        for line, content in enumerate(text.split("\n"), start=1):
            match = _TAG.search(content)
            if match:
                yield Problem(file, line, f"HTML is not allowed ({match[0][:20]}); use Markdown or a block.")
