"""Verlauf: the whole history of a case in plain German, for those who work on it."""

from collections.abc import Sequence

from app.models.case_event import CaseEvent
from app.web.timeline_entry import TimelineEntry

_SENTENCES = {
    "submitted": "Antrag abgesendet",
    "task_claimed": "Aufgabe übernommen: {task}",
    "task_released": "Aufgabe zurückgelegt: {task}",
    "task_completed": "Aufgabe erledigt: {task}",
    "milestone": "Stand: {text}",
    "notice_provided": "Schreiben bereitgestellt: {subject}",
    "notice_read": "Schreiben gelesen: {subject}",
    "message_sent": "Nachricht gesendet: {name}",
    "message_arrived": "Nachricht eingegangen: {name}",
    "decision_table": "Regeln angewendet: {name}",
    "timer": "Zeitpunkt erreicht: {name}",
    "withdrawn": "Antrag zurückgezogen",
    "downloaded": "Alle Unterlagen heruntergeladen",
    "malware_found": "Schadprogramm in einem Nachweis gefunden, Datei gelöscht",
    "closed": "Vorgang abgeschlossen",
    "incident": "Ein Schritt ist fehlgeschlagen",
    "incident_resolved": "Der fehlgeschlagene Schritt wird wiederholt",
}


def history(events: Sequence[CaseEvent]) -> list[TimelineEntry]:
    """Write one entry per event, oldest first; an unknown kind is shown as a plain step."""
    return [
        TimelineEntry(
            title=_SENTENCES.get(event.kind, "Schritt").format_map(event.detail),
            state="done",
            at=event.at,
            who=event.actor_name or "System",
        )
        for event in events
    ]
