"""QR codes (ISO/IEC 18004) as the path of an SVG, drawn by `templates/components/qr_code.html`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

QUIET_MODULES = 4
"""The light border that a camera needs."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """Dark modules as one path; a module is a unit wide."""

    size: int
    """Of a side, with the border."""
    path: str


def qr_code(text: str) -> QrCode:
    """The code that says `text`."""
    import segno

    modules = segno.make_qr(text, error="l", boost_error=False).matrix
    path = "".join(run for y, row in enumerate(modules) for run in _dark_runs(row, y))
    return QrCode(len(modules) + 2 * QUIET_MODULES, path)


def _dark_runs(row: Sequence[int], y: int) -> Iterator[str]:
    x = QUIET_MODULES
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            yield f"M{x} {y + QUIET_MODULES}h{length}v1h-{length}z"
        x += length
