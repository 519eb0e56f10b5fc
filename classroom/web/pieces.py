"""Pages put together from pieces that were rendered and squeezed before.

A lesson is the same for everyone but for a few slots. What is the same is rendered and deflated once; a request only
joins bytes. That works because deflate data may be cut: each piece is compressed on its own and ends with a full flush
(RFC 1951, 3.2; zlib manual, Z_FULL_FLUSH), so pieces follow each other in one gzip member (RFC 1952).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Response, request

_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_LAST_BLOCK = b"\x03\x00"
_LONGEST_STORED = 0xFFFF
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Private-use characters around a slot's name: no text of ours has them, and what people type is never cut."""
_MARK = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page, plain and deflated."""

    plain: bytes
    deflated: bytes


Cut = tuple[Piece | str, ...]
"""Pieces, with the names of slots between them."""


def slot(name: str) -> str:
    """What a template writes where a slot is to be cut out; escaping leaves it as it is."""
    return f"{_OPEN}{name}{_CLOSE}"


def cut(html: str) -> Cut:
    """The pieces of rendered HTML and the slots between them."""
    parts = _MARK.split(html)
    pieces = [part if index % 2 else squeezed(part) for index, part in enumerate(parts)]
    return tuple(piece for piece in pieces if isinstance(piece, str) or piece.plain)


def squeezed(html: str) -> Piece:
    """A piece worth the time of compressing well, since it is kept."""
    plain = html.encode()
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Piece(plain, compressor.compress(plain) + compressor.flush(zlib.Z_FULL_FLUSH))


def passing(html: str) -> Piece:
    """A piece for one request only: a few words are stored as they are, more is compressed fast."""
    plain = html.encode()
    if len(plain) > 200:
        compressor = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
        return Piece(plain, compressor.compress(plain) + compressor.flush(zlib.Z_FULL_FLUSH))
    return Piece(plain, b"\x00" + struct.pack("<HH", len(plain), len(plain) ^ _LONGEST_STORED) + plain)


def fill(page: Cut, filling: Callable[[str], Cut]) -> Iterable[Piece]:
    """The page's pieces with every slot filled by its name; a filling may hold slots itself."""
    for part in page:
        if isinstance(part, Piece):
            yield part
        else:
            yield from fill(filling(part), filling)


def slots(page: Cut) -> list[str]:
    """The names of the page's slots, in order."""
    return [part for part in page if isinstance(part, str)]


def respond_plain(pieces: Iterable[Piece]) -> Response:
    """An HTML answer made of pieces, for whoever keeps and squeezes it as a whole."""
    return Response(b"".join([piece.plain for piece in pieces]), mimetype="text/html")


def respond(pieces: Iterable[Piece]) -> Response:
    """An HTML answer made of pieces, squeezed if the browser takes it so."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return respond_plain(pieces)
    pieces = list(pieces)
    plain = b"".join([piece.plain for piece in pieces])
    trailer = struct.pack("<LL", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)
    body = b"".join([_GZIP_HEADER, *[piece.deflated for piece in pieces], _LAST_BLOCK, trailer])
    return Response(body, mimetype="text/html", headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
