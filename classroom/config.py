"""Settings from the environment: read once, explained here, refused when unsafe."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import getaddresses
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

PACKAGE = Path(__file__).parent
SHORTEST_KEY = 32
MAIL_SCHEMES = ("smtp", "smtp+tls", "smtps")
THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")


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
    """CLASSROOM_ENV: `production`, or `development` (shows problems of lessons, opens /dev and /styleguide)."""
    database_url: str = ""
    """DATABASE_URL: default a SQLite file under var/."""
    secret_key: str = ""
    """SECRET_KEY: signs tokens. 32 characters at least."""
    data_key: str = ""
    """DATA_KEY: encrypts what people keep to themselves. 32 characters at least; never in the database or a backup."""
    base_url: str = "http://127.0.0.1:8000"
    """BASE_URL: the public address, for links in letters and for searching machines. Default: this computer at PORT."""
    site_name: str = ""
    """SITE_NAME: default the product's own name in `phrases`."""
    organiser: str = ""
    """ORGANISER: who runs this site; shown in the footer and on /about when set."""
    mail_url: str = ""
    """MAIL_URL: the SMTP server, `smtp://host:25`, `smtp+tls://user:password@host:587` (STARTTLS) or
    `smtps://user:password@host:465`. Default: letters become files under var/mail/, where they stay for a day."""
    mail_from: str = "no-reply@localhost"
    """MAIL_FROM: whom letters come from, `name@domain` or `Name <name@domain>`. Asked for with MAIL_URL."""
    quick_exit_url: str = "https://www.tmd.go.th/"
    """QUICK_EXIT_URL: where the quick exit leads, an https page that nobody is asked about; default the weather."""
    security_contact: str = ""
    """SECURITY_CONTACT: whom to tell of a hole, `mailto:…` or `https://…`; without it there is no security.txt."""
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
    def mail_folder(self) -> Path:
        """Where letters are written when MAIL_URL is not set."""
        return self.var / "mail"

    @property
    def cookie_prefix(self) -> str:
        """`__Host-` asks for https, which development does not have."""
        return "" if self.is_development else "__Host-"


def from_environment(environ: Mapping[str, str]) -> Settings:
    """The settings of this process.

    Raises `UnsafeSettings` when production lacks a key, or has one that is short or well known, and when letters
    could not be sent, or only with a password in the clear; and for an address that is no address.
    """
    env = environ.get("CLASSROOM_ENV", "production")
    if env not in ("production", "development"):
        raise UnsafeSettings(f"CLASSROOM_ENV is {env!r}; say production or development")
    var = Path(environ.get("CLASSROOM_VAR", Settings.var))
    keys = _development_keys(var) if env == "development" else {}
    port = _number(environ, "PORT", Settings.port)
    settings = Settings(
        env=env,
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{var / 'classroom.sqlite3'}",
        secret_key=environ.get("SECRET_KEY") or keys.get("SECRET_KEY", ""),
        data_key=environ.get("DATA_KEY") or keys.get("DATA_KEY", ""),
        base_url=environ.get("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        site_name=environ.get("SITE_NAME", ""),
        organiser=environ.get("ORGANISER", ""),
        mail_url=environ.get("MAIL_URL", ""),
        mail_from=environ.get("MAIL_FROM", Settings.mail_from),
        quick_exit_url=environ.get("QUICK_EXIT_URL", Settings.quick_exit_url),
        security_contact=environ.get("SECURITY_CONTACT", ""),
        workers=_number(environ, "WORKERS", Settings.workers),
        port=port,
        proxy_hops=_number(environ, "PROXY_HOPS", Settings.proxy_hops),
        var=var,
        lessons=Path(environ.get("CLASSROOM_LESSONS", Settings.lessons)),
    )
    _refuse_weak_keys(settings)
    _refuse_unfit_addresses(settings)
    _refuse_unfit_sender(settings)
    if settings.mail_url:
        _refuse_unfit_server(settings)
    return settings


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit()):
        raise UnsafeSettings(f"{name} is {value!r}; say a whole number")
    return int(value)


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
                f"{name} is missing, short or guessable. Set 32 random characters or more, for example: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
    if settings.secret_key == settings.data_key:
        raise UnsafeSettings("SECRET_KEY and DATA_KEY must differ: one signs, the other encrypts")


def _refuse_unfit_addresses(settings: Settings) -> None:
    exit_url, contact = settings.quick_exit_url, settings.security_contact
    if not (exit_url.startswith("https://") and exit_url.isascii() and exit_url.isprintable()):
        raise UnsafeSettings("QUICK_EXIT_URL is no https address")
    if contact and not (contact.startswith(("mailto:", "https://")) and contact.isprintable()):
        raise UnsafeSettings("SECURITY_CONTACT is neither mailto: nor https://")


def _refuse_unfit_sender(settings: Settings) -> None:
    if not _is_one_address(settings.mail_from):
        raise UnsafeSettings("MAIL_FROM is no e-mail address: say name@domain, or Name <name@domain>")


def _is_one_address(sender: str) -> bool:
    addresses = [address for _, address in getaddresses([sender])] if sender.isprintable() else []
    return len(addresses) == 1 and re.fullmatch(r"[!-~]+@[!-~]+", addresses[0]) is not None


def _refuse_unfit_server(settings: Settings) -> None:
    server = urlsplit(settings.mail_url)
    if not _is_mail_server(server):
        raise UnsafeSettings(f"MAIL_URL is no mail server: say {'://host or '.join(MAIL_SCHEMES)}://host")
    if server.username and server.scheme == "smtp" and server.hostname not in THIS_COMPUTER:
        raise UnsafeSettings("MAIL_URL would send its password in the clear: say smtp+tls:// or smtps://")
    if settings.mail_from == Settings.mail_from:
        raise UnsafeSettings("MAIL_URL is set and MAIL_FROM is not: say whom letters come from")


def _is_mail_server(server: SplitResult) -> bool:
    try:
        return server.scheme in MAIL_SCHEMES and bool(server.hostname) and server.port != 0
    except ValueError:  # a port that is no number
        return False
