"""The rights map: thirty tiles, each filled by what a person answers right about one article. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from classroom import phrases
from classroom.content.model import Course, Item, Library
from classroom.learning.progress import NOTHING_YET, Standing


@dataclass(frozen=True, slots=True)
class Tile:
    """One article, as the component draws it."""

    number: int
    title: str
    right: int
    total: int
    """Items about the article in the courses begun."""

    @property
    def percent(self) -> int:
        return self.right * 100 // self.total if self.total else 0

    @property
    def is_full(self) -> bool:
        return self.total > 0 and self.right == self.total

    @property
    def href(self) -> str:
        return f"/rights/{self.number}"

    @property
    def words(self) -> str:
        """The whole tile in a sentence, for those who do not see it."""
        if not self.total:
            return phrases.TILE_EMPTY.format(number=self.number, title=self.title)
        return phrases.TILE.format(number=self.number, title=self.title, right=self.right, total=self.total)


def tiles(library: Library, standing: Standing = NOTHING_YET) -> tuple[Tile, ...]:
    """The share of each article's items answered right on the latest try, among all its items in the courses begun.

    Items of pre-tests do not count, neither for nor against.
    """
    right = dict.fromkeys(library.articles, 0)
    total = dict.fromkeys(library.articles, 0)
    for course in library.courses.values():
        if standing.has_begun(course.id):
            for activity_id, item in _counted_items(course):
                answer = standing.latest(activity_id).get(item.question.id)
                total[item.question.article] += 1
                right[item.question.article] += bool(answer and answer["right"])
    return tuple(
        Tile(number, article.title, right[number], total[number]) for number, article in library.articles.items()
    )


def _counted_items(course: Course) -> Iterator[tuple[str, Item]]:
    for lesson in course.lessons:
        for item in lesson.quiz.items:
            yield lesson.id, item
    if course.post is not None:
        for item in course.post.items:
            yield course.post.id, item
