from lxml import etree

from app.engine.importing.importer import import_model
from tests.unit.engine.importing.foreign import event, task
from tests.unit.engine.process_builder import bpmn, chain, end, flow, node, start

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
POINTS = "http://www.omg.org/spec/DD/20100524/DI"


def drawn(body, boxes, edges=()):
    """A file with a drawing: ``boxes`` by element id, ``edges`` between two of them by flow id."""
    shapes = "".join(
        f'<di:BPMNShape id="{key}_di" bpmnElement="{key}" isExpanded="{str(width > 100).lower()}">'
        f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/></di:BPMNShape>'
        for key, (x, y, width, height) in boxes.items()
    )
    lines = "".join(
        f'<di:BPMNEdge id="{key}_di" bpmnElement="{key}"><p:waypoint x="1" y="1"/>'
        '<p:waypoint x="2" y="2"/></di:BPMNEdge>'
        for key in edges
    )
    plane = f'<di:BPMNPlane id="plane" bpmnElement="p">{shapes}{lines}</di:BPMNPlane>'
    drawing = (
        f'<di:BPMNDiagram xmlns:di="{DI}" xmlns:dc="{DC}" xmlns:p="{POINTS}" id="diagram">'
        f"{plane}</di:BPMNDiagram>"
    )
    return bpmn(body).replace(b"</bpmn:definitions>", drawing.encode() + b"</bpmn:definitions>")


def boxes(source):
    """Where each element lies, and the points of each flow."""
    root = etree.fromstring(import_model(source).bpmn)
    found = {}
    for shape in root.iter(f"{{{DI}}}BPMNShape"):
        bounds = shape.find(f"{{{DC}}}Bounds")
        found[shape.get("bpmnElement")] = tuple(
            float(bounds.get(name)) for name in ("x", "y", "width", "height")
        )
    for edge in root.iter(f"{{{DI}}}BPMNEdge"):
        found[edge.get("bpmnElement")] = [
            (float(point.get("x")), float(point.get("y")))
            for point in edge.iter(f"{{{POINTS}}}waypoint")
        ]
    return found


def test_added_starts_and_ends_lie_beside_their_neighbours():
    found = boxes(drawn(task("a"), {"a": (200, 100, 100, 80)}))

    assert found["p_start"] == (134, 122, 36, 36)
    assert found["a_end"] == (330, 122, 36, 36)
    assert found["p_start_to_a"] == [(170, 140), (200, 140)]
    assert found["a_to_a_end"] == [(300, 140), (330, 140)]


def test_a_gateway_takes_over_the_beginnings_of_the_flows():
    body = start() + task("a") + task("b") + task("c") + end() + flow("start", "a")
    body += flow("a", "b") + flow("a", "c") + flow("b", "ende") + flow("c", "ende")
    found = boxes(drawn(body, {"a": (0, 100, 100, 80)}, ["f_a_b", "f_a_c"]))

    assert found["a_split"] == (130, 115, 50, 50)
    assert found["f_a_b"][0] == found["f_a_c"][0] == (180, 140)


def test_what_is_removed_is_not_drawn_either():
    found = boxes(drawn(chain(task("a")) + flow("a", "weg"), {"a": (0, 0, 100, 80)}, ["f_a_weg"]))

    assert "f_a_weg" not in found


def test_an_end_behind_a_border_event_lies_below_it():
    body = chain(task("a")) + event("boundaryEvent", "r", "timer", attachedToRef="a")
    found = boxes(drawn(body, {"a": (0, 0, 100, 80), "r": (40, 62, 36, 36)}))

    assert found["r_end"] == (40, 128, 36, 36)


def test_the_task_in_an_open_subprocess_lies_inside_it():
    source = drawn(chain(node("subProcess", "teil")), {"teil": (100, 100, 350, 200)})
    found = boxes(source)

    x, y, width, height = found["teil_step"]
    assert 100 < x < 450 - width
    assert 100 < y < 300 - height


def test_a_closed_subprocess_gets_a_sheet_of_its_own():
    source = drawn(chain(node("subProcess", "teil")), {"teil": (100, 100, 100, 80)})
    root = etree.fromstring(import_model(source).bpmn)

    sheets = {plane.get("bpmnElement"): plane for plane in root.iter(f"{{{DI}}}BPMNPlane")}
    assert {shape.get("bpmnElement") for shape in sheets["teil"]} >= {"teil_start", "teil_step"}


def test_a_file_without_a_drawing_gets_none():
    assert b"BPMNDiagram" not in import_model(bpmn(task("a"))).bpmn


def test_bounds_that_are_no_numbers_do_no_harm():
    found = boxes(drawn(task("a"), {"a": ("inf", "1e999", 100, 80)}))

    assert found["a_end"][0] == 130
