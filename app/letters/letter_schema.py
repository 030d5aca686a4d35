"""Schreibenvorlage: the shape of a letter's TOML, which may come from anywhere."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, OneOf

from app.letters.letter_text import BlockType, LetterKind
from app.letters.part import ANSWERS

_TEXT = Length(min=1, max=8000)
_WITHOUT_TEXT = {ANSWERS, BlockType.LIST, BlockType.FACTS}


class RowSchema(Schema):
    """One line of a table of facts."""

    label = fields.String(required=True, validate=Length(min=1, max=200))
    value = fields.String(required=True, validate=Length(min=1, max=1000))


class BlockSchema(Schema):
    """One block; which keys it needs depends on its type."""

    type = fields.String(required=True, validate=OneOf([*BlockType, ANSWERS]))
    when = fields.String(load_default="", validate=Length(max=2000))
    text = fields.String(load_default="", validate=Length(max=8000))
    items = fields.List(fields.String(validate=_TEXT), load_default=[], validate=Length(max=50))
    rows = fields.List(fields.Nested(RowSchema), load_default=[], validate=Length(max=50))

    @validates_schema
    def has_what_its_type_needs(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a block without content, and content the block would never show."""
        kind = data["type"]
        if bool(data["text"].strip()) != (kind not in _WITHOUT_TEXT):
            raise ValidationError("Dieser Baustein braucht einen Text, oder er darf keinen haben.")
        if bool(data["items"]) != (kind == BlockType.LIST):
            raise ValidationError("„items“ gehört zu einer Liste, und nur dorthin.")
        if bool(data["rows"]) != (kind == BlockType.FACTS):
            raise ValidationError("„rows“ gehört zu einer Übersicht (facts), und nur dorthin.")


class LetterSchema(Schema):
    """A letter's source; unknown keys are errors."""

    kind = fields.Enum(LetterKind, by_value=True, required=True)
    title = fields.String(required=True, validate=Length(min=1, max=100))
    subject = fields.String(required=True, validate=Length(min=1, max=300))
    block = fields.List(fields.Nested(BlockSchema), required=True, validate=Length(min=1, max=100))
