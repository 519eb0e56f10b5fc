"""Headers of every answer, tested by their effect in a browser (security.md D22)."""

from __future__ import annotations

from flask import Flask, Response, g, request

from classroom.web import compression

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types classroom",
    )
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
PRESS_COOKIE_SECONDS = 600


def init_app(app: Flask, *, is_development: bool) -> None:
    headers = ALWAYS if is_development else ALWAYS | HTTPS_ONLY

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers.extend(headers)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        if "press_secret" in g:
            _bind_press_cookie(response, app.config["PERSON_COOKIE"])
        return compression.squeeze(response, request)


def _bind_press_cookie(response: Response, name: str) -> None:
    secure = name.startswith("__Host-")
    response.set_cookie(
        f"{name}-form",
        g.press_secret,
        max_age=PRESS_COOKIE_SECONDS,
        path="/",
        secure=secure,
        httponly=True,
        samesite="Lax",
    )
