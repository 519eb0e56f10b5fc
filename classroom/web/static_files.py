"""Style, script, fonts and pictures: read and squeezed at start, named with a digest, cached for a year."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request

from classroom.errors import Missing
from classroom.permissions import Can
from classroom.web.guards import allow

FOR_A_YEAR = "public, max-age=31536000, immutable"
SHOWN = {".css", ".js", ".woff2", ".svg", ".png", ".ico", ".webmanifest"}
SQUEEZED = {".css", ".js", ".svg", ".webmanifest"}
blueprint = Blueprint("static_files", __name__)


@dataclass(frozen=True, slots=True)
class StaticFile:
    body: bytes
    squeezed: bytes | None
    media_type: str
    digest: str


def init_app(app: Flask, folder: Path) -> None:
    files = {path.relative_to(folder).as_posix(): _read(path) for path in folder.rglob("*") if path.suffix in SHOWN}
    app.extensions["static_files"] = files
    app.register_blueprint(blueprint)


def _read(path: Path) -> StaticFile:
    body = path.read_bytes()
    squeezed = gzip.compress(body, 9, mtime=0) if path.suffix in SQUEEZED else None
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".woff2":
        media_type = "font/woff2"
    return StaticFile(body, squeezed, media_type, hashlib.sha256(body).hexdigest()[:12])


def address(name: str) -> str:
    """The address of a file, with its digest, so that a new version is a new address."""
    file: StaticFile = current_app.extensions["static_files"][name]
    return f"/static/{name}?v={file.digest}"


@blueprint.get("/static/<path:name>")
@allow(Can.READ)
def static_file(name: str) -> Response:
    file: StaticFile | None = current_app.extensions["static_files"].get(name)
    if file is None:
        raise Missing("")
    headers = {"Cache-Control": FOR_A_YEAR, "Vary": "Accept-Encoding"}
    if file.squeezed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(file.squeezed, content_type=file.media_type, headers=headers)
    return Response(file.body, content_type=file.media_type, headers=headers)
