"""How the YAML files are written: their fields, and which values fit. Whatever is not listed here is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from classroom.content.kinds.shape import Id
from classroom.content.model import Audience, Domain, Level
from classroom.content.problems import Problems
from classroom.content.records import Lines, Value

Shape = TypeVar("Shape")

_ISO_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")


def _only_iso(value: object) -> object:
    """Left alone, pydantic reads 2569 as a moment of 1970."""
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise ValueError("write the date as year-month-day of the Christian era, like 2026-11-24")
    return value


def _as_list(value: object) -> object:
    """One word may stand without brackets."""
    return (value,) if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Day = Annotated[date, BeforeValidator(_only_iso)]
ArticleNumber = Annotated[int, Field(strict=True, ge=1, le=30)]
Priority = Literal["1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "other"]
Lens = Literal["at-risk", "intersectionality", "corporate"]


class Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PathShape(Written):
    id: Audience
    title: Text
    summary: Text
    courses: tuple[Id, ...]


class CatalogueShape(Written):
    courses: tuple[Id, ...]
    topics: Mapping[Id, Text]
    paths: tuple[PathShape, ...]


class ObjectiveShape(Written):
    id: Id
    text: Text
    domain: Domain


class CourseShape(Written):
    id: Id
    title: Text
    summary: Text
    audience: Annotated[tuple[Audience, ...], Field(min_length=1)]
    level: Level
    topics: Annotated[tuple[Id, ...], Field(min_length=1)]
    articles: Annotated[tuple[ArticleNumber, ...], Field(min_length=1)]
    priority: Annotated[tuple[Priority, ...], Field(min_length=1)]
    lenses: tuple[Lens, ...] = ()
    objectives: Annotated[tuple[ObjectiveShape, ...], Field(min_length=1)]
    lessons: Annotated[tuple[Id, ...], Field(min_length=1)]


class SourceShape(Written):
    id: Id
    text: Text


class LessonShape(Written):
    """The front matter of `lesson.md`."""

    id: Id
    title: Text
    short: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)] | None = None
    summary: Text
    minutes: Annotated[int, Field(strict=True, ge=1, le=240)]
    articles: Annotated[tuple[ArticleNumber, ...], Field(min_length=1)]
    topics: tuple[Id, ...] = ()
    priority: Annotated[tuple[Priority, ...], BeforeValidator(_as_list), Field(min_length=1)]
    lenses: tuple[Lens, ...] = ()
    content_note: Annotated[int, Field(strict=True, ge=0, le=2)] = 0
    objectives: Annotated[tuple[ObjectiveShape, ...], Field(min_length=1)]
    sources: Annotated[tuple[SourceShape, ...], Field(min_length=1)]
    last_checked: Day
    reviewed_by: tuple[Text, ...] = ()
    needs: Text | None = None


class TermShape(Written):
    id: Id
    term: Text
    english: Text
    line: Text
    example: Text


class ArticleShape(Written):
    number: ArticleNumber
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=35)]
    child: Text
    adult: Text
    example: Text


class HelplineShape(Written):
    id: Id
    name: Text
    number: Text
    hours: Text = ""
    cost: Text = ""
    good_for: Text
    source: Text


class HelplinesShape(Written):
    checked: Day
    lines: tuple[HelplineShape, ...]


class WordingShape(Written):
    avoid: Annotated[tuple[Text, ...], Field(min_length=1)]
    use: tuple[Text, ...] = ()
    reason: Text
    unless: tuple[Text, ...] = ()


class CourseQuizShape(Written):
    """`quiz.yaml` of a course; the items are read by their kinds."""

    pre: Annotated[list[Any], Field(min_length=1)] | None = None
    post: Annotated[list[Any], Field(min_length=1)] | None = None


def fit(shape: type[Shape], value: Value, lines: Lines, file: str, problems: Problems) -> Shape | None:
    """The value as the type `shape`, or None and a problem at the line of everything that does not fit."""
    try:
        return _adapter(shape).validate_python(value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            problems.add(file, lines.at(*detail["loc"]), _sentence(detail))
        return None


_ADAPTERS: dict[object, TypeAdapter[Any]] = {}
"""Kept, for building one takes longer than using it."""


def _adapter(shape: type[Shape]) -> TypeAdapter[Shape]:
    if shape not in _ADAPTERS:
        _ADAPTERS[shape] = TypeAdapter(shape)
    return _ADAPTERS[shape]


_SENTENCES: Mapping[str, str] = {
    "missing": "`{name}` is missing.",
    "extra_forbidden": "`{name}` is not a field of the format; take it out or correct its name.",
    "string_pattern_mismatch": "`{name}` must be lower-case English letters, digits and single hyphens, like my-id.",
    "string_type": "`{name}` must be text; put quotes around it if it is.",
    "string_too_short": "`{name}` is empty.",
    "string_too_long": "`{name}` has more than {max_length} characters.",
    "too_short": "`{name}` has fewer than {min_length}.",
    "too_long": "`{name}` has more than {max_length}.",
    "model_type": "`{name}` must be fields, one a line: `field: value`.",
    "dict_type": "`{name}` must be fields, one a line: `field: value`.",
    "mapping_type": "`{name}` must be fields, one a line: `field: value`.",
    "list_type": "`{name}` must be a list.",
    "tuple_type": "`{name}` must be a list.",
    "place": "`{name}` must be lesson-id#heading-id.",
    "int_type": "`{name}` must be a whole number.",
    "bool_type": "`{name}` must be true or false.",
    "greater_than_equal": "`{name}` must be {ge} or more, not {input}.",
    "less_than_equal": "`{name}` must be {le} or less, not {input}.",
    "enum": "`{name}` must be one of {expected}.",
    "literal_error": "`{name}` must be one of {expected}.",
    "value_error": "`{name}`: {error}.",
    "item_rule": "{sentences}",
}
"""By pydantic's type of error; whatever else there is comes in pydantic's own words."""


def _sentence(detail: ErrorDetails) -> str:
    """What does not fit and what to do about it."""
    name = ".".join(step for step in detail["loc"] if isinstance(step, str)) or "this"
    context = detail.get("ctx", {})
    kind = "place" if "#" in str(context.get("pattern")) else detail["type"]
    sentence = _SENTENCES.get(kind, "`{name}`: {msg}.")
    return sentence.format(name=name, msg=detail["msg"], input=detail["input"], **context)
