"""The description is complete, and people can read it."""

import re

from tests.support.api import BASE


def test_every_call_is_described_in_german(app, client):
    document = client.get(f"{BASE}/openapi.json").json
    assert document["openapi"].startswith("3.1")
    described = {
        (method.upper(), path)
        for path, operations in document["paths"].items()
        for method in operations
        if method != "parameters"
    }
    served = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(BASE) and not rule.endpoint.startswith("api_description.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert described == served
    for operations in document["paths"].values():
        for method, operation in operations.items():
            if method != "parameters":
                assert operation["summary"]
                assert not re.search(r"\b(the|of|and|draft)\b", operation["summary"])
                assert "description" not in operation


def test_errors_are_described_as_problems(client):
    document = client.get(f"{BASE}/openapi.json").json
    for name, response in document["components"]["responses"].items():
        assert list(response["content"]) == ["application/problem+json"], name


def test_the_key_of_a_submission_is_required_in_the_description(client):
    document = client.get(f"{BASE}/openapi.json").json
    operation = document["paths"][f"{BASE}/applications/{{application_id}}/submission"]["post"]
    key = next(one for one in operation["parameters"] if one["in"] == "header")
    assert (key["name"], key["required"]) == ("Idempotency-Key", True)


def test_the_page_lists_every_call_and_needs_nothing_from_elsewhere(app, client):
    answer = client.get(f"{BASE}/", headers={"Accept": "text/html"})
    assert answer.mimetype == "text/html"
    for path in client.get(f"{BASE}/openapi.json").json["paths"]:
        assert path in answer.text
    assert not re.search(r"(?:src|href)=\"https?://", answer.text)
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)| style=| on\w+=", answer.text)
    assert len(re.findall(r"<h1", answer.text)) == 1
    anchors = re.findall(r'<details[^>]* id="([^"]+)"', answer.text)
    assert len(anchors) == len(set(anchors)) > 15
