"""HSTS, COOP, CORP and the permissions by their effect (security.md D22). Each guard has its control."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, Route

from tests.real_browser.conftest import need
from tests.real_browser.foreign_site import foreign_site
from tests.services import tools
from tests.services.classroom import ClassroomServer

NAME = "classroom.test"
PICTURE = "/static/img/icon-180.png"
both_ways = pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])


@pytest.fixture
def stranger(chromium: Browser, served: ClassroomServer) -> Iterator[BrowserContext]:
    """A window in which another site does what it likes with ours."""
    context = chromium.new_context(ignore_https_errors=True)
    yield context
    context.close()


def without(context: BrowserContext, served: ClassroomServer, header: str) -> None:
    """Our answers in this window come without this header."""

    def drop(route: Route) -> None:
        answer = route.fetch()
        kept = {name: value for name, value in answer.headers.items() if name != header}
        route.fulfill(status=answer.status, headers=kept, body=answer.body())

    context.route(f"{served.url}/**", drop)


@both_ways
def test_a_page_that_opens_ours_keeps_no_hold_of_it(
    guarded: bool, stranger: BrowserContext, served: ClassroomServer, tmp_path: Path
) -> None:
    if not guarded:
        without(stranger, served, "cross-origin-opener-policy")
    with foreign_site(tmp_path, {"/": "<h1>theirs</h1>"}) as other:
        page = stranger.new_page()
        page.goto(other)
        with stranger.expect_page() as opened:
            page.evaluate(f"() => {{ window.held = window.open('{served.url}/about'); }}")
        opened.value.wait_for_load_state()
        assert opened.value.evaluate("window.opener === null") is guarded
        assert page.evaluate("window.held.closed") is guarded


@both_ways
def test_no_other_site_can_take_in_a_picture_of_ours(
    guarded: bool, stranger: BrowserContext, served: ClassroomServer, tmp_path: Path
) -> None:
    if not guarded:
        without(stranger, served, "cross-origin-resource-policy")
    with foreign_site(tmp_path, {"/": f'<img src="{served.url}{PICTURE}">'}) as other:
        page = stranger.new_page()
        page.goto(other, wait_until="networkidle")
        assert (page.evaluate("document.images[0].naturalWidth") > 0) is not guarded


@pytest.mark.parametrize("feature", ["camera", "geolocation", "microphone", "payment", "usb"])
def test_no_script_of_ours_could_ask_for_a_sense_of_the_device(
    feature: str, stranger: BrowserContext, served: ClassroomServer
) -> None:
    page = stranger.new_page()
    page.goto(f"{served.url}/about")
    assert page.evaluate(f"document.featurePolicy.allowsFeature('{feature}')") is False
    assert page.evaluate("document.featurePolicy.allowsFeature('fullscreen')") is True


@pytest.fixture
def trusting_window(playwright: Playwright, served: ClassroomServer, tmp_path: Path) -> Iterator[Callable[[], Page]]:
    """A browser for which our server has a name and a certificate to believe: HSTS is heard from no other."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path,
        executable_path=need("Chromium"),
        args=[
            *tools.CHROMIUM_FLAGS,
            f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
            f"--ignore-certificate-errors-spki-list={_fingerprint(served)}",
        ],
    )
    yield context.new_page
    context.close()


def _fingerprint(served: ClassroomServer) -> str:
    certificate = x509.load_pem_x509_certificate((served.folder / "certificate.pem").read_bytes())
    digest = Hash(SHA256())
    digest.update(certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    return base64.b64encode(digest.finalize()).decode()


def test_after_one_visit_the_browser_comes_by_https_alone(
    trusting_window: Callable[[], Page], served: ClassroomServer
) -> None:
    plain = f"http://{NAME}:{served.port}/about"
    with pytest.raises(Error):  # the control: before, plain http is spoken to a port that does not know it
        trusting_window().goto(plain)
    page = trusting_window()
    page.goto(plain.replace("http:", "https:"))
    page.goto(plain)
    assert page.url == plain.replace("http:", "https:")
    assert page.locator("html").get_attribute("lang") == "th"
