"""Gegenprobe Bibliothek: processes go on our engine as on the library it is built on.

Where they do not, the library is wrong, and the table below says how.
"""

from dataclasses import dataclass

import pytest

from tests.trust.flow_models.boundaries import BOUNDARIES
from tests.trust.flow_models.engines import Ours, Seen, Stock, play
from tests.trust.flow_models.gateways import GATEWAYS
from tests.trust.flow_models.parts import PARTS
from tests.trust.flow_models.repeats import REPEATS
from tests.trust.flow_models.waits import WAITS

ALL = (*GATEWAYS, *BOUNDARIES, *WAITS, *PARTS, *REPEATS)
SCENARIOS = {one.name: one for one in ALL}

EARLY_JOIN = "A join counts what arrived for the round before, and lets too early a token pass."
ENDED_IS_DONE = "A process part that an error or a cancellation ended counts as done."
NEVER_INTERRUPTS = "An event subprocess never interrupts: the attribute is not even read."
AT_ONCE = "An event subprocess for errors or escalations begins at once, in every case."
NO_SIGNAL = "A signal end event sends no signal."
ONCE = "A message beside a task that goes on is taken once only."
COUNTED_LATE = "A repeated timer shows in what was passed only when it has come for the last time."
OWN_DATA = "Ways side by side have copies of the data: a condition does not see what changed."
HALF_DONE = "A step that fails stays half done: its task is gone and the case cannot go on."
UNHEARD = "An error nobody catches ends nothing: not even the way it comes from."


@dataclass(frozen=True)
class Difference:
    """How the library is wrong: after which act first, what we show then and what it shows.

    What is shown reads ``passed elements > open tasks``.
    """

    defect: str
    after: int
    ours: str
    stock: str


DIFFERENCES = {
    "parallel_in_a_loop": Difference(EARLY_JOIN, 3, "b > a", "b ende nochmal treffen > a"),
    "inclusive_in_a_loop": Difference(EARLY_JOIN, 4, "b > a", "b nochmal treffen > a d"),
    "timer_that_comes_three_times": Difference(COUNTED_LATE, 1, "r > a bei_r", "> a bei_r"),
    "message_beside_a_task_comes_twice": Difference(ONCE, 2, "r > a bei_r bei_r", "> a bei_r"),
    "error_by_its_code": Difference(
        ENDED_IS_DONE, 1, "a r teil_e > bei_r", "a r teil teil_e > bei_r"
    ),
    "error_of_any_kind": Difference(
        ENDED_IS_DONE, 1, "a r teil_e > bei_r", "a r teil teil_e > bei_r"
    ),
    "error_by_its_code_among_others": Difference(
        ENDED_IS_DONE, 1, "a r teil_e > bei_r", "a r teil teil_e > bei_r"
    ),
    "error_through_an_inner_part": Difference(
        ENDED_IS_DONE, 1, "a r teil_e > bei_r", "a aussen aussen_e r teil teil_e > bei_r"
    ),
    "transaction_is_cancelled": Difference(
        ENDED_IS_DONE, 1, "a k_ab r wahl > bei_r", "a k_ab kauf r wahl > bei_r"
    ),
    "choice_without_a_way": Difference(HALF_DONE, 1, "> a", "a >"),
    "inclusive_without_a_way": Difference(HALF_DONE, 1, "> a", "a >"),
    "error_nobody_catches": Difference(UNHEARD, 1, "a teil_e >", "a ende teil teil_e > b"),
    "condition_stops_a_task": Difference(OWN_DATA, 1, "a ende r > bei_r", "a ende > b"),
    "condition_in_the_way": Difference(OWN_DATA, 2, "b ende w > c", "b ende >"),
    "signal_at_an_end": Difference(NO_SIGNAL, 1, "a ruf w > b", "a ruf >"),
    "event_part_by_message_stops_the_rest": Difference(
        NEVER_INTERRUPTS, 2, "sonder_s > s", "sonder_s > b s"
    ),
    "event_part_by_timer_stops_the_rest": Difference(
        NEVER_INTERRUPTS, 1, "sonder_s > s", "sonder_s > a s"
    ),
    "event_part_by_signal_stops_the_rest": Difference(
        NEVER_INTERRUPTS, 1, "sonder_s > s", "sonder_s > a s"
    ),
    "event_part_by_error_stops_the_part_it_lies_in": Difference(
        AT_ONCE, 0, "start teil_s > a", "sonder_s start teil_s > a s"
    ),
    "event_part_by_escalation_beside_the_part_it_lies_in": Difference(
        AT_ONCE, 0, "start teil_s > a", "sonder_s start teil_s > a s"
    ),
}


def shown(seen: Seen) -> str:
    return f"{' '.join(seen.passed)} > {' '.join(seen.open)}".strip()


def test_every_scenario_has_a_name_of_its_own():
    assert len(SCENARIOS) == len(ALL)
    assert DIFFERENCES.keys() <= SCENARIOS.keys()


@pytest.mark.parametrize("name", sorted(SCENARIOS.keys() - DIFFERENCES.keys()))
def test_both_engines_go_the_same_way(name):
    ours, stock = play(Ours, SCENARIOS[name]), play(Stock, SCENARIOS[name])

    assert ours.seen == stock.seen
    assert ours.data == stock.data
    assert ours.seen[-1].completed


@pytest.mark.parametrize("name", sorted(DIFFERENCES))
def test_where_the_ways_part_the_library_is_wrong(name):
    ours, stock = play(Ours, SCENARIOS[name]), play(Stock, SCENARIOS[name])

    pairs = enumerate(zip(ours.seen, stock.seen, strict=True))
    after, (mine, theirs) = next((number, both) for number, both in pairs if both[0] != both[1])

    told = DIFFERENCES[name]
    assert (after, shown(mine), shown(theirs)) == (told.after, told.ours, told.stock), told.defect
    assert ours.seen[-1].completed
