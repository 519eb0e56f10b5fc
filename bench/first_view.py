"""What a phone loads when it opens a page for the first time."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Request

KB = 1000


@dataclass(frozen=True, slots=True)
class FirstView:
    """Sizes in bytes on the wire, headers and compression included."""

    bytes: int
    script_bytes: int
    requests: int
    other_origins: tuple[str, ...]


def first_view(window: BrowserContext, url: str) -> FirstView:
    """Open `url` in a new page of a window that has nothing in its cache, till nothing more is asked for."""
    loaded: list[Request] = []

    def note(request: Request) -> None:
        loaded.append(request)

    page = window.new_page()
    page.on("requestfinished", note)
    page.goto(url, wait_until="networkidle")
    origin = page.evaluate("location.origin")
    sizes = {request: _size(request) for request in loaded}
    page.close()
    return FirstView(
        bytes=sum(sizes.values()),
        script_bytes=sum(size for request, size in sizes.items() if request.resource_type == "script"),
        requests=len(sizes),
        other_origins=tuple(request.url for request in sizes if not request.url.startswith(f"{origin}/")),
    )


def _size(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]
