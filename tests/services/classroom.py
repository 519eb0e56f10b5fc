"""The product as it runs in production: its own command, granian's processes, a database in a temporary folder."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.services.certificate import make_certificate
from tests.services.server import Server, free_port

CLASSROOM = Path(sys.executable).with_name("classroom")


class ClassroomServer(Server):
    """Serves from `folder` (its var/), migrated.

    Over https by default, for production's cookies are `__Host-` ones.
    """

    def __init__(
        self,
        folder: Path,
        *,
        https: bool = True,
        host: str = "127.0.0.1",
        workers: int = 2,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        port, scheme = free_port(), "https" if https else "http"
        self.database = folder / "classroom.sqlite3"
        environment = os.environ | {
            "CLASSROOM_ENV": "production",
            "CLASSROOM_VAR": str(folder),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "DATA_KEY": secrets.token_urlsafe(48),
            "BASE_URL": f"{scheme}://{host}:{port}",
            "PORT": str(port),
            "WORKERS": str(workers),
        }
        if https:
            certificate, key = make_certificate(folder)
            environment |= {"GRANIAN_SSL_CERTIFICATE": str(certificate), "GRANIAN_SSL_KEYFILE": str(key)}
        environment = {**environment, **(settings or {})}
        super().__init__(
            [CLASSROOM, "serve"], environment, folder, port=port, scheme=scheme, host=host, ready_path="/readyz"
        )

    def __enter__(self) -> Self:
        self.run("db", "upgrade")
        return super().__enter__()

    def run(self, *command: str) -> None:
        """One of the product's commands, with this server's settings. Raises with what it said when it fails."""
        done = subprocess.run(
            [CLASSROOM, *command], env=self.environment, capture_output=True, text=True, check=False, timeout=600
        )
        if done.returncode:
            raise RuntimeError(f"classroom {' '.join(command)} failed:\n{done.stdout}{done.stderr}")
