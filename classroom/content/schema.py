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
        return TypeAdapter(shape).validate_python(value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            problems.add(file, lines.at(*detail["loc"]), _sentence(detail))
        return None


def _sentence(detail: ErrorDetails) -> str:
    """What does not fit and what to do about it."""
    name = ".".join(str(step) for step in detail["loc"] if isinstance(step, str)) or "this"
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return f"`{name}` is missing."
        case "extra_forbidden":
            return f"`{name}` is not a field of the format; take it out or correct its name."
        case "string_pattern_mismatch":
            return f"`{name}` must be lower-case English letters, digits and single hyphens, like start-with-us."
        case "string_type":
            return f"`{name}` must be text; put quotes around it if it is."
        case "string_too_short" | "too_short" if context.get("min_length") == 1:
            return f"`{name}` is empty."
        case "string_too_long":
            return f"`{name}` has more than {context.get('max_length')} characters."
        case "int_type" | "int_parsing":
            return f"`{name}` must be a whole number."
        case "greater_than_equal" | "less_than_equal" if name.split(".")[-1] in ("article", "articles", "number"):
            return f"`{name}`: the declaration has the articles 1 to 30, not {detail['input']}."
        case "value_error":
            return f"`{name}`: {context.get('error')}."
        case "item_rule":
            return detail["msg"]
        case "enum" | "literal_error":
            return f"`{name}` must be one of {context.get('expected')}."
        case _:
            return f"`{name}`: {detail['msg']}."
