"""Zwischenspeicher: what another system published, and its last good state when that is down."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final, Generic, TypeVar

from app.errors import Unavailable

FRESH_S: Final = 10 * 60
KEPT_S: Final = 24 * 60 * 60
RENEWAL_PAUSE_S: Final = 60
RETRY_PAUSE_S: Final = 5

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Held(Generic[T]):
    value: T
    loaded_at: float


class LastGood(Generic[T]):
    """Loads a value when it is asked for; safe to share between threads.

    A value is fresh for ``FRESH_S`` seconds and is kept for ``KEPT_S`` while loading fails;
    ``load`` reports failure as :class:`Unavailable`. ``clock`` counts seconds, never backwards.
    """

    def __init__(self, load: Callable[[], T], clock: Callable[[], float] = time.monotonic) -> None:
        self._load = load
        self._clock = clock
        self._lock = Lock()
        self._held: _Held[T] | None = None
        self._failed_at = self._renewed_at = float("-inf")

    def value(self) -> T:
        """Return the value, loaded anew if it is no longer fresh.

        :raises Unavailable: it cannot be loaded and no state is young enough.
        """
        held = self._held
        if held and self._age(held) < FRESH_S:
            return held.value
        usable = held is not None and self._age(held) < KEPT_S
        if not self._lock.acquire(blocking=not usable):
            return self._best()  # somebody else is loading; the old one will do meanwhile
        try:
            held = self._held
            if held is None or self._age(held) >= FRESH_S:
                self._try(RENEWAL_PAUSE_S if usable else RETRY_PAUSE_S)
        finally:
            self._lock.release()
        return self._best()

    def renewed(self) -> T:
        """Return the value, loaded anew although it is fresh, yet at most once a minute.

        :raises Unavailable: as for :meth:`value`.
        """
        with self._lock:
            if self._clock() - self._renewed_at >= RENEWAL_PAUSE_S:
                self._renewed_at = self._clock()
                self._try(RETRY_PAUSE_S)
        return self._best()

    def _try(self, pause_s: float) -> None:
        if self._clock() - self._failed_at < pause_s:
            return
        try:
            self._held = _Held(self._load(), self._clock())
        except Unavailable:
            self._failed_at = self._clock()

    def _best(self) -> T:
        held = self._held
        if held is None or self._age(held) >= KEPT_S:
            raise Unavailable("sign_in")
        return held.value

    def _age(self, held: _Held[T]) -> float:
        return self._clock() - held.loaded_at
