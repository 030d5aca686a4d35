"""The one declarative base and the Flask-SQLAlchemy extension."""

from datetime import datetime
from typing import Any, ClassVar

import orjson
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, MetaData
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """All tables; constraint names follow one convention so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    #: every time is aware and in UTC; JSON columns keep the order of their keys
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


db = SQLAlchemy(
    metadata=Base.metadata,
    engine_options={"json_serializer": _dumps, "json_deserializer": orjson.loads},
    session_options={"expire_on_commit": False},
)
