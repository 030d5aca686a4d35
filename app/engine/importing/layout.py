"""Zeichnung: shapes and edges for elements that are added, near their neighbours."""

import math
from typing import NamedTuple

from lxml import etree

from app.engine.importing.element_kinds import GATEWAYS, SUBPROCESSES
from app.engine.importing.names import Names
from app.engine.modelling.xmlio import Element, local

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
POINTS = "http://www.omg.org/spec/DD/20100524/DI"
_GAP = 30.0


class Box(NamedTuple):
    """Where a shape lies; ``y`` grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> tuple[float, float]:
        """Middle of the right side."""
        return self.x + self.width, self.y + self.height / 2

    @property
    def left(self) -> tuple[float, float]:
        """Middle of the left side."""
        return self.x, self.y + self.height / 2


class Layout:
    """The drawing of a file; does nothing where there is none."""

    def __init__(self, root: Element) -> None:
        self._root = root
        planes = list(root.iter(_di("BPMNPlane")))
        self._plane = planes[0] if planes else None
        self._planes = {plane.get("bpmnElement"): plane for plane in reversed(planes)}
        self._parts: dict[str, list[Element]] = {}
        self._names = Names(element.get("id", "") for element in root.iter())
        for plane in planes:
            for part in plane:
                self._parts.setdefault(part.get("bpmnElement", ""), []).append(part)

    def after(self, node: Element, neighbour: str, *, below: bool = False) -> None:
        """Draw ``node`` to the right of a neighbour, or below it."""
        width, height = _size(node)
        box = self._box(neighbour)
        if box is not None and below:
            x, y = box.x + (box.width - width) / 2, box.y + box.height + _GAP
            self._draw(node, Box(x, y, width, height), self._plane_of(neighbour))
        elif box is not None:
            x, y = box.right
            where = Box(x + _GAP, y - height / 2, width, height)
            self._draw(node, where, self._plane_of(neighbour))

    def before(self, node: Element, neighbour: str) -> None:
        """Draw ``node`` to the left of a neighbour."""
        width, height = _size(node)
        box = self._box(neighbour)
        if box is not None:
            x, y = box.left
            where = Box(x - _GAP - width, y - height / 2, width, height)
            self._draw(node, where, self._plane_of(neighbour))

    def inside(self, nodes: list[Element], scope: Element) -> None:
        """Draw nodes in a row inside a subprocess; a collapsed one gets a sheet of its own."""
        shape = self._shape(scope.get("id", ""))
        if shape is None:
            return
        box = _box_of(shape)
        plane, x, y = self._plane_of(scope.get("id", "")), 100.0, 100.0
        if shape.get("isExpanded") == "true":
            x, y = box.x + _GAP, box.y + box.height / 2
        else:
            plane = self._sheet(scope.get("id", ""))
        for node in nodes:
            width, height = _size(node)
            self._draw(node, Box(x, y - height / 2, width, height), plane)
            x += width + _GAP

    def connect(self, key: str, source: str, target: str, scope: Element) -> None:
        """Draw a flow as a straight line; without both ends drawn there is none."""
        start, end = self._box(source), self._box(target)
        plane = self._plane_of(source)
        if start is None or end is None or plane is None or scope is None:
            return
        edge = etree.SubElement(
            plane, _di("BPMNEdge"), {"id": self._names.fresh(f"{key}_di"), "bpmnElement": key}
        )
        for x, y in (start.right, end.left):
            _point(edge, x, y)
        self._parts.setdefault(key, []).append(edge)

    def restart(self, key: str, source: str) -> None:
        """Let the line of a flow begin at another node."""
        box = self._box(source)
        for edge in self._parts.get(key, []):
            first = edge.find(f"{{{POINTS}}}waypoint")
            if box is not None and first is not None:
                first.set("x", _number(box.right[0]))
                first.set("y", _number(box.right[1]))

    def redirect(self, key: str, target: str) -> None:
        """Let the line of a flow end at another node."""
        box = self._box(target)
        for edge in self._parts.get(key, []):
            points = edge.findall(f"{{{POINTS}}}waypoint")
            if box is not None and points:
                points[-1].set("x", _number(box.left[0]))
                points[-1].set("y", _number(box.left[1]))

    def erase(self, key: str) -> None:
        """Remove what was drawn for an element."""
        for part in self._parts.pop(key, []):
            parent = part.getparent()
            if parent is not None:
                parent.remove(part)

    def _draw(self, node: Element, box: Box, plane: Element | None) -> None:
        if plane is None:
            return
        key = node.get("id", "")
        shape = etree.SubElement(
            plane, _di("BPMNShape"), {"id": self._names.fresh(f"{key}_di"), "bpmnElement": key}
        )
        if local(node) in SUBPROCESSES:
            shape.set("isExpanded", "false")
        names = ("x", "y", "width", "height")
        bounds = {name: _number(value) for name, value in zip(names, box, strict=True)}
        etree.SubElement(shape, f"{{{DC}}}Bounds", bounds)
        self._parts.setdefault(key, []).append(shape)

    def _sheet(self, key: str) -> Element:
        if key not in self._planes:
            diagram = etree.SubElement(
                self._root, _di("BPMNDiagram"), {"id": self._names.fresh(f"{key}_diagram")}
            )
            self._planes[key] = etree.SubElement(
                diagram,
                _di("BPMNPlane"),
                {"id": self._names.fresh(f"{key}_plane"), "bpmnElement": key},
            )
        return self._planes[key]

    def _shape(self, key: str) -> Element | None:
        shapes = (part for part in self._parts.get(key, []) if local(part) == "BPMNShape")
        return next(shapes, None)

    def _plane_of(self, key: str) -> Element | None:
        shape = self._shape(key)
        parent = None if shape is None else shape.getparent()
        return self._plane if parent is None else parent

    def _box(self, key: str) -> Box | None:
        shape = self._shape(key)
        return None if shape is None else _box_of(shape)


def _di(name: str) -> str:
    return f"{{{DI}}}{name}"


def _size(node: Element) -> tuple[float, float]:
    if local(node) in GATEWAYS:
        return 50.0, 50.0
    return (36.0, 36.0) if local(node).endswith("Event") else (100.0, 80.0)


def _box_of(shape: Element) -> Box:
    bounds = shape.find(f"{{{DC}}}Bounds")
    values = (_read(bounds, name) for name in ("x", "y", "width", "height"))
    return Box(*values)


def _read(bounds: Element | None, name: str) -> float:
    try:
        value = float("" if bounds is None else bounds.get(name, ""))
    except ValueError:
        return 0.0
    return value if math.isfinite(value) and abs(value) < 1e9 else 0.0


def _point(edge: Element, x: float, y: float) -> None:
    etree.SubElement(edge, f"{{{POINTS}}}waypoint", {"x": _number(x), "y": _number(y)})


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
