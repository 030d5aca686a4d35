"""Forged tokens: whatever is wrong with one, the answer is that it does not hold."""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.connectors.tokens import ACCESS_TOKEN, TokenVerifier
from app.errors import Unauthenticated, Unavailable
from tests.support.issuer import (
    API,
    CLIENT,
    ISSUER,
    NOW,
    Issuer,
    encode,
    public_jwk,
    rsa_key,
    sign_hmac,
    sign_rsa,
)

AT = {"alg": "RS256", "kid": "r1", "typ": "at+jwt"}


def at(seconds: float = 0) -> datetime:
    return datetime.fromtimestamp(NOW, UTC) + timedelta(seconds=seconds)


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture
def verifier(issuer: Issuer) -> TokenVerifier:
    return TokenVerifier(ISSUER, issuer)


def with_hmac(issuer: Issuer, secret: bytes) -> str:
    text = f"{encode({**AT, 'alg': 'HS256'})}.{encode(issuer.access_claims())}"
    return f"{text}.{encode(sign_hmac(secret, text.encode()))}"


def spki(issuer: Issuer, encoding: Encoding) -> bytes:
    return issuer.rsa.public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)


def foreign(issuer: Issuer) -> str:
    text = f"{encode(AT)}.{encode(issuer.access_claims())}"
    return f"{text}.{encode(sign_rsa(rsa_key('foreign'), text.encode()))}"


def own_key_inside(issuer: Issuer) -> str:
    key = rsa_key("foreign")
    text = f"{encode({**AT, 'jwk': public_jwk(key, 'r1')})}.{encode(issuer.access_claims())}"
    return f"{text}.{encode(sign_rsa(key, text.encode()))}"


def swapped(issuer: Issuer) -> str:
    """A good token whose claims were changed after signing."""
    head, _, signature = issuer.access().split(".")
    return f"{head}.{encode(issuer.access_claims(sub='admin'))}.{signature}"


def claims_text(issuer: Issuer, more: str) -> str:
    """Claims written by hand, for what a JSON library would not write."""
    return issuer.raw(AT, json.dumps(issuer.access_claims())[:-1].encode() + more.encode() + b"}")


def header_text(issuer: Issuer, text: str) -> str:
    return issuer.raw(text.encode(), issuer.access_claims())


FORGERIES = {
    "nothing": lambda _: "",
    "one word": lambda _: "token",
    "two parts": lambda i: ".".join(i.access().split(".")[:2]),
    "four parts": lambda i: i.access() + ".x",
    "five parts as if encrypted": lambda i: i.access() + ".x.y",
    "no signature": lambda i: i.access().rpartition(".")[0] + ".",
    "signature cut": lambda i: i.access()[:-8],
    "space at the end": lambda i: i.access() + " ",
    "line break inside": lambda i: i.access().replace(".", ".\n", 1),
    "umlaut": lambda i: "ä" + i.access(),
    "padding": lambda i: i.access() + "==",
    "claims changed": swapped,
    "other key, same id": foreign,
    "key brought along": own_key_inside,
    "alg none": lambda i: f"{encode({**AT, 'alg': 'none'})}.{encode(i.access_claims())}.x",
    "alg None": lambda i: f"{encode({**AT, 'alg': 'None'})}.{encode(i.access_claims())}.x",
    "alg missing": lambda i: i.access({"alg": None}),
    "alg a list": lambda i: i.access({"alg": ["RS256"]}),
    "alg an object": lambda i: i.access({"alg": {"RS256": 1}}),
    "alg a number": lambda i: i.access({"alg": 256}),
    "alg in lower case": lambda i: i.access({"alg": "rs256"}),
    "alg RS512": lambda i: i.access({"alg": "RS512"}),
    "alg PS256": lambda i: i.access({"alg": "PS256"}),
    "HS256 with the key as PEM": lambda i: with_hmac(i, spki(i, Encoding.PEM)),
    "HS256 with the key as DER": lambda i: with_hmac(i, spki(i, Encoding.DER)),
    "HS256 with the key as JWK": lambda i: with_hmac(i, json.dumps(i.keys["r1"]).encode()),
    "HS256 with an empty key": lambda i: with_hmac(i, b""),
    "EC algorithm, RSA key": lambda i: i.access({"alg": "ES256"}),
    "RSA algorithm, EC key": lambda i: i.access({"kid": "e1"}),
    "kid missing": lambda i: i.access({"kid": None}),
    "kid empty": lambda i: i.access({"kid": ""}),
    "kid unknown": lambda i: i.access({"kid": "r2"}),
    "kid in upper case": lambda i: i.access({"kid": "R1"}),
    "kid a path": lambda i: i.access({"kid": "../../dev/null"}),
    "kid SQL": lambda i: i.access({"kid": "r1' OR '1'='1"}),
    "kid a number": lambda i: i.access({"kid": 1}),
    "kid a list": lambda i: i.access({"kid": ["r1"]}),
    "kid very long": lambda i: i.access({"kid": "r" * 4000}),
    "crit": lambda i: i.access({"crit": ["exp"]}),
    "crit empty": lambda i: i.access({"crit": []}),
    "jku": lambda i: i.access({"jku": "https://evil.example/keys"}),
    "x5u": lambda i: i.access({"x5u": "https://evil.example/cert"}),
    "x5c": lambda i: i.access({"x5c": ["MII"]}),
    "zip": lambda i: i.access({"zip": "DEF"}),
    "b64 false": lambda i: i.access({"b64": False}),
    "typ missing": lambda i: i.access({"typ": None}),
    "typ JWT": lambda i: i.access({"typ": "JWT"}),
    "typ of a logout token": lambda i: i.access({"typ": "logout+jwt"}),
    "typ a list": lambda i: i.access({"typ": ["at+jwt"]}),
    "ID token as access token": lambda i: i.id_token(),
    "ID token for both": lambda i: i.id_token(aud=[CLIENT, API], azp=CLIENT),
    "logout token": lambda i: i.access(events={"http://schemas.openid.net/event/logout": {}}),
    "header no JSON": lambda i: header_text(i, "{"),
    "header a list": lambda i: header_text(i, '["RS256"]'),
    "header deep": lambda i: header_text(i, '{"a":' * 900 + "1" + "}" * 900),
    "header deeper than the stack": lambda i: header_text(i, "[" * 3000),
    "header says alg twice": lambda i: header_text(
        i, '{"alg":"none","alg":"RS256","kid":"r1","typ":"at+jwt"}'
    ),
    "header no UTF-8": lambda i: i.raw(b'{"alg":"\xff"}', i.access_claims()),
    "claims no JSON": lambda i: i.raw(AT, b"sub=u1"),
    "claims a list": lambda i: i.raw(AT, b"[]"),
    "claims a text": lambda i: i.raw(AT, b'"sub"'),
    "claims empty": lambda i: i.raw(AT, b"{}"),
    "claims deep": lambda i: claims_text(i, ',"x":' + "[" * 400 + "]" * 400),
    "claim twice": lambda i: claims_text(i, ',"sub":"admin"'),
    "NUL": lambda i: claims_text(i, ',"name":"a\\u0000b"'),
    "lone surrogate": lambda i: claims_text(i, ',"name":"\\ud800"'),
    "NaN": lambda i: claims_text(i, ',"x":NaN'),
    "1e999": lambda i: claims_text(i, ',"x":1e999'),
    "5000 digits": lambda i: claims_text(i, ',"x":' + "9" * 5000),
    "too large": lambda i: i.access(name="x" * 9000),
    "iss missing": lambda i: i.access(iss=None),
    "iss another": lambda i: i.access(iss="https://evil.example/realm"),
    "iss with slash": lambda i: i.access(iss=ISSUER + "/"),
    "iss a list": lambda i: i.access(iss=[ISSUER]),
    "aud missing": lambda i: i.access(aud=None),
    "aud another": lambda i: i.access(aud="somebody-else"),
    "aud part of ours": lambda i: i.access(aud=API[:-1]),
    "aud empty list": lambda i: i.access(aud=[]),
    "aud list without us": lambda i: i.access(aud=["a", "b"]),
    "aud list with an object": lambda i: i.access(aud=[API, {}]),
    "aud a hundred": lambda i: i.access(aud=[API] * 100),
    "aud an object": lambda i: i.access(aud={API: 1}),
    "sub missing": lambda i: i.access(sub=None),
    "sub empty": lambda i: i.access(sub=""),
    "sub a number": lambda i: i.access(sub=1),
    "sub very long": lambda i: i.access(sub="u" * 256),
    "sub with line break": lambda i: i.access(sub="u1\nadmin"),
    "exp missing": lambda i: i.access(exp=None),
    "exp past": lambda i: i.access(iat=NOW - 700, exp=NOW - 61),
    "exp a text": lambda i: i.access(exp=str(NOW + 600)),
    "exp true": lambda i: i.access(exp=True),
    "exp negative": lambda i: i.access(exp=-1),
    "exp huge": lambda i: i.access(exp=10**15),
    "exp beyond an integer": lambda i: i.access(exp=10**30),
    "exp before iat": lambda i: i.access(iat=NOW + 30, exp=NOW + 20),
    "life too long": lambda i: i.access(iat=NOW, exp=NOW + 3601),
    "iat missing": lambda i: i.access(iat=None),
    "iat in the future": lambda i: i.access(iat=NOW + 61),
    "iat a list": lambda i: i.access(iat=[NOW]),
    "nbf in the future": lambda i: i.access(nbf=NOW + 61),
    "nbf true": lambda i: i.access(nbf=True),
    "nbf a text": lambda i: i.access(nbf="soon"),
}


@pytest.mark.abuse("A15")
@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_access_token_does_not_hold(issuer, verifier, forge):
    with pytest.raises(Unauthenticated):
        verifier.verify(forge(issuer), audience=API, token_type=ACCESS_TOKEN, now=at())


@pytest.mark.abuse("A15")
@pytest.mark.parametrize(
    ("header", "changes"),
    [
        ({}, {"nonce": "n2"}),
        ({}, {"nonce": None}),
        ({}, {"nonce": ["n1"]}),
        ({}, {"nonce": "ü"}),
        ({}, {"azp": "somebody-else"}),
        ({}, {"aud": [CLIENT, "other"]}),
        ({}, {"aud": [CLIENT, "other"], "azp": "other"}),
        ({}, {"aud": API}),
        ({}, {"events": {}}),
        ({"typ": "at+jwt"}, {}),
        ({"typ": "logout+jwt"}, {}),
    ],
)
def test_a_forged_id_token_does_not_hold(issuer, verifier, header, changes):
    with pytest.raises(Unauthenticated):
        verifier.verify(issuer.id_token(header, **changes), audience=CLIENT, nonce="n1", now=at())


@pytest.mark.abuse("A15")
@pytest.mark.parametrize("token", [None, 7, b"a.b.c", ["a.b.c"]])
def test_what_is_no_text_does_not_hold(verifier, token):
    with pytest.raises(Unauthenticated):
        verifier.verify(token, audience=API, token_type=ACCESS_TOKEN, now=at())


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"aud": [API, "other"]},
        {"iat": NOW + 59, "exp": NOW + 3000},
        {"iat": NOW - 90, "exp": NOW - 59},
    ],
)
def test_a_good_access_token_holds(issuer, verifier, changes):
    token = issuer.access(**changes)
    assert verifier.verify(token, audience=API, token_type=ACCESS_TOKEN, now=at())["sub"] == "u1"


@pytest.mark.parametrize("kid", ["r1", "e1"])
def test_both_algorithms_hold(issuer, verifier, kid):
    token = issuer.access({"alg": "RS256" if kid == "r1" else "ES256", "kid": kid})
    assert verifier.verify(token, audience=API, token_type=ACCESS_TOKEN, now=at())["sub"] == "u1"


@pytest.mark.parametrize(
    ("header", "changes"),
    [({}, {}), ({"typ": None}, {}), ({}, {"aud": [CLIENT, "other"], "azp": CLIENT})],
)
def test_a_good_id_token_holds(issuer, verifier, header, changes):
    token = issuer.id_token(header, **changes)
    assert verifier.verify(token, audience=CLIENT, nonce="n1", now=at())["nonce"] == "n1"


@pytest.mark.abuse("A15")
@pytest.mark.parametrize(
    "key",
    [
        {"use": "enc"},
        {"alg": "RS512"},
        {"key_ops": ["sign"]},
        {"n": "AQAB"},
        {"n": None},
        {"n": 5},
        {"e": "!"},
        {"kty": "oct", "k": "c2VjcmV0"},
    ],
)
def test_a_published_key_for_something_else_is_not_used(issuer, verifier, key):
    issuer.keys["r1"] |= key
    with pytest.raises(Unauthenticated):
        verifier.verify(issuer.access(), audience=API, token_type=ACCESS_TOKEN, now=at())


@pytest.mark.abuse("A15")
def test_a_key_too_short_to_be_safe_is_not_used(issuer, verifier):
    issuer.rsa = rsa_key("short", bits=1024)
    issuer.keys["r1"] = public_jwk(issuer.rsa, "r1")
    with pytest.raises(Unauthenticated):
        verifier.verify(issuer.access(), audience=API, token_type=ACCESS_TOKEN, now=at())


@pytest.mark.abuse("A15")
@pytest.mark.parametrize(("exp", "later"), [(NOW + 5, 66), (NOW - 50, 11)])
def test_a_verified_token_still_ends_in_time(issuer, verifier, exp, later):
    token = issuer.access(iat=NOW - 100, exp=exp)
    verifier.verify(token, audience=API, token_type=ACCESS_TOKEN, now=at())
    with pytest.raises(Unauthenticated):
        verifier.verify(token, audience=API, token_type=ACCESS_TOKEN, now=at(later))


@pytest.mark.abuse("A15")
def test_a_verified_token_holds_only_where_it_was_verified(issuer, verifier):
    token = issuer.access()
    verifier.verify(token, audience=API, token_type=ACCESS_TOKEN, now=at())
    with pytest.raises(Unauthenticated):
        verifier.verify(token, audience="another-api", token_type=ACCESS_TOKEN, now=at())
    with pytest.raises(Unauthenticated):
        verifier.verify(token, audience=API, now=at())


@pytest.mark.abuse("A15")
def test_a_withdrawn_key_ends_its_tokens_within_a_minute(issuer, verifier):
    token = issuer.access()
    verifier.verify(token, audience=API, token_type=ACCESS_TOKEN, now=at())
    del issuer.keys["r1"]
    with pytest.raises(Unauthenticated):
        verifier.verify(token, audience=API, token_type=ACCESS_TOKEN, now=at(60))


def test_a_verified_token_is_not_verified_again_at_once(issuer, verifier):
    token = issuer.access()
    verifier.verify(token, audience=API, token_type=ACCESS_TOKEN, now=at())
    issuer.keys.clear()
    again = verifier.verify(token, audience=API, token_type=ACCESS_TOKEN, now=at(30))
    assert again["sub"] == "u1"


def test_claims_cannot_be_changed_by_who_gets_them(issuer, verifier):
    claims = verifier.verify(issuer.access(), audience=API, token_type=ACCESS_TOKEN, now=at())
    with pytest.raises(TypeError):
        claims["sub"] = "admin"


def test_missing_keys_are_no_fault_of_the_token(issuer):
    class NoKeys:
        def key(self, _: str) -> None:
            raise Unavailable("sign_in")

    with pytest.raises(Unavailable):
        TokenVerifier(ISSUER, NoKeys()).verify(
            issuer.access(), audience=API, token_type=ACCESS_TOKEN, now=at()
        )


@pytest.mark.abuse("A21")
def test_a_refused_token_appears_in_no_log_and_no_message(issuer, verifier, caplog):
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Unauthenticated) as refused:
        verifier.verify(swapped(issuer), audience=API, token_type=ACCESS_TOKEN, now=at())
    assert "admin" not in str(refused.value)
    assert swapped(issuer).split(".")[1] not in caplog.text
