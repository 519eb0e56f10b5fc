"""The product as it runs in production: granian's processes, a database of its own in a temporary folder."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.services.certificate import make_certificate

START_SECONDS = 120
STOP_SECONDS = 20
CLASSROOM = Path(sys.executable).with_name("classroom")


class ClassroomServer:
    """Serves from `folder` (its var/) on a free port of this computer; `with` starts and stops it.

    Over https by default, for production's cookies are `__Host-` ones. `restart` keeps address, keys and database.
    """

    def __init__(
        self, folder: Path, *, https: bool = True, workers: int = 2, settings: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"{'https' if https else 'http'}://127.0.0.1:{self.port}"
        self.database = folder / "classroom.sqlite3"
        self._log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.environment = os.environ | {
            "CLASSROOM_ENV": "production",
            "CLASSROOM_VAR": str(folder),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "DATA_KEY": secrets.token_urlsafe(48),
            "BASE_URL": self.url,
            "PORT": str(self.port),
            "WORKERS": str(workers),
        }
        if https:
            certificate, key = make_certificate(folder)
            self.environment |= {"GRANIAN_SSL_CERTIFICATE": str(certificate), "GRANIAN_SSL_KEYFILE": str(key)}
        self.environment |= settings or {}

    def __enter__(self) -> Self:
        self.run("db", "upgrade")
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def run(self, *command: str) -> None:
        """One of the product's commands, with this server's settings."""
        done = subprocess.run(
            [CLASSROOM, *command], env=self.environment, capture_output=True, text=True, check=False, timeout=600
        )
        if done.returncode:
            raise RuntimeError(f"classroom {' '.join(command)} failed:\n{done.stdout}{done.stderr}")

    def start(self) -> None:
        """Returns when the first page is answered."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [CLASSROOM, "serve"], env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self._wait_until_ready()

    def stop(self) -> None:
        """As an operator would: the server ends its workers itself. Raises with its log when it had ended before."""
        if self._process is None:
            return
        if self._process.poll() is not None:
            raise RuntimeError(f"the server had ended:\n{self.log}")
        self._process.terminate()
        try:
            self._process.wait(timeout=STOP_SECONDS)
            self._process = None
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """As a power cut would, all its processes at once."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    @property
    def log(self) -> str:
        """What the server wrote so far."""
        return self._log.read_text(encoding="utf-8")

    @property
    def process_ids(self) -> list[int]:
        """Of the server and its workers."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text(encoding="ascii")
        return [self._process.pid, *map(int, children.split())]

    def _wait_until_ready(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5, context=ANY_CERTIFICATE) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"the server did not start:\n{self.log}")


def free_port() -> int:
    """A TCP port on which nobody listens now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


ANY_CERTIFICATE = _trusting()
"""The certificate is made anew for each server and signed by nobody."""
