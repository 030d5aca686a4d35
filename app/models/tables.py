"""Every model, imported once, so that migrations and mappers see all tables."""

from app.models import (
    application,
    bundle_version,
    case,
    case_event,
    evidence,
    idempotency_key,
    incident,
    municipality,
    notice,
    sign_in,
    task,
    timer,
)

MODULES = (
    application,
    bundle_version,
    case,
    case_event,
    evidence,
    idempotency_key,
    incident,
    municipality,
    notice,
    sign_in,
    task,
    timer,
)
