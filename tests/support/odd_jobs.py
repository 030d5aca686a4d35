"""Sonderlinge: a nest whose jobs misbehave; a job is the name of what it does and an argument."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from app.confined.nest import serve

KEPT = bytearray(1)


def spin(_: str) -> str:
    while True:
        pass


def hog(_: str) -> str:
    return str(len(bytearray(700_000_000)))


def sleep(_: str) -> str:
    time.sleep(60)
    return "awake"


def stop(_: str) -> str:
    os.kill(os.getpid(), signal.SIGSTOP)
    return "woken"


def abort(_: str) -> str:
    os.abort()


def fail(_: str) -> str:
    raise ValueError("a secret of the job")


def close_all(_: str) -> str:
    os.closerange(0, 1000)
    return "closed"


def kill_nest(_: str) -> str:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)
    return "killed"


def read(path: str) -> str:
    return Path(path).read_text()


def write(path: str) -> str:
    return str(Path(path).write_text("x"))


def reach(_: str) -> str:
    """Get as far as one must to call anybody."""
    socket.socket().close()
    return "reached"


def execute(path: str) -> str:
    return str(subprocess.run(["/bin/sh", "-c", f"echo x > {path}"], check=True))


def load(module: str) -> str:
    return str(__import__(module))


def environment(_: str) -> str:
    return repr(dict(os.environ))


def descriptors(_: str) -> str:
    """Those that are open."""
    found = []
    for number in range(64):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return repr(found)


def remember(word: str) -> str:
    """What an earlier job left behind."""
    before = KEPT.decode("latin-1")
    KEPT[:] = word.encode("latin-1")
    return before


def talk(_: str) -> str:
    sys.stdout.write("this is no answer")
    sys.stdout.flush()
    sys.stderr.write("nor is this")
    return "answer"


def echo(word: str) -> str:
    return word


def repeat(count: str) -> str:
    return "x" * int(count)


def pids(_: str) -> str:
    return f"{os.getppid()} {os.getpid()}"


def handle(job: bytes) -> bytes:
    name, _, argument = job.decode().partition(" ")
    return str(globals()[name](argument)).encode()


if __name__ == "__main__":
    serve(handle)
