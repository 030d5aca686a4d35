"""Geduld: how long and how often the object store is asked before giving up."""

from types import TracebackType
from typing import Self

from urllib3 import BaseHTTPResponse, PoolManager, Timeout
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import ReadTimeoutError
from urllib3.util.retry import Retry

_CONNECT_TIMEOUT_S = 2.0
_READ_TIMEOUT_S = 10.0


class _SecondTry(Retry):
    """One more try, but not after a silence: whoever waits would wait twice as long."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        if isinstance(error, ReadTimeoutError):
            raise error
        return super().increment(method, url, response, error, _pool, _stacktrace)


def http_pool() -> PoolManager:
    """Make the connections to one object store: two seconds to connect, ten for an answer."""
    return PoolManager(
        maxsize=16,
        timeout=Timeout(connect=_CONNECT_TIMEOUT_S, read=_READ_TIMEOUT_S),
        retries=_SecondTry(
            total=1, redirect=False, backoff_factor=0.2, status_forcelist=(500, 502, 503, 504)
        ),
    )
