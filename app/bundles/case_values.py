"""Vorgangsdaten: what expressions, forms and letters see as ``vorgang``; read-only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.file_reference import BERLIN
from app.domain.identity import Identity


def case_values(
    *,
    file_reference: str,
    received_at: datetime,
    municipality: str,
    applicant: Identity,
    settings: Mapping[str, Any],
) -> dict[str, Any]:
    """Build ``vorgang`` as JSON types.

    ``received_at`` is aware; its day is that of German legal time. ``municipality`` is the name
    as people write it; ``settings`` come from ``ServiceManifest.values``.
    """
    return {
        "aktenzeichen": file_reference,
        "eingegangen_am": received_at.astimezone(BERLIN).date().isoformat(),
        "kommune": municipality,
        "antragsteller": {
            "name": applicant.name,
            "art": applicant.person_type.value,
            "vertrauensniveau": applicant.assurance.name,
        },
        "einstellungen": dict(settings),
    }
