"""The drawn code is the code, with the light border that cameras need."""

from __future__ import annotations

import re

import segno

from classroom.accounts.qr_code import QUIET_MODULES, qr_code

TEXT = "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"


def dark_modules(path: str) -> set[tuple[int, int]]:
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path)
    assert "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs) == path
    return {(int(x) + step, int(y)) for x, y, length in runs for step in range(int(length))}


def test_every_dark_module_is_drawn_and_no_other() -> None:
    matrix = segno.make_qr(TEXT, error="l", boost_error=False).matrix
    meant = {
        (x + QUIET_MODULES, y + QUIET_MODULES)
        for y, row in enumerate(matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    }
    drawn = qr_code(TEXT)
    assert dark_modules(drawn.path) == meant
    assert drawn.size == len(matrix) + 2 * QUIET_MODULES


def test_another_text_is_another_code() -> None:
    assert qr_code(TEXT).path != qr_code(f"{TEXT}A").path
