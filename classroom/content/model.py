"""What the lesson files become: frozen, checked, safe to share between threads.

`Markup` values are sanitised HTML; every other string is plain text and is escaped by the templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from markupsafe import Markup


class Audience(StrEnum):
    PUPILS = "pupils"
    STUDENTS = "students"
    TEACHERS = "teachers"
    FACILITATORS = "facilitators"
    MEDIA = "media"
    ORGANISATIONS = "organisations"


class Level(StrEnum):
    """How demanding a course is."""

    BEGINNER = "beginner"
    MIDDLE = "middle"
    ADVANCED = "advanced"


class Depth(StrEnum):
    """What an item asks of the learner."""

    RECALL = "recall"
    APPLY = "apply"
    ANALYSE = "analyse"


class Domain(StrEnum):
    """Knowledge, process (skill), attitude: the K-P-A of a Thai lesson plan."""

    KNOWLEDGE = "K"
    SKILL = "P"
    ATTITUDE = "A"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in the lesson files."""

    file: str
    """Path relative to the lessons folder, with forward slashes."""
    line: int
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Title:
    """A heading whose author marked where it may break (`|`)."""

    plain: str
    """Without marks: for <title>, lists and letters."""
    html: Markup
    """Breaks only where the author allowed it: U+2060 joins the characters of a part, <wbr> stands at a mark."""


@dataclass(frozen=True, slots=True)
class Objective:
    id: str
    text: str
    domain: Domain


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    number: int
    """By first use in the lesson, from 1."""
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, match, or put in order."""

    id: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Question:
    """An item as a learner may see it before answering: nothing here tells the key."""

    id: str
    kind: str
    ask: Markup
    depth: Depth
    objective: str
    article: int
    choices: tuple[Choice, ...] = ()
    """In the author's order. True/false: the ids `true` and `false`."""
    rows: tuple[Choice, ...] = ()
    """Matching: what gets a choice. Ordering: the steps, in the order shown."""
    is_scenario: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """What makes an answer right, and why. Never handed to a page before its time."""

    question_id: str
    right: frozenset[str] = frozenset()
    """Choice kinds: the ids that are right."""
    matches: Mapping[str, str] = field(default_factory=dict)
    """Matching: row id → choice id."""
    order: tuple[str, ...] = ()
    """Ordering: step ids from first to last."""
    accept: tuple[str, ...] = ()
    """Short text: the variants that are right, as the author wrote them."""
    near: tuple[tuple[str, Markup], ...] = ()
    """Short text: common wrong answers and the why of each."""
    whys: Mapping[str, Markup] = field(default_factory=dict)
    """Per choice, row or step id; short text uses `right`, `wrong` and `near-0`, `near-1` … by place in `near`."""
    explain: Markup | None = None
    lesson_id: str = ""
    part_id: str = ""
    """Where in a lesson the answer stands: the id of a heading."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its key."""

    question: Question
    key: Key


@dataclass(frozen=True, slots=True)
class Quiz:
    """Items that are answered together.

    `id` is the lesson's id for a lesson's quiz, `<course id>.pre` and `<course id>.post` for a course's.
    `version` is a digest of `source`: the same source gives the same quiz, on any machine, in any year.
    """

    id: str
    course_id: str
    lesson_id: str | None
    items: tuple[Item, ...]
    source: str
    """The checked items as canonical JSON: enough for `quizzes.read_source` when the file has changed."""
    version: str

    @property
    def is_pre_test(self) -> bool:
        return self.id.endswith(".pre")

    @property
    def is_post_test(self) -> bool:
        return self.id.endswith(".post")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a lesson's body. Each kind is a subclass in `blocks/`, drawn by the component of the same name."""

    kind: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of a lesson, where a reader may come back to."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A file in a lesson's img/ folder."""

    name: str
    path: Path
    media_type: str
    width: int
    """In CSS pixels, as the height."""
    height: int


@dataclass(frozen=True, slots=True)
class TeachingGuide:
    """`teach.md`: the plan, the worksheet and its key."""

    title: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Lesson:
    id: str
    course_id: str
    number: int
    """Place in the course, from 1."""
    title: Title
    short: str
    """For lists: `short`, else the plain title."""
    summary: str
    minutes: int
    articles: tuple[int, ...]
    topics: tuple[str, ...]
    priority: tuple[str, ...]
    lenses: tuple[str, ...]
    content_note: int
    objectives: tuple[Objective, ...]
    sources: tuple[Source, ...]
    last_checked: date
    reviewed_by: tuple[str, ...]
    needs: str
    """Why the lesson is still a draft that only staff see; empty when it is not."""
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...]
    terms: tuple[str, ...]
    """Glossary ids used, in order of first use."""
    quiz: Quiz
    pictures: Mapping[str, Picture]
    guide: TeachingGuide | None

    @property
    def is_draft(self) -> bool:
        return bool(self.needs)


@dataclass(frozen=True, slots=True)
class Course:
    id: str
    title: Title
    summary: str
    audience: tuple[Audience, ...]
    level: Level
    topics: tuple[str, ...]
    articles: tuple[int, ...]
    priority: tuple[str, ...]
    lenses: tuple[str, ...]
    objectives: tuple[Objective, ...]
    lessons: tuple[Lesson, ...]
    """In order, drafts left out."""
    pre: Quiz | None
    post: Quiz | None

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class LearningPath:
    """A path of courses for one audience."""

    audience: Audience
    title: str
    summary: str
    courses: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class Term:
    id: str
    term: str
    english: str
    line: str
    example: str
    sort_key: tuple[str, str, str]
    """Thai dictionary order (see `thai.sort_key`)."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the Universal Declaration in our own words."""

    number: int
    title: str
    child: str
    adult: str
    example: str


@dataclass(frozen=True, slots=True)
class Helpline:
    id: str
    name: str
    number: str
    hours: str
    """Empty where nobody has checked it, as the cost."""
    cost: str
    good_for: str
    source: str


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that was read, indexed for the pages. Built once, never changed."""

    courses: Mapping[str, Course]
    """By id, in the catalogue's order."""
    lessons: Mapping[str, Lesson]
    """By id; drafts left out."""
    quizzes: Mapping[str, Quiz]
    """By id."""
    paths: tuple[LearningPath, ...]
    """Only those that hold a course."""
    topics: Mapping[str, str]
    terms: Mapping[str, Term]
    """By id, in Thai dictionary order."""
    articles: Mapping[int, Article]
    helplines: tuple[Helpline, ...]
    helplines_checked: date
    version: str
    """A digest of everything, for ETags."""

    def lessons_about(self, article: int) -> tuple[Lesson, ...]:
        return tuple(lesson for lesson in self.lessons.values() if article in lesson.articles)
