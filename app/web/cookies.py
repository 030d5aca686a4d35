"""Cookies: what the platform keeps in a browser; all of them out of reach for scripts."""

from flask import Response, request

from app.web.parts import parts

SIGN_IN = ""
FORM = "formular"
FLOW = "anmeldung"


def cookie_name(purpose: str) -> str:
    """Name a cookie; by TLS the prefix makes browsers refuse one from another host or path."""
    name = f"antragswerk-{purpose}" if purpose else "antragswerk"
    return f"__Host-{name}" if parts().config.is_https else name


def read_cookie(purpose: str) -> str:
    """Return its value, empty if there is none."""
    return request.cookies.get(cookie_name(purpose), "")


def set_cookie(
    response: Response, purpose: str, value: str, *, max_age_s: int | None = None
) -> None:
    """Set it; without ``max_age_s`` until the browser is closed."""
    response.set_cookie(
        cookie_name(purpose),
        value,
        max_age=max_age_s,
        path="/",
        secure=parts().config.is_https,
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: Response, purpose: str) -> None:
    """Have the browser forget it."""
    response.delete_cookie(
        cookie_name(purpose),
        path="/",
        secure=parts().config.is_https,
        httponly=True,
        samesite="Lax",
    )
