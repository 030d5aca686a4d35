"""Uploads by program."""

import hashlib

import pytest

from tests.support.applications import METER_PHOTO, MUNICIPALITY, SERVICE, new_meter
from tests.support.samples import exe_program, jpeg_photo, pdf_document


@pytest.fixture
def here(citizen) -> str:
    start = {"municipality": MUNICIPALITY, "service": SERVICE, "answers": new_meter()}
    return f"/applications/{citizen.post('/applications', start).json['id']}/evidence"


@pytest.mark.parametrize("field", [METER_PHOTO, "nachweise.foto_zaehler", "foto_zaehler"])
def test_a_field_may_be_named_in_three_ways(citizen, here, field):
    answer = citizen.upload(here, field, "Zähler.jpg", jpeg_photo())
    assert answer.status_code == 201
    assert answer.json["field"] == METER_PHOTO
    assert answer.json["name"] == "Zähler.jpg"
    assert answer.json["media_type"] == "image/jpeg"
    assert citizen.get(here.removesuffix("/evidence")).json["answers"]["nachweise"] == {
        "foto_zaehler": [answer.json["id"]]
    }


@pytest.mark.parametrize(
    "field", ["/zaehler/nummer", "/gibt/es/nicht", "nichts", "a.b.c", "/", "."]
)
def test_what_is_no_evidence_field_is_refused(citizen, here, field):
    answer = citizen.upload(here, field, "a.jpg", jpeg_photo())
    assert answer.status_code == 422
    assert answer.json["fields"][0]["code"] == "unknown_field"


def test_thirty_megabytes_are_named_at_the_field(citizen, here, parts):
    answer = citizen.upload(here, METER_PHOTO, "gross.jpg", jpeg_photo() + bytes(30 * 1024 * 1024))
    assert answer.status_code == 422
    [fault] = answer.json["fields"]
    assert (fault["pointer"], fault["code"]) == (METER_PHOTO, "too_large")
    assert "10 MB" in fault["message"]
    assert list(parts.documents.keys("evidence/")) == []


def test_beyond_what_any_file_may_be_the_request_is_too_large(citizen, here):
    answer = citizen.call(
        "POST",
        here,
        data=b"--x--",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(64 * 1024 * 1024 + 1)},
    )
    assert answer.status_code == 413
    assert answer.json["type"] == "urn:problem:too_large"


def test_a_program_in_disguise_is_refused(citizen, here):
    answer = citizen.upload(here, METER_PHOTO, "foto.jpg", exe_program())
    assert answer.status_code == 422
    [fault] = answer.json["fields"]
    assert (fault["pointer"], fault["code"]) == (METER_PHOTO, "type_mismatch")


def test_one_file_too_many_is_refused(citizen, here):
    for number in range(3):
        assert citizen.upload(here, METER_PHOTO, f"{number}.jpg", jpeg_photo()).status_code == 201
    answer = citizen.upload(here, METER_PHOTO, "4.jpg", jpeg_photo())
    assert answer.json["fields"][0]["code"] == "too_many_files"


def test_field_and_file_are_asked_for(citizen, here):
    answer = citizen.call("POST", here, data={"x": "y"}, content_type="multipart/form-data")
    assert {fault["pointer"] for fault in answer.json["fields"]} == {"/field", "/file"}


def test_json_is_no_upload(citizen, here):
    assert citizen.post(here, {"field": METER_PHOTO}).status_code == 415


def test_a_removed_file_is_gone_from_answers_and_store(citizen, here, parts):
    added = citizen.upload(here, METER_PHOTO, "a.pdf", pdf_document()).json
    assert citizen.delete(f"{here}/{added['id']}").status_code == 204
    assert citizen.delete(f"{here}/{added['id']}").status_code == 404
    shown = citizen.get(here.removesuffix("/evidence")).json
    assert shown["evidence"] == []
    assert "foto_zaehler" not in shown["answers"]["nachweise"]
    assert list(parts.documents.keys("evidence/")) == []
    assert citizen.get(added["content_url"]).status_code == 404


def test_a_download_is_safe_to_open(citizen, here):
    name = "Zähler; 'alt' ü.jpg"
    added = citizen.upload(here, METER_PHOTO, name, jpeg_photo()).json
    answer = citizen.get(added["content_url"])
    assert hashlib.sha256(answer.data).hexdigest() == added["sha256"]
    assert answer.mimetype == "image/jpeg"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert "filename*=UTF-8''Z%C3%A4hler" in disposition
    assert disposition.isascii()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
