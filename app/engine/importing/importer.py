"""Übernahme: a BPMN file of another tool becomes a draft of ours.

Deploying never rewrites anything; this is for drafts alone. The author is told what was changed,
what is still to be said, and what the platform cannot do.
"""

from dataclasses import replace

from lxml import etree

from app.engine.importing.draft import Import, Status
from app.engine.importing.processes import choose_process, drawn_processes, mark, rename_reserved
from app.engine.importing.reading import read_foreign
from app.engine.importing.rewriting import rewrite
from app.engine.importing.sketch import Sketch, nodes_of
from app.engine.importing.verdict import judge
from app.engine.modelling.rules import MAX_NODES, MAX_NODES_PER_SCOPE
from app.engine.modelling.xmlio import read_xml
from app.errors import BundleInvalid, FieldFault

FILE = "process.bpmn"
MAX_FLOWS = 6_000
MAX_PROCESSES = 30
_NO_FLOW = "In dieser Datei ist kein Ablauf gezeichnet."
_UNFORESEEN = (
    "Diese Datei ließ sich nicht auswerten. Bitte speichern Sie sie in einem anderen Werkzeug neu."
)


def import_model(source: bytes) -> Import:
    """Read, rewrite and judge a file; any bytes give an answer, none an exception."""
    try:
        return _import(source)
    except BundleInvalid as invalid:
        return Import("failed", reason=invalid.fields[0].message)
    except Exception:  # noqa: BLE001 - whatever a stranger sends must end in a sentence
        return Import("failed", reason=_UNFORESEEN)


def _import(source: bytes) -> Import:
    root, notes = read_foreign(source)
    sketch = Sketch(root, notes)
    too_large = _too_large(sketch)
    if too_large is not None:
        return Import("blocked", source, blockers=(too_large,))
    rewrite(sketch)
    drawn = drawn_processes(sketch)
    if not drawn:
        return Import("failed", reason=_NO_FLOW)
    chosen = choose_process(sketch, drawn)
    for process in drawn:
        rename_reserved(sketch, process)
    verdicts = [judge(root, process, sketch.questions) for process in drawn]
    mark(root, chosen)
    draft = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    read_xml(draft, FILE)
    todos = [todo for verdict in verdicts for todo in verdict.todos]
    blockers = [blocker for verdict in verdicts for blocker in verdict.blockers]
    told = {(fault.pointer, fault.code) for fault in (*todos, *blockers)}
    todos += [one for one in sketch.questions if (one.pointer, one.code) not in told]
    places = {element.get("id") for element in root.iter()}
    home = chosen.get("id", "")
    changes = [
        note if note.pointer in places else replace(note, pointer=home) for note in sketch.notes
    ]
    todos = [todo if todo.pointer in places else replace(todo, pointer=home) for todo in todos]
    return Import(
        _status(todos, blockers),
        draft,
        tuple(changes),
        tuple(dict.fromkeys(todos)),
        tuple(blockers),
    )


def _too_large(sketch: Sketch) -> FieldFault | None:
    """Tell at once what would cost much and be refused in the end."""
    scopes = [len(nodes_of(scope)) for scope in sketch.scopes()]
    if max(scopes, default=0) > MAX_NODES_PER_SCOPE or sum(scopes) > 2 * MAX_NODES:
        message = f"Bitte teilen Sie auf: höchstens {MAX_NODES_PER_SCOPE} Elemente je Bereich."
        return FieldFault(FILE, "too_many_nodes", message)
    if len(sketch.all("sequenceFlow")) > MAX_FLOWS or len(sketch.all("process")) > MAX_PROCESSES:
        return FieldFault(
            FILE, "too_many_nodes", "Bitte teilen Sie das Modell auf mehrere Dateien auf."
        )
    return None


def _status(todos: list[FieldFault], blockers: list[FieldFault]) -> Status:
    if blockers:
        return "blocked"
    return "todo" if todos else "accepted"
