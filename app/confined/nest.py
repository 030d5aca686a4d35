"""Nest: a warm process that lets every job be done by a child of its own."""

import gc
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import NoReturn

from app.confined.channel import Gone, TooLate, frame, receive, send
from app.confined.lifeline import be_first_to_go, end_with_parent
from app.confined.limits import Limits, open_nothing_more
from app.confined.outcome import End, Outcome

#: first message of a nest: everything is loaded
READY = b"ready"
MAX_MESSAGE_BYTES = 32 * 1024 * 1024

Handler = Callable[[bytes], bytes]


def serve(handler: Handler) -> None:
    """Do jobs from standard input until it ends; the command line names the limits.

    Everything that ``handler`` needs must be loaded before: a child can open no file.
    """
    limits = Limits.from_arguments(sys.argv[1:])
    orders, answers = _take_over_pipes()
    be_first_to_go()
    gc.collect()
    gc.freeze()  # children share these pages as long as nobody writes to them
    try:
        send(answers, READY, None)
        while True:
            job = receive(orders, None, max_bytes=MAX_MESSAGE_BYTES)
            send(answers, _do(job, handler, limits, orders, answers).to_bytes(), None)
    except Gone:
        return


def _take_over_pipes() -> tuple[int, int]:
    """Move the pipes to where nothing that is printed can reach them."""
    orders, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.close(nothing)
    os.set_blocking(answers, False)
    return orders, answers


def _do(job: bytes, handler: Handler, limits: Limits, orders: int, answers: int) -> Outcome:
    """Let a child do it; it ends at once when whoever asked is gone."""
    nest = os.getpid()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        for descriptor in (orders, answers, reading):
            os.close(descriptor)
        _be_child(job, handler, limits, writing, nest)
    os.close(writing)
    try:
        end, content = _listen(reading, orders, limits)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)  # nobody has waited for it yet, so the pid is its own
        _, _, spent = os.wait4(child, 0)
    return Outcome(end, content, spent.ru_utime + spent.ru_stime, spent.ru_maxrss * 1024)


def _listen(reading: int, orders: int, limits: Limits) -> tuple[End, bytes]:
    deadline = time.monotonic() + limits.wall_s
    try:
        content = receive(reading, deadline, max_bytes=MAX_MESSAGE_BYTES // 2, watched=orders)
    except Gone:
        return End.DIED, b""
    except TooLate:
        return End.HUNG, b""
    return End.ANSWERED, content


def _be_child(job: bytes, handler: Handler, limits: Limits, writing: int, nest: int) -> NoReturn:
    code = 1
    try:
        end_with_parent(nest)
        limits.confine()
        open_nothing_more()
        left = memoryview(frame(handler(job)))
        while left:
            left = left[os.write(writing, left) :]
        code = 0
    finally:
        os._exit(code)
