"""A load generator: a closed loop over keep-alive connections, in one thread, with requests made beforehand.

It costs as little as Python allows, and the same for what is compared. Every answer is read to its end and counted by
its status.
"""

from __future__ import annotations

import math
import re
import selectors
import socket
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

PATIENCE = 60.0
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
BODILESS = (b"204", b"304")
CHUNK = 1 << 18


class NoAnswer(Exception):
    """The server went away or kept silent."""


@dataclass
class Load:
    """What came back."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    """Seconds, one for each answer."""

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def p50(self) -> float:
        return statistics.median(self.latencies)

    @property
    def p99(self) -> float:
        return percentile(self.latencies, 99)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest of the values that `percent` of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def get(path: str, cookie: str = "") -> bytes:
    """A browser's GET."""
    return _head("GET", path, cookie) + b"\r\n"


def post(path: str, body: bytes, cookie: str = "") -> bytes:
    """A browser's POST of a form on our own page."""
    form = f"content-type: application/x-www-form-urlencoded\r\ncontent-length: {len(body)}\r\n"
    return _head("POST", path, cookie) + f"sec-fetch-site: same-origin\r\n{form}\r\n".encode() + body


def _head(method: str, path: str, cookie: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", "accept-encoding: gzip", "accept: text/html"]
    lines += [f"cookie: {cookie}"] if cookie else []
    return ("\r\n".join(lines) + "\r\n").encode()


def for_seconds(port: int, request: bytes, connections: int, seconds: float) -> Load:
    """The same request again and again, on so many connections, for so long."""
    ends = time.perf_counter() + seconds
    return _run(port, [_until(ends, request)] * connections)


def each_once(port: int, requests: Iterable[bytes], connections: int) -> Load:
    """Every request once, the next one on whichever connection is free."""
    rest = iter(requests)
    return _run(port, [rest] * connections)


def all_at_once(port: int, visits: Iterable[Sequence[bytes]]) -> Load:
    """Each visit on a connection of its own, its requests one after another, all starting together."""
    return _run(port, [iter(visit) for visit in visits])


def _until(ends: float, request: bytes) -> Iterator[bytes]:
    while time.perf_counter() < ends:
        yield request


def _run(port: int, sources: Sequence[Iterator[bytes]]) -> Load:
    load = Load()
    with selectors.DefaultSelector() as selector:
        connections = [_Connection(port, source, load, selector) for source in sources]
        begun = time.perf_counter()
        for connection in connections:
            connection.ask()
        while selector.get_map():
            ready = selector.select(PATIENCE)
            if not ready:
                raise NoAnswer(f"nothing came for {PATIENCE:.0f} s")
            for key, _ in ready:
                answer: Callable[[], None] = key.data
                answer()
        load.seconds = time.perf_counter() - begun
    return load


class _Connection:
    def __init__(self, port: int, source: Iterator[bytes], load: Load, selector: selectors.BaseSelector) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._source, self._load, self._selector = source, load, selector
        self._received = bytearray()
        self._begun = 0.0
        selector.register(self._socket, selectors.EVENT_READ, self._read)

    def ask(self) -> None:
        """Send the next request, or hang up when there is none."""
        request = next(self._source, None)
        if request is None:
            self._selector.unregister(self._socket)
            self._socket.close()
            return
        self._begun = time.perf_counter()
        self._socket.sendall(request)

    def _read(self) -> None:
        chunk = self._socket.recv(CHUNK)
        if not chunk:
            raise NoAnswer("the server hung up")
        self._received += chunk
        status = _finished(self._received)
        if status is None:
            return
        self._load.latencies.append(time.perf_counter() - self._begun)
        self._load.statuses[status] += 1
        self._received.clear()
        self.ask()


def _finished(received: bytearray) -> int | None:
    """The status of the answer once it is there to its end."""
    head = received.find(b"\r\n\r\n")
    if head < 0:
        return None
    status = bytes(received[9:12])
    length = LENGTH.search(received, 0, head + 2)
    body = 0 if length is None or status in BODILESS else int(length[1])
    return int(status) if len(received) >= head + 4 + body else None
