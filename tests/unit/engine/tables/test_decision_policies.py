"""What becomes of the rows that hold, and in which order a table is read."""

import pytest

from app.engine.tables.formula import MAX_TABLE_STEPS
from app.errors import Incident
from tests.unit.engine.process_builder import NOON
from tests.unit.engine.tables.test_decisions import compiled, faults, table


def numbers(*rules, policy="UNIQUE", aggregation="", outputs=("gebuehr",), default=None):
    """A table about ``n``; ``default`` is given to the first result."""
    decision = table(*rules, inputs=("n",), policy=policy, outputs=outputs)
    if aggregation:
        decision = decision.replace(
            b'hitPolicy="', f'aggregation="{aggregation}" hitPolicy="'.encode()
        )
    if default is not None:
        entry = f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry></output>"
        decision = decision.replace(b'name="gebuehr"/>', f'name="gebuehr">{entry}'.encode())
    return decision


def decided(decision, n=1, **values):
    return compiled(decision)["tabelle"].decide({"n": n, **values}, NOON)


def incident(decision, n=1, **values):
    with pytest.raises(Incident) as failed:
        decided(decision, n, **values)
    return failed.value


OVERLAPPING = [("< 10", "'a'"), ("< 20", "'b'"), ("< 5", "'a'")]


def test_a_unique_table_gives_its_only_row():
    found = decided(numbers(*OVERLAPPING), 15)

    assert found.results == {"gebuehr": "b"}
    assert found.rules == ("r1",)


def test_two_rows_of_a_unique_table_stop_the_case():
    failed = incident(numbers(*OVERLAPPING), 7)

    assert failed.element == "tabelle"
    assert "Zeilen 1 und 2" in failed.cause


def test_the_first_row_wins_and_nothing_below_it_is_read():
    found = decided(numbers(("< 10", "'a'"), ("fehlt", "fehlt"), policy="FIRST"))

    assert (found.results, found.rules) == ({"gebuehr": "a"}, ("r0",))


def test_any_takes_several_rows_that_agree():
    found = decided(numbers(("< 10", "1"), ("< 20", "1.0"), policy="ANY"))

    assert found.results == {"gebuehr": 1}
    assert found.rules == ("r0", "r1")


@pytest.mark.parametrize("other", ["2", "True", "'1'", "[1]"])
def test_any_stops_where_rows_disagree(other):
    failed = incident(numbers(("< 10", "1"), ("< 20", other), policy="ANY"))

    assert failed.element == "tabelle"
    assert "verschiedenen Ergebnissen" in failed.cause


@pytest.mark.parametrize("policy", ["RULE ORDER", "COLLECT"])
def test_all_rows_are_listed_in_their_order_one_list_a_result(policy):
    decision = numbers(
        ("< 20", "'b'", "n"),
        ("> 20", "'x'", "fehlt"),
        ("< 10", "'a'", "n + 1"),
        policy=policy,
        outputs=("gebuehr", "stufe"),
    )

    assert decided(decision).results == {"gebuehr": ["b", "a"], "stufe": [1, 2]}
    assert decided(decision).rules == ("r0", "r2")
    assert decided(decision, 20).results == {"gebuehr": [], "stufe": []}


@pytest.mark.parametrize(
    ("aggregation", "results", "expected"),
    [
        ("SUM", ["1", "2", "3"], 6),
        ("SUM", ["0.1", "0.2"], 0.3),
        ("SUM", ["1.5", "0.5"], 2),
        ("MIN", ["3", "1.5", "2"], 1.5),
        ("MAX", ["3", "1.5", "2"], 3),
        ("MIN", ["'b'", "'a'"], "a"),
        ("COUNT", ["'x'", "null", "3"], 3),
    ],
)
def test_all_rows_become_one_value(aggregation, results, expected):
    rules = [("-", result) for result in results]
    found = decided(numbers(*rules, policy="COLLECT", aggregation=aggregation))

    assert found.results == {"gebuehr": expected}
    assert type(found.results["gebuehr"]) is type(expected)
    assert len(found.rules) == len(results)


@pytest.mark.parametrize(
    ("aggregation", "expected"), [("SUM", None), ("MIN", None), ("MAX", None), ("COUNT", 0)]
)
def test_without_a_row_only_counting_gives_a_number(aggregation, expected):
    decision = numbers(("> 5", "1"), policy="COLLECT", aggregation=aggregation)

    assert decided(decision).results == {"gebuehr": expected}


@pytest.mark.parametrize(
    ("aggregation", "results"),
    [
        ("SUM", ["1", "'2'"]),
        ("SUM", ["1", "True"]),
        ("SUM", ["1", "null"]),
        ("SUM", ["18446744073709551615", "1"]),
        ("MIN", ["1", "'a'"]),
        ("MAX", ["1", "null"]),
        ("MAX", ["[1]", "[2]"]),
    ],
)
def test_values_that_do_not_fit_together_stop_the_case(aggregation, results):
    rules = [("-", result) for result in results]

    failed = incident(numbers(*rules, policy="COLLECT", aggregation=aggregation))

    assert failed.element == "tabelle"


def test_one_value_of_all_rows_needs_one_column():
    decision = numbers(
        ("-", "1", "2"), policy="COLLECT", aggregation="SUM", outputs=("gebuehr", "stufe")
    )

    assert "SUM" in faults(decision)["hit_policy"][1]


@pytest.mark.parametrize("policy", ["UNIQUE", "FIRST", "ANY"])
def test_a_case_without_a_row_takes_the_default_or_stops(policy):
    rules = [("> 5", "1")]

    found = decided(numbers(*rules, policy=policy, default="n * 2"))

    assert (found.results, found.rules) == ({"gebuehr": 2}, ())
    assert "Keine Zeile" in incident(numbers(*rules, policy=policy)).cause


def test_a_sum_without_a_row_takes_the_default():
    decision = numbers(("> 5", "1"), policy="COLLECT", aggregation="SUM", default="0")

    assert decided(decision).results == {"gebuehr": 0}


@pytest.mark.parametrize(("policy", "aggregation"), [("RULE ORDER", ""), ("COLLECT", "COUNT")])
def test_a_default_that_would_never_count_is_refused(policy, aggregation):
    decision = numbers(("> 5", "1"), policy=policy, aggregation=aggregation, default="0")

    assert "bad_default" in faults(decision)


def test_all_results_have_a_default_or_none_has():
    decision = numbers(("> 5", "1", "2"), outputs=("gebuehr", "stufe"), default="0")

    assert "bad_default" in faults(decision)


def test_several_results_become_a_key_each():
    decision = numbers(("-", "n", "[n, {'a': n}]"), outputs=("gebuehr", "stufe"))

    assert decided(decision).results == {"gebuehr": 1, "stufe": [1, {"a": 1}]}


def test_results_share_nothing_with_the_case():
    case = {"n": 1, "liste": [{"a": 1}]}
    found = compiled(numbers(("? > 0 and ? < 9", "liste")))["tabelle"].decide(case, NOON)

    found.results["gebuehr"][0]["a"] = 2

    assert case == {"n": 1, "liste": [{"a": 1}]}


def test_results_are_json_values():
    assert decided(numbers(("-", "heute()"))).results == {"gebuehr": "2026-11-23"}


def test_a_result_that_cannot_be_computed_names_row_and_column():
    failed = incident(numbers(("> 5", "1"), ("-", "n / 0")))

    assert failed.element == "r1"
    assert failed.cause.startswith("Zeile 2, Spalte „gebuehr“: ")


def test_an_input_may_be_missing_where_no_row_asks_for_it():
    decision = table(
        ("'ausbau'", "-", "1"),
        ("'einbau'", "< 10", "2"),
        inputs=("antrag.art", "antrag.neu.flaeche"),
    )
    found = compiled(decision)["tabelle"]

    assert found.decide({"antrag": {"art": "ausbau"}}, NOON).results == {"gebuehr": 1}
    with pytest.raises(Incident) as failed:
        found.decide({"antrag": {"art": "einbau"}}, NOON)
    assert failed.value.element == "tabelle"
    assert failed.value.cause.startswith("Eingangsspalte „antrag.neu.flaeche“: ")
    assert "wert(" in failed.value.cause


class Counting(dict):
    """Fields of a case that note what is looked up."""

    def __init__(self, **fields):
        super().__init__(fields)
        self.asked = []

    def __getitem__(self, key):
        self.asked.append(key)
        return super().__getitem__(key)


def test_an_input_is_computed_once():
    fields = Counting(flaeche=50)
    rules = [(f"{n}", "-", f"{n}") for n in range(100)]
    decision = table(*rules, inputs=("sum([antrag.flaeche])", "1"))

    found = compiled(decision)["tabelle"].decide({"antrag": fields}, NOON)

    assert found.results == {"gebuehr": 50}
    assert fields.asked == ["flaeche"]


def test_values_of_no_known_kind_stop_the_case():
    assert incident(numbers(("1", "1")), {1}).element == "r0"


def test_values_that_are_nested_too_deeply_stop_the_case():
    deep, other = [], []
    for _ in range(20_000):
        deep, other = [deep], [other]

    assert "verschachtelt" in incident(numbers(("tief", "1")), deep, tief=other).cause


def test_all_cells_of_a_decision_share_one_budget():
    work = "sum(range(1000)) > 0 and ? < 0"
    assert MAX_TABLE_STEPS < 2000 * 200
    decision = numbers(*[(work, "1")] * 200, policy="COLLECT")

    assert "zu lange" in incident(decision).cause


def allowing(decision, tag, values):
    part = f"<{tag}Values><text>{values}</text></{tag}Values></{tag}>".encode()
    if tag == "output":
        return decision.replace(b'name="gebuehr"/>', b'name="gebuehr">' + part)
    return decision.replace(b"</input>", part)


def test_a_column_lets_in_only_the_values_it_lists():
    decision = allowing(numbers(("-", "1"), ("1", "2"), policy="FIRST"), "input", "1, 2, [5..7]")
    strict = allowing(numbers(("1", "1"), ("-", "2"), policy="FIRST"), "input", "1, 2, [5..7]")

    assert decided(decision, 9).results == {"gebuehr": 1}  # no cell asks for it
    assert decided(strict, 6).results == {"gebuehr": 2}
    assert incident(strict, 9).element == "tabelle"
    assert "zulässt" in incident(strict, 9).cause


def test_a_result_is_one_of_the_values_its_column_lists():
    decision = allowing(numbers(("1", "'A'"), ("2", "'C'")), "output", "'A', 'B'")

    assert decided(decision, 1).results == {"gebuehr": "A"}
    assert incident(decision, 2).element == "r1"


def test_a_name_of_the_case_never_stands_for_the_input():
    decision = numbers(("? > 5", "n"), ("-", "0"), policy="FIRST")

    assert decided(decision, 3, EINGABE_=9).results == {"gebuehr": 0}
