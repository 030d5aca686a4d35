"""Falscher clamd: speaks ClamAV's protocol on a real socket and knows one piece of malware."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.connectors.memory_scanner import EICAR

#: what the daemon does with a connection instead of scanning
Mischief = Callable[["Handler"], None]


class Handler(socketserver.BaseRequestHandler):
    """One connection: a command, then pieces up to one without bytes."""

    def handle(self) -> None:
        """Scan, or do what the test wants."""
        if self.server.mischief is not None:
            self.server.mischief(self)
            return
        assert self.exactly(10) == b"zINSTREAM\0"
        content = bytearray()
        while size_bytes := int.from_bytes(self.exactly(4), "big"):
            if len(content) + size_bytes > self.server.max_size_bytes:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
            content += self.exactly(size_bytes)
        found = b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
        self.request.sendall(b"stream: " + found + b"\0")

    def exactly(self, size_bytes: int) -> bytes:
        """Read so many bytes."""
        content = bytearray()
        while len(content) < size_bytes:
            piece = self.request.recv(size_bytes - len(content))
            if not piece:
                raise ConnectionError
            content += piece
        return bytes(content)

    def drain(self) -> None:
        """Read until the client has sent its end mark."""
        self.exactly(10)
        while size_bytes := int.from_bytes(self.exactly(4), "big"):
            self.exactly(size_bytes)


class _Quiet:
    daemon_threads = True
    mischief: Mischief | None = None
    max_size_bytes = 1024 * 1024

    def handle_error(self, *_: object) -> None:
        """Say nothing about clients that leave."""


class _Tcp(_Quiet, socketserver.ThreadingTCPServer):
    pass


class _Unix(_Quiet, socketserver.ThreadingUnixStreamServer):
    pass


@contextmanager
def fake_clamd(place: Path | None = None, mischief: Mischief | None = None) -> Iterator[object]:
    """Run a daemon at a path, or on a free port; yields the address a client needs."""
    server = _Unix(str(place), Handler) if place else _Tcp(("127.0.0.1", 0), Handler)
    server.mischief = mischief
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield str(place) if place else server.server_address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
