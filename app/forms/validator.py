"""Prüfer: jsonschema-rs with our formats and without any way out of the process.

Patterns run on a linear-time engine, so no pattern can hang a request; look-around is therefore
refused when a form is compiled.
"""

import re
from collections.abc import Mapping
from typing import Any, NoReturn

from jsonschema_rs import Draft202012Validator, EmailOptions, RegexOptions, Validator

from app.forms.german import iso_date
from app.forms.notation import is_iban, is_moment, is_month, is_time, is_web_address

_POSTCODE = re.compile(r"(0[1-9]|[1-9][0-9])[0-9]{3}\Z")
_PHONE = re.compile(r"\+?[0-9 ()/.-]{5,40}\Z")
_MIN_PHONE_DIGITS = 5


def _is_phone(text: str) -> bool:
    digits = sum(character.isdigit() for character in text)
    return bool(_PHONE.match(text)) and digits >= _MIN_PHONE_DIGITS


def _refuse(uri: str) -> NoReturn:
    raise LookupError(f"nothing is fetched while forms are checked ({len(uri)} characters)")


_FORMATS = {
    "date": lambda text: iso_date(text) is not None,
    "postcode": lambda text: bool(_POSTCODE.match(text)),
    "phone": _is_phone,
    "time": is_time,
    "date-time": is_moment,
    "month": is_month,
    "iban": is_iban,
    "uri": is_web_address,
}
FORMATS = frozenset({*_FORMATS, "email"})


def make_validator(schema: Mapping[str, Any]) -> Validator:
    """Compile a schema.

    :raises ValueError: it is no schema, a pattern is not supported, or it refers outside.
    """
    return Draft202012Validator(
        dict(schema),
        formats=_FORMATS,
        validate_formats=True,
        ignore_unknown_formats=False,
        retriever=_refuse,
        pattern_options=RegexOptions(size_limit=1_000_000, dfa_size_limit=1_000_000),
        email_options=EmailOptions(
            require_tld=True, allow_domain_literal=False, allow_display_text=False
        ),
    )
