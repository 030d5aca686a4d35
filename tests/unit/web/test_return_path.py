import pytest
from flask import Flask

from app.web.return_path import safe_path
from tests.support.bare_app import bare_app


@pytest.fixture(scope="module")
def app() -> Flask:
    app = bare_app()
    for rule in ("/", "/konto/", "/<slug>/", "/<slug>/<key>/", "/antrag/<uuid:id>/seite/<page>"):
        app.add_url_rule(rule, rule, lambda **_: "")
    app.add_url_rule("/antrag/<id>/absenden", "absenden", lambda **_: "", methods=["POST"])
    for rule in ("/anmelden", "/anmelden/rueckkehr", "/abgemeldet", "/trial-idp/authorize"):
        app.add_url_rule(rule, rule, lambda: "")
    return app


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context(base_url="https://antraege.example"):
        yield


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/konto/",
        "/konto",
        "/konto/?seite=2&q=a%26b",
        "/musterstadt/wasserzwischenzaehler/#gebuehren",
        "/antrag/00000000-0000-4000-8000-000000000000/seite/zaehler",
        "/m%C3%BCnchen/",
        "/konto/?zu=https%3A%2F%2Fevil.example",
    ],
)
def test_a_page_of_ours_is_a_way_back(path):
    assert safe_path(path) == path


@pytest.mark.abuse("A17")
@pytest.mark.parametrize(
    "path",
    [
        "",
        "konto/",
        "//evil.example",
        "///evil.example",
        "////evil.example/konto/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%5cevil.example",
        "/%255cevil.example",
        "/%2fevil.example",
        "/%2f%2fevil.example",
        "/%252fevil.example",
        "https:evil.example",
        "https:/evil.example",
        "https://evil.example/",
        "https://antraege.example/konto/",
        "javascript:alert(1)",
        "data:text/html,x",
        "\thttps://evil.example",
        " //evil.example",
        "/\t/evil.example",
        "/%09/evil.example",
        "/%2509/evil.example",
        "/\n/evil.example",
        "/konto/%0d%0aSet-Cookie:%20a=b",
        "/konto/\r\nSet-Cookie: a=b",
        "/konto/ x",
        "/konto/\x00",
        "/konto/%00",
        "/ko\u2028nto/",
        "/münchen/",
        "@evil.example",
        "/@evil.example//",
        "/konto//evil.example",
        "?weiter=/konto/",
        "#konto",
        "/x" * 2000,
        "/a/b/c/d/e",
        "/antrag/1/absenden",
        "/anmelden",
        "/anmelden?weiter=/anmelden",
        "/anmelden/rueckkehr?code=x",
        "/abgemeldet",
        "/trial-idp/authorize",
    ],
)
def test_everything_else_leads_to_the_start_page(path):
    assert safe_path(path) == "/"
