"""The WSGI application, for any server: `wsgi:app`."""

from classroom import create_app

app = create_app()
