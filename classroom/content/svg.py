"""Is an SVG only a drawing? Plain shapes, no script, no text, nothing from elsewhere, no entities."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

_SHAPES = set(
    "circle clipPath defs desc ellipse g line linearGradient mask path pattern polygon polyline radialGradient rect "
    "stop svg symbol title use".split()
)
_LENGTH = re.compile(r"([0-9]{1,5})(?:\.[0-9]+)?(?:px)?")
_ELSEWHERE = re.compile(r"url\(\s*['\"]?\s*(?!#)|javascript:|data:|@import|expression\(", re.IGNORECASE)


Size = tuple[int, int]
"""Width and height in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Fault:
    line: int
    message: str


@dataclass(slots=True)
class _Inspector:
    parser: expat.XMLParserType
    faults: list[Fault] = field(default_factory=list)
    root: dict[str, str] | None = None

    def say(self, message: str) -> None:
        self.faults.append(Fault(self.parser.CurrentLineNumber, message))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.root is None:
            self.root = attributes
            self._look_at_root(name)
        if name not in _SHAPES:
            self.say(f"<{name}> may not stand in a picture; draw with plain shapes.")
        for attribute, value in attributes.items():
            self._look_at_attribute(attribute, value)

    def doctype(self, *_: object) -> None:
        self.say("A picture has no DOCTYPE and no entities; take it out.")

    def instruction(self, *_: object) -> None:
        self.say("A picture has no processing instructions (<?…?>); take it out.")

    def _look_at_root(self, name: str) -> None:
        if name != "svg":
            self.say("The file is no SVG picture.")
        for attribute in ("width", "height", "viewBox"):
            if attribute not in (self.root or {}):
                self.say(f"<svg> needs {attribute}=.")

    def _look_at_attribute(self, name: str, value: str) -> None:
        local_name = name.rpartition(":")[2].lower()
        if local_name.startswith("on"):
            self.say(f"{name}= runs a script; take it out.")
        elif _points_outside(name, local_name, value):
            self.say(f"{name}= points outside the picture; take it out.")


def inspect(content: bytes) -> tuple[Size | None, list[Fault]]:
    """The size of the picture, None if it has no usable one, and everything that makes it more than a drawing."""
    parser = expat.ParserCreate()
    inspector = _Inspector(parser)
    parser.StartElementHandler = inspector.start
    parser.StartDoctypeDeclHandler = inspector.doctype
    parser.ProcessingInstructionHandler = inspector.instruction
    # Entities are never expanded: without this handler expat would, and a few lines could become gigabytes.
    parser.DefaultHandler = lambda _: None
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        inspector.say(f"This is not well-formed XML: {error}.")
    size = _size(inspector.root or {})
    if size is None and not inspector.faults:
        inspector.say("width= and height= must be whole numbers of pixels.")
    return size, inspector.faults


def _points_outside(name: str, local_name: str, value: str) -> bool:
    if local_name in ("href", "src", "base"):
        return not value.startswith("#")
    return not name.startswith("xmlns") and bool(_ELSEWHERE.search(value))


def _size(root: dict[str, str]) -> Size | None:
    width = _LENGTH.fullmatch(root.get("width", ""))
    height = _LENGTH.fullmatch(root.get("height", ""))
    return (int(width[1]), int(height[1])) if width and height else None
