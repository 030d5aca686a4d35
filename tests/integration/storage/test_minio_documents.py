"""What only documents in an S3 bucket must withstand: a store that is down, slow or strange."""

import io
import socket
import socketserver
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import urllib3

from storage.documents import DocumentMissing, StoreUnavailable
from storage.minio_documents import MinioDocuments

KEY = "evidence/a"
ROOT = Path(__file__).parents[3]


def put(store, content=b"document", key=KEY):
    store.put(key, io.BytesIO(content), len(content), "text/plain")


def at(endpoint, secret_key="secret-key"):
    return MinioDocuments(endpoint, "access-key", secret_key, "uploads", secure=False)


def every_call(store):
    return (
        store.check,
        lambda: put(store),
        lambda: list(store.read(KEY)),
        lambda: store.delete(KEY),
        lambda: list(store.keys("")),
    )


@contextmanager
def server_answering(*answers):
    """Serve each connection with the next of ``answers``, the last one again and again."""
    waiting = list(answers)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.settimeout(5)
            request = b""
            while b"\r\n\r\n" not in request:
                request += self.request.recv(65536)
            answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            self.request.sendall(answer)
            self.request.shutdown(socket.SHUT_WR)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def answer(status, body=b"", *, length=None, kind="application/xml"):
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\n"
        f"Content-Length: {len(body) if length is None else length}\r\n\r\n"
    )
    return head.encode() + body


def test_a_missing_bucket_is_made_by_the_first_put(fresh_bucket):
    put(fresh_bucket)

    assert b"".join(fresh_bucket.read(KEY)) == b"document"


def test_a_missing_bucket_is_an_outage_for_readers(fresh_bucket):
    with pytest.raises(StoreUnavailable):
        list(fresh_bucket.keys(""))


def test_documents_are_private(fresh_bucket, object_store):
    put(fresh_bucket)
    address = f"http://{object_store.endpoint}/{fresh_bucket._bucket}/{KEY}"

    with urllib3.PoolManager(retries=False) as http:
        assert http.request("GET", address).status == 403


def test_a_wrong_secret_is_an_outage(object_store):
    store = at(object_store.endpoint)

    for call in every_call(store):
        with pytest.raises(StoreUnavailable):
            call()


def test_a_closed_port_is_an_outage_at_once():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        store = at(f"127.0.0.1:{unused.getsockname()[1]}")

        for call in every_call(store):
            started = time.monotonic()
            with pytest.raises(StoreUnavailable):
                call()
            assert time.monotonic() - started < 5


@pytest.mark.promise("P10")
def test_a_store_that_hangs_is_an_outage_within_fifteen_seconds(fresh_bucket, object_store):
    put(fresh_bucket)
    outcomes = []

    def attempt(call):
        started = time.monotonic()
        try:
            call()
        except StoreUnavailable:
            outcomes.append(time.monotonic() - started)

    threads = [threading.Thread(target=attempt, args=(call,)) for call in every_call(fresh_bucket)]
    object_store.freeze()
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    finally:
        object_store.thaw()

    assert len(outcomes) == len(threads)
    assert max(outcomes) < 15
    # under a key of its own: what timed out may still be done late
    put(fresh_bucket, b"after the outage", "evidence/b")
    assert b"".join(fresh_bucket.read("evidence/b")) == b"after the outage"


def test_one_failed_answer_is_forgiven():
    with server_answering(answer("503 Slow Down"), answer("200 OK", b"document")) as endpoint:
        assert b"".join(at(endpoint).read(KEY)) == b"document"


@pytest.mark.parametrize(
    "strange",
    [
        answer("500 Internal Server Error"),
        answer("507 Insufficient Storage", b"<html>full</html>", kind="text/html"),
        answer("403 Forbidden", b"\xff\xfe", kind="text/html"),
        answer("404 Not Found", b"<html>no such site</html>", kind="text/html"),
        answer("400 Bad Request", b"<Error>", kind="application/xml"),
        answer("301 Moved", b""),
        b"HTTP/1.1 2",
        b"SSH-2.0-OpenSSH\r\n",
        b"",
    ],
)
def test_a_strange_answer_is_an_outage(strange):
    with server_answering(strange) as endpoint:
        store = at(endpoint)
        for call in every_call(store):
            with pytest.raises(StoreUnavailable):
                call()


def test_a_listing_that_is_none_is_an_outage():
    with (
        server_answering(answer("200 OK", b"<html></html>")) as endpoint,
        pytest.raises(StoreUnavailable),
    ):
        list(at(endpoint).keys(""))


def test_a_redirect_is_not_followed():
    with server_answering(answer("200 OK", b"inner secret")) as inner:
        head = f"HTTP/1.1 307 Moved\r\nLocation: http://{inner}/x\r\nContent-Length: 0\r\n\r\n"
        with server_answering(head.encode()) as endpoint, pytest.raises(StoreUnavailable):
            list(at(endpoint).read(KEY))


def test_a_document_cut_short_on_the_way_is_an_outage_not_a_short_document():
    with server_answering(answer("200 OK", b"half", length=8)) as endpoint:
        store = at(endpoint)
        with pytest.raises(StoreUnavailable):
            list(store.read(KEY))


def test_an_error_names_no_secret():
    with server_answering(answer("500 Internal Server Error")) as endpoint:
        with pytest.raises(StoreUnavailable) as caught:
            at(endpoint, secret_key="very-secret").check()
        assert "very-secret" not in repr(caught.value) + repr(caught.value.__cause__)


def test_a_reader_who_stops_early_frees_the_connection(fresh_bucket):
    put(fresh_bucket, bytes(5_000_000))

    for _ in range(40):
        next(fresh_bucket.read(KEY))

    assert len(b"".join(fresh_bucket.read(KEY))) == 5_000_000


def test_a_document_of_ten_megabytes_costs_little_memory(fresh_bucket, object_store):
    program = """
import resource, sys, tempfile
from storage.minio_documents import MinioDocuments

size = 10 * 1024 * 1024
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
endpoint, access_key, secret_key, bucket = sys.argv[1:]
store = MinioDocuments(endpoint, access_key, secret_key, bucket, secure=False)
store.check()
with tempfile.TemporaryFile() as file:
    file.truncate(size)
    before = peak()
    store.put("evidence/a", file, size, "application/pdf")
    assert sum(len(chunk) for chunk in store.read("evidence/a")) == size
print(peak() - before)
"""
    server = object_store
    arguments = [server.endpoint, server.access_key, server.secret_key, fresh_bucket._bucket]
    command = [sys.executable, "-c", program, *arguments]
    run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)

    assert int(run.stdout) * 1024 < 30_000_000


def test_a_missing_document_is_told_apart_from_an_outage(fresh_bucket):
    fresh_bucket.check()

    with pytest.raises(DocumentMissing):
        fresh_bucket.read(KEY)
