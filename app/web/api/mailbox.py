"""Postfach: the letters an applicant has got."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer

from app.models.base import db
from app.models.notice import Notice
from app.models.transaction import transaction
from app.usecases.applicant.account import read_notice
from app.web.api.blueprint import ApiBlueprint, caller
from app.web.api.evidence_schema import document_address
from app.web.api.mailbox_schemas import NoticeListSchema, NoticeSchema
from app.web.api.paging import PageQuery, newest_first
from app.web.parts import parts

mailbox = ApiBlueprint("mailbox", "Postfach")


@mailbox.call(
    "GET",
    "/mailbox/notices",
    "Schreiben im Postfach, neueste zuerst",
    gives=NoticeListSchema,
    query=PageQuery,
)
def listing(page: dict[str, Any]) -> dict[str, Any]:
    """List the caller's letters without their text."""
    own = select(Notice).where(Notice.recipient == caller().key).options(defer(Notice.html))
    rows, following = newest_first(db.session(), own, Notice.provided_at, Notice.id, page)
    return {"items": [notice_item(notice) for (notice,) in rows], "next_cursor": following}


@mailbox.call(
    "GET",
    "/mailbox/notices/<uuid:notice_id>",
    "Ein Schreiben lesen (das erste Lesen wird festgehalten)",
    gives=NoticeSchema,
)
def notice(notice_id: UUID) -> dict[str, Any]:
    """Show one letter; the first time is recorded."""
    with transaction() as session:
        letter, case, document = read_notice(session, notice_id, caller(), now=parts().clock())
    return {
        **notice_item(letter),
        "file_reference": case.file_reference,
        "html": letter.html,
        "document": {
            "id": document.id,
            "name": document.name,
            "media_type": document.media_type,
            "size_bytes": document.size_bytes,
            "sha256": document.sha256,
            "content_url": document_address(document.id),
        },
    }


def notice_item(notice: Notice) -> dict[str, Any]:
    """Lay out a letter without its text."""
    return {
        "id": notice.id,
        "kind": notice.kind,
        "subject": notice.subject,
        "case_id": notice.case_id,
        "document_id": notice.document_id,
        "content_url": document_address(notice.document_id),
        "provided_at": notice.provided_at,
        "first_read_at": notice.first_read_at,
    }
