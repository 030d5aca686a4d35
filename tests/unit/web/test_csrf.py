from io import BytesIO

import pytest
from flask import Flask, request
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.web.body_size import takes_up_to
from app.web.csrf import csrf_token, token_for, without_csrf_token
from tests.support.bare_app import bare_app

HERE = "https://antraege.example"


@pytest.fixture
def app() -> Flask:
    app = bare_app(HERE)

    @app.get("/formular")
    def show() -> str:
        return csrf_token()

    @app.post("/formular")
    def take() -> str:
        return request.form.get("name", "angenommen")

    @app.post("/hochladen")
    @takes_up_to(3 * 1024 * 1024)
    def upload() -> str:
        return "angenommen"

    @app.post("/maschine")
    @without_csrf_token
    def machine() -> str:
        return "angenommen"

    @app.post("/api/v1/dinge")
    def api() -> str:
        return "angenommen"

    return app


@pytest.fixture
def client(app):
    return app.test_client()


def send(client, token="", path="/formular", data=None, **headers):
    return client.post(
        path, data={"csrf_token": token, **(data or {})}, base_url=HERE, headers=headers
    )


def read_token(client) -> str:
    return client.get("/formular", base_url=HERE).text


def test_a_form_of_ours_is_taken(client):
    token = read_token(client)
    assert send(client, token).status_code == 200
    assert send(client, token, Origin=HERE).status_code == 200
    assert send(client, token, **{"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_a_token_stays_good_for_other_tabs_and_later(client):
    first, second = read_token(client), read_token(client)
    assert first != second
    assert send(client, first).status_code == send(client, second).status_code == 200


def test_a_script_of_ours_may_send_the_token_in_a_header(client):
    assert send(client, **{"X-CSRF-Token": read_token(client)}).status_code == 200


@pytest.mark.abuse("A17")
@pytest.mark.parametrize(
    "token", ["", ".", "x", "x.y", "0123456789abcdef.", "ä.ö", "a.b.c", "." * 9000]
)
def test_a_form_without_a_good_token_is_refused(client, token):
    read_token(client)
    answer = send(client, token)
    assert answer.status_code == 403
    assert answer.json["type"] == "urn:problem:csrf"


@pytest.mark.abuse("A17")
def test_a_token_is_good_in_its_own_browser_alone(app, client):
    stolen = read_token(app.test_client())
    read_token(client)
    assert send(client, stolen).status_code == 403


@pytest.mark.abuse("A17")
def test_a_token_without_any_cookie_is_nothing(app):
    with app.test_request_context(base_url=HERE):
        empty = token_for("")
    assert send(app.test_client(), empty).status_code == 403


@pytest.mark.abuse("A17")
def test_a_token_from_before_sign_in_ends_with_it(client):
    token = read_token(client)
    client.set_cookie("__Host-antragswerk", "key", domain="antraege.example", secure=True)
    assert send(client, token).status_code == 403
    assert send(client, read_token(client)).status_code == 200


@pytest.mark.abuse("A17")
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://antraege.example"},
        {"Origin": "https://antraege.example:8443"},
        {"Origin": "https://antraege.example.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused_even_with_a_token(client, headers):
    assert send(client, read_token(client), **headers).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_every_method_that_changes_something_is_checked(app, client, method):
    app.add_url_rule("/anders", "anders", lambda: "", methods=[method])
    assert client.open("/anders", method=method, base_url=HERE).status_code == 403


def test_an_address_without_a_page_is_just_missing(client):
    assert send(client, path="/gibt-es-nicht").status_code == 404


def test_a_method_that_does_not_exist_is_named_as_such(client):
    assert client.put("/formular", base_url=HERE).status_code == 405


def test_programs_need_no_token_where_no_cookie_counts(client):
    assert send(client, path="/maschine").status_code == 200
    assert send(client, path="/api/v1/dinge").status_code == 200


def upload(client, path: str):
    """Send a file of two megabytes."""
    file = FileStorage(BytesIO(b"x" * 2_000_000), filename="foto.jpg")
    boundary, body = encode_multipart({"csrf_token": read_token(client), "datei": file})
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(path, data=body, content_type=kind, base_url=HERE)


def test_an_upload_may_be_as_large_as_its_view_says(client):
    assert upload(client, "/hochladen").status_code == 200


def test_an_upload_elsewhere_is_too_large(client):
    assert upload(client, "/formular").status_code == 413


def test_the_cookie_for_forms_is_as_strict_as_the_one_for_people(client):
    (cookie,) = client.get("/formular", base_url=HERE).headers.getlist("Set-Cookie")
    name, *attributes = (part.strip() for part in cookie.split(";"))
    assert name.startswith("__Host-antragswerk-formular=")
    assert set(attributes) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_a_planted_cookie_for_forms_is_replaced_if_it_is_no_key(client):
    client.set_cookie("__Host-antragswerk-formular", "a", domain="antraege.example", secure=True)
    assert send(client, read_token(client)).status_code == 200
    assert len(client.get_cookie("__Host-antragswerk-formular", "antraege.example").value) == 22
