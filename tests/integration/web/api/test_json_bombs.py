"""No body takes the interface down or gets an answer of 500."""

import pytest

BOMBS = {
    "brackets": b"[" * 400_000,
    "nothing": b"{",
    "duplicate": b'{"municipality": "a", "municipality": "b"}',
    "nan": b'{"answers": NaN}',
    "infinity": b'{"answers": 1e400}',
    "surrogate": b'{"municipality": "\\ud800"}',
    "nul": b'{"municipality": "\\u0000"}',
    "deep": b'{"answers":' * 40 + b"1" + b"}" * 40,
    "many": b'{"answers": [' + b"1," * 20_000 + b"1]}",
    "latin1": '{"municipality": "ü"}'.encode("latin-1"),
}


@pytest.mark.abuse("A10")
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_a_bad_request(citizen, draft, bomb):
    for method, path in (
        ("POST", "/applications"),
        ("PATCH", f"/applications/{draft}"),
        ("POST", f"/applications/{draft}/submission"),
    ):
        answer = citizen.call(
            method,
            path,
            data=bomb,
            content_type="application/json",
            headers={"Idempotency-Key": "k"},
        )
        assert answer.status_code == 400
        assert answer.json["type"] == "urn:problem:unreadable_json"


@pytest.mark.abuse("A10")
def test_more_than_a_megabyte_is_too_large(citizen):
    answer = citizen.call(
        "POST", "/applications", data=b" " * (1024 * 1024 + 1), content_type="application/json"
    )
    assert answer.status_code == 413
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_format_is_not_taken_for_json(citizen, content_type):
    answer = citizen.call("POST", "/applications", data=b"{}", content_type=content_type)
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "path",
    [
        "/municipalities/%00/services",
        "/municipalities/musterstadt/services/%00",
        "/municipalities?cursor=%00",
        "/municipalities?cursor=bmFtZXwA",
        "/applications?cursor=%F0%9F%98%80",
        "/tasks?q=%00",
        "/tasks?queue=%ED%A0%80",
        "/cases?limit=99999999999999999999",
    ],
)
def test_hostile_addresses_are_refused_not_stumbled_over(api, path):
    assert api("caseworker").get(path).status_code in {200, 404, 422}
