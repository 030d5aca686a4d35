"""Virus scanners: real and harmless keep the same promises; nothing unseen is ever clean."""

import _socket
import socket
import threading

import pytest

from app.connectors.clamd_scanner import ClamdScanner
from app.connectors.memory_scanner import EICAR, MemoryScanner
from app.errors import Rejected, Unavailable
from tests.support.clamd import fake_clamd


@pytest.fixture
def paths_allowed(monkeypatch):
    """A socket with a path never leaves this machine, so the guard of the tests may rest."""
    monkeypatch.setattr(socket.socket, "connect", _socket.socket.connect)


@pytest.fixture(params=["tcp", "unix", "memory"])
def scanner(request, tmp_path):
    if request.param == "memory":
        twin = MemoryScanner()
        twin.max_size_bytes = 1024 * 1024
        yield twin
        return
    place = None
    if request.param == "unix":
        request.getfixturevalue("paths_allowed")
        place = tmp_path / "clamd.sock"
    with fake_clamd(place) as address:
        yield ClamdScanner(address)


@pytest.mark.parametrize(
    "pieces", [[], [b""], [b"harmlos"], [b"x" * 70_000] * 3, [b"a", b"", b"b"]]
)
def test_a_clean_file_is_clean(scanner, pieces):
    assert scanner.scan(iter(pieces)) == ""


@pytest.mark.abuse("A11")
@pytest.mark.parametrize(
    "pieces",
    [
        [EICAR],
        [b"x" * 100_000, EICAR],
        [EICAR[:30], EICAR[30:]],
        [b"harmlos", b"", EICAR],
    ],
    ids=["plain", "late", "cut in two", "after an empty piece"],
)
def test_malware_is_named(scanner, pieces):
    assert scanner.scan(iter(pieces)) == "Eicar-Test-Signature"


@pytest.mark.abuse("A11")
def test_a_file_beyond_the_scanners_limit_is_not_clean(scanner):
    with pytest.raises((Rejected, Unavailable)):
        scanner.scan(iter([b"x" * 700_000, b"x" * 700_000]))


def answer(reply: bytes):
    def give(handler):
        handler.drain()
        handler.request.sendall(reply)

    return give


@pytest.mark.abuse("A11")
@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"stream: OK",
        b"\0",
        b"OK\0",
        b"stream: OKAY\0",
        b"stream: Can't allocate memory ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"x" * 10_000,
    ],
)
def test_whatever_is_not_a_plain_ok_is_not_clean(reply):
    with fake_clamd(mischief=answer(reply)) as address, pytest.raises(Unavailable):
        ClamdScanner(address, patience_s=2).scan(iter([b"harmlos"]))


@pytest.mark.abuse("A11")
def test_an_ok_before_the_end_of_the_file_does_not_count():
    def hurry(handler):
        handler.exactly(14)
        handler.request.sendall(b"stream: OK\0")

    pieces = (b"x" * 1024 * 1024 for _ in range(64))
    with fake_clamd(mischief=hurry) as address, pytest.raises(Unavailable):
        ClamdScanner(address).scan(pieces)


def test_a_name_is_only_ever_a_short_label():
    name = b"Evil\n\x1b[31m" + b"x" * 500
    with fake_clamd(mischief=answer(b"stream: " + name + b" FOUND\0")) as address:
        found = ClamdScanner(address).scan(iter([b"y"]))
    assert found.startswith("Evil??[31mx")
    assert len(found) == 120


@pytest.mark.abuse("A11")
def test_a_scanner_that_never_answers_is_given_up():
    over = threading.Event()
    with fake_clamd(mischief=lambda _: over.wait(20)) as address:
        with pytest.raises(Unavailable):
            ClamdScanner(address, patience_s=0.3).scan(iter([b"x"]))
        over.set()


@pytest.mark.usefixtures("paths_allowed")
def test_a_scanner_that_is_not_there_is_unavailable(tmp_path):
    with fake_clamd() as address:
        pass
    for place in (address, str(tmp_path / "none.sock")):
        with pytest.raises(Unavailable):
            ClamdScanner(place).scan(iter([b"x"]))
