"""Logs hold events and ids, not what people told us."""

import json
import logging

import structlog

from app.logs import configure_logs


def test_an_exception_is_logged_without_its_text_and_without_variables(capsys):
    configure_logs()
    name = "Erika Geheim"
    try:
        raise ValueError(f"duplicate key: {name}")
    except ValueError as error:
        structlog.get_logger().error("defect", exc_info=error, case_id="4711")

    line = capsys.readouterr().err
    event = json.loads(line)

    assert "Geheim" not in line
    assert (event["event"], event["case_id"]) == ("defect", "4711")
    assert event["exception"][0]["exc_type"] == "ValueError"
    assert event["exception"][0]["frames"][-1]["name"].startswith("test_an_exception")


def test_what_a_library_logs_shows_no_text_of_an_exception(capsys):
    configure_logs()
    try:
        raise ValueError("Failing row contains (Erika Geheim)")
    except ValueError:
        logging.getLogger("procrastinate").exception("job failed")

    line = capsys.readouterr().err
    assert "Geheim" not in line
    assert "ValueError at test_logs.py:" in line
