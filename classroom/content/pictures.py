"""The pictures of a lesson: SVG drawings of our own, PNG and WebP, each what its name says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from classroom.content import svg
from classroom.content.folder import Folder
from classroom.content.model import Picture
from classroom.content.svg import Size

_PNG = b"\x89PNG\r\n\x1a\n"


def read_pictures(folder: Folder, place: str) -> Mapping[str, Picture]:
    """The usable pictures of a folder by name; the others are problems."""
    return {picture.name: picture for picture in _pictures(folder, place)}


def _pictures(folder: Folder, place: str) -> Iterator[Picture]:
    for name in folder.files(place):
        file = f"{place}/{name}"
        kind = _KINDS.get(name.rpartition(".")[2])
        if kind is None:
            folder.problems.add(file, 1, "A picture is an .svg, .png or .webp file.")
            continue
        media_type, measure = kind
        content = folder.content(file)
        size = None if content is None else measure(file, content, folder)
        if size:
            yield Picture(name, folder.root / file, media_type, *size)


def _measure_svg(file: str, content: bytes, folder: Folder) -> Size | None:
    size, faults = svg.inspect(content)
    for fault in faults:
        folder.problems.add(file, fault.line, fault.message)
    return None if faults else size


def _measure_png(file: str, content: bytes, folder: Folder) -> Size | None:
    if content[:8] != _PNG or content[12:16] != b"IHDR" or len(content) < 24:
        folder.problems.add(file, 1, "The file is no PNG picture, whatever its name says.")
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _measure_webp(file: str, content: bytes, folder: Folder) -> Size | None:
    size = _webp_size(content) if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None
    if size is None:
        folder.problems.add(file, 1, "The file is no WebP picture, whatever its name says.")
    return size


def _webp_size(content: bytes) -> Size | None:
    """From the first chunk: lossy, lossless or extended (RFC 9649, sections 2.5 to 2.7)."""
    chunk, body = content[12:16], content[20:30]
    if len(body) < 10:
        return None
    if chunk == b"VP8 ":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    return None


_KINDS: Mapping[str, tuple[str, Callable[[str, bytes, Folder], Size | None]]] = {
    "svg": ("image/svg+xml", _measure_svg),
    "png": ("image/png", _measure_png),
    "webp": ("image/webp", _measure_webp),
}
"""By the ending of the name: media type, and how to find the size."""
