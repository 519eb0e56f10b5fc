"""Did one of our own pages send this form? (OWASP ASVS 5.0 3.5.1; security.md C8)

`Sec-Fetch-Site` says so, or else `Origin`. Where a browser sends neither, the form's own token decides. A form on a
page that is the same for everyone has no token: then the answer is a page with what was typed and a token, to press
once more.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from flask import Request, current_app, g, request
from werkzeug.datastructures import MultiDict

from classroom import phrases
from classroom.errors import Refusal
from classroom.web.visitor import cookie_secret

TOKEN_FIELD = "csrf_token"


class ForeignForm(Refusal):
    """The form came from another site."""

    status = 403


class PressOnceMore(Refusal):
    """Nothing says where the form came from; the page that answers holds a token to send it again with."""

    status = 403


def check(incoming: Request) -> None:
    """Refuse an unsafe request that did not come from a page of ours."""
    if incoming.method in ("GET", "HEAD", "OPTIONS"):
        return
    sent = incoming.form.get(TOKEN_FIELD)
    if sent and not _is_token(sent):
        raise PressOnceMore(phrases.PRESS_ONCE_MORE)
    verdict = _browser_says_ours(incoming)
    if verdict is False:
        raise ForeignForm(phrases.FOREIGN_FORM)
    if verdict is None and not sent:
        raise PressOnceMore(phrases.PRESS_ONCE_MORE)


def _browser_says_ours(incoming: Request) -> bool | None:
    """True, False, or None when the browser does not say."""
    site = incoming.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = incoming.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin).netloc == incoming.host
    return None


def token() -> str:
    """The token for a form of this visitor; empty where there is nothing to bind it to."""
    secret = g.get("new_secret") or cookie_secret() or _press_cookie()
    return _token_for(secret) if secret else ""


def token_to_press_with() -> str:
    """A token for someone who is nobody yet, bound to a cookie that this answer sets."""
    if not (cookie_secret() or _press_cookie()):
        g.press_secret = secrets.token_urlsafe(16)
    return _token_for(cookie_secret() or _press_cookie() or g.press_secret)


def typed() -> MultiDict[str, str]:
    """What was typed into the form, without the token."""
    return MultiDict((name, value) for name, value in request.form.items(multi=True) if name != TOKEN_FIELD)


def _press_cookie() -> str | None:
    return request.cookies.get(f"{current_app.config['PERSON_COOKIE']}-form")


def _is_token(sent: str) -> bool:
    bound = [secret for secret in (cookie_secret(), _press_cookie()) if secret]
    return any(hmac.compare_digest(sent.encode(), _token_for(secret).encode()) for secret in bound)


def _token_for(secret: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, b"form\0" + secret.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
