"""Umgebung: what expressions see besides the form's own answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class FormContext:
    """``now`` is aware, UTC; ``values`` maps names to data, e.g. ``vorgang`` and ``antrag``.

    The answers of the form at hand appear under its own key and need not be in ``values``.
    """

    now: datetime
    values: Mapping[str, Any]
