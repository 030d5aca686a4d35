"""Briefkopf: who writes, and to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

from app.domain.german import long_day


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The authority as a letter shows it; whatever is empty is left out."""

    authority: str
    department: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    signatory: str = ""

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Take the known keys of a stored letterhead; unknown ones are ignored."""
        known = {field.name for field in fields(cls)}
        return cls(**{key: str(value) for key, value in values.items() if key in known})

    @property
    def place(self) -> str:
        """Postcode and town in one."""
        return f"{self.postcode} {self.town}".strip()

    @property
    def seat(self) -> str:
        """Name and address in one line, as remedies must name it (§ 58 VwGO)."""
        return ", ".join(part for part in (self.authority, self.street, self.place) if part)

    def info(self, file_reference: str, day: date) -> tuple[tuple[str, str], ...]:
        """Rows of the information block beside the address."""
        rows = (
            ("Aktenzeichen", file_reference),
            ("Datum", long_day(day)),
            ("Telefon", self.phone),
            ("E-Mail", self.email),
        )
        return tuple((label, value) for label, value in rows if value)


@dataclass(frozen=True, slots=True)
class Address:
    """Lines of the address window, name first; at most six are shown (DIN 5008)."""

    lines: tuple[str, ...]
