import pytest

from app.web.headers import content_security_policy
from tests.support.bare_app import bare_app

HERE = "https://antraege.example"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
SAFE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}


def client(public_url: str = HERE):
    app = bare_app(public_url)
    app.add_url_rule("/seite", "page", lambda: "<p>")
    app.add_url_rule("/api/v1/ding", "thing", dict)
    app.add_url_rule("/kaputt", "broken", lambda: 1 / 0)
    app.add_url_rule(
        "/dokument",
        "document",
        lambda: ("", {"Content-Security-Policy": "sandbox", "Cache-Control": "private, no-store"}),
    )
    return app.test_client()


def headers(
    path: str, public_url: str = HERE, *, signed_in: bool = False, **sent: str
) -> dict[str, str]:
    browser = client(public_url)
    if signed_in:
        browser.set_cookie("__Host-antragswerk", "key", domain="antraege.example", secure=True)
    with browser.get(path, base_url=public_url, headers=sent) as answer:
        return {
            name: value
            for name, value in answer.headers
            if name not in {"Content-Type", "Content-Length", "Date", "ETag", "Last-Modified"}
        }


@pytest.mark.abuse("A17")
def test_a_page_for_everybody():
    assert headers("/seite") == SAFE | {
        "Cache-Control": "private, no-cache",
        "Strict-Transport-Security": "max-age=31536000",
        "Vary": "Cookie",
    }


@pytest.mark.abuse("A17")
def test_a_page_for_one_person_is_never_stored():
    found = headers("/seite", signed_in=True)
    assert found["Cache-Control"] == "no-store"


@pytest.mark.abuse("A17")
def test_an_answer_to_a_program_is_never_stored():
    assert headers("/api/v1/ding")["Cache-Control"] == "no-store"
    assert headers("/seite", Authorization="Bearer a")["Cache-Control"] == "no-store"


@pytest.mark.abuse("A17")
@pytest.mark.parametrize("path", ["/gibt-es-nicht", "/kaputt"])
def test_an_error_is_as_safe_as_a_page(path):
    assert SAFE.items() <= headers(path).items()


def test_a_view_may_be_stricter():
    found = headers("/dokument")
    assert found["Content-Security-Policy"] == "sandbox"
    assert found["Cache-Control"] == "private, no-store"
    assert found["X-Frame-Options"] == "DENY"


def test_what_is_the_same_for_all_may_be_kept_a_while():
    found = headers("/static/logo.svg")
    assert found["Cache-Control"] == "public, max-age=600"
    assert "Vary" not in found


def test_a_missing_picture_is_not_remembered():
    assert headers("/static/gibt-es-nicht.svg")["Cache-Control"] == "private, no-cache"


def test_without_tls_browsers_are_not_told_to_demand_it():
    assert "Strict-Transport-Security" not in headers("/seite", "http://127.0.0.1:8000")


@pytest.mark.parametrize(
    ("issuer", "action"),
    [
        ("https://antraege.example/trial-idp", "form-action 'self'"),
        ("https://idp.example/realm", "form-action 'self' https://idp.example"),
        ("https://idp.example:8443/realm", "form-action 'self' https://idp.example:8443"),
    ],
)
def test_forms_may_lead_to_the_sign_in_provider_and_nowhere_else(issuer, action):
    assert content_security_policy(HERE, issuer).endswith(f"; {action}")


@pytest.mark.abuse("A17")
@pytest.mark.parametrize("path", ["/seite", "/api/v1/ding"])
def test_a_foreign_host_name_is_refused(path):
    assert client().get(path, base_url="https://evil.example").status_code == 400
