"""The application a WSGI server runs."""

import os

from app.boot import create_app
from app.config import Config

app = create_app(Config.from_env(os.environ))
