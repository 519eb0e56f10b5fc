"""People with duties, signed in with their second factor, for tests of the staff desk."""

from __future__ import annotations

import secrets

from flask import Flask

from classroom.permissions import Duty
from tests import make
from tests.browser import Browser
from tests.make import Guest


def staff(app: Flask, *duties: Duty) -> Guest:
    """Someone with an account and these duties; without any, a learner."""
    return make.account(app, f"{secrets.token_hex(4)}@school.test", duties=duties)


def desk_of(app: Flask, *duties: Duty) -> Browser:
    """The browser of someone with these duties."""
    return make.browser_of(app, staff(app, *duties))
