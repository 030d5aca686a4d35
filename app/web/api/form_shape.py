"""Formular, wie die Schnittstelle es zeigt."""

from typing import Any

from app.forms.form import Form


def form_shape(form: Form) -> dict[str, Any]:
    """Lay out a form with its evidence rules."""
    return {
        "key": form.key,
        "title": form.title,
        "schema": form.schema,
        "ui_schema": form.ui,
        "evidence": [
            {
                "field": pointer,
                "title": rule.title,
                "accept": rule.accept,
                "max_size_bytes": rule.max_size_bytes,
                "max_count": rule.max_count,
            }
            for pointer, rule in form.evidence.items()
        ],
    }
