"""Antrag zurückziehen: the applicant no longer wants what they asked for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.bundles.bundle import Bundle
from app.bundles.catalogue import Catalogue
from app.connectors.jobs import JobQueue
from app.domain.case_status import CaseStatus
from app.domain.identity import Identity
from app.engine.engine import Engine
from app.engine.step import MessageArrived, Step
from app.errors import FieldFault, Invalid, Missing, TaskDone, TooLateToWithdraw, WrongState
from app.models.case import Case, held
from app.usecases.case_step import Actor, Happening, record, save_step
from app.usecases.close_case import close_case

#: name of the message by which a process says that it deals with a withdrawal itself
WITHDRAWAL = "ruecknahme"
MAX_REASON = 1000
_DECIDED = {CaseStatus.DECIDED.value, CaseStatus.CLOSED.value}


def withdraw_application(
    session: Session,
    case_id: UUID,
    citizen: Identity,
    *,
    reason: str,
    catalogue: Catalogue,
    engine: Engine,
    jobs: JobQueue,
    now: datetime,
) -> Case:
    """Withdraw the application of a case; once is enough, a repetition changes nothing.

    A process that waits for the message ``ruecknahme`` gets it, with the reason under ``grund``,
    and goes on as it likes. Any other is left where it is and the case is closed.

    :raises Missing: no such case, or not this citizen's.
    :raises TooLateToWithdraw: it was decided, or has ended.
    :raises WrongState: a time that has run out takes the process elsewhere in this moment.
    :raises Invalid: the reason is too long.
    :raises Incident: the process cannot deal with the message; nothing is changed.
    """
    case = session.execute(held(case_id).where(Case.applicant == citizen.key)).scalar_one_or_none()
    if case is None:
        raise Missing(str(case_id))
    if case.withdrawn_at is not None:
        return case
    if not can_be_withdrawn(case):
        raise TooLateToWithdraw(str(case_id))
    reason = _cleaned(reason)
    bundle = catalogue.bundle(session, case.bundle_digest)
    step = _by_process(engine, bundle, case, reason, now)
    case.status = CaseStatus.WITHDRAWN.value
    case.withdrawn_at, case.withdrawal_reason = now, reason
    actor, happening = Actor(citizen.key, citizen.name), Happening("withdrawn", public=True)
    if step is None:
        close_case(session, case, now=now)
        record(session, case, [happening, Happening("closed")], actor=actor, now=now)
    else:
        save_step(
            session, case, bundle, step, actor=actor, happenings=[happening], jobs=jobs, now=now
        )
    return case


def can_be_withdrawn(case: Case) -> bool:
    """Tell whether there is still something to withdraw."""
    decided = case.decided_at is not None or case.status in _DECIDED
    return case.running and case.withdrawn_at is None and not decided


def _by_process(
    engine: Engine, bundle: Bundle, case: Case, reason: str, now: datetime
) -> Step | None:
    waits = engine.inspect(bundle.deployment, case.process_state).subscriptions
    wanted = next((one for one in waits if one.message == WITHDRAWAL), None)
    if wanted is None:
        return None
    message = MessageArrived(WITHDRAWAL, {"grund": reason}, wanted.correlation)
    try:
        return engine.deliver(bundle.deployment, case.process_state, message, now)
    except TaskDone:
        raise WrongState(str(case.id)) from None


def _cleaned(reason: str) -> str:
    """Keep what can be read, line by line.

    :raises Invalid: it is too long.
    """
    lines = reason.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in lines if sign.isprintable() or sign == "\n").strip()
    if len(text) > MAX_REASON:
        message = f"Bitte schreiben Sie höchstens {MAX_REASON} Zeichen."
        raise Invalid([FieldFault("/reason", "too_long", message)])
    return text
