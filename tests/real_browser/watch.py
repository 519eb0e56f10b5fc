"""Notices what a page must never do: fail, complain, or ask anyone but its own server."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

ONLY_TELLS_A_STATUS = "Failed to load resource"
"""Chromium's console repeats each refused request; whether the status was meant, the test says."""


class Watch:
    """`wrong` lists what went wrong in the windows followed."""

    def __init__(self, site: str) -> None:
        self.wrong: list[str] = []
        self._site = site

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self._site}/", "data:")):
            self.wrong.append(f"asked another origin: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 500:
            self.wrong.append(f"{response.status} from {response.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and ONLY_TELLS_A_STATUS not in message.text:
            self.wrong.append(f"console of {_place(message.page)}: {message.text}")

    def _on_error(self, error: WebError) -> None:
        self.wrong.append(f"script of {_place(error.page)}: {error.error}")


def _place(page: Page | None) -> str:
    return page.url if page else "a closed page"
