"""Größe einer Anfrage: views that take more than a form's worth say so."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import request

View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(size_bytes: int) -> Callable[[View], View]:
    """Let the request of a view have a body of ``size_bytes``; stands below the route.

    It counts from the first look at the body, which the check for foreign forms takes.
    """

    def mark(view: View) -> View:
        view.max_body_bytes = size_bytes  # type: ignore[attr-defined]  # functions carry attributes
        return view

    return mark


def allow_body(view: Callable[..., Any]) -> None:
    """Set the limit that ``view`` asks for, if any."""
    size_bytes: int | None = getattr(view, "max_body_bytes", None)
    if size_bytes is not None:
        request.max_content_length = size_bytes
