"""Schlüssel des Anmeldedienstes: public keys by their id, renewed when one is unknown."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import requests

from app.connectors.bounded_http import fetch_json
from app.connectors.last_good import LastGood
from app.errors import Unavailable

Keys = Mapping[str, Mapping[str, Any]]


class ProviderKeys:
    """Keeps the promises of ``KeySource`` with a published key set (RFC 7517).

    Keys are read again after ten minutes, or when a token names one we do not know, yet for
    that reason at most once a minute; while the provider is down the last ones serve for a day.
    """

    def __init__(
        self,
        jwks_uri: Callable[[], str],
        http: requests.Session,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keys: LastGood[Keys] = LastGood(lambda: _load(http, jwks_uri()), clock)

    def key(self, kid: str) -> Mapping[str, Any] | None:
        """Return the key with exactly this id.

        :raises Unavailable: no keys can be had.
        """
        return self._keys.value().get(kid) or self._keys.renewed().get(kid)


def _load(http: requests.Session, address: str) -> Keys:
    listed = fetch_json(http, address).get("keys")
    found: dict[str, Mapping[str, Any]] = {}
    twice: set[str] = set()
    for key in listed if isinstance(listed, list) else ():
        if not isinstance(key, dict) or key.get("use", "sig") != "sig":
            continue
        kid = key.get("kid")
        if isinstance(kid, str) and kid:
            twice.update({kid} & found.keys())
            found[kid] = key
    usable = {kid: key for kid, key in found.items() if kid not in twice}
    if not usable:
        raise Unavailable("sign_in")
    return usable
