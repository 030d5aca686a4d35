"""Anmeldedienst des Probebetriebs: a real OpenID Connect provider with invented people."""

from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.web.csrf import without_csrf_token
from app.web.parts import parts
from app.web.trial.authorization_code import CodeRefused, Codes
from app.web.trial.authorize_request import AuthorizeRequest, BadRequest, UnknownClient
from app.web.trial.personas import KINDS, PERSONAS, Persona
from app.web.trial.provider_tokens import LIFE_S, ProviderTokens
from app.web.trial.signing_key import signing_key

PATH = "/trial-idp"
provider = Blueprint("trial_idp", __name__, url_prefix=PATH)


@provider.get("/.well-known/openid-configuration")
def configuration() -> ResponseReturnValue:
    """Publish what clients need to know (OpenID Connect Discovery 1.0)."""
    issuer = _issuer()
    return jsonify(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "jwks_uri": f"{issuer}/jwks",
            "end_session_endpoint": f"{issuer}/logout",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "profile", "email"],
            "token_endpoint_auth_methods_supported": ["none"],
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["login", "none"],
            "authorization_response_iss_parameter_supported": True,
            "claims_supported": sorted(
                {name for persona in PERSONAS.values() for name in persona.all_claims()}
            ),
        }
    )


@provider.get("/jwks")
def keys() -> ResponseReturnValue:
    """Publish the public key."""
    return jsonify({"keys": [_tokens().key.as_dict(private=False)]})


@provider.get("/authorize")
def authorize() -> ResponseReturnValue:
    """Show the people whom one can be; ``login_hint`` puts one of them first."""
    try:
        wanted = AuthorizeRequest.read(request.args, parts().config)
        wanted.require_good()
    except UnknownClient:
        return _refuse()
    except BadRequest as bad:
        return _answer(wanted, error=str(bad))
    if request.args.get("prompt") == "none":  # nobody stays signed in here
        return _answer(wanted, error="login_required")
    hinted = PERSONAS.get(request.args.get("login_hint", ""))
    return render_template(
        "trial/idp_login.html",
        fields=wanted.fields(),
        hinted=hinted,
        groups=[(kind, _others(kind, hinted)) for kind in KINDS],
    )


@provider.post("/authorize")
def choose() -> ResponseReturnValue:
    """Send the browser back with a code for the chosen person, or with a refusal."""
    try:
        wanted = AuthorizeRequest.read(request.form, parts().config)
        wanted.require_good()
    except UnknownClient:
        return _refuse()
    except BadRequest as bad:
        return _answer(wanted, error=str(bad))
    chosen = request.form.get("persona", "")
    if chosen not in PERSONAS:
        return _answer(wanted, error="access_denied")
    return _answer(wanted, code=_codes().issue(wanted, chosen, parts().clock()))


@provider.post("/token")
@without_csrf_token
def token() -> ResponseReturnValue:
    """Exchange a code for tokens; the client is public and proves itself by PKCE."""
    if request.form.get("grant_type") != "authorization_code":
        return jsonify(error="unsupported_grant_type"), 400
    now = parts().clock()
    try:
        persona_key, nonce = _codes().redeem(
            request.form.get("code", ""),
            client_id=request.form.get("client_id", ""),
            redirect_uri=request.form.get("redirect_uri", ""),
            verifier=request.form.get("code_verifier", ""),
            now=now,
        )
    except CodeRefused:
        return jsonify(error="invalid_grant"), 400
    persona, tokens = PERSONAS[persona_key], _tokens()
    response = jsonify(
        access_token=tokens.access_token(persona, now),
        id_token=tokens.id_token(persona, nonce, now),
        token_type="Bearer",  # noqa: S106 - a kind, not a secret
        expires_in=LIFE_S,
        scope="openid",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@provider.route("/userinfo", methods=["GET", "POST"])
@without_csrf_token
def userinfo() -> ResponseReturnValue:
    """Tell the holder of an access token whom it speaks for."""
    scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
    claims = _tokens().read_access_token(presented, parts().clock())
    if scheme.lower() != "bearer" or claims is None:
        return jsonify(error="invalid_token"), 401, {"WWW-Authenticate": "Bearer"}
    persona = next(one for one in PERSONAS.values() if one.subject == claims["sub"])
    return jsonify(persona.all_claims())


@provider.get("/logout")
def logout() -> ResponseReturnValue:
    """Go back to the client, if the address is its own; there is no session to end here."""
    public_url = parts().config.public_url
    wanted = request.args.get("post_logout_redirect_uri", "")
    allowed = {f"{public_url}/", f"{public_url}/abgemeldet"}
    target = wanted if wanted in allowed else f"{public_url}/"
    state = request.args.get("state", "")
    return redirect(f"{target}?{urlencode({'state': state})}" if state else target, 303)


def _answer(wanted: AuthorizeRequest, **values: str) -> ResponseReturnValue:
    """Lead back to the client with ``code`` or ``error`` and who we are (RFC 9207)."""
    query = {**values, "iss": _issuer(), **({"state": wanted.state} if wanted.state else {})}
    return redirect(f"{wanted.redirect_uri}?{urlencode(query)}", 303)


def _others(kind: str, hinted: Persona | None) -> list[Persona]:
    return [one for one in PERSONAS.values() if one.kind == kind and one != hinted]


def _refuse() -> Response:
    return Response(render_template("trial/idp_error.html"), 400)


def _issuer() -> str:
    return f"{parts().config.public_url}{PATH}"


def _codes() -> Codes:
    folder = parts().config.trial_folder
    assert folder is not None  # noqa: S101 - the blueprint exists only in a trial
    return Codes(parts().config.secret_key, folder)


def _tokens() -> ProviderTokens:
    config = parts().config
    assert config.trial_folder is not None  # noqa: S101 - the blueprint exists only in a trial
    return ProviderTokens(
        _issuer(), config.oidc_client_id, config.oidc_api_audience, signing_key(config.trial_folder)
    )
