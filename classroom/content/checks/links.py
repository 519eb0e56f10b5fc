"""Links: safe outside, alive inside. So too glossary terms and the `see:` of an item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from classroom.content.checks.pointing import pointing
from classroom.content.manuscript import CourseFolder, LessonFolder, Manuscript
from classroom.content.markdown import Points
from classroom.content.model import Problem

_OUTSIDE = ("http", "https", "mailto")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?", re.IGNORECASE)
"""A name without a user before it: `https://ours.org@theirs.org` leads to theirs."""
_PAGES = ("/", "/courses", "/glossary", "/rights", "/me", "/about")

Addresses = Mapping[str, frozenset[str]]
"""The addresses that a link may name, each with the anchors on its page."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    public, with_drafts = (_addresses(manuscript, drafts=False), _addresses(manuscript, drafts=True))
    drafts = {lesson.place for lesson in manuscript.lessons() if lesson.is_draft}
    for file, reference in pointing(manuscript):
        if reference.to is Points.LINK:
            known = with_drafts if file.rpartition("/")[0] in drafts else public
            fault = _fault(reference.target, known, _anchors_here(file, manuscript))
            if fault:
                yield Problem(file, reference.line, fault)
    yield from _terms(manuscript)
    yield from _places(manuscript)


def _addresses(manuscript: Manuscript, *, drafts: bool) -> Addresses:
    terms = {term.id for term in manuscript.glossary.shape} if manuscript.glossary else set()
    addresses = {page: frozenset[str]() for page in _PAGES}
    addresses["/glossary"] = frozenset(terms)
    addresses.update({f"/rights/{number}": frozenset[str]() for number in range(1, 31)})
    for course in manuscript.courses.values():
        addresses.update(_addresses_of(course, drafts=drafts))
    return addresses


def _addresses_of(course: CourseFolder, *, drafts: bool) -> Iterator[tuple[str, frozenset[str]]]:
    address = f"/courses/{course.id}"
    yield address, frozenset()
    for name, items in (("pre", course.pre), ("post", course.post)):
        if items is not None:
            yield f"{address}/quiz/{name}", frozenset()
    for lesson in course.lessons.values():
        if drafts or not lesson.is_draft:
            yield lesson.page.address, frozenset(lesson.page.anchors)
            yield f"{lesson.page.address}/quiz", frozenset()
        if lesson.guide and (drafts or not lesson.is_draft):
            yield f"{lesson.page.address}/teach", frozenset()


def _anchors_here(file: str, manuscript: Manuscript) -> frozenset[str]:
    for lesson in manuscript.lessons():
        if lesson.file == file:
            return frozenset(lesson.page.anchors)
    return frozenset()


def _fault(target: str, known: Addresses, anchors_here: frozenset[str]) -> str | None:
    """What is wrong with a link's address, None if nothing."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return f"{target} is no address."
    if parts.scheme or parts.netloc:
        return _outside_fault(target, parts.scheme, parts.netloc)
    if not parts.path and target.startswith("#"):
        return None if parts.fragment in anchors_here else f"This page has no place {target}."
    if parts.path not in known:
        return f"The link {target} is dead: there is no page {parts.path or 'without a name'}."
    if parts.fragment and parts.fragment not in known[parts.path]:
        return f"The link {target} is dead: {parts.path} has no place #{parts.fragment}."
    return None


def _outside_fault(target: str, scheme: str, netloc: str) -> str | None:
    if scheme not in _OUTSIDE:
        return f"The link {target} must begin with https://, mailto: or, to a page of ours, with /."
    if scheme != "mailto" and not _HOST.fullmatch(netloc):
        return f"{target} is no address."
    return None


def _terms(manuscript: Manuscript) -> Iterator[Problem]:
    known = {term.id for term in manuscript.glossary.shape} if manuscript.glossary else set()
    for file, reference in pointing(manuscript):
        if manuscript.glossary and reference.to is Points.TERM and reference.target not in known:
            yield Problem(file, reference.line, f"There is no term {reference.target} in glossary.yaml.")


def _places(manuscript: Manuscript) -> Iterator[Problem]:
    lessons: dict[str, LessonFolder] = {lesson.id: lesson for lesson in manuscript.lessons()}
    for item in manuscript.items():
        lesson_id, _, part_id = (item.shape.see or "").partition("#")
        if not lesson_id:
            continue
        lesson = lessons.get(lesson_id)
        parts = {part.id for part in lesson.page.parts} if lesson else set()
        if part_id not in parts:
            message = f"`see` points nowhere: there is no heading {part_id} in a lesson {lesson_id}."
            yield Problem(item.file, item.lines.at("see"), message)
        elif lesson and lesson.is_draft and lesson.place != item.file.rpartition("/")[0]:
            yield Problem(item.file, item.lines.at("see"), f"`see` points at {lesson_id}, which is still a draft.")
