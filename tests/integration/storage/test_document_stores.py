"""What every DocumentStore promises, over all implementations."""

import io
import threading

import pytest

from storage.documents import DocumentMissing, StoreUnavailable

KEY = "evidence/3f0c8a52-7d7e-4a60-9f57-6a6d1b3c9e11"
MIB = 1024 * 1024


def put(store, key, content):
    store.put(key, io.BytesIO(content), len(content), "application/octet-stream")


def read(store, key):
    return b"".join(store.read(key))


@pytest.mark.parametrize("size", [0, 1, MIB, MIB + 1, 10 * MIB, 17 * MIB])
def test_what_was_put_is_read_back(store, size):
    content = (bytes(range(251)) * (size // 251 + 1))[:size]

    put(store, KEY, content)

    chunks = list(store.read(KEY))
    assert b"".join(chunks) == content
    assert all(0 < len(chunk) <= MIB for chunk in chunks)


def test_a_second_put_replaces_the_first(store):
    put(store, KEY, b"a long first version")
    put(store, KEY, b"second")

    assert read(store, KEY) == b"second"
    assert list(store.keys("")) == [KEY]


def test_only_the_announced_bytes_are_taken(store):
    content = io.BytesIO(b"document and more")

    store.put(KEY, content, len(b"document"), "text/plain")

    assert read(store, KEY) == b"document"
    assert content.read() == b" and more"


def test_a_missing_document_shows_before_the_first_byte_is_asked_for(store):
    with pytest.raises(DocumentMissing):
        store.read(KEY)


def test_a_deleted_document_is_missing(store):
    put(store, KEY, b"document")

    store.delete(KEY)

    with pytest.raises(DocumentMissing):
        store.read(KEY)
    assert list(store.keys("")) == []


def test_deleting_what_is_not_there_is_no_error(store):
    put(store, "letters/a", b"stays")

    store.delete(KEY)
    store.delete("letters/b")

    assert list(store.keys("")) == ["letters/a"]


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("", {"a", "a/b", "a/b.pdf", "ab/c", "z"}),
        ("a", {"a", "a/b", "a/b.pdf", "ab/c"}),
        ("a/", {"a/b", "a/b.pdf"}),
        ("a/b", {"a/b", "a/b.pdf"}),
        ("missing/", set()),
    ],
)
def test_keys_are_found_by_prefix(store, prefix, found):
    for key in ("a", "a/b", "a/b.pdf", "ab/c", "z"):
        put(store, key, key.encode())

    assert sorted(store.keys(prefix)) == sorted(found)
    assert read(store, "a") == b"a"
    assert read(store, "a/b") == b"a/b"


def test_more_keys_than_one_listing_holds_are_all_found(store):
    keys = [f"many/{number:04}" for number in range(1005)]
    for key in keys:
        put(store, key, b"")

    assert sorted(store.keys("many/")) == keys


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/",
        "/etc/passwd",
        "evidence/",
        "evidence//a",
        "../secret",
        "evidence/../../secret",
        "evidence/./a",
        "evidence/.hidden",
        ".incoming/a",
        "Evidence/a",
        "evidence/ä",
        "evidence/a b",
        "evidence/a\n",
        "evidence/a\0",
        "evidence/a=",
        "evidence\\a",
        "evidence/%2e%2e/a",
        "evidence/a?versionId=1",
        "a" * 201,
    ],
)
def test_a_tampered_key_is_refused(store, key):
    with pytest.raises(ValueError, match="document key"):
        put(store, key, b"document")
    with pytest.raises(ValueError, match="document key"):
        store.read(key)
    with pytest.raises(ValueError, match="document key"):
        store.delete(key)


@pytest.mark.parametrize("prefix", ["/", "../", "a//", ".", "a/../", "A", "a\n"])
def test_a_tampered_prefix_is_refused(store, prefix):
    with pytest.raises(ValueError, match="document key"):
        store.keys(prefix)


def test_content_that_ends_early_leaves_nothing_behind(store):
    with pytest.raises(ValueError, match="shorter"):
        store.put(KEY, io.BytesIO(b"half"), 8, "text/plain")

    with pytest.raises(DocumentMissing):
        store.read(KEY)
    assert list(store.keys("")) == []


def test_content_that_breaks_off_leaves_the_earlier_version(store):
    class Broken(io.RawIOBase):
        def __init__(self):
            self.pieces = [b"x" * MIB, b"y" * MIB]

        def read(self, size=-1):
            if not self.pieces:
                raise ConnectionResetError
            return self.pieces.pop()[:size]

    put(store, KEY, b"earlier version")

    with pytest.raises((ConnectionResetError, StoreUnavailable)):
        store.put(KEY, Broken(), 3 * MIB, "text/plain")

    assert read(store, KEY) == b"earlier version"


def test_a_negative_size_is_refused(store):
    with pytest.raises(ValueError, match="size"):
        store.put(KEY, io.BytesIO(b"document"), -1, "text/plain")


def test_readers_see_one_whole_version_while_writers_replace_it(store):
    versions = [bytes([number]) * (300_000 + number) for number in range(4)]
    put(store, KEY, versions[0])
    seen, faults = set(), []

    def write(version):
        for _ in range(5):
            put(store, KEY, version)

    def look():
        for _ in range(10):
            content = read(store, KEY)
            seen.add(content)
            if content not in versions:
                faults.append(len(content))

    threads = [threading.Thread(target=write, args=(version,)) for version in versions]
    threads += [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not faults
    assert seen
    assert read(store, KEY) in versions
    assert list(store.keys("")) == [KEY]
