"""An answer of the site as a person meets it: text to read, links to follow, forms to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.datastructures import Headers

Typed = Mapping[str, str | Sequence[str]]
"""What to fill in, by field name; several values tick several boxes."""

_UNSEEN = {"script", "style", "template", "head"}
_BLOCKS = {"dd", "div", "dt", "h1", "h2", "h3", "label", "li", "option", "p", "section", "small", "td", "th"}


class Page:
    """One answer: status, headers and body; an HTML body also as a tree."""

    def __init__(self, path: str, status: int, headers: Headers, body: bytes, statements: Sequence[str] = ()) -> None:
        self.path = path
        self.status = status
        self.headers = headers
        self.body = body
        self.statements = tuple(statements)
        """The SQL it took."""

    @property
    def is_html(self) -> bool:
        return (self.headers.get("Content-Type") or "").startswith("text/html")

    @cached_property
    def html(self) -> str:
        return self.body.decode()

    @cached_property
    def _parser(self) -> html5lib.HTMLParser:
        return html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)

    @cached_property
    def tree(self) -> Element:
        root: Element = self._parser.parse(self.html)
        return root

    @property
    def parse_errors(self) -> list[str]:
        """What a strict HTML5 parser stumbles over."""
        assert self.tree is not None
        return [f"line {line}: {code}" for (line, _), code, _ in self._parser.errors]

    def __iter__(self) -> Iterator[Element]:
        """Every element in document order; comments left out."""
        return (element for element in self.tree.iter() if isinstance(element.tag, str))

    @cached_property
    def text(self) -> str:
        """What stands to be read, spaces run together."""
        return words_of(self.tree)

    @property
    def heading(self) -> str:
        return words_of(next(element for element in self if element.tag == "h1"))

    def by_id(self, id_: str) -> Element | None:
        return next((element for element in self if element.get("id") == id_), None)

    def part(self, id_: str) -> Element:
        element = self.by_id(id_)
        assert element is not None, f"{self.path} has no #{id_}"
        return element

    def words_in(self, id_: str) -> str:
        """What stands to be read inside the element of this id."""
        return words_of(self.part(id_))

    def links(self) -> list[tuple[str, str]]:
        """Words and address of every link."""
        return [(words_of(link), link.get("href", "")) for link in self if link.tag == "a"]

    def link(self, words: str) -> str:
        """The address of the one link that reads so."""
        found = {href for text, href in self.links() if words in text}
        assert len(found) == 1, f"{words!r} leads to {sorted(found)} on {self.path}"
        return found.pop()

    def forms(self) -> list[Form]:
        return [Form(element) for element in self if element.tag == "form"]

    def form_with(self, button: str, within: str | None = None) -> tuple[Form, Element]:
        """The form and the button with this name or these words; `within` is the id of an element around it."""
        scope = self.tree if within is None else self.part(within)
        around = [form for form in self.forms() if within is not None and scope in form.element.iter()]
        forms = around or [Form(element) for element in scope.iter("form")]
        found = [(form, pressed) for form in forms for pressed in form.buttons(button)]
        assert len(found) == 1, f"{len(found)} buttons {button!r} on {self.path}: {self.text[:200]}"
        return found[0]

    def value(self, name: str) -> str:
        """What a text field or list holds now."""
        controls = [element for element in self if element.get("name") == name and _is_filled_in(element)]
        assert len(controls) == 1, f"{len(controls)} fields {name!r} on {self.path}"
        return (_values(controls[0]) or [""])[0]

    def ticked(self, name: str) -> list[str]:
        """The chosen values among radio buttons or boxes of one name."""
        return [
            element.get("value", "on")
            for element in self
            if element.get("name") == name and "checked" in element.attrib
        ]


class Form:
    """A form as the browser would send it."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.action = element.get("action", "")
        self.method = element.get("method", "get").lower()

    def names(self) -> set[str]:
        return {control.get("name", "") for control in self.element.iter() if control.get("name")}

    def buttons(self, name_or_words: str) -> list[Element]:
        return [
            button
            for button in self.element.iter("button")
            if name_or_words in (button.get("name"), words_of(button)) and "disabled" not in button.attrib
        ]

    def filled(self, typed: Typed, pressed: Element | None = None) -> list[tuple[str, str]]:
        """Name and value of every field that would be sent, in order, after typing and pressing."""
        sent: list[tuple[str, str]] = []
        wanted = {name: [value] if isinstance(value, str) else list(value) for name, value in typed.items()}
        for control in self.element.iter():
            name = control.get("name")
            if not name or "disabled" in control.attrib:
                continue
            if control.tag == "button":
                sent += [(name, control.get("value", ""))] if control is pressed else []
            else:
                sent += [(name, value) for value in _sent(control, wanted.get(name))]
        _refuse_what_cannot_be_typed(self, wanted)
        return sent


def words_of(element: Element) -> str:
    """The text inside an element, as it is read: spaces run together, joiners left out."""
    return " ".join("".join(_texts(element)).replace("\u2060", "").split())


def _texts(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return
    if element.tag in _BLOCKS:
        yield " "
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _is_filled_in(element: Element) -> bool:
    return element.tag in ("input", "select", "textarea") and element.get("type") not in ("radio", "checkbox", "hidden")


def _sent(control: Element, wanted: list[str] | None) -> list[str]:
    """The values that one control adds to the form."""
    kind = control.get("type", "text")
    if control.tag == "input" and kind in ("radio", "checkbox"):
        value = control.get("value", "on")
        is_chosen = "checked" in control.attrib if wanted is None else value in wanted
        return [value] if is_chosen else []
    if wanted is None or kind == "hidden":
        return _values(control)
    return [value.replace("\n", "\r\n") if control.tag == "textarea" else value for value in wanted]


def _values(control: Element) -> list[str]:
    if control.tag == "textarea":
        return [(control.text or "").replace("\r\n", "\n").replace("\n", "\r\n")]
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        return [option.get("value", words_of(option)) for option in chosen]
    return [control.get("value", "")] if control.tag == "input" else []


def _refuse_what_cannot_be_typed(form: Form, wanted: Mapping[str, list[str]]) -> None:
    """A test that types into what is not there, or picks what is not offered, tests nothing."""
    for name, values in wanted.items():
        controls = [control for control in form.element.iter() if control.get("name") == name]
        open_ones = [control for control in controls if control.get("type") != "hidden" and control.tag != "button"]
        assert open_ones, f"the form {form.action} has no field {name!r} but {sorted(form.names())}"
        offered = _offered(open_ones)
        assert offered is None or set(values) <= offered, f"{name!r} offers {offered}, not {values}"


def _offered(controls: list[Element]) -> set[str] | None:
    """The values one may choose among; None where anything may be typed."""
    if controls[0].tag == "select":
        return {option.get("value", words_of(option)) for option in controls[0].iter("option")}
    if controls[0].get("type") in ("radio", "checkbox"):
        return {control.get("value", "on") for control in controls}
    return None
