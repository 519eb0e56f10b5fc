"""A PostgreSQL of one's own, in a temporary folder, reached by a socket in it.

    python -m tests.services.postgresql TEST_DATABASE_URL pytest -n 2

runs the command with the server's URL in that environment variable.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.tools import find

NOT_DURABLE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
"""For tests, which outlive no power cut."""


def main(variable: str, *command: str) -> int:
    with postgresql() as url:
        return subprocess.run(command, env=os.environ | {variable: url}, check=False).returncode


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """The SQLAlchemy URL of a new server, stopped and removed afterwards. Raises `ToolMissing`."""
    programs = find("PostgreSQL")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a short path: a socket's may have 107 bytes
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    options = f"-c listen_addresses= -c unix_socket_directories={folder} {'' if durable else NOT_DURABLE}"
    try:
        _as_postgres(programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        _as_postgres(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            _as_postgres(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_postgres(*command: str | Path) -> None:
    """initdb refuses root; Debian's package made a user for it."""
    user = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    done = subprocess.run([*user, *command], capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
