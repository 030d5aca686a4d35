"""Stand des Antrags: the public history in the words of the bundle's milestones."""

from dataclasses import replace

from flask import url_for

from app.models.case import Case
from app.models.case_event import CaseEvent
from app.usecases.applicant.account import OwnCase
from app.web.timeline_entry import TimelineEntry


def applicant_timeline(own: OwnCase) -> list[TimelineEntry]:
    """Write what happened, oldest first; the last milestone is where the case stands."""
    entries = [_entry(event, own.case) for event in own.events]
    if own.case.running and entries:
        last = max(
            (i for i, event in enumerate(own.events) if event.kind in {"submitted", "milestone"}),
            default=None,
        )
        if last is not None:
            entries[last] = replace(entries[last], state="current")
    return entries


def _entry(event: CaseEvent, case: Case) -> TimelineEntry:
    detail = event.detail
    if event.kind == "submitted":
        return TimelineEntry("Antrag abgesendet", "done", event.at)
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
    return TimelineEntry("Bearbeitet", "done", event.at)
