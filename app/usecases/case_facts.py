"""Vorgangsdaten: what expressions see under the read-only name ``vorgang``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.file_reference import BERLIN
from app.domain.identity import Identity


def case_facts(
    *,
    municipality_name: str,
    identity: Identity,
    settings: Mapping[str, Any],
    now: datetime,
    file_reference: str = "",
) -> dict[str, Any]:
    """Describe a case, or the draft of one, to expressions; dates are ISO in German legal time."""
    return {
        "aktenzeichen": file_reference,
        "eingegangen_am": now.astimezone(BERLIN).date().isoformat(),
        "kommune": municipality_name,
        "antragsteller": {
            "name": identity.name,
            "art": identity.person_type.value,
            "vertrauensniveau": identity.assurance.name,
        },
        "einstellungen": dict(settings),
    }
