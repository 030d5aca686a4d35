"""Decision tables as a process uses them, and which files are refused."""

import pytest

from app.engine.modelling.xmlio import read_xml
from app.engine.tables.compile_tables import compile_tables
from app.errors import BundleInvalid, Incident
from tests.unit.engine.process_builder import (
    ENGINE,
    NOON,
    Played,
    bpmn,
    chain,
    extensions,
    node,
    user,
)

CALL = node(
    "businessRuleTask",
    "gebuehr",
    extensions("<spiffworkflow:calledDecisionId>tabelle</spiffworkflow:calledDecisionId>"),
)
PROCESS = bpmn(chain(CALL, user("a")))


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def table(*rules, inputs=("antrag.flaeche", "antrag.zone"), policy="UNIQUE", outputs=("gebuehr",)):
    columns = "".join(
        f'<input id="i{n}"><inputExpression id="x{n}"><text>{escaped(text)}</text>'
        "</inputExpression></input>"
        for n, text in enumerate(inputs)
    ) + "".join(f'<output id="o{n}" name="{name}"/>' for n, name in enumerate(outputs))
    rows = ""
    for number, rule in enumerate(rules):
        cells = "".join(
            f'<{kind} id="c{number}_{n}"><text>{escaped(text)}</text></{kind}>'
            for n, (kind, text) in enumerate(
                [("inputEntry", text) for text in rule[: len(inputs)]]
                + [("outputEntry", text) for text in rule[len(inputs) :]]
            )
        )
        rows += f'<rule id="r{number}">{cells}</rule>'
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" '
        'namespace="n"><decision id="tabelle" name="Tabelle">'
        f'<decisionTable id="t" hitPolicy="{policy}">{columns}{rows}</decisionTable>'
        "</decision></definitions>"
    ).encode()


FEES = table(
    ("< 10", "-", "25"),
    ("10 <= ? < 75", "'A'", "antrag.flaeche * 4.5"),
    ("10 <= ? < 75", "in ['B', 'C']", "antrag.flaeche * 3"),
    (">= 75", "", "400"),
)
ONE = table(("-", "-", "1"))


def compiled(*decisions):
    return compile_tables([read_xml(decision, "decision.dmn") for decision in decisions])


def faults(*decisions):
    """Refuse tables and give what is said about them, by code."""
    with pytest.raises(BundleInvalid) as invalid:
        compiled(*decisions)
    for fault in invalid.value.fields:
        assert fault.message[0].isupper() or fault.message[0] == "„"
        assert fault.message.endswith((".", ")"))
    return {fault.code: (fault.pointer, fault.message) for fault in invalid.value.fields}


def fee(area, zone, decision=FEES):
    data = {"antrag": {"flaeche": area, "zone": zone}, "gebuehr": "alt"}
    return Played(PROCESS, data, [decision]).data["gebuehr"]


@pytest.mark.parametrize(
    ("area", "zone", "expected"),
    [(5, "X", 25), (10, "A", 45.0), (20, "B", 60), (20, "C", 60), (75, "A", 400)],
)
def test_a_table_decides_in_a_process(area, zone, expected):
    assert fee(area, zone) == expected


def test_a_case_for_which_no_row_is_made_stops():
    with pytest.raises(Incident) as incident:
        fee(20, "Z")

    assert incident.value.element == "gebuehr"
    assert "Keine Zeile" in incident.value.cause
    assert "übrigen Fälle" in incident.value.cause


def test_a_process_needs_the_table_it_names():
    with pytest.raises(BundleInvalid) as invalid:
        ENGINE.deploy(PROCESS, [ONE.replace(b'id="tabelle"', b'id="andere"')])

    assert "gebuehr" in {fault.pointer for fault in invalid.value.fields}


def test_a_compiled_table_tells_what_it_reads_and_writes():
    found = compiled(
        table(
            ("< grenze", "? in zonen and ?", "stufe", "1"),
            ("-", "'B'", "[x for x in liste]", "'x'"),
            outputs=("gebuehr", "grund"),
            policy="FIRST",
        ).replace(b'<rule id="r1"', b"<rule")
    )["tabelle"]

    assert found.id == "tabelle"
    assert found.outputs == ("gebuehr", "grund")
    assert found.rule_ids == ("r0", "tabelle.2")
    assert found.names == {"antrag", "grenze", "zonen", "stufe", "liste"}


def test_an_example_of_the_standard_decides_as_it_says():
    """Source: DMN 1.3, table 39 (discount) in the notation of a decision editor."""
    decision = table(
        ('"Business"', "<10", "0.10"),
        ('"Business"', ">=10", "0.15"),
        ('"Private"', "-", "0.05"),
        inputs=("kunde", "menge"),
    )
    found = compiled(decision)["tabelle"]

    given = [("Business", 9), ("Business", 10), ("Private", 50)]
    results = [found.decide({"kunde": k, "menge": m}, NOON).results["gebuehr"] for k, m in given]
    assert results == [0.10, 0.15, 0.05]


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (table(("< 10", "-", "open('x')")), "expression"),
        (table(("< 10 and __import__('os')", "-", "1")), "expression"),
        (table(("[5..1]", "-", "1")), "expression"),
        (table(("-", "not 'A'", "1")), "unclear_cell"),
        (table(("4,5", "-", "1")), "unclear_cell"),
        (table(("-", "-", "4,5")), "unclear_cell"),
        (table(("-", "-", "")), "no_value"),
        (table(("-", "-", "-")), "no_value"),
        (table(("-", "-", "? + 1")), "expression"),
        (table(("-", "-", "1"), policy="PRIORITY"), "hit_policy"),
        (table(("-", "-", "1"), policy="OUTPUT ORDER"), "hit_policy"),
        (ONE.replace(b"UNIQUE", b'UNIQUE" aggregation="SUM'), "hit_policy"),
        (ONE.replace(b"UNIQUE", b'COLLECT" aggregation="MEDIAN'), "hit_policy"),
        (table(("-", "1"), inputs=("",)), "no_input"),
        (table(("-", "1"), inputs=("? > 1",)), "expression"),
        (table(("-", "-", "1"), outputs=("antrag",)), "bad_output"),
        (table(("-", "-", "1"), outputs=("a.b",)), "bad_output"),
        (table(("-", "-", "1"), outputs=("",)), "bad_output"),
        (table(("-", "-", "1", "2"), outputs=("a", "a")), "bad_output"),
        (table(("-", "-"), outputs=()), "bad_output"),
        (table(("-", "1")), "bad_rule"),
        (table(("-", "x" * 600, "1")), "long_cell"),
        (table(("-", "?" * 40_000, "1")), "long_cell"),
        (table(*[("1", "1")] * 1001, inputs=("x",)), "too_many_rules"),
        (table(*[("1",) * 6] * 1000, inputs=("x",) * 5), "too_many_cells"),
        (table(("1",) * 61, inputs=("x",) * 60), "too_many_columns"),
        (table(), "no_rule"),
        (ONE.replace(b'id="tabelle"', b'id="a b"'), "bad_id"),
        (ONE.replace(b'id="r0"', b'id="r 0"'), "bad_id"),
        (table(("-", "-", "1"), ("-", "-", "1")).replace(b'"r1"', b'"r0"'), "bad_id"),
        (b"<definitions/>", "one_table"),
        (ONE.replace(b"</definitions>", b'<decision id="b"/></definitions>'), "one_table"),
        (b"<!DOCTYPE x []><definitions/>", "doctype"),
    ],
)
def test_a_table_that_would_go_wrong_is_refused(decision, code):
    assert code in faults(decision)


def test_two_tables_of_the_same_name_are_refused():
    assert faults(ONE, FEES)["duplicate_decision"][0] == "tabelle"


@pytest.mark.parametrize(
    ("requirement", "word"),
    [("requiredDecision", "Entscheidung"), ("requiredKnowledge", "Berechnungen")],
)
def test_a_table_that_needs_another_one_is_refused_by_name(requirement, word):
    part = f'<x><{requirement} href="#b"/></x><decisionTable'.encode()

    pointer, message = faults(ONE.replace(b"<decisionTable", part))["required_decision"]

    assert pointer == "tabelle"
    assert requirement in message
    assert word in message


def test_what_only_documents_a_table_is_accepted():
    decision = (
        ONE.replace(
            b"<decisionTable",
            b'<informationRequirement><requiredInput href="#f"/>'
            b"</informationRequirement><question>?</question><decisionTable",
        )
        .replace(b"</rule>", b"<annotationEntry><text>Satzung</text></annotationEntry></rule>")
        .replace(b"<inputEntry", b"<description>x</description><inputEntry", 1)
        .replace(b"<definitions ", b'<definitions expressionLanguage="https://x/FEEL/" ')
        .replace(b"</definitions>", b'<inputData id="f"/></definitions>')
    )

    assert compiled(decision)["tabelle"].decide({"antrag": {}}, NOON).results == {"gebuehr": 1}


def test_another_language_is_refused_by_name():
    decision = ONE.replace(b"<inputExpression", b'<inputExpression expressionLanguage="juel"', 1)

    assert "juel" in faults(decision)["expression_language"][1]


def test_a_fault_names_row_and_column():
    decision = table(("-", "-", "1"), ("-", "A B", "2")).replace(
        b'<input id="i1"', b'<input id="i1" label="Zone der Stadt"'
    )

    pointer, message = faults(decision)["expression"]

    assert pointer == "r1"
    assert message.startswith("Zeile 2, Spalte „Zone der Stadt“: ")


def test_all_faults_of_all_tables_are_told_at_once():
    with pytest.raises(BundleInvalid) as invalid:
        compiled(
            table(("<", "-", "1"), ("-", "<", "open()")),
            ONE.replace(b'id="tabelle"', b'id="zwei"').replace(b">1<", b"><"),
        )

    assert [fault.pointer for fault in invalid.value.fields] == ["r0", "r1", "r1", "r0"]


def test_a_table_full_of_faults_tells_the_first_hundred():
    with pytest.raises(BundleInvalid) as invalid:
        compiled(table(*[("<", "", "")] * 500))

    assert len(invalid.value.fields) == 100


def test_a_single_result_without_a_name_is_called_like_the_decision():
    decision = ONE.replace(b' name="gebuehr"', b"").replace(
        b"<decisionTable", b'<variable name="satz"/><decisionTable'
    )

    assert compiled(decision)["tabelle"].outputs == ("satz",)
