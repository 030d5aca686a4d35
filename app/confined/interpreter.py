"""Interpreter: how a confined process of ours is started."""

import sys
from collections.abc import Mapping
from pathlib import Path

#: where modules are found; a confined process starts here
FOLDER = Path(__file__).parents[2]
#: a confined process inherits nothing: the environment holds secrets
NO_ENVIRONMENT: Mapping[str, str] = {}


def command(module: str, *arguments: str) -> list[str]:
    """Run one of our modules with the interpreter we run in ourselves."""
    return [sys.executable, "-E", "-s", "-m", module, *arguments]
