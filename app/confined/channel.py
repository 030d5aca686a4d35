"""Leitung: whole messages over a pipe, and nobody waits longer than agreed."""

import os
import select
import struct
import time

_LENGTH = struct.Struct(">Q")
_PIECE_BYTES = 1 << 16


class Gone(Exception):
    """The other end does not exist any more, or does not speak our language."""


class TooLate(Exception):
    """The agreed time is over."""


def frame(message: bytes) -> bytes:
    """Put the length in front, so that the reader knows when all has come."""
    return _LENGTH.pack(len(message)) + message


def send(descriptor: int, message: bytes, deadline: float | None) -> None:
    """Write a message; ``deadline`` as in ``time.monotonic()``, None is never.

    The descriptor must not block.

    :raises Gone: nobody reads it.
    :raises TooLate: nobody read it in time.
    """
    left = memoryview(frame(message))
    while left:
        _wait(descriptor, select.POLLOUT, deadline)
        try:
            left = left[os.write(descriptor, left[:_PIECE_BYTES]) :]
        except BlockingIOError:
            continue
        except OSError:
            raise Gone from None


def receive(
    descriptor: int, deadline: float | None, *, max_bytes: int, watched: int | None = None
) -> bytes:
    """Read a message; see :func:`send`. Anything that happens at ``watched`` ends the wait.

    :raises Gone: nobody writes any more, or more than ``max_bytes``, or ``watched`` stirred.
    :raises TooLate: it did not come in time.
    """
    head = _read(descriptor, _LENGTH.size, deadline, watched)
    [length] = _LENGTH.unpack(head)
    if length > max_bytes:
        raise Gone
    return _read(descriptor, length, deadline, watched)


def _read(descriptor: int, length: int, deadline: float | None, watched: int | None) -> bytes:
    content = bytearray()
    while len(content) < length:
        _wait(descriptor, select.POLLIN, deadline, watched)
        piece = os.read(descriptor, min(_PIECE_BYTES, length - len(content)))
        if not piece:
            raise Gone
        content += piece
    return bytes(content)


def _wait(descriptor: int, event: int, deadline: float | None, watched: int | None = None) -> None:
    poll = select.poll()
    poll.register(descriptor, event)
    if watched is not None:
        poll.register(watched, select.POLLIN)
    left_ms = None if deadline is None else max(0, (deadline - time.monotonic()) * 1000)
    stirred = dict(poll.poll(left_ms))
    if not stirred:
        raise TooLate
    if watched in stirred:
        raise Gone
