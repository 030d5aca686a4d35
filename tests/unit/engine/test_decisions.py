import pytest

from app.errors import BundleInvalid, Incident
from tests.unit.engine.process_builder import ENGINE, Played, bpmn, chain, extensions, node, user

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


def fee(area, zone, decision=FEES):
    data = {"antrag": {"flaeche": area, "zone": zone}, "gebuehr": "alt"}
    return Played(PROCESS, data, [decision]).data["gebuehr"]


@pytest.mark.parametrize(
    ("area", "zone", "expected"),
    [(5, "X", 25), (10, "A", 45.0), (20, "B", 60), (20, "C", 60), (75, "A", 400), (20, "Z", None)],
)
def test_a_table_decides(area, zone, expected):
    assert fee(area, zone) == expected


def test_several_rows_of_a_unique_table_are_an_incident():
    with pytest.raises(Incident) as incident:
        fee(5, "A", table(("< 10", "-", "1"), ("< 20", "-", "2")))

    assert incident.value.element == "gebuehr"


def test_the_first_row_wins_where_the_table_says_so():
    assert fee(5, "A", table(("< 10", "-", "1"), ("< 20", "-", "2"), policy="FIRST")) == 1


def test_all_rows_are_collected_where_the_table_says_so():
    assert fee(5, "A", table(("< 10", "-", "1"), ("< 20", "-", "2"), policy="COLLECT")) == [1, 2]


def test_a_condition_as_input_is_one_value():
    decision = table(("True", "1"), ("False", "2"), inputs=("antrag.flaeche > 3 or antrag.zone",))

    assert fee(5, "", decision) == 1
    assert fee(1, "", decision) is None  # '' is neither True nor False


def test_a_cell_that_cannot_be_compared_is_an_incident_without_values():
    with pytest.raises(Incident) as incident:
        fee("Erika", "A")

    assert incident.value.element == "gebuehr"
    assert "vergleichen" in incident.value.cause


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (table(("< 10", "-", "open('x')")), "expression"),
        (table(("< 10 and __import__('os')", "-", "1")), "expression"),
        (table(("[1..5]", "-", "1")), "expression"),
        (table(("-", "'A', 'B'", "1")), "unclear_cell"),
        (table(("-", "not('A')", "1")), "unclear_cell"),
        (table(("-", "-", "1"), policy="RULE ORDER"), "hit_policy"),
        (table(("-", "1"), inputs=("",)), "no_input"),
        (table(("-", "-", "1"), outputs=("antrag",)), "bad_output"),
        (table(("-", "-", "1"), outputs=("a.b",)), "bad_output"),
        (table(("-", "1")), "bad_rule"),
        (table(("-", "x" * 600, "1")), "long_cell"),
        (b"<definitions/>", "one_table"),
        (b"<!DOCTYPE x []><definitions/>", "doctype"),
        (table(("-", "-", "1")).replace(b'id="tabelle"', b'id="andere"'), "not_understood"),
    ],
)
def test_a_table_that_would_go_wrong_is_refused(decision, code):
    with pytest.raises(BundleInvalid) as invalid:
        ENGINE.deploy(PROCESS, [decision])

    assert code in {fault.code for fault in invalid.value.fields}
