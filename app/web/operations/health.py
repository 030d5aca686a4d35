"""Betrieb: whether the platform lives, is ready and how busy it is."""

from datetime import timedelta
from email.utils import parseaddr

from flask import Blueprint, Response, current_app, jsonify
from flask.typing import ResponseReturnValue

from app.models.base import db
from app.web.operations.metrics import Metrics, measure_requests
from app.web.operations.readiness import check_readiness
from app.web.parts import parts

operations = Blueprint("operations", __name__)
measure_requests(operations)

CONTACT_LASTS = timedelta(days=180)


@operations.get("/healthz")
def alive() -> ResponseReturnValue:
    """Say that this process answers; touches nothing else."""
    return jsonify({"status": "ok"})


@operations.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether requests can be served; 503 names in German what is missing."""
    checks = check_readiness(db.engine, parts().documents)
    is_ready = all(check.ok for check in checks.values())
    shown = {
        name: {"ok": check.ok} if check.ok else {"ok": False, "hint": check.hint}
        for name, check in checks.items()
    }
    answer = jsonify({"status": "ready" if is_ready else "not_ready", "checks": shown})
    answer.status_code = 200 if is_ready else 503
    return answer


@operations.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Send the numbers to Prometheus; they hold no names and no ids."""
    kept: Metrics = current_app.extensions["metrics"]
    return Response(kept.expose(db.engine), content_type=kept.CONTENT_TYPE)


@operations.get("/.well-known/security.txt")
def security_txt() -> ResponseReturnValue:
    """Tell whom to write to about a weakness. Source: RFC 9116."""
    config = parts().config
    expires = (parts().clock() + CONTACT_LASTS).strftime("%Y-%m-%dT00:00:00Z")
    lines = (
        f"Contact: mailto:{parseaddr(config.mail_from)[1]}",
        f"Expires: {expires}",
        "Preferred-Languages: de, en",
        f"Canonical: {config.public_url}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
