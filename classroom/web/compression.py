"""Pages made for one person are squeezed as they leave; kept pages and files are squeezed already."""

from __future__ import annotations

import gzip

from flask import Request, Response

WORTH_SQUEEZING = 1000
FAST = 4
"""A page of 50 KB: most of the gain at a third of the time of level 9."""


def squeeze(response: Response, request: Request) -> Response:
    if not _is_worth_it(response, request):
        return response
    response.set_data(gzip.compress(response.get_data(), FAST, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def _is_worth_it(response: Response, request: Request) -> bool:
    return (
        response.mimetype in ("text/html", "text/plain", "application/json", "application/xml")
        and "Content-Encoding" not in response.headers
        and not response.direct_passthrough
        and (response.content_length or 0) >= WORTH_SQUEEZING
        and "gzip" in request.headers.get("Accept-Encoding", "")
    )
