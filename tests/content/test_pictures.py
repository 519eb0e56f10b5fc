"""Only plain drawings and real pictures are shown, each with its size."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from classroom.content.model import Picture
from classroom.content.reader import read_library
from classroom.content.svg import inspect
from tests.content.sound import problems, sound_lessons

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 640, 360) + b"\x08\x06\x00\x00\x00"
LOSSY = b"RIFF\x00\x00\x00\x00WEBPVP8 \x00\x00\x00\x00\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 640, 360)
LOSSLESS = b"RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f" + struct.pack("<I", 639 | 359 << 14) + b"\x00" * 8
EXTENDED = b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00" + b"\x7f\x02\x00" + b"\x67\x01\x00"


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.png", PNG, "image/png"),
        ("a.webp", LOSSY, "image/webp"),
        ("a.webp", LOSSLESS, "image/webp"),
        ("a.webp", EXTENDED, "image/webp"),
    ],
)
def test_a_picture_has_its_size_and_type(name: str, content: bytes, media_type: str, tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    path = root / "speaking/limits/img" / name
    path.write_bytes(content)
    library = read_library(root).library
    assert library is not None
    assert library.lessons["limits"].pictures[name] == Picture(name, path, media_type, 640, 360)


@pytest.mark.parametrize("name", ["a.png", "a.webp"])
@pytest.mark.parametrize(
    "content", [b"", b"<html>", PNG[:20], LOSSY[:22], b"RIFF\x00\x00\x00\x00WEBPJUNK" + b"\x00" * 20]
)
def test_a_picture_is_what_its_name_says(name: str, content: bytes, tmp_path: Path) -> None:
    root = sound_lessons(tmp_path)
    (root / "speaking/limits/img" / name).write_bytes(content)
    kind = {"a.png": "PNG", "a.webp": "WebP"}[name]
    message = f"speaking/limits/img/{name}:1: The file is no {kind} picture, whatever its name says."
    assert problems(root) == [message]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="18" viewBox="0 0 32 18">{}</svg>'


def faults_of(text: str) -> list[str]:
    return [f"{fault.line}: {fault.message}" for fault in inspect(text.encode())[1]]


def test_a_plain_drawing_has_its_size_and_no_fault() -> None:
    drawing = SVG.format('<title>ก</title><g fill="url(#a)"><path d="M0 0"/><use href="#b"/></g>')
    assert inspect(drawing.encode()) == ((32, 18), [])


NO_SHAPE = "may not stand in a picture; draw with plain shapes."
A_SCRIPT = "runs a script; take it out."
OUTSIDE = "points outside the picture; take it out."


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", f"<script> {NO_SHAPE}"),
        ("<foreignObject/>", f"<foreignObject> {NO_SHAPE}"),
        ("<style>@import url(x)</style>", f"<style> {NO_SHAPE}"),
        ("<text>ก</text>", f"<text> {NO_SHAPE}"),
        ("<image/>", f"<image> {NO_SHAPE}"),
        ('<a><set attributeName="x"/></a>', f"<a> {NO_SHAPE}"),
        ('<x:script xmlns:x="http://www.w3.org/2000/svg"/>', f"<x:script> {NO_SHAPE}"),
        ('<g onload="x()"/>', f"onload= {A_SCRIPT}"),
        ('<g ONCLICK="x()"/>', f"ONCLICK= {A_SCRIPT}"),
        ('<use href="other.svg#a"/>', f"href= {OUTSIDE}"),
        ('<use href="https://example.org/a.svg#a"/>', f"href= {OUTSIDE}"),
        ('<use xlink:href="javascript:x()" xmlns:xlink="http://www.w3.org/1999/xlink"/>', f"xlink:href= {OUTSIDE}"),
        ('<g xml:base="https://example.org/"/>', f"xml:base= {OUTSIDE}"),
        ('<rect fill="url(https://example.org/#a)"/>', f"fill= {OUTSIDE}"),
        ("<rect style=\"fill:url( 'x.svg')\"/>", f"style= {OUTSIDE}"),
        ('<rect style="background:URL(data:x)"/>', f"style= {OUTSIDE}"),
        ("<?xml-stylesheet href='x.css'?>", "A picture has no processing instructions (<?…?>); take it out."),
    ],
)
def test_what_is_more_than_a_drawing_is_refused(inside: str, message: str) -> None:
    assert faults_of(SVG.format(inside))[0] == f"1: {message}"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE svg [<!ENTITY l0 "ha">{LAUGHS}]>' + SVG.format("<title>&l29;</title>"),
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG.format("<title>&x;</title>"),
        '<!DOCTYPE svg SYSTEM "https://example.org/svg.dtd">' + SVG.format(""),
    ],
)
def test_a_drawing_has_no_doctype_and_no_entities(text: str) -> None:
    assert faults_of(text)[0] == "1: A picture has no DOCTYPE and no entities; take it out."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1: This is not well-formed XML: no element found: line 1, column 0."),
        ("<svg", "1: This is not well-formed XML: unclosed token: line 1, column 0."),
        ("<html/>", "1: The file is no SVG picture."),
        ('<svg width="1" height="1"/>', "1: <svg> needs viewBox=."),
        ('<svg width="100%" height="1" viewBox="0 0 1 1"/>', "1: width= and height= must be whole numbers of pixels."),
        (SVG.format("\n\n<script/>"), "3: <script> may not stand in a picture; draw with plain shapes."),
        (SVG.format("<g>" * 30000), "1: This is not well-formed XML: mismatched tag: line 1, column 90085."),
    ],
)
def test_what_is_no_drawing_is_said_at_its_line(text: str, message: str) -> None:
    assert message in faults_of(text)
