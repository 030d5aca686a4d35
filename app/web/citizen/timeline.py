"""Stand des Antrags: the public history in the words of the bundle's milestones."""

from dataclasses import replace

from flask import url_for

from app.domain.case_status import CaseStatus
from app.models.case import Case
from app.models.case_event import CaseEvent
from app.usecases.applicant.account import OwnCase
from app.web.timeline_entry import TimelineEntry

_TITLES = {
    "submitted": "Antrag abgesendet",
    "malware_found": "In einer Ihrer Dateien wurde ein Schadprogramm gefunden. "
    "Die Datei ist gelöscht.",
}


def applicant_timeline(own: OwnCase) -> list[TimelineEntry]:
    """Write what happened, oldest first; the last milestone is where the case stands.

    While nothing is decided the last entry lies ahead.
    """
    entries = [_entry(event, own.case) for event in own.events]
    if own.case.running and entries:
        last = max(
            (i for i, event in enumerate(own.events) if event.kind in {"submitted", "milestone"}),
            default=None,
        )
        if last is not None:
            entries[last] = replace(entries[last], state="current")
    if _is_undecided(own.case):
        title = "Wir bearbeiten Ihren Antrag weiter" if _waits(own.case) else "Wir entscheiden"
        text = "Das Ergebnis finden Sie dann in Ihrem Postfach."
        if _waits(own.case):
            text = "Das geht, sobald Sie geantwortet haben."
        entries.append(TimelineEntry(title, "ahead", text=text))
    return entries


def what_next(own: OwnCase) -> str:
    """Say in one or two sentences what happens next and who has to do something."""
    case = own.case
    if case.withdrawn_at is not None:
        rest = "Wir sehen noch nach, ob etwas zu erledigen ist." if case.running else ""
        return f"Sie haben Ihren Antrag zurückgezogen. {rest or 'Wir bearbeiten ihn nicht weiter.'}"
    if _waits(case):
        return "Wir warten auf Sie. Danach geht es mit Ihrem Antrag weiter."
    if _is_undecided(case):
        time = own.bundle.manifest.processing_time
        return f"Sie müssen im Moment nichts tun. Bearbeitungszeit: {time}."
    if case.status == CaseStatus.DECIDED:
        return "Wir haben entschieden. Die Entscheidung finden Sie in Ihrem Postfach."
    return "Der Vorgang ist abgeschlossen. Es ist nichts mehr zu tun."


def _waits(case: Case) -> bool:
    return case.running and case.status == CaseStatus.WAITING


def _is_undecided(case: Case) -> bool:
    undecided = {CaseStatus.RECEIVED, CaseStatus.IN_PROGRESS, CaseStatus.WAITING}
    return case.running and case.decided_at is None and case.status in undecided


def _entry(event: CaseEvent, case: Case) -> TimelineEntry:
    detail = event.detail
    if event.kind == "withdrawn":
        reason = case.withdrawal_reason
        text = f"Ihr Grund: {reason}" if reason else "Wir bearbeiten ihn nicht weiter."
        return TimelineEntry("Antrag von Ihnen zurückgezogen", "done", event.at, text)
    if event.kind == "milestone":
        return TimelineEntry(str(detail["text"]), "done", event.at)
    if event.kind == "notice_provided":
        link = ("Schreiben lesen", url_for("account.notice", notice_id=detail["notice"]))
        return TimelineEntry(f"Neues Schreiben: {detail['subject']}", "done", event.at, link=link)
    if event.kind == "notice_read":
        return TimelineEntry(f"Von Ihnen gelesen: {detail['subject']}", "done", event.at)
    return TimelineEntry(_TITLES.get(event.kind, "Bearbeitet"), "done", event.at)
