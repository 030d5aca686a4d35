"""What operators and their monitors ask."""

import dataclasses
from datetime import datetime

import pytest
from sqlalchemy import text

from app.boot import create_app
from app.models.base import db
from storage.documents import StoreUnavailable


@pytest.fixture
def worker_lives(db_session):
    db_session.execute(text("INSERT INTO procrastinate_workers DEFAULT VALUES"))
    db_session.commit()


@pytest.fixture
def without_database(config, parts):
    """An application whose database does not answer."""
    lost = dataclasses.replace(config, database_url="postgresql://nobody:geheim@127.0.0.1:1/none")
    app = create_app(lost, dataclasses.replace(parts, config=lost))
    yield app
    with app.app_context():
        db.engine.dispose()


def hints(answer):
    return {name for name, check in answer.json["checks"].items() if not check["ok"]}


def test_a_process_that_answers_is_alive_even_without_a_database(without_database):
    assert without_database.test_client().get("/healthz").json == {"status": "ok"}


def test_all_is_ready(client, worker_lives):
    answer = client.get("/readyz")
    assert answer.status_code == 200, answer.json
    assert answer.json["status"] == "ready"
    assert set(answer.json["checks"]) == {"database", "migrations", "worker", "storage"}


def test_without_a_worker_nothing_is_ready(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert hints(answer) == {"worker"}
    assert "app.worker" in answer.json["checks"]["worker"]["hint"]


def test_a_worker_that_fell_silent_does_not_count(client, db_session):
    db_session.execute(
        text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '61 s')")
    )
    db_session.commit()
    assert hints(client.get("/readyz")) == {"worker"}


def test_a_database_of_another_version_is_named(client, db_session, worker_lives):
    before = db_session.scalar(text("SELECT version_num FROM alembic_version"))
    db_session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    db_session.commit()
    try:
        answer = client.get("/readyz")
        assert hints(answer) == {"migrations"}
    finally:
        db_session.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": before})
        db_session.commit()


def test_without_a_database_the_answer_says_so_and_nothing_secret(without_database):
    answer = without_database.test_client().get("/readyz")
    assert answer.status_code == 503
    assert hints(answer) == {"database", "migrations", "worker"}
    for secret in ("geheim", "127.0.0.1", "nobody", "psycopg", "Traceback"):
        assert secret not in answer.text


def test_a_store_that_does_not_answer_is_named(app, client, parts, worker_lives):
    class NoStore:
        def check(self) -> None:
            raise StoreUnavailable

    app.extensions["parts"] = dataclasses.replace(parts, documents=NoStore())
    answer = client.get("/readyz")
    assert hints(answer) == {"storage"}


def test_requests_are_counted_by_view_and_status(client):
    client.get("/healthz")
    client.get("/healthz")
    client.get("/gibt-es-nicht/wirklich/nicht")
    lines = client.get("/metrics").text.splitlines()
    counted = [line for line in lines if line.startswith("antragswerk_requests_total{")]
    assert any('"operations.alive"' in line and line.endswith(" 2.0") for line in counted)
    assert any('endpoint="none"' in line and 'status="404"' in line for line in counted)
    assert "gibt-es-nicht" not in "".join(lines)


def test_waiting_work_is_shown_without_names(client, db_session):
    db_session.execute(
        text(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at)"
            " VALUES ('default', 'notify_recipient', '{\"notice_id\": \"geheim\"}',"
            " now() - interval '90 s')"
        )
    )
    db_session.commit()
    shown = client.get("/metrics")
    assert shown.mimetype == "text/plain"
    values = dict(
        line.rsplit(" ", 1) for line in shown.text.splitlines() if not line.startswith("#")
    )
    assert values["antragswerk_database_up"] == "1.0"
    assert values['antragswerk_jobs{status="todo"}'] == "1.0"
    assert values['antragswerk_jobs{status="failed"}'] == "0.0"
    assert values["antragswerk_open_tasks"] == "0.0"
    assert float(values["antragswerk_oldest_due_job_seconds"]) >= 90
    assert "geheim" not in shown.text


def test_a_job_that_is_not_due_yet_does_not_wait(client, db_session):
    db_session.execute(
        text(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at)"
            " VALUES ('default', 'notify_recipient', now() + interval '1 h')"
        )
    )
    db_session.commit()
    assert "antragswerk_oldest_due_job_seconds 0.0" in client.get("/metrics").text


def test_numbers_come_even_without_a_database(without_database):
    answer = without_database.test_client().get("/metrics")
    assert answer.status_code == 200
    assert "antragswerk_database_up 0.0" in answer.text


def test_security_txt_says_whom_to_write_to(client, parts):
    lines = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines()
    )
    assert lines["Contact"] == "mailto:post@example.org"
    assert datetime.fromisoformat(lines["Expires"]) > parts.clock()
