import stat
from base64 import urlsafe_b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
import requests

from app.boot import create_app
from app.web.trial.authorization_code import CodeRefused, Codes
from app.web.trial.authorize_request import AuthorizeRequest
from app.web.trial.signing_key import signing_key
from tests.support.http_browser import HttpBrowser, query

VERIFIER = "v" * 43
CHALLENGE = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def wish(server) -> dict[str, str]:
    """A good request of our client."""
    return {
        "client_id": "antragswerk",
        "redirect_uri": f"{server}/anmelden/rueckkehr",
        "response_type": "code",
        "scope": "openid",
        "state": "s",
        "nonce": "n",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }


def ask(browser: HttpBrowser, wish: dict[str, str]) -> requests.Response:
    return browser.http.get(
        f"{browser.address}/trial-idp/authorize", params=wish, allow_redirects=False, timeout=10
    )


def code(browser: HttpBrowser, wish: dict[str, str], persona: str = "citizen") -> str:
    back = browser.submit(ask(browser, wish), action="/authorize", persona=persona, follow=False)
    return query(back.headers["Location"])["code"]


def redeem(browser: HttpBrowser, given: str, **changes: str) -> requests.Response:
    values = {
        "grant_type": "authorization_code",
        "code": given,
        "client_id": "antragswerk",
        "redirect_uri": f"{browser.address}/anmelden/rueckkehr",
        "code_verifier": VERIFIER,
    }
    return requests.post(
        f"{browser.address}/trial-idp/token", data={**values, **changes}, timeout=10
    )


def test_the_provider_publishes_itself_under_its_issuer(browser, server):
    found = browser.open("/trial-idp/.well-known/openid-configuration").json()
    assert found["issuer"] == f"{server}/trial-idp"
    assert found["code_challenge_methods_supported"] == ["S256"]


def test_only_the_public_key_is_published(browser):
    (key,) = browser.open("/trial-idp/jwks").json()["keys"]
    assert set(key) == {"kty", "n", "e", "use", "alg", "kid"}


def test_the_key_is_kept_for_its_owner_alone(tmp_path):
    made = signing_key(tmp_path / "trial")
    (file,) = (tmp_path / "trial").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    signing_key.cache_clear()
    assert signing_key(tmp_path / "trial").kid == made.kid


@pytest.mark.parametrize(
    "changes", [{"client_id": "other"}, {"redirect_uri": "https://evil.example/"}]
)
def test_a_stranger_is_never_redirected(browser, wish, changes):
    assert ask(browser, wish | changes).status_code == 400


@pytest.mark.parametrize("ending", ["/", "?a=b", "/../x", "#x"])
def test_the_way_back_must_match_exactly(browser, wish, ending):
    assert ask(browser, wish | {"redirect_uri": wish["redirect_uri"] + ending}).status_code == 400


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_a_bad_request_goes_back_with_its_error(browser, wish, changes, error):
    answer = query(ask(browser, wish | changes).headers["Location"])
    assert answer == {"error": error, "state": "s", "iss": f"{browser.address}/trial-idp"}


def test_a_code_gives_both_tokens(browser, wish):
    answer = redeem(browser, code(browser, wish))
    assert answer.headers["Cache-Control"] == "no-store"
    tokens = answer.json()
    me = requests.get(
        f"{browser.address}/trial-idp/userinfo",
        headers={"Authorization": f"Bearer {tokens['access_token']}"},
        timeout=10,
    )
    assert me.json()["family_name"] == "Beispiel"
    refused = requests.get(
        f"{browser.address}/trial-idp/userinfo",
        headers={"Authorization": f"Bearer {tokens['id_token']}"},
        timeout=10,
    )
    assert refused.status_code == 401


@pytest.mark.abuse("A15")
def test_a_code_is_good_for_one_exchange(browser, wish):
    given = code(browser, wish)
    assert redeem(browser, given).status_code == 200
    assert redeem(browser, given).json() == {"error": "invalid_grant"}


@pytest.mark.abuse("A15")
@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": "w" * 43},
        {"code_verifier": ""},
        {"client_id": "other"},
        {"redirect_uri": "https://evil.example/"},
        {"code": "forged"},
        {"code": ""},
    ],
)
def test_a_code_is_good_only_for_who_asked(browser, wish, changes):
    assert redeem(browser, code(browser, wish), **changes).json() == {"error": "invalid_grant"}


@pytest.mark.abuse("A15")
def test_a_code_is_good_for_a_minute(browser, wish, clock):
    given = code(browser, wish)
    clock.move(seconds=60)
    assert redeem(browser, given).json() == {"error": "invalid_grant"}


@pytest.mark.abuse("A15")
def test_a_code_is_good_for_one_of_several_processes(tmp_path, clock):
    """Two of them share only the folder and the secret."""
    one, other = Codes("secret", tmp_path), Codes("secret", tmp_path)
    wish = AuthorizeRequest("antragswerk", "https://a.example/", code_challenge=CHALLENGE)
    given = one.issue(wish, "citizen", clock())

    def use(codes: Codes) -> tuple[str, str]:
        return codes.redeem(
            given,
            client_id="antragswerk",
            redirect_uri="https://a.example/",
            verifier=VERIFIER,
            now=clock(),
        )

    assert use(one) == ("citizen", "")
    with pytest.raises(CodeRefused):
        use(other)


def test_marks_of_old_codes_do_not_pile_up(tmp_path, clock):
    codes = Codes("secret", tmp_path)
    wish = AuthorizeRequest("antragswerk", "https://a.example/", code_challenge=CHALLENGE)
    for _ in range(3):
        codes.redeem(
            codes.issue(wish, "citizen", clock()),
            client_id="antragswerk",
            redirect_uri="https://a.example/",
            verifier=VERIFIER,
            now=clock(),
        )
        clock.move(hours=1)
    assert len(list((tmp_path / "used_codes").iterdir())) == 1


def test_only_code_exchange_is_offered(browser):
    answer = redeem(browser, "x", grant_type="client_credentials")
    assert answer.json() == {"error": "unsupported_grant_type"}


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", ""])
def test_signing_out_leads_to_the_platform_alone(browser, target):
    page = browser.open(f"/trial-idp/logout?post_logout_redirect_uri={target}", follow=False)
    assert page.headers["Location"] == f"{browser.address}/"


@pytest.mark.abuse("A17")
def test_without_a_trial_there_is_no_such_provider(config, parts):
    plain = replace(config, trial_folder=None)
    app = create_app(plain, replace(parts, config=plain))
    assert [rule for rule in app.url_map.iter_rules() if "trial" in rule.rule] == []
