"""A sign-in provider of the tests: signs whatever it is told to and answers without a network."""

import json
from base64 import urlsafe_b64encode
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

import requests
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from requests.adapters import BaseAdapter

ISSUER = "https://idp.example/realm"
CLIENT = "antragswerk"
API = "antragswerk-api"
NOW = 1_795_000_000


@cache
def rsa_key(kid: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """Return the same key for the same id: making one takes long."""
    return rsa.generate_private_key(65537, bits)


@cache
def ec_key(kid: str) -> ec.EllipticCurvePrivateKey:
    """Return the same key for the same id."""
    return ec.generate_private_key(ec.SECP256R1())


def encode(part: dict[str, Any] | bytes) -> str:
    """Write one part of a token; bytes are taken as they are."""
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def public_jwk(key: Any, kid: str) -> dict[str, Any]:
    """Return the public half as the provider publishes it."""
    numbers = key.public_key().public_numbers()
    if isinstance(key, rsa.RSAPrivateKey):
        modulus = numbers.n.to_bytes(key.key_size // 8, "big")
        return {"kty": "RSA", "n": encode(modulus), "e": "AQAB", "kid": kid, "use": "sig"}
    x, y = (encode(one.to_bytes(32, "big")) for one in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": kid, "use": "sig"}


def sign_rsa(key: rsa.RSAPrivateKey, text: bytes) -> bytes:
    return key.sign(text, padding.PKCS1v15(), hashes.SHA256())


def sign_ec(key: ec.EllipticCurvePrivateKey, text: bytes) -> bytes:
    r, s = decode_dss_signature(key.sign(text, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def sign_hmac(secret: bytes, text: bytes) -> bytes:
    mac = hmac.HMAC(secret, hashes.SHA256())
    mac.update(text)
    return mac.finalize()


class Issuer:
    """Two keys, ``r1`` (RSA) and ``e1`` (EC), and tokens that hold unless told otherwise."""

    def __init__(self) -> None:
        self.rsa, self.ec = rsa_key("r1"), ec_key("e1")
        self.keys = {"r1": public_jwk(self.rsa, "r1"), "e1": public_jwk(self.ec, "e1")}

    def key(self, kid: str) -> dict[str, Any] | None:
        """Be the ``KeySource`` of a verifier."""
        return self.keys.get(kid)

    def access_claims(self, **changes: Any) -> dict[str, Any]:
        """Claims of an access token; a change to None leaves the claim out."""
        return _changed(
            {"iss": ISSUER, "sub": "u1", "aud": API, "iat": NOW - 10, "exp": NOW + 600}, changes
        )

    def id_claims(self, **changes: Any) -> dict[str, Any]:
        """Claims of an ID token."""
        return self.access_claims(**{"aud": CLIENT, "nonce": "n1"} | changes)

    def access(self, header: dict[str, Any] | None = None, **changes: Any) -> str:
        """Make an access token with some claims and headers changed."""
        return self.raw(
            _changed({"alg": "RS256", "kid": "r1", "typ": "at+jwt"}, header or {}),
            self.access_claims(**changes),
        )

    def id_token(self, header: dict[str, Any] | None = None, **changes: Any) -> str:
        """Make an ID token with some claims and headers changed."""
        return self.raw(
            _changed({"alg": "RS256", "kid": "r1", "typ": "JWT"}, header or {}),
            self.id_claims(**changes),
        )

    def raw(self, header: dict[str, Any] | bytes, claims: dict[str, Any] | bytes) -> str:
        """Sign any two parts, by the EC key if ``alg`` says so, else by the RSA key."""
        text = f"{encode(header)}.{encode(claims)}"
        by_ec = isinstance(header, dict) and header.get("alg") == "ES256"
        signature = sign_ec(self.ec, text.encode()) if by_ec else sign_rsa(self.rsa, text.encode())
        return f"{text}.{encode(signature)}"


class Network(BaseAdapter):
    """Answers requests from a table of addresses; counts them, and can go down.

    ``answers`` maps an address to a JSON value, to bytes, or to a function of the request that
    returns status and body.
    """

    def __init__(self, answers: dict[str, Any]) -> None:
        super().__init__()
        self.answers = answers
        self.asked: list[str] = []
        self.is_down = False

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override]
        url = request.url.partition("?")[0]
        self.asked.append(url)
        if self.is_down:
            raise requests.ConnectionError
        answer = self.answers.get(url, (404, {}))
        status, body = (
            answer(request)
            if callable(answer)
            else (answer if isinstance(answer, tuple) else (200, answer))
        )
        response = requests.Response()
        response.status_code = status
        response.raw = BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        response.url = request.url
        response.request = request
        if status == 302:
            response.headers["Location"] = "https://elsewhere.example/"
        return response

    def close(self) -> None:
        """Hold nothing."""


def form(request: requests.PreparedRequest) -> dict[str, str]:
    """Read the form that a request sends."""
    body = request.body if isinstance(request.body, str) else request.body.decode()
    return {name: values[0] for name, values in parse_qs(body).items()}


def _changed(values: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**values, **changes}.items() if value is not None}
