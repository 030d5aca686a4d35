"""The way from a view to the parts that wiring chose."""

from typing import cast

from flask import current_app

from app.wiring import Parts


def parts() -> Parts:
    """Return the parts of the running app."""
    return cast("Parts", current_app.extensions["parts"])
