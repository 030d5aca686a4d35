"""Gateways: ways that part and meet."""

from tests.trust.flow_models.elements import TERMINATE, part
from tests.trust.flow_models.scenario import done, scenario, ways
from tests.unit.engine.process_builder import chain, end, flow, gateway, script, start, user


def tasks(names):
    return "".join(user(name) for name in names)


def _choice(name, *acts, **data):
    return scenario(
        name,
        start()
        + tasks("abcd")
        + gateway("exclusive", "wahl", default="sonst")
        + gateway("exclusive", "egal")
        + end()
        + ways("start a wahl", "b egal", "c egal", "egal d ende")
        + flow("wahl", "b", "x > 5")
        + flow("wahl", "c", "x > 1")
        + flow("wahl", "egal", id="sonst"),
        *acts,
        **data,
    )


SPLIT = gateway("parallel", "teilen") + gateway("parallel", "treffen")
TWO = (
    start()
    + SPLIT
    + end()
    + tasks("abc")
    + ways("start teilen a treffen c ende", "teilen b treffen")
)
NESTED = (
    start()
    + SPLIT
    + gateway("parallel", "innen")
    + gateway("parallel", "zurueck")
    + tasks("abcde")
    + end()
    + ways("start teilen innen a zurueck d treffen e ende", "innen b zurueck", "teilen c treffen")
)
CROSSED = (
    start()
    + gateway("parallel", "teilen")
    + gateway("parallel", "weiter")
    + gateway("parallel", "frueh")
    + gateway("parallel", "spaet")
    + tasks("abcd")
    + end()
    + ways("start teilen a frueh d spaet ende", "teilen weiter b frueh", "weiter c spaet")
)
ROUND = (
    start()
    + gateway("exclusive", "von_vorn")
    + SPLIT
    + gateway("exclusive", "nochmal", default="fertig")
    + tasks("ab")
    + end()
    + ways("start von_vorn teilen a treffen nochmal", "teilen b treffen")
    + flow("nochmal", "von_vorn", "wieder")
    + flow("nochmal", "ende", id="fertig")
)
SKIPPED = (
    start()
    + SPLIT
    + gateway("exclusive", "wahl", default="weg")
    + gateway("exclusive", "egal")
    + tasks("abc")
    + end()
    + ways("start teilen wahl", "a egal treffen c ende", "teilen b treffen")
    + flow("wahl", "a", "x")
    + flow("wahl", "egal", id="weg")
)
RETRIED = (
    start()
    + SPLIT
    + gateway("exclusive", "vor_a")
    + gateway("exclusive", "gut", default="ja")
    + tasks("abc")
    + end()
    + ways("start teilen vor_a a gut", "teilen b treffen c ende")
    + flow("gut", "vor_a", "nein")
    + flow("gut", "treffen", id="ja")
)
SAME = (
    start()
    + gateway("parallel", "teilen")
    + tasks("abc")
    + end()
    + ways("start teilen a c ende", "teilen b c")
)


def _chosen(name, body, *acts, **data):
    return scenario(
        name,
        start()
        + tasks("abcd")
        + gateway("inclusive", "teilen", default="d1")
        + gateway("inclusive", "treffen")
        + end()
        + flow("teilen", "a", "x > 0")
        + flow("teilen", "b", "y > 0")
        + body,
        *acts,
        **data,
    )


STRAIGHT = ways("start teilen", "a treffen d ende", "b treffen", "c treffen") + flow(
    "teilen", "c", id="d1"
)
LOOPED = (
    gateway("exclusive", "von_vorn")
    + gateway("exclusive", "nochmal", default="d2")
    + ways("start von_vorn teilen", "a treffen nochmal", "b treffen", "c treffen", "d ende")
    + flow("teilen", "c", id="d1")
    + flow("nochmal", "von_vorn", "wieder")
    + flow("nochmal", "d", id="d2")
)
EARLY = (
    start()
    + gateway("parallel", "teilen")
    + tasks("ab")
    + end()
    + end("schluss", TERMINATE)
    + ways("start teilen a ende", "teilen b schluss")
)


def _without_a_way(name, kind):
    return scenario(
        name,
        start()
        + gateway(kind, "wahl")
        + tasks("abc")
        + end()
        + ways("start a wahl", "b ende", "c ende")
        + flow("wahl", "b", "x > 1")
        + flow("wahl", "c", "x > 2"),
        done("a", x=0),
        done("a", x=2),
        done("b"),
    )


GATEWAYS = (
    scenario(
        "sequence",
        chain(user("a"), script("s", "x = 1"), user("b")),
        done("a"),
        done("b"),
    ),
    _choice("choice_first_that_holds", done("a", x=6), done("b"), done("d")),
    _choice("choice_second_that_holds", done("a", x=2), done("c"), done("d")),
    _choice("choice_default", done("a", x=0), done("d")),
    scenario("parallel_left_first", TWO, done("a"), done("b"), done("c")),
    scenario("parallel_right_first", TWO, done("b"), done("a"), done("c")),
    scenario("parallel_nested", NESTED, done("a"), done("c"), done("b"), done("d"), done("e")),
    scenario(
        "parallel_nested_outer_last", NESTED, done("b"), done("a"), done("d"), done("c"), done("e")
    ),
    scenario("parallel_crossed", CROSSED, done("c"), done("b"), done("a"), done("d")),
    scenario("parallel_crossed_other_order", CROSSED, done("a"), done("b"), done("d"), done("c")),
    scenario(
        "parallel_in_a_loop",
        ROUND,
        done("a", wieder=True),
        done("b", wieder=True),
        done("b", wieder=False),
        done("a", wieder=False),
    ),
    scenario("parallel_then_choice_skips", SKIPPED, done("b"), done("c"), x=False),
    scenario("parallel_then_choice_takes", SKIPPED, done("b"), done("a"), done("c"), x=True),
    scenario(
        "parallel_with_a_loop_in_one_way",
        RETRIED,
        done("a", nein=True),
        done("b"),
        done("a", nein=False),
        done("c"),
    ),
    scenario("parallel_two_tokens_at_one_task", SAME, done("a"), done("c"), done("b"), done("c")),
    scenario(
        "parallel_two_tokens_wait_at_one_task", SAME, done("b"), done("a"), done("c"), done("c")
    ),
    scenario(
        "parallel_ways_that_never_meet",
        start()
        + gateway("parallel", "teilen")
        + tasks("ab")
        + end()
        + end("ende2")
        + ways("start teilen a ende", "teilen b ende2"),
        done("b"),
        done("a"),
    ),
    _chosen("inclusive_one_way", STRAIGHT, done("a"), done("d"), x=1, y=0),
    _chosen("inclusive_both_ways", STRAIGHT, done("b"), done("a"), done("d"), x=1, y=1),
    _chosen("inclusive_default", STRAIGHT, done("c"), done("d"), x=0, y=0),
    _chosen(
        "inclusive_in_a_loop",
        LOOPED,
        done("a", wieder=True, x=1, y=0),
        done("a", wieder=True, x=0, y=0),
        done("c", wieder=True, x=1, y=1),
        done("b", wieder=False),
        done("a"),
        done("d"),
        x=1,
        y=0,
    ),
    scenario(
        "inclusive_joins_what_a_parallel_split",
        start()
        + gateway("parallel", "teilen")
        + gateway("inclusive", "treffen")
        + tasks("abc")
        + end()
        + ways("start teilen a treffen c ende", "teilen b treffen"),
        done("b"),
        done("a"),
        done("c"),
    ),
    scenario(
        "inclusive_around_inclusive",
        start()
        + tasks("abcd")
        + gateway("inclusive", "aussen", default="d1")
        + gateway("inclusive", "innen", default="d2")
        + gateway("inclusive", "zurueck")
        + gateway("inclusive", "treffen")
        + end()
        + ways("start aussen", "a zurueck", "b zurueck treffen d ende", "c treffen")
        + flow("aussen", "innen", "x > 0")
        + flow("aussen", "c", id="d1")
        + flow("innen", "a", "x > 1")
        + flow("innen", "b", id="d2"),
        done("a"),
        done("d"),
        x=2,
    ),
    scenario("terminate_ends_all_ways", EARLY, done("b")),
    scenario("terminate_comes_last", EARLY, done("a"), done("b")),
    scenario(
        "terminate_ends_its_part_alone",
        chain(
            part("teil", user("a"), last=TERMINATE),
            user("b"),
        ),
        done("a"),
        done("b"),
    ),
    scenario(
        "join_waits_for_a_long_way",
        start()
        + SPLIT
        + tasks("abcdefg")
        + end()
        + ways("start teilen a b c d e treffen g ende", "teilen f treffen"),
        done("f"),
        *(done(name) for name in "abcdeg"),
    ),
    scenario(
        "merge_at_a_task_in_a_loop",
        start()
        + user("a")
        + gateway("exclusive", "nochmal", default="fertig")
        + end()
        + ways("start a nochmal")
        + flow("nochmal", "a", "wieder")
        + flow("nochmal", "ende", id="fertig"),
        done("a", wieder=True),
        done("a", wieder=True),
        done("a", wieder=False),
    ),
    _without_a_way("choice_without_a_way", "exclusive"),
    _without_a_way("inclusive_without_a_way", "inclusive"),
)
