"""YAML into plain data that knows the line of each value.

Only what the lesson format uses: mappings, lists, text, whole numbers, true, false and nothing. `no`, `12:30`, `1.10`
and dates stay text (a schema reads the dates); anchors, aliases, tags, a key twice and deep nesting are refused, so
that a small file cannot become a large thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from classroom.content.problems import Problems

DEEPEST = 12
"""Levels of nesting; the format needs six."""

Value = None | bool | int | str | list["Value"] | dict[str, "Value"]
Step = str | int
"""One step of a path into the data: a key or a position."""

_Loader: type[yaml.CSafeLoader | yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: Mapping[str, Value] = {"": None, "~": None, "null": None, "true": True, "false": False}
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class Lines:
    """The line of each value of a file, by its path."""

    by_path: Mapping[tuple[Step, ...], int]
    start: tuple[Step, ...] = ()
    """The paths asked for begin here."""

    def at(self, *steps: Step) -> int:
        """The line of the value, or of the nearest thing around it; steps that the data has not are passed over."""
        path = self.start
        for step in steps:
            path = (*path, step) if (*path, step) in self.by_path else path
        return self.by_path.get(path, 1)

    def under(self, *steps: Step) -> Lines:
        """The lines of a part of the data."""
        return Lines(self.by_path, (*self.start, *steps))


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as it stands in the file: for checks of the text."""

    text: str
    line: int
    is_quoted: bool
    """In double quotes, where `\\u200b` stands for the character."""
    spans_lines: bool


@dataclass(frozen=True, slots=True)
class Record:
    """What a YAML file says."""

    data: Value
    lines: Lines
    scalars: tuple[Scalar, ...]


def read_record(text: str, file: str, problems: Problems, *, lines_before: int = 0) -> Record | None:
    """Read YAML; `lines_before` is how many lines of the file stand before it. None if there is a problem."""
    builder = _Builder(lines_before)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except _Refused as refused:
        problems.add(file, refused.line, refused.message)
        return None
    except yaml.YAMLError as error:
        problems.add(file, _line_of(error, text) + lines_before, f"This is not YAML: {_reason_of(error)}.")
        return None
    return Record(builder.data, Lines(builder.lines), tuple(builder.scalars))


class _Refused(Exception):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


@dataclass(slots=True)
class _Open:
    """A mapping or a list that is being filled."""

    value: list[Value] | dict[str, Value]
    path: tuple[Step, ...]
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    lines_before: int
    data: Value = None
    lines: dict[tuple[Step, ...], int] = field(default_factory=dict)
    scalars: list[Scalar] = field(default_factory=list)
    documents: int = 0
    _open: list[_Open] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        line = _first_line(event) + 1 + self.lines_before
        match event:
            case yaml.DocumentStartEvent():
                self._start_document(line)
            case yaml.AliasEvent():
                raise _Refused(line, "Aliases (*name) are not allowed; write the value again.")
            case yaml.ScalarEvent():
                self._refuse_extras(event, line)
                self._take_scalar(event, line)
            case yaml.MappingStartEvent():
                self._refuse_extras(event, line)
                self._start({}, line)
            case yaml.SequenceStartEvent():
                self._refuse_extras(event, line)
                self._start([], line)
            case yaml.CollectionEndEvent():
                self._open.pop()

    def _start_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _Refused(line, "A second document begins here (---); leave one.")

    def _refuse_extras(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None:
            raise _Refused(line, "Anchors (&name) are not allowed; write the value where it belongs.")
        if getattr(event, "tag", None) is not None:
            raise _Refused(line, "Tags (!name) are not allowed; write the plain value.")

    def _take_scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        self.scalars.append(Scalar(event.value, line, event.style == '"', _spans_lines(event)))
        if self._wants_key():
            self._take_key(event.value, line)
        else:
            self._place(event.value if event.style else _plain(event.value), line)

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def _take_key(self, key: str, line: int) -> None:
        top = self._open[-1]
        if isinstance(top.value, dict) and key in top.value:
            raise _Refused(line, f"The key `{key}` stands twice; leave one.")
        top.key = key
        self.lines[(*top.path, key)] = line

    def _start(self, value: list[Value] | dict[str, Value], line: int) -> None:
        if self._wants_key():
            raise _Refused(line, "A key must be a word, not a list or a mapping.")
        if len(self._open) >= DEEPEST:
            raise _Refused(line, f"The nesting is deeper than {DEEPEST} levels.")
        self._open.append(_Open(value, self._place(value, line)))

    def _place(self, value: Value, line: int) -> tuple[Step, ...]:
        """Put a value where it belongs; the path where it now stands."""
        if not self._open:
            self.data = value
            self.lines[()] = line
            return ()
        top = self._open[-1]
        if isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
        else:
            path = (*top.path, top.key or "")
            top.value[top.key or ""] = value
            top.key = None
        self.lines.setdefault(path, line)
        return path


def _first_line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


def _spans_lines(event: yaml.ScalarEvent) -> bool:
    """Is the text written in several lines? A block scalar (`|` or `>`) begins behind its sign."""
    last = event.end_mark.line if event.end_mark else 0
    lines = last - _first_line(event)
    return lines > 2 or "\n" in event.value.strip() if event.style in ("|", ">") else lines > 0


def _plain(text: str) -> Value:
    """What an unquoted value means."""
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else text


def _line_of(error: yaml.YAMLError, text: str) -> int:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return error.problem_mark.line + 1
    position = getattr(error, "position", None)
    return text.count("\n", 0, position) + 1 if isinstance(position, int) else 1


def _reason_of(error: yaml.YAMLError) -> str:
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    return str(reason)


def texts_in(value: Value, *path: Step) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every text in the data with its path, in the file's order."""
    match value:
        case str():
            yield path, value
        case list():
            for position, inner in enumerate(value):
                yield from texts_in(inner, *path, position)
        case dict():
            for key, inner in value.items():
                yield from texts_in(inner, *path, key)
