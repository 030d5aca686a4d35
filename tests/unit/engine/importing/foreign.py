"""Foreign models for tests: what other tools draw, and what becomes of it."""

from app.engine.engine import Engine
from app.engine.importing.importer import import_model
from tests.unit.engine.process_builder import chain, node

ENGINE = Engine()


def accepted(source):
    """Import a model that needs no answer; the draft must be deployable."""
    found = import_model(source)
    assert (found.status, found.todos, found.blockers, found.reason) == ("accepted", (), (), "")
    ENGINE.deploy(found.bpmn)
    return found


def todos(source):
    """Import a model that needs answers, and give ``(element id, code)`` of each."""
    found = import_model(source)
    assert (found.status, found.blockers, found.reason) == ("todo", (), "")
    told(found)
    return {(todo.pointer, todo.code) for todo in found.todos}


def blockers(source):
    """Import a model that cannot run, and give ``(element id, code)`` of each reason."""
    found = import_model(source)
    assert (found.status, found.reason) == ("blocked", "")
    told(found)
    return {(blocker.pointer, blocker.code) for blocker in found.blockers}


def changes(found):
    """``(element id, code)`` of each rewriting."""
    return {(note.pointer, note.code) for note in found.changes}


def told(found):
    """Every sentence is one, and points to an element of the draft."""
    text = found.bpmn.decode()
    for one in (*found.changes, *found.todos, *found.blockers):
        assert f'id="{one.pointer}"' in text, one
        assert one.message[0].isupper() or one.message[0] == "„", one
        assert one.message.endswith((".", ")", "?")), one


def event(kind, id, definition="", inner="", **attributes):  # noqa: A002 - as in BPMN
    """An event with one empty definition."""
    inside = f"<bpmn:{definition}EventDefinition>{inner}</bpmn:{definition}EventDefinition>"
    return node(kind, id, inside if definition else "", **attributes)


def task(id, inner="", kind="task", **attributes):  # noqa: A002 - as in BPMN
    """A task of no kind, as most tools draw it."""
    return node(kind, id, inner, name=f"Aufgabe {id}", **attributes)


def second(*elements, **attributes):
    """A second process ``q`` in the same file."""
    body = chain(*elements).replace('"start"', '"start2"').replace('"ende"', '"ende2"')
    return node("process", "q", body, **attributes)
