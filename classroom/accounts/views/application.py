"""What the views of people ask the application for."""

from __future__ import annotations

from typing import cast

from flask import current_app

from classroom import phrases
from classroom.accounts.passkeys import RelyingParty
from classroom.accounts.sessions import Known
from classroom.accounts.tokens import Tokens
from classroom.config import Settings
from classroom.errors import Missing
from classroom.retention import Register
from classroom.vault import Vault


def settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])


def site_name() -> str:
    return settings().site_name or phrases.SITE_NAME


def vault() -> Vault:
    return cast(Vault, current_app.extensions["vault"])


def register() -> Register:
    return cast(Register, current_app.extensions["register"])


def tokens() -> Tokens:
    return Tokens(settings().secret_key, vault())


def relying_party() -> RelyingParty:
    """This site, as authenticators know it. Raises `Missing` where passkeys cannot be."""
    party = RelyingParty.of(settings())
    if party is None:
        raise Missing("")
    return party


def has_passkeys() -> bool:
    """Whether browsers make passkeys for this site's address."""
    return RelyingParty.of(settings()) is not None


def oneself(person: Known) -> Known:
    """For a view that is about whoever asks."""
    return person
