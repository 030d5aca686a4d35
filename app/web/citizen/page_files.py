"""Dateien einer Seite: what comes along with a page of a form, and what is taken away again."""

from typing import BinaryIO, cast
from uuid import UUID

from flask import request

from app.errors import FieldFault, Invalid, Missing
from app.models.transaction import transaction
from app.usecases.applicant.add_evidence import add_evidence
from app.usecases.applicant.remove_evidence import remove_evidence
from app.web.identity import signed_in
from app.web.parts import parts

#: looking at files costs time: after so many bad ones the rest must come again
MOST_REFUSED = 3


def take_files(application_id: UUID, page_id: str) -> tuple[int, list[FieldFault]]:
    """Keep the files sent for one page; return how many, and what is wrong with the others.

    :raises Missing: no such draft, or not this citizen's.
    :raises AlreadySubmitted: handed in before.
    :raises StoreUnavailable: the store fails.
    """
    p, taken, refused = parts(), 0, list[FieldFault]()
    for name, file in request.files.items(multi=True):
        page, _, field = name.partition(".")
        if not file.filename or page != page_id:
            continue
        try:
            add_evidence(
                transaction,
                application_id,
                signed_in(),
                f"/{page}/{field}",
                file.filename,
                cast("BinaryIO", file.stream),
                documents=p.documents,
                scanner=p.scanner,
                catalogue=p.catalogue,
                now=p.clock(),
            )
            taken += 1
        except Invalid as invalid:
            refused.extend(invalid.fields)
            if len(refused) >= MOST_REFUSED:
                break
    return taken, refused


def remove_file(application_id: UUID, evidence_id: str) -> None:
    """Take one file out of a draft; ``evidence_id`` is what the button said.

    :raises Missing: no such draft or file, or not this citizen's.
    :raises AlreadySubmitted: handed in before.
    """
    p = parts()
    try:
        known = UUID(evidence_id)
    except ValueError:
        raise Missing("evidence") from None
    remove_evidence(
        transaction,
        application_id,
        signed_in(),
        known,
        documents=p.documents,
        catalogue=p.catalogue,
        now=p.clock(),
    )
