"""Eintrag im Verlauf: what the timeline shows of one thing that happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry; ``link`` is (text, address); ``at`` is aware, None for what lies ahead."""

    title: str
    state: Literal["done", "current", "ahead"]
    at: datetime | None = None
    text: str = ""
    who: str = ""
    link: tuple[str, str] | None = None
