"""`teach.md`: how to teach the lesson, its worksheet and the key. Markdown without blocks, notes or pictures."""

from __future__ import annotations

from classroom.content import markdown
from classroom.content.manuscript import Guide
from classroom.content.markdown import Heading
from classroom.content.model import TeachingGuide
from classroom.content.problems import Problems


def read_guide(text: str, file: str, problems: Problems) -> Guide:
    """The first heading is the title, the rest the plan, the worksheet and its key."""
    tokens = markdown.parse(text)
    title, *sections = list(markdown.headings(tokens, 1)) or [Heading(0, "", "", 1)]
    has_title = title.level == 1 and tokens[0].type == "heading_open"
    if not has_title:
        problems.add(file, 1, "A teaching guide begins with its title, a line that begins with `# `.")
    for section in sections:
        if section.level == 1 or not section.id:
            problems.add(file, section.line, "A heading here begins with ## and ends with an id, like {#plan}.")
    for line in markdown.line_ends(tokens, 1):
        problems.add(file, line, "A line ends inside a Thai paragraph; write it as one line.")
    for line, mark in markdown.loose_marks(tokens, 1):
        problems.add(file, line, f"The mark {mark} has no meaning here; complete it or take it out.")
    html = markdown.render(tokens[3:] if has_title else tokens)
    return Guide(TeachingGuide(title.text, html), tuple(markdown.references(tokens, 1)))
