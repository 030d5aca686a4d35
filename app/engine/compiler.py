"""Übersetzer: from BPMN and DMN files to a deployment that all cases of it share."""

import hashlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from app.engine.data_flow import uses_of
from app.engine.deployment import Deployment
from app.engine.modelling.model import Model
from app.engine.modelling.rules import model_faults
from app.engine.modelling.sources import result_faults, source_faults, sources_of
from app.engine.modelling.xmlio import read_xml
from app.engine.runtime.handover import read_specs
from app.engine.tables.compile_tables import compile_tables
from app.engine.tables.decision_table import DecisionTable
from app.errors import BundleInvalid, FieldFault


def compile_process(source: bytes, tables: Sequence[bytes]) -> Deployment:
    """Check a model with its decision tables and make it ready to run.

    Data objects and stores are documentation here: expressions see process data alone.

    :raises BundleInvalid: faults name elements; ``process.bpmn`` and ``decision.dmn`` stand for
        a file as a whole.
    """
    root = read_xml(source, "process.bpmn")
    model = Model(root)
    decisions = [read_xml(table, "decision.dmn") for table in tables]
    faults = model_faults(model) + result_faults(model) + source_faults(sources_of(model))
    try:
        known = compile_tables(decisions)
    except BundleInvalid as invalid:
        faults += invalid.fields
        known = {}
    else:
        faults += _missing_tables(model, known)
    _refuse(faults)
    nodes = model.nodes()
    return Deployment(
        digest=_digest(source, tables),
        process_id=model.process_id,
        name=model.process.get("name") or model.process_id,
        nodes=MappingProxyType(nodes),
        lanes=model.lanes(),
        form_files=_form_files(node.properties for node in nodes.values()),
        uses=uses_of(model, known),
        specs=read_specs(model, known),
    )


def _missing_tables(model: Model, tables: Mapping[str, DecisionTable]) -> list[FieldFault]:
    message = "Diese Entscheidungstabelle liegt dem Prozess nicht bei."
    return [
        FieldFault(key, "unknown_decision", message)
        for key, name in model.decisions().items()
        if name and name not in tables
    ]


def _form_files(properties: Any) -> tuple[str, ...]:
    names = ("formJsonSchemaFilename", "formUiSchemaFilename")
    files = [found[name] for found in properties for name in names if found.get(name)]
    return tuple(dict.fromkeys(files))


def _digest(source: bytes, tables: Sequence[bytes]) -> str:
    digest = hashlib.sha256()
    for part in (source, *tables):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _refuse(faults: list[FieldFault]) -> None:
    if faults:
        raise BundleInvalid(fields=faults)
