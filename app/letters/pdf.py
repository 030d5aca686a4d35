"""PDF: sets a letter as tagged, archivable PDF (PDF/A-3a and PDF/UA-1)."""

import json
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import typst

from app.letters.characters import printable, printable_latin
from app.letters.letter_text import LetterText
from app.letters.letterhead import Address, Letterhead

_FOLDER = Path(__file__).parent
_NOWHERE = "/nonexistent"
#: a compiler serves one thread at a time
_local = threading.local()


def typeset(
    text: LetterText, head: Letterhead, to: Address, *, file_reference: str, date: date
) -> bytes:
    """Set the letter; equal input gives equal bytes.

    Every word travels as data, so nothing in it can act as markup; the compiler sees no file but
    its template and no network. Characters that no letter font has are shown as „�“.
    """
    data = _data(text, head, to, file_reference, date)
    try:
        return _compile(_each_text(data, printable))
    except typst.TypstError:
        return _compile(_each_text(data, printable_latin))


def _data(
    text: LetterText, head: Letterhead, to: Address, file_reference: str, day: date
) -> dict[str, Any]:
    return {
        "kind": text.title,
        "subject": text.subject,
        "blocks": [
            {"type": block.type, "text": block.text, "items": block.items, "rows": block.rows}
            for block in text.blocks
        ],
        "head": {
            "authority": head.authority,
            "department": head.department,
            "street": head.street,
            "place": head.place,
            "phone": head.phone,
            "email": head.email,
            "website": head.website,
            "signatory": head.signatory,
        },
        "seat": head.seat,
        "address": to.lines[:6],
        "info": head.info(file_reference, day),
        "file_reference": file_reference,
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


def _each_text(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _each_text(part, clean) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(part, clean) for part in value]
    return value


def _compile(data: Any) -> bytes:
    compiler: typst.Compiler | None = getattr(_local, "compiler", None)
    if compiler is None:
        compiler = _local.compiler = typst.Compiler(
            str(_FOLDER / "letter.typ"),
            root=str(_FOLDER),
            ignore_system_fonts=True,
            package_path=_NOWHERE,
            package_cache_path=_NOWHERE,
        )
    pdf = compiler.compile(
        format="pdf", sys_inputs={"data": json.dumps(data)}, pdf_standards=["a-3a", "ua-1"]
    )
    if not isinstance(pdf, bytes):  # other formats give one file per page
        raise TypeError("typst gave no PDF")
    return pdf
