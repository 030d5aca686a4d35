"""Prüfungen: what would go wrong with a bundle although it compiles."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.bundles.archive import ROOTS
from app.bundles.bundle import APPLICATION, FORM_FILE, Bundle, paths_in
from app.bundles.model import ModelText, read_model
from app.bundles.scenarios import ISSUE_LETTER
from app.engine.deployment import Node
from app.expressions.expression import compile_expression
from app.expressions.fault import ExpressionFault

_SETTING = re.compile(r"\bvorgang\.einstellungen\.([A-Za-z_]\w*)")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_PEOPLE = "user_task"


class Severity(StrEnum):
    """An error keeps a bundle from being released, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """``id`` is stable; ``where`` is an element id or a file path; ``message`` is German."""

    id: str
    severity: Severity
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class _Subject:
    """A bundle with what its model says, read once."""

    bundle: Bundle
    model: ModelText

    @property
    def nodes(self) -> list[Node]:
        return list(self.bundle.deployment.nodes.values())


def check_bundle(bundle: Bundle) -> list[Finding]:
    """Run all checks; an empty list means nothing was found."""
    key = bundle.manifest.key
    subject = _Subject(bundle, read_model(bundle.files[f"bpmn/{key}/process.bpmn"]))
    return [finding for check in CHECKS for finding in check(subject)]


def _start_form(subject: _Subject) -> Iterator[Finding]:
    start = subject.bundle.start
    if start is None or subject.bundle.form_key(start.properties) != APPLICATION:
        where = start.id if start else f"bpmn/{subject.bundle.manifest.key}/process.bpmn"
        text = "Das Startereignis braucht das Formular „antrag.json“."
        yield Finding("start-form", Severity.ERROR, where, text)


def _task_forms(subject: _Subject) -> Iterator[Finding]:
    for node in subject.nodes:
        if node.kind == _PEOPLE and FORM_FILE not in node.properties:
            text = f"Die Aufgabe „{node.name}“ hat kein Formular."
            yield Finding("task-form", Severity.ERROR, node.id, text)


def _form_files(subject: _Subject) -> Iterator[Finding]:
    folder = f"forms/{subject.bundle.manifest.key}"
    for node in subject.nodes:
        for name in (FORM_FILE, "formUiSchemaFilename"):
            file = node.properties.get(name)
            if file and f"{folder}/{file}" not in subject.bundle.files:
                text = f"Die Datei „{file}“ fehlt in „{folder}“."
                yield Finding("form-file", Severity.ERROR, node.id, text)


def _lanes(subject: _Subject) -> Iterator[Finding]:
    manifest = subject.bundle.manifest
    idle = {name for name, lane in manifest.lanes.items() if lane.role == "system"}
    for lane in subject.bundle.deployment.lanes:
        if lane not in manifest.lanes:
            text = f"Die Bahn „{lane}“ steht nicht in service.toml."
            yield Finding("lane-role", Severity.ERROR, lane, text)
    for node in subject.nodes:
        if node.kind == _PEOPLE and not node.lane:
            text = f"Die Aufgabe „{node.name}“ liegt in keiner Bahn."
            yield Finding("task-lane", Severity.ERROR, node.id, text)
        elif node.kind == _PEOPLE and node.lane in idle:
            text = f"Die Aufgabe „{node.name}“ liegt bei „{node.lane}“, wo niemand arbeitet."
            yield Finding("task-lane", Severity.ERROR, node.id, text)


def _letters(subject: _Subject) -> Iterator[Finding]:
    named: set[str] = set()
    for call in subject.model.calls:
        if call.operator != ISSUE_LETTER:
            text = f"Den Dienst „{call.operator}“ kennt die Plattform nicht."
            yield Finding("service", Severity.ERROR, call.element, text)
            continue
        quoted = [a or b for a, b in _QUOTED.findall(call.parameters.get("letter", ""))]
        named.update(quoted)
        for name in quoted or ["(keines)"]:
            if name not in subject.bundle.letters:
                text = f"Das Schreiben „{name}“ gibt es im Bündel nicht."
                yield Finding("letter", Severity.ERROR, call.element, text)
    for name in sorted(subject.bundle.letters.keys() - named):
        path = f"bpmn/{subject.bundle.manifest.key}/letters/{name}.toml"
        text = f"Das Schreiben „{name}“ wird nie verschickt."
        yield Finding("letter-unused", Severity.WARNING, path, text)


def _milestones(subject: _Subject) -> Iterator[Finding]:
    known = subject.bundle.manifest.milestones
    used = {
        node.properties["milestone"] for node in subject.nodes if "milestone" in node.properties
    }
    for node in subject.nodes:
        name = node.properties.get("milestone")
        if name is not None and name not in known:
            text = f"Der Meilenstein „{name}“ steht nicht in service.toml."
            yield Finding("milestone", Severity.ERROR, node.id, text)
    for name in sorted(known.keys() - used):
        text = f"Der Meilenstein „{name}“ wird nie erreicht."
        yield Finding("milestone-unused", Severity.WARNING, name, text)


def _rounds(subject: _Subject) -> Iterator[Finding]:
    nodes = subject.bundle.deployment.nodes
    for rounds in subject.model.rounds:
        node = nodes[rounds.element]
        form = subject.bundle.form_key(node.properties)
        if node.kind == _PEOPLE and form and rounds.result != form:
            text = f"Das Ergebnis je Durchlauf muss „{form}“ heißen, wie das Formular."
            yield Finding("round-result", Severity.ERROR, node.id, text)


def _messages(subject: _Subject) -> Iterator[Finding]:
    for sending in subject.model.sendings:
        if not sending.correlation:
            text = (
                f"Die Nachricht „{sending.message}“ nennt keinen Wert, an dem der empfangende "
                "Vorgang zu erkennen ist. Bitte ergänzen Sie einen, zum Beispiel das Aktenzeichen."
            )
            yield Finding("message-correlation", Severity.ERROR, sending.element, text)


def _names(subject: _Subject) -> Iterator[Finding]:
    bundle = subject.bundle
    known = {APPLICATION, "vorgang", *bundle.forms}
    known |= {name for use in bundle.deployment.uses for name in use.writes}
    for use in bundle.deployment.uses:
        names = frozenset(path.partition(".")[0] for path in use.reads)
        yield from _unknown(use.element, names - known)
    letters = f"bpmn/{bundle.manifest.key}/letters"
    for name, letter in bundle.letters.items():
        yield from _unknown(f"{letters}/{name}.toml", letter.names - known)
    for column in bundle.manifest.worklist_fields:
        where = f"bpmn/{bundle.manifest.key}/service.toml"
        try:
            names = compile_expression(column.expression).names
        except ExpressionFault as fault:
            yield Finding("expression", Severity.ERROR, where, f"„{column.title}“: {fault.message}")
        else:
            yield from _unknown(where, names - {APPLICATION, "vorgang"})


def _unknown(where: str, names: frozenset[str]) -> Iterator[Finding]:
    for name in sorted(names):
        text = f"„{name}“ gibt es nicht: möglich sind „antrag“, „vorgang“ und die Formulare."
        yield Finding("name", Severity.ERROR, where, text)


def _settings(subject: _Subject) -> Iterator[Finding]:
    known = subject.bundle.manifest.settings
    used: set[str] = set()
    for root in ROOTS:
        for path, content in sorted(subject.bundle.files.items()):
            if not path.startswith(f"{root}/") or path.endswith(".md"):
                continue
            names = set(_SETTING.findall(content.decode(errors="replace")))
            used |= names
            for name in sorted(names - known.keys()):
                text = f"Die Einstellung „{name}“ steht nicht in service.toml."
                yield Finding("setting", Severity.ERROR, path, text)
    for name in sorted(known.keys() - used):
        text = f"Die Einstellung „{name}“ bewirkt nichts."
        yield Finding("setting-unused", Severity.WARNING, name, text)


def _scenarios(subject: _Subject) -> Iterator[Finding]:
    folder = f"bpmn/{subject.bundle.manifest.key}/scenarios"
    if not paths_in(subject.bundle.files, folder, ".toml"):
        text = "Kein Szenario zeigt, dass die Leistung funktioniert."
        yield Finding("scenario", Severity.WARNING, folder, text)


CHECKS: tuple[Callable[[_Subject], Iterator[Finding]], ...] = (
    _start_form,
    _task_forms,
    _form_files,
    _lanes,
    _letters,
    _milestones,
    _rounds,
    _messages,
    _names,
    _settings,
    _scenarios,
)
