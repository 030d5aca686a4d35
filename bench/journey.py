"""The whole journey through the interface: draft, answers, photo, submission, claim, decision.

Web server and worker are processes of their own; the clients share the machine with them.
"""

import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import requests

from app.web.trial.token import fetch_token
from bench.timing import Result, median_us
from tests.support.applications import METER_PHOTO, MUNICIPALITY, SERVICE, granted, new_meter
from tests.support.database import TEMPLATE, create_database, create_template
from tests.support.live import LivePlatform
from tests.support.postgres import ThrowAwayPostgres
from tests.support.samples import jpeg_photo

PHOTO = jpeg_photo(400, 300)
SECONDS = 15
CLIENTS = (1, 4)


def measure() -> Iterator[Result]:
    server = ThrowAwayPostgres()
    with tempfile.TemporaryDirectory() as folder:
        address = server.start()
        create_template(address)
        live = LivePlatform(create_database(address, "bench", TEMPLATE), Path(folder))
        try:
            live.start()
            yield from _limit(address)
            for clients in CLIENTS:
                yield from _load(live, clients)
        finally:
            live.stop()
            server.stop()


def _limit(address: str) -> Iterator[Result]:
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bench_limit (n int)")
        connection.commit()

        def insert() -> None:
            connection.execute("INSERT INTO bench_limit VALUES (1)")
            connection.commit()

        yield {"name": "limit.insert_commit_per_s", "value": 1e6 / median_us(insert), "unit": "1/s"}


def _load(live: LivePlatform, clients: int) -> Iterator[Result]:
    tokens = {who: fetch_token(who, {"PUBLIC_URL": live.url}) for who in ("citizen", "caseworker")}
    spans: list[float] = []
    done = [0]
    end = time.monotonic() + SECONDS

    def work() -> None:
        with requests.Session() as http:
            while time.monotonic() < end:
                _case(http, live.url, tokens, spans)
                done[0] += 1

    threads = [threading.Thread(target=work) for _ in range(clients)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.monotonic() - began
    name = f"journey.c{clients}"
    spans.sort()
    yield {"name": f"{name}.cases_per_s", "value": done[0] / elapsed, "unit": "1/s"}
    yield {"name": f"{name}.request_p50_ms", "value": statistics.median(spans), "unit": "ms"}
    yield {"name": f"{name}.request_p95_ms", "value": spans[int(len(spans) * 0.95)], "unit": "ms"}


def _case(http: requests.Session, url: str, tokens: dict[str, str], spans: list[float]) -> None:
    def call(who: str, method: str, path: str, **options: object) -> dict:
        headers = {"Authorization": f"Bearer {tokens[who]}", "Idempotency-Key": str(uuid4())}
        start = time.perf_counter()
        answer = http.request(method, f"{url}/api/v1{path}", headers=headers, timeout=60, **options)
        spans.append((time.perf_counter() - start) * 1000)
        answer.raise_for_status()
        return answer.json()

    built = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    answers = new_meter(einbau={"datum": built, "stand": 0.25, "bauart": "fest"})
    draft = call(
        "citizen",
        "POST",
        "/applications",
        json={"municipality": MUNICIPALITY, "service": SERVICE, "answers": answers},
    )
    own = f"/applications/{draft['id']}"
    photo = {"file": ("zaehler.jpg", PHOTO, "image/jpeg")}
    call("citizen", "POST", f"{own}/evidence", data={"field": METER_PHOTO}, files=photo)
    case = call("citizen", "POST", f"{own}/submission", json={"declaration": True})
    tasks = call("caseworker", "GET", f"/tasks?q={case['file_reference']}")["items"]
    while not tasks:
        time.sleep(0.05)
        tasks = call("caseworker", "GET", f"/tasks?q={case['file_reference']}")["items"]
    task = f"/tasks/{tasks[0]['id']}"
    call("caseworker", "POST", f"{task}/claim")
    call("caseworker", "POST", f"{task}/completion", json={"answers": granted()})
