"""Public pages: made once for all who are nobody yet, kept compressed, answered by ETag."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from flask import Response, current_app, request

from classroom.web.library import library_version

MOST_PAGES = 1000
FOR_EVERYONE = "public, max-age=0, s-maxage=60, must-revalidate"
"""A browser asks each time (and gets 304): it may be somebody by now. A shared cache may answer for a minute."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    body: bytes
    squeezed: bytes
    etag: str
    content_type: str


class Shelf:
    """What was made for the last requests; what was used longest ago goes first."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._things: OrderedDict[tuple[object, ...], Any] = OrderedDict()
        self._lock = Lock()
        self._most = most

    def get(self, key: tuple[object, ...], make: Callable[[], Any]) -> Any:
        """The thing under this key, made now if it is not there. What `make` raises is not kept."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
        thing = make()
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        return thing


class _NotKept(Exception):
    """The page is no plain 200: it goes out once and is not put on the shelf."""

    def __init__(self, response: Response) -> None:
        self.response = response


def kept(varies_by: tuple[str, ...], build: Callable[[], Response]) -> Response:
    """The page for this address, from the shelf or made now. What is not a plain 200 is not kept."""
    shelf: Shelf = current_app.extensions["pages"]
    key = (library_version(), request.path, *(request.args.get(name) for name in varies_by))
    try:
        return _answer(shelf.get(key, lambda: _keep(build())))
    except _NotKept as exception:
        return exception.response


def _keep(response: Response) -> KeptPage:
    if response.status_code != 200:
        raise _NotKept(response)
    body = response.get_data()
    return KeptPage(body, gzip.compress(body, 9, mtime=0), hashlib.sha256(body).hexdigest()[:20], response.content_type)


def _answer(page: KeptPage) -> Response:
    headers = {"Cache-Control": FOR_EVERYONE, "Vary": "Cookie, Accept-Encoding", "ETag": f'W/"{page.etag}"'}
    if page.etag in request.if_none_match.as_set(include_weak=True):
        return Response(status=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(page.squeezed, content_type=page.content_type, headers=headers)
    return Response(page.body, content_type=page.content_type, headers=headers)
