"""Regel: a condition across fields, with the sentence to say when it does not hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.expressions.expression import Expression
from app.expressions.fault import ExpressionFault
from app.forms.paths import NamedAnswers
from app.forms.wording import Wording


@dataclass(frozen=True, slots=True)
class Rule:
    """``field`` is the pointer of the answer that the message is shown at."""

    id: str
    claim: Expression
    when: Expression | None
    field: str
    message: Wording
    names: NamedAnswers

    def holds(self, values: Mapping[str, Any], now: datetime) -> bool:
        """Whether the claim is true or does not apply; what cannot be computed does not hold."""
        try:
            if self.when is not None and not self.when.evaluate(values, now):
                return True
            return bool(self.claim.evaluate(values, now))
        except ExpressionFault:
            return False
