"""Archiv eines Vorgangs: answers, history, letters and evidence of one case as files."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
import structlog

from app.domain.case_status import CASE_STATUS_TEXT, CaseStatus
from app.models.evidence import INFECTED
from app.usecases.applicant.account import OwnCase
from app.usecases.applicant.download_case import TakenHome
from app.usecases.evidence_items import evidence_items
from app.web.citizen.timeline import applicant_timeline
from app.web.zip_stream import ZipEntry, safe_name
from storage.documents import DocumentMissing, DocumentStore

log = structlog.get_logger()


def case_archive(taken: TakenHome, documents: DocumentStore, now: datetime) -> Iterator[ZipEntry]:
    """Lay out the files of a case, the stored ones first.

    The rows are read at once, the bytes when their turn comes, long after the transaction. A file
    whose bytes are gone is named in a file of its own; a store that fails ends it in the middle.
    Malware is never handed out, even while its bytes are still there; the history tells of it.
    """
    evidence = [one for one in taken.own.evidence if one.scan != INFECTED]
    stored = [
        *_numbered("schreiben", [(one.name, one.object_key) for one in taken.letters]),
        *_numbered("nachweise", [(one.name, one.object_key) for one in evidence]),
    ]
    texts = {"antrag": _application(taken.own, now), "verlauf": _history(taken.own)}
    return _entries(str(taken.own.case.id), stored, texts, documents, now)


def _entries(
    case_id: str,
    stored: Sequence[tuple[str, str]],
    texts: Mapping[str, Any],
    documents: DocumentStore,
    now: datetime,
) -> Iterator[ZipEntry]:
    gone = []
    for path, key in stored:
        try:
            yield ZipEntry(path, documents.read(key), now)
        except DocumentMissing:
            gone.append(path)
    if gone:
        log.error("documents_missing", case_id=case_id, count=len(gone))
        lines = ["Diese Dateien konnten wir nicht finden. Bitte wenden Sie sich an Ihre Kommune:"]
        text = "\r\n".join([*lines, *gone, ""])
        yield ZipEntry("fehlende-dateien.txt", [text.encode("utf-8-sig")], now, squeeze=True)
    for name, told in texts.items():
        content = orjson.dumps(told, option=orjson.OPT_INDENT_2)
        yield ZipEntry(f"{name}.json", [content], now, squeeze=True)


def _numbered(folder: str, files: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (f"{folder}/{safe_name(number, name)}", key)
        for number, (name, key) in enumerate(files, start=1)
    ]


def _application(own: OwnCase, now: datetime) -> dict[str, Any]:
    case = own.case
    cards = own.bundle.application_form.summary(
        own.application.answers, own.context, evidence_items(own.evidence)
    )
    return {
        "leistung": case.service_title,
        "kommune": own.municipality.name,
        "aktenzeichen": case.file_reference,
        "antragsteller": case.applicant_name,
        "status": CASE_STATUS_TEXT[CaseStatus(case.status)],
        "eingegangen_am": case.received_at,
        "entschieden_am": case.decided_at,
        "zurueckgezogen_am": case.withdrawn_at,
        "grund_der_ruecknahme": case.withdrawal_reason or None,
        "heruntergeladen_am": now,
        "seiten": [
            {
                "titel": card.title,
                "angaben": [
                    {"frage": row.label, "antwort": row.text, "feld": row.pointer}
                    for row in card.rows
                ],
            }
            for card in cards
        ],
        "werte": own.application.answers,
    }


def _history(own: OwnCase) -> dict[str, Any]:
    return {
        "aktenzeichen": own.case.file_reference,
        "eintraege": [
            {"zeitpunkt": one.at, "was": one.title, "naeheres": one.text or None}
            for one in applicant_timeline(own)
            if one.state != "ahead"
        ],
    }
