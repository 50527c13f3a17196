"""The WSGI entry point: `granian --interface wsgi wsgi:app`, or any other server."""

from app import create_app

app = create_app()
