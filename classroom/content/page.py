"""A lesson's page while its body is read: what the blocks share, and what the checks later ask about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token
from markupsafe import Markup

from classroom.content import markdown
from classroom.content.fences import Fence, Passage, filled
from classroom.content.markdown import Numbering, Reference
from classroom.content.model import Helpline, Part, Picture
from classroom.content.problems import Problems

_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_TAKEN = ("after-", "check-", "cite-", "note-", "source-", "term-")
"""Ids that begin so are given by the page itself."""

_DEEPEST_HEADING = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A check that the lesson shows in place."""

    question_id: str
    line: int
    part_id: str
    """The heading above it, "" before the first."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A block whose id progress points at: a checklist or a reflection."""

    kind: str
    id: str
    line: int


class Page:
    """Given to every block's reader; its methods turn the author's text into what a component draws."""

    def __init__(
        self,
        file: str,
        address: str,
        helplines: Mapping[str, Helpline],
        pictures: Mapping[str, Picture],
        problems: Problems,
    ) -> None:
        self.file = file
        self.address = address
        """Of the lesson: `/courses/<course>/<lesson>`."""
        self.helplines = helplines
        self.pictures = pictures
        """The usable files in img/, by name."""
        self.numbering = Numbering()
        self.references: list[Reference] = []
        self.parts: list[Part] = []
        self.checks: list[Shown] = []
        self.kept: list[Kept] = []
        self.notes = 0
        """How many content notes have begun."""
        self.anchors: dict[str, int] = {}
        """The ids on the page that an author gave, and their lines."""
        self._problems = problems

    def say(self, line: int, message: str) -> None:
        """Report a problem at a line of the lesson."""
        self._problems.add(self.file, line, message)

    def parse(self, passage: Passage) -> list[Token]:
        """Markdown as tokens; what it points at and its headings are noted, its faults said."""
        tokens = markdown.parse(passage.text)
        self.references.extend(markdown.references(tokens, passage.line))
        for line in markdown.line_ends(tokens, passage.line):
            self.say(line, "A line ends inside a Thai paragraph and would show as a space; write it as one line.")
        for heading in markdown.headings(tokens, passage.line):
            self._note_heading(heading)
        self._look_at_text(tokens, passage.line)
        return tokens

    def html(self, tokens: Sequence[Token]) -> Markup:
        """Tokens of `parse` as HTML."""
        return markdown.render(tokens, self.numbering)

    def flow(self, passage: Passage) -> Markup:
        """Paragraphs, lists and tables as HTML; pictures and headings stand outside blocks."""
        tokens = self.parse(passage)
        for position, token in enumerate(tokens):
            if token.type == "heading_open":
                self.say(passage.line + (token.map or [0])[0], "A heading stands inside a block; put it before.")
            if markdown.is_picture(tokens, position):
                self.say(passage.line + (token.map or [0])[0], "A picture stands inside a block; put it outside.")
        if not tokens:
            self.say(passage.line, "The block is empty.")
        return self.html(tokens)

    def inline(self, text: str, line: int) -> Markup:
        """One line of Markdown as HTML."""
        tokens = markdown.parse_inline(text)
        self.references.extend(markdown.references(tokens, line))
        self._look_at_text(tokens, line)
        if not text.strip():
            self.say(line, "There is no text here.")
        return markdown.render(tokens, self.numbering)

    def paragraph(self, passage: Passage) -> Markup:
        """The one paragraph that a block holds, without its `<p>`."""
        lines = filled(passage)
        if len(lines) != 1:
            self.say(passage.line, "The block holds one paragraph, written as one line.")
        return Markup(" ").join(self.inline(text, number) for number, text in lines)

    def claim(self, id_: str, line: int) -> str:
        """Take an id for something on the page; it must be well formed, free, and not of the page's own."""
        if not _ID.fullmatch(id_):
            self.say(line, f"The id “{id_}” must be lower-case English letters, digits and single hyphens.")
        elif id_.startswith(_TAKEN):
            self.say(line, f"The id {id_} begins like those that the page gives itself; choose another.")
        elif id_ in self.anchors:
            self.say(line, f"The id {id_} already stands in line {self.anchors[id_]}; give each its own.")
        self.anchors.setdefault(id_, line)
        return id_

    def claim_kept(self, fence: Fence) -> str:
        """Take the `id=` of a block that progress points at."""
        id_ = fence.options.get("id", "")
        if id_:
            self.kept.append(Kept(fence.name, self.claim(id_, fence.line), fence.line))
        return id_

    def expect(self, fence: Fence, *, words: int | None = 0, options: Sequence[str] = ()) -> None:
        """What may and must stand behind the block's name; `words=None` allows any number."""
        if words is not None and len(fence.words) != words:
            self.say(fence.line, f"`::: {fence.name}` takes {words or 'no'} word(s) behind its name.")
        for name in options:
            if not fence.options.get(name):
                self.say(fence.line, f"`::: {fence.name}` needs `{name}=`.")
        for name in fence.options:
            if name not in options:
                self.say(fence.line, f"`::: {fence.name}` does not know `{name}=`.")

    def _look_at_text(self, tokens: Sequence[Token], first_line: int) -> None:
        for line, mark in markdown.loose_marks(tokens, first_line):
            self.say(line, f"The mark {mark} has no meaning here; complete it or take it out.")
        alone = {position + 1 for position in range(len(tokens)) if markdown.is_picture(tokens, position)}
        for position, token in enumerate(tokens):
            if position not in alone and any(child.type == "image" for child in token.children or ()):
                line = first_line + (token.map or [0])[0]
                self.say(line, "A picture stands inside a text; give it a paragraph of its own.")

    def _note_heading(self, heading: markdown.Heading) -> None:
        if heading.level == 1 or heading.level > _DEEPEST_HEADING:
            self.say(heading.line, "Headings of a lesson begin with ## or ###; the page writes the title.")
        if not heading.id:
            self.say(heading.line, "The heading has no id; write one behind it, like {#three-principles}.")
            return
        self.claim(heading.id, heading.line)
        self.parts.append(Part(heading.id, heading.text))
