"""Rumpf einer Anfrage: JSON that is read at once and checked when a view asks for its values."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import orjson
from flask import abort, request
from marshmallow import ValidationError

from app.web import problems
from app.web.api.faults import invalid
from app.web.api.fields import ApiSchema
from app.web.json_body import UnreadableJson, read_json

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"


@dataclass(frozen=True)
class Body:
    """A request body; ``content`` is any JSON, None if nothing was sent."""

    content: Any
    schema: ApiSchema

    @cached_property
    def values(self) -> dict[str, Any]:
        """The checked values.

        :raises Invalid: the schema does not allow them; one fault per field.
        """
        try:
            loaded: dict[str, Any] = self.schema.load({} if self.content is None else self.content)
        except ValidationError as error:
            raise invalid(error) from None
        return loaded

    @property
    def sha256(self) -> str:
        """Hash of the meaning: the order of names and spaces do not count."""
        return sha256(orjson.dumps(self.content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def read_body(schema: ApiSchema, media_types: tuple[str, ...]) -> Body:
    """Read the request's JSON; ends the request with a problem where it is none we take."""
    raw = request.get_data()
    if not raw:
        return Body(None, schema)
    if request.mimetype not in media_types:
        abort(problems.show("media_type", 415))
    try:
        return Body(read_json(raw), schema)
    except UnreadableJson:
        abort(problems.show("unreadable_json", 400))
