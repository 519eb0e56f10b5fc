"""Settings come from the environment, and unsafe ones keep the process from starting."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom.config import Settings, UnsafeSettings, from_environment

KEY, OTHER_KEY = "abcdefghij-0123456789-ABCDEFGHIJ", "0123456789-abcdefghij-KLMNOPQRST"
KEYS = {"SECRET_KEY": KEY, "DATA_KEY": OTHER_KEY}
WEAK = {
    "no key at all": {},
    "no signing key": {"SECRET_KEY": ""},
    "no data key": {"DATA_KEY": ""},
    "a short key": {"SECRET_KEY": KEY[:31]},
    "a short data key": {"DATA_KEY": OTHER_KEY[:31]},
    "a guessable key": {"SECRET_KEY": "a" * 64},
    "a guessable data key": {"DATA_KEY": "abab" * 16},
    "one key for both": {"DATA_KEY": KEY},
}


@pytest.mark.parametrize("name", WEAK)
def test_production_refuses_to_start_with(name: str) -> None:
    environ = {**KEYS, **WEAK[name]} if WEAK[name] else {}
    with pytest.raises(UnsafeSettings) as refused:
        from_environment(environ)
    assert "KEY" in str(refused.value)
    assert not any(key in str(refused.value) for key in (KEY, OTHER_KEY))


def test_production_is_the_default_and_takes_good_keys() -> None:
    settings = from_environment(KEYS)
    assert (settings.env, settings.is_development, settings.cookie_prefix) == ("production", False, "__Host-")


def test_an_environment_of_another_name_is_refused() -> None:
    with pytest.raises(UnsafeSettings, match="staging"):
        from_environment({**KEYS, "CLASSROOM_ENV": "staging"})


@pytest.mark.parametrize("name", ["PORT", "WORKERS", "PROXY_HOPS"])
@pytest.mark.parametrize("value", ["many", "1.5", "-1"])
def test_a_number_that_is_none_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(UnsafeSettings, match=name):
        from_environment({**KEYS, name: value})


def test_development_makes_its_own_keys_and_keeps_them(tmp_path: Path) -> None:
    environ = {"CLASSROOM_ENV": "development", "CLASSROOM_VAR": str(tmp_path / "var")}
    first, second = from_environment(environ), from_environment(environ)
    assert (first.secret_key, first.data_key) == (second.secret_key, second.data_key)
    assert first.secret_key != first.data_key
    modes = {oct(file.stat().st_mode & 0o777) for file in (tmp_path / "var").iterdir()}
    assert modes == {"0o600"}


def test_the_default_database_is_a_file_under_var(tmp_path: Path) -> None:
    settings = from_environment({**KEYS, "CLASSROOM_VAR": str(tmp_path)})
    assert (settings.database_url, settings.is_sqlite) == (f"sqlite:///{tmp_path}/classroom.sqlite3", True)


def test_each_setting_is_taken_from_the_environment(tmp_path: Path) -> None:
    settings = from_environment(
        {
            **KEYS,
            "DATABASE_URL": "postgresql+psycopg://classroom@/classroom",
            "BASE_URL": "https://classroom.test/",
            "SITE_NAME": "ห้องเรียนของเรา",
            "ORGANISER": "มูลนิธิสมมุติ",
            "WORKERS": "4",
            "PORT": "9000",
            "PROXY_HOPS": "1",
            "CLASSROOM_LESSONS": str(tmp_path),
        }
    )
    assert settings.is_sqlite is False
    assert (settings.base_url, settings.site_name, settings.organiser) == (
        "https://classroom.test",
        "ห้องเรียนของเรา",
        "มูลนิธิสมมุติ",
    )
    assert (settings.workers, settings.port, settings.proxy_hops, settings.lessons) == (4, 9000, 1, tmp_path)


def test_an_empty_setting_is_as_if_not_set() -> None:
    empty = dict.fromkeys(("DATABASE_URL", "SITE_NAME", "ORGANISER"), "")
    assert from_environment({**KEYS, **empty}) == from_environment(KEYS)


def test_settings_do_not_change() -> None:
    with pytest.raises(AttributeError):
        Settings().env = "development"  # type: ignore[misc]
