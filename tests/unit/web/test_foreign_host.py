"""Requests under a name that is not ours, such as ``localhost`` or an IP address."""

import pytest

from tests.support.bare_app import bare_app

HERE = "https://antraege.example"
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def ask(path: str, *, host: str = "localhost:8000", method: str = "GET", **headers: str):
    return bare_app(HERE).test_client().open(path, method=method, headers={"Host": host, **headers})


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "evil.example", "a b", ""])
def test_a_browser_is_led_to_our_own_address(host):
    answer = ask("/musterstadt/?suche=z%C3%A4hler", host=host, **BROWSER)

    assert answer.status_code == 302
    assert answer.location == f"{HERE}/musterstadt/?suche=z%C3%A4hler"


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "/@evil.example"])
def test_no_path_leads_away_from_us(path):
    assert ask(path, **BROWSER).location.startswith(f"{HERE}/")


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/api/v1/cases", "GET", BROWSER),
        ("/healthz", "GET", {"Accept": "*/*"}),
        ("/konto", "POST", BROWSER),
    ],
)
def test_everybody_else_is_told_why(path, method, headers):
    answer = ask(path, method=method, **headers)

    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == "urn:problem:foreign_host"
