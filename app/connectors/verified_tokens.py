"""Geprüfte Token: spares the signature check for a token that was just seen."""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any, Final

KEPT_S: Final = 60
Slot = tuple[bytes, str, str | None]


class VerifiedTokens:
    """A bounded memory, least recently used out first; knows tokens by their hash only.

    Times are seconds since 1970. An entry lives ``KEPT_S`` seconds and never longer than its
    token. Safe to share between threads.
    """

    def __init__(self, size: int = 2048) -> None:
        self._size = size
        self._lock = Lock()
        self._entries: OrderedDict[Slot, tuple[Mapping[str, Any], float, float]] = OrderedDict()

    def get(self, slot: Slot, now: float) -> Mapping[str, Any] | None:
        """Return the claims if the token was verified a moment ago."""
        with self._lock:
            entry = self._entries.get(slot)
            if entry is None:
                return None
            claims, since, until = entry
            if not since <= now < until:
                del self._entries[slot]
                return None
            self._entries.move_to_end(slot)
            return claims

    def put(self, slot: Slot, claims: Mapping[str, Any], *, now: float, expires: float) -> None:
        """Remember a token that was verified at ``now``."""
        with self._lock:
            self._entries[slot] = (claims, now, min(now + KEPT_S, expires))
            self._entries.move_to_end(slot)
            if len(self._entries) > self._size:
                self._entries.popitem(last=False)
