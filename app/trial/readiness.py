"""Bereit: asks the started server until it says that everything works."""

import urllib.error
import urllib.request
from urllib.parse import urlsplit


def is_ready(address: str, public_url: str) -> bool:
    """Ask ``/readyz`` once at ``address``, under the host name that people use."""
    request = urllib.request.Request(  # noqa: S310 - our own address on the loopback
        f"{address}/readyz", headers={"Host": urlsplit(public_url).netloc}
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - see above
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
