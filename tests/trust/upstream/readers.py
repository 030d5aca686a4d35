"""Leser: the engine's own parser in the place of those the library's tests use."""

from typing import Any
from weakref import WeakKeyDictionary

from lxml import etree
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.defaults import ExclusiveGateway, ServiceTask
from SpiffWorkflow.camunda.parser.CamundaParser import CamundaParser

from app.engine.modelling.xmlio import Element
from app.engine.modelling.xmlio import bpmn as tag
from app.engine.runtime.handover import _DOCUMENTATION
from app.engine.runtime.parsing import BpmnReader

_DRAWN: WeakKeyDictionary[Any, Element] = WeakKeyDictionary()
_OBJECTS: WeakKeyDictionary[Any, list[str]] = WeakKeyDictionary()
_NOTHING = etree.Element("nothing")


class _Process(ProcessParser):  # type: ignore[misc] # untyped library
    """Remembers which document a spec was read from."""

    def get_spec(self) -> Any:
        spec = super().get_spec()
        _DRAWN[spec] = self.node.getroottree().getroot()
        _OBJECTS[spec] = getattr(self.parser, "objects", [])
        return spec


class _Nodes(dict[str, Element]):
    """Elements by id; what is not drawn, like the calls of a collaboration, is empty."""

    def __missing__(self, key: str) -> Element:
        return _NOTHING


def nodes_of(*specs: Any) -> _Nodes:
    """Collect the elements that specs were read from, by id."""
    found = _Nodes()
    for spec in specs:
        if spec in _DRAWN:
            found.update({one.get("id"): one for one in _DRAWN[spec].iter() if one.get("id")})
    return found


def data_objects_of(*specs: Any) -> dict[str, None]:
    """Name the data objects drawn beside specs: in the library they begin without a value."""
    return {name: None for spec in specs for name in _OBJECTS.get(spec, [])}


class ForeignReader(BpmnReader):  # type: ignore[misc] # untyped library
    """Reads like the engine."""

    PROCESS_PARSER_CLASS = _Process

    def add_bpmn_xml(self, bpmn: etree._ElementTree, filename: str | None = None) -> None:
        """Take out what the engine takes out; remember the data objects, which start as None."""
        etree.strip_tags(bpmn, etree.Comment)
        root = bpmn.getroot()
        found = [one.get("id") for one in root.iter(tag("dataObject"))]
        self.objects = [*getattr(self, "objects", []), *found]
        for one in list(root.iter(*map(tag, _DOCUMENTATION))):
            one.getparent().remove(one)
        super().add_bpmn_xml(bpmn, filename)


class CamundaReader(CamundaParser):  # type: ignore[misc] # untyped library
    """Reads the other dialect like the library; the engine has its own import for that."""

    PROCESS_PARSER_CLASS = _Process


def plain_reader(module: Any) -> type[ForeignReader]:
    """Make the reader of the plain BPMN tests, which add user tasks and conditions of their own."""

    class PlainReader(ForeignReader):
        OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012 - the library's way of being extended
            **ForeignReader.OVERRIDE_PARSER_CLASSES,
            full_tag("serviceTask"): (TaskParser, ServiceTask),
            full_tag("userTask"): (TaskParser, module.TestUserTask),
            full_tag("exclusiveGateway"): (module.TestExclusiveGatewayParser, ExclusiveGateway),
        }
        DATA_STORE_CLASSES = module.TestBpmnParser.DATA_STORE_CLASSES

    return PlainReader
