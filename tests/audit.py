"""What must hold on every page, whoever looks at it. Each fault is a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from tests.page import Page, words_of

MOST_STATEMENTS = 8
MOST_STATEMENTS_OF_A_LESSON = 5

_LESSON = re.compile(r"/courses/[a-z0-9-]+/[a-z0-9-]+(?:\?.*)?")
_SAID = ("alt", "aria-label", "placeholder", "title")
"""Attributes that are read out or shown."""
_POINTING = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "popovertarget")
_WRITTEN_BY_AUTHORS = {
    "answered-question",
    "help",
    "law",
    "placing",
    "principles",
    "prose",
    "question",
    "sources",
    "timeline",
}
"""Classes around the text of lessons, which may name things in English."""
_RAW = re.compile(
    r"\b(?:None|True|False|Undefined|undefined|NaN|null)\b|\{\{|\{%|<class |Markup\(|\b[A-Z]\w+\.[A-Z]{2,}"
)
_ENGLISH = re.compile(r"[A-Za-z]*[a-z]{3,}[A-Za-z]*")
_REPEATED = re.compile("(?<!\u00a0)\u0e46")


def expect_sound(page: Page) -> None:
    """Fail with everything that is wrong with the page."""
    found = faults(page)
    assert not found, f"{page.path} ({page.status}):\n" + "\n".join(found)


def faults(page: Page) -> list[str]:
    return [fault for check in CHECKS for fault in check(page)]


def parses(page: Page) -> Iterator[str]:
    yield from (f"is no valid HTML5: {error}" for error in page.parse_errors)


def speaks_thai(page: Page) -> Iterator[str]:
    if page.tree.get("lang") != "th":
        yield f"says lang={page.tree.get('lang')!r}, not th"


def has_one_heading(page: Page) -> Iterator[str]:
    headings = [words_of(element) for element in page if element.tag == "h1"]
    if len(headings) != 1:
        yield f"has {len(headings)} h1"
        return
    title = next((element.text or "" for element in page if element.tag == "title"), "")
    if not _squeezed(headings[0]) or not _squeezed(title).startswith(_squeezed(headings[0])):
        yield f"has the title {title!r}, which does not begin with its h1 {headings[0]!r}"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def has_unique_ids(page: Page) -> Iterator[str]:
    ids = Counter(element.get("id") for element in page if "id" in element.attrib)
    yield from (f"has the id {id_!r} {times} times" for id_, times in ids.items() if times > 1)


def labels_its_fields(page: Page) -> Iterator[str]:
    parents = {child: parent for parent in page for child in parent}
    labels = {element.get("for"): _label_words(element) for element in page if element.tag == "label"}
    for element in page:
        if element.tag not in ("input", "select", "textarea", "button") or element.get("type") == "hidden":
            continue
        named = element.get("aria-label") or element.get("aria-labelledby") or labels.get(element.get("id", ""))
        if not (named or _label_around(element, parents) or (element.tag == "button" and words_of(element))):
            yield f"has a field without a label: {element.tag} {element.attrib}"


def _label_around(element: Element, parents: dict[Element, Element]) -> str:
    while element in parents:
        element = parents[element]
        if element.tag == "label":
            return _label_words(element)
    return ""


def _label_words(label: Element) -> str:
    """What a label says; the options of a list inside it are none of it."""
    inside = [words_of(control) for name in ("select", "textarea") for control in label.iter(name)]
    return words_of(label) if not inside else words_of(label).replace(" ".join(inside), "").strip()


def points_at_what_is_there(page: Page) -> Iterator[str]:
    ids = {element.get("id") for element in page}
    for element in page:
        targets = [id_ for name in _POINTING for id_ in element.get(name, "").split()]
        href = element.get("href", "")
        if href.startswith("#"):
            targets.append(href[1:])
        yield from (f"points at #{id_}, which is not there: {element.tag}" for id_ in targets if id_ not in ids)


def keeps_to_the_policy(page: Page) -> Iterator[str]:
    """The Content-Security-Policy would silently drop these."""
    for element in page:
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"has an inline {element.tag}"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield f"has {name}={value!r} on {element.tag}"


def shows_nothing_raw(page: Page) -> Iterator[str]:
    for element in page:
        texts = [element.text or "", *(child.tail or "" for child in element)]
        if element.tag in ("script", "textarea"):
            continue
        for text in [*texts, *element.attrib.values()]:
            for match in _RAW.finditer(text):
                yield f"shows the raw {match[0]!r} in {element.tag}: {text.strip()[:80]!r}"


def speaks_no_english(page: Page) -> Iterator[str]:
    """What is English on purpose says so, by lang=en or code, or stands in the text of a lesson."""
    yield from (f"has English left: {word!r} in {text.strip()[:80]!r}" for text, word in _english(page.tree))


def _english(element: Element) -> Iterator[tuple[str, str]]:
    if not isinstance(element.tag, str) or element.get("lang") == "en":
        return
    if not _WRITTEN_BY_AUTHORS.isdisjoint(element.get("class", "").split()):
        return
    if element.tag in ("script", "code", "textarea", "svg"):
        return
    for text in [element.text or "", *(element.get(name, "") for name in _SAID)]:
        yield from ((text, word) for word in _ENGLISH.findall(text))
    for child in element:
        yield from _english(child)
        yield from ((child.tail or "", word) for word in _ENGLISH.findall(child.tail or ""))


def keeps_repetition_together(page: Page) -> Iterator[str]:
    """The repetition sign stands after a no-break space, or it begins a line on its own."""
    for element in page:
        if element.tag == "textarea":
            continue
        for text in [element.text or "", element.tail or "", element.get("content", ""), *_said(element)]:
            for match in _REPEATED.finditer(text):
                yield f"has \u0e46 after no no-break space: {text[max(0, match.start() - 20) : match.end()]!r}"


def _said(element: Element) -> list[str]:
    return [element.get(name, "") for name in _SAID]


def carries_its_token(page: Page) -> Iterator[str]:
    for form in page.forms():
        if form.method == "post" and "csrf_token" not in form.names():
            yield f"has a form without csrf_token: {form.action}"


def stays_within_its_budget(page: Page) -> Iterator[str]:
    most = MOST_STATEMENTS_OF_A_LESSON if _LESSON.fullmatch(page.path) else MOST_STATEMENTS
    if len(page.statements) > most:
        listed = "\n    ".join(" ".join(statement.split())[:120] for statement in page.statements)
        yield f"takes {len(page.statements)} SQL statements, more than {most}:\n    {listed}"


CHECKS: tuple[Callable[[Page], Iterator[str]], ...] = (
    parses,
    speaks_thai,
    has_one_heading,
    has_unique_ids,
    labels_its_fields,
    points_at_what_is_there,
    keeps_to_the_policy,
    shows_nothing_raw,
    speaks_no_english,
    keeps_repetition_together,
    carries_its_token,
    stays_within_its_budget,
)
