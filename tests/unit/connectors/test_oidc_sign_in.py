from base64 import b64encode, urlsafe_b64encode
from hashlib import sha256

import pytest
import requests

from app.connectors.oidc_sign_in import OidcSignIn
from app.domain.assurance import AssuranceLevel
from app.errors import Unauthenticated, Unavailable
from tests.support.issuer import CLIENT, ISSUER, form
from tests.support.oidc_provider import BACK, DISCOVERY, KEYS, TOKEN, FakeProvider, back, query


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider()


def sign_in(provider: FakeProvider, *, url=back, token=None, **claims):
    """Go through one sign-in; ``url`` writes the address the browser comes back to."""
    platform = provider.connect()
    request = platform.begin(BACK)
    provider.id_token = token or provider.issuer.id_token(**({"nonce": request.nonce} | claims))
    return platform.finish(BACK, url(request), request)


def test_a_sign_in_begins_with_state_nonce_and_a_hashed_secret(provider):
    request = provider.connect().begin(BACK, login_hint="citizen")

    sent = query(request.url)
    assert request.url.startswith(f"{ISSUER}/authorize?tenant=a&")
    challenge = urlsafe_b64encode(sha256(request.code_verifier.encode()).digest())
    assert sent["code_challenge"] == challenge.rstrip(b"=").decode()
    assert (sent["code_challenge_method"], sent["response_type"]) == ("S256", "code")
    assert (sent["state"], sent["nonce"]) == (request.state, request.nonce)
    assert (sent["client_id"], sent["redirect_uri"]) == (CLIENT, BACK)
    assert sent["scope"] == "openid profile email"
    assert sent["login_hint"] == "citizen"
    assert request.code_verifier not in request.url


def test_two_sign_ins_share_no_secret(provider):
    platform = provider.connect()
    one, other = platform.begin(BACK), platform.begin(BACK)
    assert not {one.state, one.nonce, one.code_verifier} & {
        other.state,
        other.nonce,
        other.code_verifier,
    }


def test_a_finished_sign_in_gives_the_person(provider):
    found = sign_in(provider, acr="STORK-QAA-Level-3", given_name="Erika", family_name="Beispiel")

    assert found.identity.key == f"{ISSUER}|u1"
    assert found.identity.name == "Erika Beispiel"
    assert found.identity.assurance is AssuranceLevel.SUBSTANTIAL
    assert found.id_token == provider.id_token


def test_the_code_is_redeemed_with_the_secret_of_this_sign_in(provider):
    platform = provider.connect()
    request = platform.begin(BACK)
    provider.id_token = provider.issuer.id_token(nonce=request.nonce)
    platform.finish(BACK, back(request), request)

    (asked,) = provider.token_requests
    assert form(asked) == {
        "grant_type": "authorization_code",
        "code": "c0de",
        "code_verifier": request.code_verifier,
        "redirect_uri": BACK,
        "client_id": CLIENT,
    }


def test_a_client_with_a_secret_proves_it_in_the_header(provider):
    platform = provider.connect(client_secret="geheim")
    request = platform.begin(BACK)
    provider.id_token = provider.issuer.id_token(nonce=request.nonce)
    platform.finish(BACK, back(request), request)

    (asked,) = provider.token_requests
    assert asked.headers["Authorization"] == f"Basic {b64encode(b'antragswerk:geheim').decode()}"


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "forged"},
        {"state": None},
        {"code": None},
        {"code": "x" * 5000},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"error": "access_denied"},
        {"code": "a&code=b"},
        {"state": "%C3%A4"},
    ],
)
def test_a_return_that_does_not_fit_is_refused(provider, changes):
    with pytest.raises(Unauthenticated):
        sign_in(provider, url=lambda request: back(request, **changes))
    assert provider.token_requests == []


def test_a_provider_that_never_names_itself_need_not(provider):
    del provider.metadata["authorization_response_iss_parameter_supported"]
    found = sign_in(provider, url=lambda request: back(request, iss=None))
    assert found.identity.subject == "u1"


@pytest.mark.parametrize(
    "claims", [{"nonce": "another"}, {"aud": "another"}, {"iss": "https://evil.example"}]
)
def test_an_id_token_for_somebody_else_is_refused(provider, claims):
    with pytest.raises(Unauthenticated):
        sign_in(provider, **claims)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((400, {"error": "invalid_grant"}), Unauthenticated),
        ((200, {"access_token": "a", "token_type": "Bearer"}), Unauthenticated),
        ((200, {"access_token": "a", "token_type": "Bearer", "id_token": 5}), Unauthenticated),
        ((401, {"error": "invalid_client"}), Unavailable),
        ((500, {}), Unavailable),
        ((302, {}), Unavailable),
        ((200, b"<html>"), Unavailable),
        ((200, b"[]"), Unavailable),
        ((400, b"[" * 5000), Unavailable),
        ((200, b'{"id_token":"' + b"x" * 300_000 + b'"}'), Unavailable),
    ],
)
def test_a_token_endpoint_may_answer_anything(provider, answer, error):
    provider.token_answer = answer
    with pytest.raises(error):
        sign_in(provider)


def test_a_token_endpoint_that_is_down_is_no_fault_of_the_person(provider):
    platform = provider.connect()
    request = platform.begin(BACK)
    provider.network.is_down = True
    with pytest.raises(Unavailable):
        platform.finish(BACK, back(request), request)


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://evil.example"},
        {"issuer": f"{ISSUER}/"},
        {"jwks_uri": "https://evil.example/keys"},
        {"jwks_uri": KEYS.replace("https", "http")},
        {"jwks_uri": "https://idp.example:8443/keys"},
        {"token_endpoint": "https://evil.example/token"},
        {"token_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://idp.example/authorize"},
        {"authorization_endpoint": "https://user:pass@idp.example/"},
        {"authorization_endpoint": 7},
        {"end_session_endpoint": "ftp://idp.example/"},
    ],
)
def test_a_provider_that_publishes_unsafe_addresses_is_not_used(provider, changes):
    provider.metadata |= changes
    with pytest.raises(Unavailable):
        provider.connect().begin(BACK)


@pytest.mark.parametrize(
    "answer", [(404, {}), (302, {}), (200, []), (200, b"{"), (200, b" " * 300_000)]
)
def test_a_provider_without_a_configuration_is_unavailable(provider, answer):
    provider.network.answers[DISCOVERY] = answer
    with pytest.raises(Unavailable):
        provider.connect().begin(BACK)


@pytest.mark.parametrize(
    "issuer", ["http://idp.example", "ftp://idp.example", "idp.example", "", "https://", "http://["]
)
def test_an_issuer_without_tls_is_refused_at_once(issuer):
    with pytest.raises(ValueError, match="https"):
        OidcSignIn(issuer=issuer, client_id="a", client_secret="", api_audience="b")


def test_a_bearer_token_gives_the_person(provider):
    token = provider.issuer.access(roles=["caseworker"], municipality="musterstadt")
    found = provider.connect().identify(token)
    assert found.works_cases()
    assert found.municipality == "musterstadt"


def test_an_id_token_opens_no_api(provider):
    with pytest.raises(Unauthenticated):
        provider.connect().identify(provider.issuer.id_token())


def test_signing_out_names_the_session_and_the_way_back(provider):
    url = provider.connect().sign_out_url("t0ken", "https://antraege.example/abgemeldet")
    assert url.startswith(f"{ISSUER}/logout?")
    assert query(url) == {
        "client_id": CLIENT,
        "id_token_hint": "t0ken",
        "post_logout_redirect_uri": "https://antraege.example/abgemeldet",
    }


def test_signing_out_here_never_waits_for_the_provider(provider):
    del provider.metadata["end_session_endpoint"]
    assert provider.connect().sign_out_url("t0ken", "https://antraege.example/") == ""
    provider.network.is_down = True
    assert provider.connect().sign_out_url("t0ken", "https://antraege.example/") == ""


def test_configuration_and_keys_are_asked_for_once(provider):
    platform = provider.connect()
    for number in range(5):
        platform.begin(BACK)
        platform.identify(provider.issuer.access(sub=f"u{number}"))
    assert sorted(provider.network.asked) == sorted([DISCOVERY, KEYS])


def test_proxies_are_left_out_on_this_machine(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    seen: list[dict[str, str]] = []

    class Watching(requests.adapters.BaseAdapter):
        def send(self, _request, **options):
            seen.append(dict(options["proxies"]))
            raise requests.ConnectionError

        def close(self):
            """Hold nothing."""

    platform = OidcSignIn(
        issuer="http://127.0.0.1:8000/trial-idp",
        client_id="a",
        client_secret="",
        api_audience="b",
        adapter=Watching(),
    )
    with pytest.raises(Unavailable):
        platform.begin(BACK)
    assert seen == [{}]


def test_the_token_endpoint_is_asked_where_it_says(provider):
    sign_in(provider)
    assert provider.network.asked.count(TOKEN) == 1
