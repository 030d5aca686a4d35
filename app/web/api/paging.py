"""Blättern: lists come in pages, each with the cursor of the next one."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.errors import FieldFault, Invalid
from app.web.api.fields import ApiSchema, Limit, Text
from app.web.cursor import read_cursor, write_cursor

Item = TypeVar("Item")


class PageQuery(ApiSchema):
    """Which page of a list."""

    cursor = Text(
        load_default="",
        max_length=400,
        metadata={"description": "next_cursor der Seite davor; leer am Anfang"},
    )
    limit = Limit()


def newest_first(
    session: Session,
    query: Select[*tuple[Any, ...]],
    at: InstrumentedAttribute[datetime],
    row_id: InstrumentedAttribute[UUID],
    page: dict[str, Any],
) -> tuple[Sequence[Any], str | None]:
    """Read one page of ``query`` from the newest on; returns rows and the next cursor.

    The entity that ``at`` and ``row_id`` belong to comes first in a row.

    :raises Invalid: the cursor is none of ours.
    """
    after = read_cursor(page["cursor"])
    if after:
        query = query.where(tuple_(at, row_id) < after)
    rows = session.execute(query.order_by(at.desc(), row_id.desc()).limit(page["limit"] + 1)).all()
    shown = rows[: page["limit"]]
    if len(rows) <= len(shown):
        return shown, None
    last = shown[-1][0]
    return shown, write_cursor((getattr(last, at.key), getattr(last, row_id.key)))


def by_name(
    items: Sequence[Item], name: Callable[[Item], str], page: dict[str, Any]
) -> tuple[Sequence[Item], str | None]:
    """Take one page of what is at hand anyway, ordered by a unique ``name``.

    :raises Invalid: the cursor is none of ours.
    """
    after = read_name(page["cursor"])
    left = sorted((item for item in items if name(item) > after), key=name)
    shown = left[: page["limit"]]
    return shown, write_name(name(shown[-1])) if len(left) > len(shown) else None


def write_name(name: str) -> str:
    """Encode a name as a cursor."""
    return urlsafe_b64encode(f"name|{name}".encode()).decode().rstrip("=")


def read_name(cursor: str) -> str:
    """Decode what :func:`write_name` wrote; the empty text is the beginning.

    :raises Invalid: it is something else.
    """
    if not cursor:
        return ""
    try:
        kind, _, name = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition("|")
        if kind != "name" or not name.isprintable():
            raise ValueError("not ours")
    except (ValueError, binascii.Error):
        message = "Diese Seite der Liste gibt es nicht. Bitte beginnen Sie von vorn."
        raise Invalid([FieldFault("/cursor", "cursor", message)]) from None
    return name
