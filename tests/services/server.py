"""A server in processes of its own, on a free port of this computer, with a folder for what it writes."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

START_SECONDS = 120
STOP_SECONDS = 20


class Server:
    """`with` starts and stops it; `restart` keeps port and environment. It is ready when `ready_path` answers 200."""

    def __init__(
        self,
        command: Sequence[str | Path],
        environment: Mapping[str, str],
        folder: Path,
        *,
        port: int,
        scheme: str = "http",
        host: str = "127.0.0.1",
        ready_path: str = "/",
    ) -> None:
        self.port = port
        self.folder = folder
        self.url = f"{scheme}://{host}:{port}"
        self.environment = environment
        self._command = command
        self._ready = f"{self.url}{ready_path}"
        self._log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Returns when it is ready."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, env=self.environment, stdout=log, stderr=log, start_new_session=True
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
        """Stop and start."""
        self.stop()
        self.start()

    @property
    def log(self) -> str:
        """What it wrote so far."""
        return self._log.read_text(encoding="utf-8")

    @property
    def process_ids(self) -> list[int]:
        """Of the process that watches over the workers, and of the workers."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text(encoding="ascii")
        return [self._process.pid, *map(int, children.split())]

    def _wait_until_ready(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with urllib.request.urlopen(self._ready, timeout=5, context=ANY_CERTIFICATE) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.02)
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
