import pytest

from tests.unit.engine.process_builder import bpmn, chain, faults, node, service, user

LINE = bpmn(chain(user("a")))
BODY = LINE.split(b"?>", 1)[1]
SECOND = '<bpmn:process id="q" isExecutable="true"/>'
INJECTION = "zz&quot;] | //*[@name=&quot;post"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "lol">' + b"".join(
    b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) if level else b'<!ENTITY a0 "lol">'
    for level in range(9)
)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "not_xml"),
        (b"<a>", "not_xml"),
        (b"\x00\xff", "not_xml"),
        (b"<a/>", "one_process"),
        (b"<a/>" + b" " * 1_000_000, "too_large"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]>" + BODY, "doctype"),
        (b"<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd'>" + BODY, "doctype"),
        (b"<!DOCTYPE a>" + BODY, "doctype"),
        (bpmn(chain(user("a")), SECOND), "one_process"),
    ],
)
def test_a_file_that_is_no_model_is_refused(source, code):
    assert faults(source) == {("process.bpmn", code)}


@pytest.mark.parametrize("name", ["9a", "a b", "a'b", "a]b"])
def test_an_id_that_is_no_name_is_refused(name):
    assert faults(bpmn(chain(user(name)))) == {("p", "bad_id")}


def test_a_bomb_of_entities_is_refused():
    bomb = LAUGHS + b"]>" + BODY.replace(b'name="Aufgabe a"', b'name="&a8;"')

    assert {pointer for pointer, _ in faults(bomb)} == {"process.bpmn"}


def test_a_reference_that_is_no_name_is_refused():
    source = bpmn(
        chain(node("receiveTask", "r", messageRef=INJECTION)),
        extra='<bpmn:message id="m1" name="post"/>',
    )

    assert faults(source) == {("r", "bad_id")}


@pytest.mark.parametrize(
    "elements", [(user("a"), user("b").replace('"b"', '"a"')), (user("a"), service("b", a="1"))]
)
def test_an_id_stands_for_one_thing(elements):
    assert faults(bpmn(chain(*elements))) == {("a", "duplicate_id")}
