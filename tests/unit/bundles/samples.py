"""Beispielbündel: the water meter bundle, and how to change a file of it."""

from functools import lru_cache
from pathlib import Path

from app.bundles.archive import read_folders
from app.bundles.bundle import compile_bundle
from app.engine.engine import Engine

ROOT = Path(__file__).parents[3]
KEY = "wasserzwischenzaehler"
PROCESS = f"bpmn/{KEY}/process.bpmn"
MANIFEST = f"bpmn/{KEY}/service.toml"
FORM = f"forms/{KEY}/antrag.json"
ENGINE = Engine()


@lru_cache
def meter_files():
    """Read the bundle once."""
    return read_folders(ROOT, KEY)


@lru_cache
def meter():
    """Compile the bundle once."""
    return compile_bundle(meter_files(), ENGINE)


def changed(path, old, new):
    """Replace ``old`` in one file; it must be there."""
    text = meter_files()[path].decode()
    assert old in text
    return {**meter_files(), path: text.replace(old, new).encode()}


def without(*paths):
    """Leave files out."""
    assert all(path in meter_files() for path in paths)
    return {path: content for path, content in meter_files().items() if path not in paths}
