"""Public pages: made once for all who are nobody yet, kept compressed, answered by ETag."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from flask import Response, current_app, request

from classroom.web.library import library_version

MOST_PAGES = 1000
FOR_EVERYONE = "public, max-age=0, s-maxage=60, must-revalidate"
"""A browser asks each time (and gets 304): it may have become somebody since. A shared cache may answer for a minute."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    body: bytes
    squeezed: bytes
    etag: str
    content_type: str


class Shelf:
    """The last pages used; the one used longest ago goes first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[object, ...], KeptPage] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[object, ...]) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[object, ...], page: KeptPage) -> None:
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)


def kept(varies_by: tuple[str, ...], build: Callable[[], Response]) -> Response:
    """The page for this address, from the shelf or made now. What is not a plain 200 is not kept."""
    shelf: Shelf = current_app.extensions["pages"]
    key = (library_version(), request.path, *(request.args.get(name) for name in varies_by))
    page = shelf.get(key)
    if page is None:
        response = build()
        if response.status_code != 200:
            return response
        page = _keep(response)
        shelf.put(key, page)
    return _answer(page)


def _keep(response: Response) -> KeptPage:
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
