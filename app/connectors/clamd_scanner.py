"""Virenprüfung by ClamAV's daemon, in its own protocol over a Unix socket or TCP."""

import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Rejected, Unavailable

_MAX_REPLY_BYTES = 4096
_MAX_NAME_LENGTH = 120
_ANSWER = "stream: "
_FOUND = " FOUND"


@dataclass(frozen=True, slots=True)
class ClamdScanner:
    """Keeps the promises of ``Scanner``: whatever is not a plain ``OK`` is not clean.

    ``address`` is the path of a Unix socket, or host and port. A whole scan ends within
    ``patience_s``. The daemon should have a ``StreamMaxLength`` above the largest upload and
    ``AlertExceedsMax yes``. Source: clamd(8), INSTREAM.
    """

    address: str | tuple[str, int]
    connect_s: float = 5.0
    patience_s: float = 60.0

    def scan(self, pieces: Iterable[bytes]) -> str:
        """Send the file in pieces, read one line; see ``Scanner``."""
        deadline = time.monotonic() + self.patience_s
        try:
            with self._connect() as connection:
                complete = _send(connection, pieces, deadline)
                return _verdict(_read_reply(connection, deadline), complete=complete)
        except OSError as error:
            raise Unavailable("scanner") from error

    def _connect(self) -> socket.socket:
        if isinstance(self.address, tuple):
            return socket.create_connection(self.address, timeout=self.connect_s)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(self.connect_s)
            connection.connect(self.address)
        except OSError:
            connection.close()
            raise
        return connection


def _send(connection: socket.socket, pieces: Iterable[bytes], deadline: float) -> bool:
    """Send everything; False if the daemon hung up, which it does after saying why."""
    parts = (len(piece).to_bytes(4, "big") + piece for piece in pieces if piece)  # 0 is the end
    try:
        _send_part(connection, b"zINSTREAM\0", deadline)
        for part in parts:
            _send_part(connection, part, deadline)
        _send_part(connection, bytes(4), deadline)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def _send_part(connection: socket.socket, part: bytes, deadline: float) -> None:
    connection.settimeout(_left(deadline))
    connection.sendall(part)


def _read_reply(connection: socket.socket, deadline: float) -> str:
    """Read up to the closing NUL; empty if it never comes."""
    reply = bytearray()
    while not reply.endswith(b"\0") and len(reply) < _MAX_REPLY_BYTES:
        connection.settimeout(_left(deadline))
        piece = connection.recv(_MAX_REPLY_BYTES)
        if not piece:
            return ""
        reply += piece
    return reply[:-1].decode("ascii", "replace")


def _verdict(reply: str, *, complete: bool) -> str:
    if reply.startswith(_ANSWER) and reply.endswith(_FOUND):
        name = reply.removeprefix(_ANSWER).removesuffix(_FOUND)
        return "".join(c if c.isprintable() else "?" for c in name)[:_MAX_NAME_LENGTH] or "?"
    if complete and reply == f"{_ANSWER}OK":
        return ""
    if "size limit exceeded" in reply:
        raise Rejected("scanner")
    raise Unavailable("scanner")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
