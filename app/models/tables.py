"""Every model, imported once, so that migrations and mappers see all tables."""

from importlib import import_module
from pkgutil import iter_modules

import app.models

MODULES = tuple(
    import_module(f"app.models.{module.name}")
    for module in iter_modules(app.models.__path__)
    if module.name != "tables"
)
