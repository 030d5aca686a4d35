"""Port: a free one on the loopback address."""

import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Tell whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Let the kernel name a free port."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def kept_port(note: Path) -> int:
    """Return the port written in ``note`` if it is free, else write a new one there."""
    text = note.read_text(encoding="ascii").strip() if note.exists() else ""
    if text.isdigit() and int(text) < 65536 and is_free(int(text)):
        return int(text)
    port = free_port()
    note.write_text(f"{port}\n", encoding="ascii")
    return port
