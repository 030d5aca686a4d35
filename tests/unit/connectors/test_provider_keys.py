import threading

import pytest
import requests

from app.connectors.provider_keys import ProviderKeys
from app.errors import Unavailable
from tests.support.issuer import Issuer, Network, public_jwk, rsa_key

ADDRESS = "https://idp.example/keys"


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def published() -> list:
    return list(Issuer().keys.values())


@pytest.fixture
def network(published) -> Network:
    return Network({ADDRESS: lambda _: (200, {"keys": published})})


@pytest.fixture
def keys(network, clock) -> ProviderKeys:
    http = requests.Session()
    http.mount("https://", network)
    return ProviderKeys(lambda: ADDRESS, http, clock)


def test_a_key_is_found_by_its_exact_id(keys):
    assert keys.key("r1")["kty"] == "RSA"
    assert keys.key("R1") is None


def test_keys_are_read_again_after_ten_minutes(keys, network, clock):
    keys.key("r1")
    clock.seconds += 599
    keys.key("r1")
    assert len(network.asked) == 1
    clock.seconds += 1
    keys.key("r1")
    assert len(network.asked) == 2


def test_a_new_key_is_known_at_once(keys, published):
    keys.key("r1")
    published.append(public_jwk(rsa_key("r2"), "r2"))
    assert keys.key("r2")["kid"] == "r2"


def test_unknown_ids_ask_the_provider_at_most_once_a_minute(keys, network, clock):
    keys.key("r1")
    for number in range(20):
        assert keys.key(f"forged-{number}") is None
    assert len(network.asked) == 2
    clock.seconds += 60
    keys.key("forged")
    assert len(network.asked) == 3


def test_the_last_good_keys_serve_a_day_while_the_provider_is_down(keys, network, clock):
    keys.key("r1")
    network.is_down = True
    clock.seconds += 24 * 3600 - 1
    assert keys.key("r1") is not None
    clock.seconds += 1
    with pytest.raises(Unavailable):
        keys.key("r1")


def test_a_provider_that_is_down_is_not_asked_for_every_request(keys, network, clock):
    keys.key("r1")
    network.is_down = True
    clock.seconds += 601
    for _ in range(20):
        keys.key("r1")
    assert len(network.asked) == 2


def test_without_any_key_it_is_tried_again_after_seconds(keys, network, clock):
    network.is_down = True
    for _ in range(3):
        with pytest.raises(Unavailable):
            keys.key("r1")
    assert len(network.asked) == 1
    network.is_down = False
    clock.seconds += 5
    assert keys.key("r1") is not None


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"keys": {}},
        {"keys": []},
        {"keys": [1, "a", None, {}]},
        {"keys": [{"kid": 1}]},
        {"keys": [{"kid": "r1", "use": "enc"}]},
        (500, {}),
        b"no json",
    ],
)
def test_a_set_without_keys_does_not_replace_good_ones(keys, network, clock, answer):
    keys.key("r1")
    network.answers[ADDRESS] = answer
    clock.seconds += 601
    assert keys.key("r1") is not None


def test_an_id_that_stands_for_two_keys_stands_for_none(keys, published):
    published.append({**public_jwk(rsa_key("r2"), "r1")})
    assert keys.key("r1") is None
    assert keys.key("e1") is not None


def test_a_key_for_encryption_may_share_an_id(keys, published):
    published.append({**public_jwk(rsa_key("r2"), "r1"), "use": "enc"})
    assert keys.key("r1")["n"] == public_jwk(rsa_key("r1"), "r1")["n"]


def test_rotation_under_load_loses_no_request(keys, network, published):
    keys.key("r1")
    published[:] = [public_jwk(rsa_key("r2"), "r2")]
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(keys.key("r2"))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16
    assert all(found)
    assert len(network.asked) == 2
