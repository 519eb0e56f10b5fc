"""A Thai-language human rights classroom. `create_app` is the table of contents."""

from __future__ import annotations

import os

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from classroom.config import Settings, from_environment
from classroom.database import db, prepare_engine

LARGEST_FORM = 256 * 1024
"""Bytes. A Thai letter takes nine in a form, so this is about 29,000 of them."""
MOST_FIELDS = 1000


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings (default: the environment's). Raises `UnsafeSettings`, `BrokenLessons`."""
    from classroom.accounts import guests, last_letters, mails, sessions
    from classroom.accounts import holdings as accounts_holdings
    from classroom.accounts.tokens import Tokens
    from classroom.accounts.views import account, data, entry, join, link, people, second_factor, security
    from classroom.home import audit, desk, development, letters
    from classroom.home import views as home
    from classroom.learning import holdings as learning_holdings
    from classroom.learning.views import catalogue, lessons, quizzes, reference
    from classroom.mail import holdings as mail_holdings
    from classroom.mail.delivery import Delivery, transport_of
    from classroom.notes import holdings as notes_holdings
    from classroom.notes import views as notes
    from classroom.retention import Register
    from classroom.vault import Vault
    from classroom.web import errors, headers, leaving, library, logging, pages, static_files, templating, visitor
    from classroom.web import holdings as web_holdings
    from classroom.web.site import Site

    settings = settings or from_environment(os.environ)
    app = Site("classroom", static_folder=None, template_folder=str(settings.templates))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_FIELDS,
    )
    app.extensions["settings"] = settings
    app.extensions["pages"] = pages.Shelf()
    app.extensions["pieces"] = pages.Shelf()
    vault = app.extensions["vault"] = Vault([settings.data_key.encode()])
    app.extensions["register"] = Register(
        learning_holdings.holdings(vault)
        + mail_holdings.HOLDINGS
        + web_holdings.HOLDINGS
        + notes_holdings.HOLDINGS
        + accounts_holdings.HOLDINGS
    )

    logging.init_app()
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)

    library.init_app(app, settings.lessons, follows_files=settings.is_development)
    templating.init_app(app, settings)
    errors.init_app(app)
    headers.init_app(app, is_development=settings.is_development)
    visitor.init_app(
        app,
        visitor.PeopleOf(sessions.find, sessions.note_use, guests.begin_guest, sessions.end),
        settings.cookie_prefix,
    )
    static_files.init_app(app, settings.static)
    tokens = Tokens(settings.secret_key, vault)
    app.extensions["delivery"] = Delivery(
        kinds=(*mails.kinds(tokens), *last_letters.kinds(tokens)),
        transport=transport_of(settings),
        settings=settings,
        vault=app.extensions["vault"],
        templates=app.jinja_env,
    )

    for views in (
        home,
        leaving,
        entry,
        join,
        link,
        account,
        people,
        security,
        second_factor,
        data,
        catalogue,
        lessons,
        quizzes,
        reference,
        notes,
        letters,
        desk,
        audit,
    ):
        app.register_blueprint(views.blueprint)
    if settings.is_development:
        app.register_blueprint(development.blueprint)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _engine_options(settings: Settings) -> dict[str, object]:
    if settings.is_sqlite:
        return {"pool_size": 32, "max_overflow": 0, "pool_timeout": 5}
    return {"pool_size": 8, "max_overflow": 8, "pool_timeout": 5, "pool_pre_ping": True}
