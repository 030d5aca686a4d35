"""Signaturschlüssel des Probe-Anmeldedienstes: made once, shared by all processes."""

import os
import tempfile
from functools import lru_cache
from pathlib import Path

from joserfc.jwk import RSAKey

_NAME = "signing_key.pem"


@lru_cache(maxsize=8)
def signing_key(folder: Path) -> RSAKey:
    """Return the key kept in ``folder`` (readable only by its owner), made on the first call."""
    path = folder / _NAME
    if not path.exists():
        _make(path)
    key = RSAKey.import_key(path.read_bytes())
    return RSAKey.import_key(
        path.read_bytes(), {"use": "sig", "alg": "RS256", "kid": key.thumbprint()}
    )


def _make(path: Path) -> None:
    """Write it whole and only if no other process was faster."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, fresh = tempfile.mkstemp(dir=path.parent)  # 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(RSAKey.generate_key(2048).as_pem(private=True))
        os.link(fresh, path)
    except FileExistsError:
        return
    finally:
        Path(fresh).unlink()
