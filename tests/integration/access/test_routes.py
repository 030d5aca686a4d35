"""What holds for every route, also for those written next year."""

import re

import pytest
from werkzeug.routing import Rule

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
#: programs call these, and they look at no cookie
MACHINES = {"trial_idp.token", "trial_idp.userinfo"}
EXAMPLES = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1"}


def address(rule: Rule) -> str:
    return re.sub(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>", lambda m: EXAMPLES.get(m[1], "x"), rule.rule)


def unsafe_routes(app, *, api: bool):
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) & UNSAFE:
            if rule.rule.startswith("/api/") is api:
                yield method, rule


def test_there_are_routes_to_test(app):
    assert len(list(unsafe_routes(app, api=False))) > 5


@pytest.mark.abuse("A17")
def test_no_page_takes_a_form_without_a_token(app, client, config):
    taken = {
        rule.endpoint
        for method, rule in unsafe_routes(app, api=False)
        if client.open(address(rule), method=method, base_url=config.public_url).status_code != 403
    }
    assert taken == MACHINES & {rule.endpoint for rule in app.url_map.iter_rules()}


@pytest.mark.abuse("A17")
def test_no_page_takes_a_form_from_another_site(app, client, config):
    for method, rule in unsafe_routes(app, api=False):
        if rule.endpoint not in MACHINES:
            answer = client.open(
                address(rule),
                method=method,
                base_url=config.public_url,
                headers={"Origin": "https://evil.example"},
            )
            assert answer.status_code == 403, rule


@pytest.mark.abuse("A15")
def test_no_api_call_changes_anything_without_a_token(app, client, config):
    routes = list(unsafe_routes(app, api=True))
    assert routes
    for method, rule in routes:
        answer = client.open(address(rule), method=method, base_url=config.public_url)
        assert answer.status_code == 401, rule


def test_every_answer_carries_the_headers(app, client, config):
    for path in ("/", "/abgemeldet", "/konto", "/gibt/es/nicht", "/api/v1/me", "/static/logo.svg"):
        answer = client.get(path, base_url=config.public_url)
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path
        answer.close()


@pytest.mark.abuse("A17")
def test_a_foreign_host_is_not_answered(client):
    answer = client.get("/anmelden", base_url="http://evil.example")
    assert answer.status_code == 400
    assert "evil.example" not in answer.headers.get("Location", "")
