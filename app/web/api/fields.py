"""Felder: the few kinds of input the interface takes, with German messages and stable codes.

Each message is written ``code: text``; :mod:`app.web.api.faults` takes the two apart.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

from app.domain.file_reference import BERLIN

REQUIRED = "required: Bitte geben Sie dies an."
TEXT = "type: Bitte geben Sie hier einen Text an."
_SCHEMA_MESSAGES = {
    "unknown": "unknown_field: Dieses Feld kennen wir nicht. Bitte lassen Sie es weg.",
    "type": "type: Bitte senden Sie hier ein JSON-Objekt.",
}
_LINE_SIGNS = str.maketrans("", "", "\n\r\t")
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")


def _messages(**texts: str) -> dict[str, str | list[Any] | dict[Any, Any]]:
    return {"required": REQUIRED, "null": REQUIRED, **texts}


class ApiSchema(Schema):
    """A body or query; fields it does not know are refused."""

    error_messages = _SCHEMA_MESSAGES


class Text(fields.String):
    """A text without control characters; at most ``max_length`` characters.

    It has one line unless ``lines`` allows several.
    """

    default_error_messages = _messages(
        invalid=TEXT,
        invalid_utf8=TEXT,
        control="bad_character: Bitte entfernen Sie Zeilenumbrüche und Steuerzeichen.",
        control_in_lines="bad_character: Bitte entfernen Sie Steuerzeichen.",
    )

    def __init__(self, *, max_length: int = 200, lines: bool = False, **options: Any) -> None:
        self.lines = lines
        message = f"too_long: Bitte geben Sie höchstens {max_length} Zeichen an."
        super().__init__(validate=Length(max=max_length, error=message), **options)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, *args, **kwargs)
        if self.lines and _CONTROL.search(text.translate(_LINE_SIGNS)):
            raise self.make_error("control_in_lines")
        if not self.lines and _CONTROL.search(text):
            raise self.make_error("control")
        return text


class Choice(Text):
    """One of a few words."""

    def __init__(self, *words: str, **options: Any) -> None:
        super().__init__(**options)
        names = ", ".join(word for word in words if word)
        self.validators = [OneOf(words, error=f"unknown_value: Möglich sind hier: {names}.")]


class Flag(fields.Boolean):
    """``true`` or ``false`` and nothing that merely looks like it."""

    default_error_messages = _messages(
        invalid="type: Bitte geben Sie hier true oder false an.",
    )

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Answers(fields.Field[dict[str, Any]]):
    """Answers: page id to field id to value; ``removable`` lets null stand for a whole page."""

    default_error_messages = _messages(
        invalid="type: Bitte senden Sie hier ein JSON-Objekt mit Angaben.",
        page="type: Bitte senden Sie zu jeder Seite ein JSON-Objekt mit ihren Angaben.",
    )

    def __init__(self, *, removable: bool = False, flat: bool = False, **options: Any) -> None:
        super().__init__(metadata={"type": "object", "additionalProperties": True}, **options)
        self.removable = removable
        self.flat = flat

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        if not self.flat and not all(map(self._is_page, value.values())):
            raise self.make_error("page")
        return value

    def _is_page(self, value: Any) -> bool:
        return isinstance(value, Mapping) or (self.removable and value is None)


class Limit(fields.Integer):
    """How many rows a page of a list has."""

    default_error_messages = _messages(
        invalid="type: Bitte geben Sie eine ganze Zahl an.",
        too_large="type: Bitte geben Sie eine ganze Zahl an.",
    )

    def __init__(self) -> None:
        message = "out_of_range: Bitte geben Sie eine Zahl von 1 bis 200 an."
        super().__init__(load_default=50, validate=Range(1, 200, error=message))


class Moment(fields.Field[datetime]):
    """A time with its zone, or a day: then its beginning in German legal time."""

    default_error_messages = _messages(
        invalid="type: Bitte geben Sie einen Tag (2026-11-22) "
        "oder einen Zeitpunkt mit Zeitzone (2026-11-22T08:00:00Z) an."
    )

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> datetime:
        try:
            if len(value) == len("2026-11-22"):
                return datetime.combine(date.fromisoformat(value), time(), BERLIN).astimezone(UTC)
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                raise ValueError("no zone")
            return moment.astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            raise self.make_error("invalid") from None


class Time(fields.Field[datetime]):
    """A time in an answer: RFC 3339 in UTC with ``Z``; text that is already so stays."""

    def __init__(self, *, description: str = "", **options: Any) -> None:
        described = {"description": description} if description else {}
        super().__init__(metadata={"type": "string", "format": "date-time", **described}, **options)

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str | None:
        return rfc3339(value) if isinstance(value, datetime) else value


def rfc3339(moment: datetime) -> str:
    """Write an aware time as ``2026-11-22T08:00:00Z``."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
