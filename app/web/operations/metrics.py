"""Kennzahlen: requests of this process and the state of the work, for Prometheus."""

import os
from collections.abc import Iterator
from time import perf_counter
from typing import ClassVar

from flask import Blueprint, Response, current_app, g, request
from flask.blueprints import BlueprintSetupState
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0
from sqlalchemy import Engine

from app.web.operations.workload import Workload, read_workload

_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The numbers of one application.

    Counters belong to this process and carry its number, so that several processes behind one
    address never look like one that restarts; gauges come from the database at each scrape.
    """

    CONTENT_TYPE: ClassVar[str] = CONTENT_TYPE_PLAIN_1_0_0

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        process = str(os.getpid())
        self._requests = Counter(
            "antragswerk_requests",
            "Beantwortete Anfragen",
            ("process", "endpoint", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "antragswerk_request_seconds",
            "Dauer der Anfragen",
            ("process", "endpoint"),
            buckets=_BUCKETS_S,
            registry=self._registry,
        )
        self._process = process

    def count(self, endpoint: str, status: int, seconds: float) -> None:
        """Note one answered request; ``endpoint`` is the name of a view, never an address."""
        self._requests.labels(self._process, endpoint, str(status)).inc()
        self._seconds.labels(self._process, endpoint).observe(seconds)

    def expose(self, engine: Engine) -> bytes:
        """Write everything in Prometheus' text format."""
        scraped = CollectorRegistry()
        scraped.register(_Gauges(read_workload(engine)))
        return generate_latest(self._registry) + generate_latest(scraped)


class _Gauges:
    """Gauges made from one look into the database."""

    def __init__(self, workload: Workload | None) -> None:
        self._workload = workload

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges; without a database only that it is missing."""
        work = self._workload
        yield GaugeMetricFamily(
            "antragswerk_database_up", "Datenbank antwortet", 0 if work is None else 1
        )
        if work is None:
            return
        jobs = GaugeMetricFamily("antragswerk_jobs", "Jobs nach Zustand", labels=["status"])
        for status, count in work.jobs.items():
            jobs.add_metric([status], count)
        yield jobs
        yield GaugeMetricFamily("antragswerk_open_tasks", "Offene Aufgaben", work.open_tasks)
        yield GaugeMetricFamily("antragswerk_open_incidents", "Offene Störungen", work.incidents)
        yield GaugeMetricFamily(
            "antragswerk_oldest_due_job_seconds",
            "Wartezeit des ältesten fälligen Jobs",
            work.oldest_due_job_s,
        )
        yield GaugeMetricFamily(
            "antragswerk_oldest_unscanned_evidence_seconds",
            "Wartezeit des ältesten Nachweises auf den Virenscanner",
            work.oldest_unscanned_s,
        )


def measure_requests(blueprint: Blueprint) -> None:
    """Count and time every request of the application that ``blueprint`` is registered with."""

    @blueprint.record_once
    def keep(state: BlueprintSetupState) -> None:
        state.app.extensions["metrics"] = Metrics()

    @blueprint.before_app_request
    def begin() -> None:
        g.began_s = perf_counter()

    @blueprint.after_app_request
    def end(response: Response) -> Response:
        metrics: Metrics = current_app.extensions["metrics"]
        began_s = g.get("began_s", perf_counter())
        metrics.count(request.endpoint or "none", response.status_code, perf_counter() - began_s)
        return response
