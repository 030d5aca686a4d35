"""Hinweis per E-Mail: tell the recipient that the mailbox holds something new, never what."""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select

from app.bundles.catalogue import Catalogue
from app.connectors.mail import Mail, MailMessage
from app.domain.identity import Identity
from app.errors import Rejected
from app.models.application import Application
from app.models.case import Case
from app.models.municipality import Municipality
from app.models.notice import Notice
from app.usecases.units_of_work import Transactions

log = structlog.get_logger()


def notify_recipient(
    transaction: Transactions,
    notice_id: UUID,
    *,
    catalogue: Catalogue,
    mail: Mail,
    public_url: str,
    now: datetime,
) -> None:
    """Send the mail for a notice unless it went out before; without an address nothing is sent.

    The mail holds no content and no file reference (BSI TR-03172-3, A3.3.02).

    :raises Unavailable: the mail system does not answer; try again.
    """
    with transaction() as session:
        notice, application, municipality = session.execute(
            select(Notice, Application, Municipality)
            .join(Case, Case.id == Notice.case_id)
            .join(Application, Application.id == Case.application_id)
            .join(Municipality, Municipality.slug == Case.municipality_slug)
            .where(Notice.id == notice_id)
        ).one()
        form = catalogue.bundle(session, application.bundle_digest).application_form
    told = form.answered_identity(application.answers)
    address = told.get("email") or Identity.from_dict(application.identity).email
    if notice.notified_at is not None or not address:
        return
    message = MailMessage(
        id=str(notice_id),
        to=address,
        subject=f"Neue Mitteilung von: {municipality.name}",
        body=(
            "Guten Tag,\n\n"
            "in Ihrem Postfach liegt eine neue Mitteilung für Sie.\n"
            "Bitte melden Sie sich an, um sie zu lesen:\n\n"
            f"{public_url}/konto/postfach\n\n"
            "Aus Gründen des Datenschutzes steht der Inhalt nicht in dieser E-Mail.\n\n"
            f"Mit freundlichen Grüßen\n{municipality.name}\n"
        ),
    )
    try:
        mail.send(message)
    except Rejected:
        log.warning("mail_rejected", notice_id=str(notice_id))
        return
    with transaction() as session:
        held = session.get(Notice, notice_id, with_for_update=True, populate_existing=True)
        if held is not None and held.notified_at is None:
            held.notified_at = now
