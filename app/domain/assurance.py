"""Vertrauensniveau: how surely a person was identified."""

from enum import IntEnum


class AssuranceLevel(IntEnum):
    """Ordered levels; compare with ``<``.

    BASIC is BundID's user name and password (Basisregistrierung), which its operator does not
    call an assurance level; LOW is eIDAS low / "normal", SUBSTANTIAL is ELSTER, HIGH is the
    online ID card. Source: BSI TR-03107-1, eIDAS Art. 8.
    """

    NONE = 0
    BASIC = 1
    LOW = 2
    SUBSTANTIAL = 3
    HIGH = 4


_CLAIMS = {
    "STORK-QAA-Level-1": AssuranceLevel.BASIC,
    "STORK-QAA-Level-2": AssuranceLevel.LOW,
    "STORK-QAA-Level-3": AssuranceLevel.SUBSTANTIAL,
    "STORK-QAA-Level-4": AssuranceLevel.HIGH,
    "http://eidas.europa.eu/LoA/low": AssuranceLevel.LOW,
    "http://eidas.europa.eu/LoA/substantial": AssuranceLevel.SUBSTANTIAL,
    "http://eidas.europa.eu/LoA/high": AssuranceLevel.HIGH,
}


def assurance_from_claim(claim: object) -> AssuranceLevel:
    """Map an ``acr`` claim to a level; anything unknown is the lowest, never an error."""
    return (
        _CLAIMS.get(claim, AssuranceLevel.NONE) if isinstance(claim, str) else AssuranceLevel.NONE
    )
