"""Cuts a lesson's body at its `::: name` … `:::` lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_BEGINNING = re.compile(r"(:{3,})[ \t]*([^\s:].*)")
_END = re.compile(r":{3,}")
_ARGUMENT = re.compile(r'([a-z_]+)=(?:"([^"]*)"|(\S+))|(\S+)')

Say = Callable[[int, str], None]
"""Reports a problem at a line."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Markdown between two blocks."""

    lines: tuple[str, ...]
    line: int
    """The line of the file where it begins."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Fence:
    """A block as it is written: its name, what stands behind the name, and the lines inside."""

    name: str
    words: tuple[str, ...]
    options: Mapping[str, str]
    inside: Passage
    line: int


def cut(passage: Passage, say: Say) -> Iterator[Passage | Fence]:
    """The passages and blocks in order; a block that does not end, and an end without a block, are said."""
    at = 0
    plain_from = 0
    while at < len(passage.lines):
        beginning = _BEGINNING.fullmatch(passage.lines[at].strip())
        if beginning:
            yield from _passage(passage, plain_from, at)
            end = _end_of_block(passage, at, len(beginning[1]), say)
            yield _fence(beginning[2], _part(passage, at + 1, end), passage.line + at, say)
            at = plain_from = end + _is_end(passage, end)
            continue
        if _END.fullmatch(passage.lines[at].strip()):
            say(passage.line + at, "This `:::` ends no block; take it out, or write the beginning of its block.")
            yield from _passage(passage, plain_from, at)
            plain_from = at + 1
        at += 1
    yield from _passage(passage, plain_from, at)


def _end_of_block(passage: Passage, start: int, colons: int, say: Say) -> int:
    """The index of the line that ends the block, or where the block has to be cut off for want of one."""
    for at in range(start + 1, len(passage.lines)):
        line = passage.lines[at].strip()
        if _END.fullmatch(line) and len(line) >= colons:
            return at
        beginning = _BEGINNING.fullmatch(line)
        if beginning and len(beginning[1]) >= colons:
            say(
                passage.line + start,
                f"This block has no end before the next begins in line {passage.line + at}; "
                "write `:::` on a line of its own (a block around others has four colons).",
            )
            return at
    say(passage.line + start, "This block has no end; write `:::` on a line of its own.")
    return len(passage.lines)


def _is_end(passage: Passage, at: int) -> bool:
    return at < len(passage.lines) and bool(_END.fullmatch(passage.lines[at].strip()))


def _part(passage: Passage, start: int, end: int) -> Passage:
    return Passage(passage.lines[start:end], passage.line + start)


def _passage(passage: Passage, start: int, end: int) -> Iterator[Passage]:
    if any(line.strip() for line in passage.lines[start:end]):
        yield _part(passage, start, end)


def _fence(title: str, inside: Passage, line: int, say: Say) -> Fence:
    name, _, rest = title.partition(" ")
    options: dict[str, str] = {}
    words: list[str] = []
    for key, quoted, bare, word in _ARGUMENT.findall(rest):
        if key in options:
            say(line, f"`{key}=` stands twice; leave one.")
        if key:
            options[key] = quoted or bare
        else:
            words.append(word)
    return Fence(name, tuple(words), options, inside, line)


def filled(passage: Passage) -> Sequence[tuple[int, str]]:
    """The lines that hold something, with their numbers."""
    return [(number, line.strip()) for number, line in enumerate(passage.lines, start=passage.line) if line.strip()]
