"""Schlüssigkeitsregeln: a process that can never come to its end is refused."""

from collections.abc import Iterator

from app.engine.modelling.model import Model
from app.engine.modelling.soundness import Work, examine
from app.engine.modelling.xmlio import local
from app.errors import FieldFault

_JOINS = {"parallelGateway", "inclusiveGateway"}


def soundness_faults(model: Model) -> Iterator[FieldFault]:
    """List joins at which every way through a process part waits for ever."""
    work = Work()
    for scope in model.scopes:
        if not any(
            local(node) in _JOINS and len(model.incoming[node.get("id", "")]) > 1
            for node in scope.nodes
        ):
            continue
        found = examine(model, scope, until_end=True, work=work)
        if found.complete and not found.ends:
            for key in sorted(found.stuck):
                message = "Hier wartet jeder Weg für immer: Es kommen nie alle Pfeile zusammen an."
                yield FieldFault(key, "deadlock", message)
