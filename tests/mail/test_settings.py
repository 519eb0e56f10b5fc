"""Mail settings that could send nothing, or a password in the clear, stop the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom.config import Settings, UnsafeSettings, from_environment

SENDER = "no-reply@classroom.test"


@pytest.mark.parametrize(
    "url",
    [
        "smtp://mail.test",
        "smtp://mail.test:2525",
        "smtp://user:secret@127.0.0.1:25",
        "smtp+tls://user:secret@mail.test",
        "smtps://user:secret@mail.test:465",
    ],
)
def test_a_mail_server_is_taken(url: str, tmp_path: Path) -> None:
    assert settings(tmp_path, MAIL_URL=url, MAIL_FROM=SENDER).mail_url == url


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mail.test", "no mail server"),
        ("http://mail.test", "no mail server"),
        ("smtp://", "no mail server"),
        ("smtp://mail.test:many", "no mail server"),
        ("smtp://user:secret@mail.test", "in the clear"),
    ],
)
def test_what_is_no_safe_mail_server_is_refused(url: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match=says) as refused:
        settings(tmp_path, MAIL_URL=url, MAIL_FROM=SENDER)
    assert "secret" not in str(refused.value)


def test_a_mail_server_asks_for_a_sender(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="MAIL_FROM is not"):
        settings(tmp_path, MAIL_URL="smtp://mail.test")


@pytest.mark.parametrize("sender", [SENDER, f"ห้องเรียนสิทธิ <{SENDER}>"])
def test_a_sender_may_have_a_name(sender: str, tmp_path: Path) -> None:
    assert settings(tmp_path, MAIL_FROM=sender).mail_from == sender


@pytest.mark.parametrize("sender", ["", "classroom", f"{SENDER}\nBcc: x@y.test", "a@b.test, c@d.test", "x <>"])
def test_what_is_no_sender_is_refused(sender: str, tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="MAIL_FROM"):
        settings(tmp_path, MAIL_FROM=sender)


def settings(var: Path, **environ: str) -> Settings:
    return from_environment({"CLASSROOM_ENV": "development", "CLASSROOM_VAR": str(var)} | environ)
