"""Einmaligkeit: run an unsafe call in one transaction, and only once per Idempotency-Key."""

import re
from collections.abc import Callable
from typing import Any

from flask import abort, request
from sqlalchemy.orm import Session

from app.models.transaction import transaction
from app.usecases.idempotency import once
from app.web import problems
from app.web.api.blueprint import caller
from app.web.api.body import Body
from app.web.parts import parts

_KEY = re.compile(r"[\x21-\x7e]{1,255}\Z")


def answer_once(
    operation: str,
    body: Body,
    act: Callable[[Session], dict[str, Any]],
    *,
    required: bool = False,
) -> dict[str, Any]:
    """Run ``act`` in a transaction and return its answer, or the one the same key got before.

    ``operation`` names the call and the thing it is about. The answer is kept, so it holds
    nothing but ids, numbers and states. Without a key the call simply runs, unless ``required``.

    :raises KeyUsedBefore: the key belongs to another body.
    """
    key = request.headers.get("Idempotency-Key", "")
    if required and not key:
        abort(problems.show("idempotency_key_missing", 400))
    if key and not _KEY.match(key):
        abort(problems.show("idempotency_key_unusable", 400))
    with transaction() as session:
        if not key:
            return act(session)
        answer, _ = once(
            session,
            caller=caller().key,
            operation=operation,
            key=key,
            body_sha256=body.sha256,
            now=parts().clock(),
            act=lambda: act(session),
        )
        return answer
