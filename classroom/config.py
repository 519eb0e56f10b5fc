"""Settings from the environment: read once, explained here, refused when unsafe."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parent
SHORTEST_KEY = 32


def _beside_package_or_in_repository(name: str) -> Path:
    """An installed wheel carries the folder inside the package; an editable checkout has it at the top."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


class UnsafeSettings(Exception):
    """The process must not start like this. The message says what to set."""


@dataclass(frozen=True)
class Settings:
    """Every setting of `docs/operating.md`, with its default."""

    env: str = "production"
    """CLASSROOM_ENV: `production`, or `development` (reloads lessons, shows their problems, opens /dev and /styleguide)."""
    database_url: str = ""
    """DATABASE_URL: default a SQLite file under var/."""
    secret_key: str = ""
    """SECRET_KEY: signs tokens. 32 characters at least."""
    data_key: str = ""
    """DATA_KEY: encrypts what people keep to themselves. 32 characters at least; never in the database or a backup."""
    base_url: str = "http://127.0.0.1:8000"
    """BASE_URL: the public address, for canonical links and the sitemap."""
    site_name: str = ""
    """SITE_NAME: default the product's own name in `phrases`."""
    organiser: str = ""
    """ORGANISER: who runs this site; shown in the footer and on /about when set."""
    workers: int = 2
    """WORKERS: web processes of `classroom serve`."""
    port: int = 8000
    """PORT."""
    proxy_hops: int = 0
    """PROXY_HOPS: how many proxies stand in front and are to be believed."""
    var: Path = PACKAGE.parent / "var"
    """CLASSROOM_VAR: the folder of the default database and of development's own keys."""
    lessons: Path = _beside_package_or_in_repository("lessons")
    """CLASSROOM_LESSONS: the lesson files."""
    templates: Path = _beside_package_or_in_repository("templates")
    static: Path = _beside_package_or_in_repository("static")

    @property
    def is_development(self) -> bool:
        return self.env == "development"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def cookie_prefix(self) -> str:
        """`__Host-` asks for https, which development does not have."""
        return "" if self.is_development else "__Host-"


def from_environment(environ: Mapping[str, str]) -> Settings:
    """The settings of this process.

    Raises `UnsafeSettings` when production lacks a key, or has one that is short or well known.
    """
    env = environ.get("CLASSROOM_ENV", "production")
    if env not in ("production", "development"):
        raise UnsafeSettings(f"CLASSROOM_ENV is {env!r}; say production or development")
    var = Path(environ.get("CLASSROOM_VAR", Settings.var))
    keys = _development_keys(var) if env == "development" else {}
    settings = Settings(
        env=env,
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{var / 'classroom.sqlite3'}",
        secret_key=environ.get("SECRET_KEY") or keys.get("SECRET_KEY", ""),
        data_key=environ.get("DATA_KEY") or keys.get("DATA_KEY", ""),
        base_url=environ.get("BASE_URL", Settings.base_url).rstrip("/"),
        site_name=environ.get("SITE_NAME", ""),
        organiser=environ.get("ORGANISER", ""),
        workers=int(environ.get("WORKERS", Settings.workers)),
        port=int(environ.get("PORT", Settings.port)),
        proxy_hops=int(environ.get("PROXY_HOPS", Settings.proxy_hops)),
        var=var,
        lessons=Path(environ.get("CLASSROOM_LESSONS", Settings.lessons)),
    )
    _refuse_weak_keys(settings)
    return settings


def _development_keys(var: Path) -> dict[str, str]:
    """Keys made on the first start and kept under var/, so that a development guest outlives a restart."""
    var.mkdir(parents=True, exist_ok=True)
    keys = {}
    for name in ("SECRET_KEY", "DATA_KEY"):
        file = var / f"{name.lower()}.txt"
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(48), encoding="ascii")
        keys[name] = file.read_text(encoding="ascii").strip()
    return keys


def _refuse_weak_keys(settings: Settings) -> None:
    for name, key in (("SECRET_KEY", settings.secret_key), ("DATA_KEY", settings.data_key)):
        if len(key) < SHORTEST_KEY or len(set(key)) < 10:
            raise UnsafeSettings(
                f"{name} is missing, short or guessable. Set it to 32 random characters or more, for example the output of: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
    if settings.secret_key == settings.data_key:
        raise UnsafeSettings("SECRET_KEY and DATA_KEY must differ: one signs, the other encrypts")
