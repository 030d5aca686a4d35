"""Status eines Vorgangs: the few states an applicant and a case worker see."""

from enum import StrEnum


class CaseStatus(StrEnum):
    """Life of a case after submission."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


CASE_STATUS_TEXT = {
    CaseStatus.RECEIVED: "Eingegangen",
    CaseStatus.IN_PROGRESS: "In Bearbeitung",
    CaseStatus.WAITING: "Wartet auf Sie",
    CaseStatus.DECIDED: "Entschieden",
    CaseStatus.CLOSED: "Abgeschlossen",
    CaseStatus.WITHDRAWN: "Zurückgezogen",
}
