"""Nachricht zustellen: hand what one case sent to the case that waits for it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.bundles.catalogue import Catalogue
from app.connectors.jobs import RETRY_AFTER_MINUTES, JobQueue
from app.engine.engine import Engine
from app.engine.step import MessageArrived
from app.errors import Incident, TaskDone, Unavailable
from app.models.case import Case, to_be_moved
from app.models.sent_message import SentMessage
from app.models.subscription import cases_waiting_for
from app.usecases.case_messages import delivery
from app.usecases.case_step import Actor, Happening, save_step
from app.usecases.system.record_incident import record_incident
from app.usecases.units_of_work import Transactions


def deliver_message(
    transaction: Transactions,
    message_id: UUID,
    tries: int,
    *,
    catalogue: Catalogue,
    engine: Engine,
    jobs: JobQueue,
    now: datetime,
) -> None:
    """Let the oldest case of the same municipality that waits for a message go on with it.

    May safely run twice, the second time does nothing. While nobody waits the message is tried
    again, by the plan of the queue; after the last time it is an incident of the case that sent
    it. ``tries`` is how often nobody took it before. A receiver that cannot go on has an incident
    of its own, and the message is tried again as well.
    """
    with transaction() as session:
        row = session.execute(
            select(SentMessage, Case.municipality_slug)
            .join(Case, Case.id == SentMessage.case_id)
            .where(SentMessage.id == message_id, SentMessage.tries == tries)
        ).one_or_none()
        if row is None:
            return
        message, municipality = row
        correlation = message.content["correlation"]
        receivers = session.scalars(
            cases_waiting_for(municipality, message.name, correlation)
        ).all()
    cause = f"Auf die Nachricht „{message.name}“ wartet kein Vorgang."
    for case_id in receivers:
        try:
            with transaction() as session:
                _hand_over(session, case_id, message_id, catalogue, engine, jobs, now)
        except TaskDone:
            continue  # it has gone on meanwhile, or what the message says contradicts itself
        except (DBAPIError, Unavailable):
            raise
        except Exception as failure:  # noqa: BLE001 - a case must never hang unseen
            element, reason = _described(failure)
            record_incident(transaction, case_id, element=element, cause=reason, now=now)
            cause = (
                f"Der Vorgang, der auf die Nachricht „{message.name}“ wartet, kann nicht weiter."
            )
            break
        return
    _postpone(transaction, message, tries, cause, jobs, now)


def _hand_over(
    session: Session,
    case_id: UUID,
    message_id: UUID,
    catalogue: Catalogue,
    engine: Engine,
    jobs: JobQueue,
    now: datetime,
) -> None:
    """Lock the case before the message, as everything does that moves a case on."""
    case = session.execute(to_be_moved(case_id)).scalar_one_or_none()
    if case is None:
        raise TaskDone(str(case_id))
    message = session.get(SentMessage, message_id, with_for_update=True, populate_existing=True)
    if message is None:
        return  # it has arrived meanwhile
    bundle = catalogue.bundle(session, case.bundle_digest)
    arrived = MessageArrived(
        message.name, message.content["payload"], message.content["correlation"]
    )
    step = engine.deliver(bundle.deployment, case.process_state, arrived, now)
    session.delete(message)
    detail = {"name": message.name, "case": str(message.case_id)}
    save_step(
        session,
        case,
        bundle,
        step,
        actor=Actor(),
        happenings=[Happening("message_arrived", detail=detail)],
        jobs=jobs,
        now=now,
    )


def _postpone(
    transaction: Transactions,
    message: SentMessage,
    tries: int,
    cause: str,
    jobs: JobQueue,
    now: datetime,
) -> None:
    is_last = tries >= len(RETRY_AFTER_MINUTES)
    if is_last:
        record_incident(transaction, message.case_id, element=message.element, cause=cause, now=now)
    with transaction() as session:
        held = session.get(SentMessage, message.id, with_for_update=True, populate_existing=True)
        if held is None or held.tries != tries:
            return  # another worker was faster
        held.tries = tries + 1
        if not is_last:
            later = now + timedelta(minutes=RETRY_AFTER_MINUTES[tries])
            jobs.defer(session, [delivery(str(held.id), held.tries, not_before=later)])


def _described(failure: Exception) -> tuple[str, str]:
    if isinstance(failure, Incident):
        return failure.element, failure.cause
    return "", type(failure).__name__
