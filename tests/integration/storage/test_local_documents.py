"""What only documents on a local disk must withstand."""

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from storage.documents import StoreUnavailable
from storage.local_documents import LocalDocuments

KEY = "evidence/a"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "documents"


@pytest.fixture
def store(folder):
    return LocalDocuments(folder)


def put(store, key=KEY, content=b"document"):
    store.put(key, io.BytesIO(content), len(content), "text/plain")


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_files_and_folders_are_for_the_owner_alone(store, folder):
    put(store)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in files(folder)}
    folder_modes = {
        stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")] if path.is_dir()
    }
    assert modes == {0o600}
    assert folder_modes == {0o700}


def test_a_linked_folder_is_not_followed(store, folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a=").write_bytes(b"secret")
    put(store, "letters/b")
    (folder / "evidence").symlink_to(outside)

    with pytest.raises(StoreUnavailable):
        store.read(KEY)
    with pytest.raises(StoreUnavailable):
        put(store)
    with pytest.raises(StoreUnavailable):
        store.delete(KEY)
    assert (outside / "a=").read_bytes() == b"secret"
    assert list(store.keys("")) == ["letters/b"]


def test_a_linked_file_is_not_read(store, folder, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    put(store)
    file = folder / "evidence" / "a="
    file.unlink()
    file.symlink_to(secret)

    with pytest.raises(StoreUnavailable):
        store.read(KEY)


def test_a_put_replaces_a_link_instead_of_writing_through_it(store, folder, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    put(store)
    file = folder / "evidence" / "a="
    file.unlink()
    file.symlink_to(secret)

    put(store)

    assert secret.read_bytes() == b"secret"
    assert b"".join(store.read(KEY)) == b"document"


def test_a_named_pipe_does_not_hold_the_reader(store, folder):
    put(store)
    file = folder / "evidence" / "a="
    file.unlink()
    os.mkfifo(file)

    with pytest.raises(StoreUnavailable):
        store.read(KEY)


def test_a_writer_that_dies_leaves_nothing_readable_and_nothing_for_ever(store, folder):
    program = """
import os, sys
from pathlib import Path
from storage.local_documents import LocalDocuments

class Deadly:
    def __init__(self): self.calls = 0
    def read(self, size):
        self.calls += 1
        if self.calls == 2: os._exit(9)
        return b"x" * size

LocalDocuments(Path(sys.argv[1])).put("evidence/a", Deadly(), 3 * 1024 * 1024, "text/plain")
"""
    command = [sys.executable, "-c", program, str(folder)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 9
    assert len(files(folder)) == 1
    assert list(store.keys("")) == []

    put(store, "evidence/b")

    assert [path.name for path in files(folder)] == ["b="]


def test_the_file_of_a_living_writer_is_left_alone(store):
    class Interrupted(io.BytesIO):
        def read(self, size=-1):
            put(store, "evidence/b", b"second")
            return super().read(size)

    store.put(KEY, Interrupted(b"first"), 5, "text/plain")

    assert b"".join(store.read(KEY)) == b"first"
    assert b"".join(store.read("evidence/b")) == b"second"


def test_a_full_disk_is_an_outage_and_leaves_nothing_behind(folder):
    program = """
import io, resource, signal, sys
from pathlib import Path
from storage.documents import StoreUnavailable
from storage.local_documents import LocalDocuments

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
store = LocalDocuments(Path(sys.argv[1]))
try:
    store.put("evidence/a", io.BytesIO(bytes(200_000)), 200_000, "text/plain")
except StoreUnavailable:
    sys.exit(7)
"""
    command = [sys.executable, "-c", program, str(folder)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 7
    assert files(folder) == []


def test_a_vanished_folder_is_an_outage_not_a_missing_document(store):
    with pytest.raises(StoreUnavailable):
        store.read(KEY)
    with pytest.raises(StoreUnavailable):
        store.keys("")
    with pytest.raises(StoreUnavailable):
        store.delete(KEY)


def test_a_folder_that_cannot_be_made_shows_in_the_check(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    store = LocalDocuments(tmp_path / "file" / "documents")

    with pytest.raises(StoreUnavailable):
        store.check()
    with pytest.raises(StoreUnavailable):
        put(store)
