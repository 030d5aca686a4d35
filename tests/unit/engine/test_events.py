import pytest

from app.engine.step import (
    MessageArrived,
    ServiceFailure,
    SignalArrived,
    ThrownMessage,
)
from app.errors import Incident, TaskDone
from tests.unit.engine.event_builder import (
    ERRORS,
    SIGNALS,
    catch,
    condition,
    error,
    escalation,
    event_part,
    fork,
    part,
    signal,
    throw,
)
from tests.unit.engine.process_builder import (
    Played,
    boundary,
    bpmn,
    chain,
    end,
    extensions,
    flow,
    gateway,
    message,
    node,
    script,
    service,
    start,
    timer,
    user,
    wait,
)


def test_a_signal_reaches_everything_that_waits_for_it():
    source = bpmn(
        fork(
            [catch("a", signal("s1")), user("nach_a")],
            [catch("b", signal("s1")), user("nach_b")],
            [catch("c", signal("s2")), user("nach_c")],
            [user("senden"), throw("werfen", signal("s1"))],
        ),
        SIGNALS,
    )
    case = Played(source)
    case.complete("senden")
    assert case.open == ["nach_a", "nach_b"]


def test_a_signal_comes_from_an_end_event_and_carries_a_value():
    source = bpmn(
        start()
        + gateway("parallel", "teilen")
        + user("a")
        + end("fertig", signal("s2"))
        + catch("b", signal("s2"))
        + user("danach")
        + end()
        + flow("start", "teilen")
        + flow("teilen", "a")
        + flow("a", "fertig")
        + flow("teilen", "b")
        + flow("b", "danach")
        + flow("danach", "ende"),
        SIGNALS,
    )
    case = Played(source, {"n": 21})
    case.complete("a")
    assert (case.open, case.data["gemeldet"]) == (["danach"], 42)


def test_a_signal_arrives_from_outside_or_finds_nobody():
    case = Played(bpmn(chain(catch("a", signal("s2")), user("danach")), SIGNALS))
    with pytest.raises(TaskDone):
        case.deliver(SignalArrived("Zahlung"))
    case.deliver(SignalArrived("Ruhe", 7))
    assert (case.open, case.data["gemeldet"]) == (["danach"], 7)


@pytest.mark.parametrize("interrupting", [True, False])
def test_a_signal_at_a_boundary_ends_the_task_or_not(interrupting):
    source = bpmn(
        chain(user("a"))
        + boundary("rand", "a", signal("s1"), interrupting)
        + user("gemeldet")
        + flow("rand", "gemeldet")
        + flow("gemeldet", "ende"),
        SIGNALS,
    )
    case = Played(source)
    case.deliver(SignalArrived("Zahlung"))
    assert case.open == (["gemeldet"] if interrupting else ["a", "gemeldet"])
    if not interrupting:
        case.deliver(SignalArrived("Zahlung"))
        assert case.open == ["a", "gemeldet", "gemeldet"]
        case.complete("a")
        with pytest.raises(TaskDone):
            case.deliver(SignalArrived("Zahlung"))


def test_an_error_end_goes_on_at_the_boundary_that_catches_its_code():
    source = bpmn(
        chain(part("teil", user("innen"), last=error("e1")), user("gut"))
        + boundary("falsch", "teil", error("e2"))
        + boundary("genau", "teil", error("e1"))
        + boundary("alle", "teil", error())
        + "".join(
            user(f"nach_{name}") + flow(name, f"nach_{name}") + flow(f"nach_{name}", "ende")
            for name in ("falsch", "genau", "alle")
        ),
        ERRORS,
    )
    case = Played(source)
    case.complete("innen")
    assert case.open == ["nach_genau"]
    case.complete("nach_genau")
    assert case.step.completed


def test_an_error_goes_through_parts_that_do_not_catch_it_and_ends_what_is_beside_it():
    inner = part("innen", user("a"), last=error("e1"))
    outer = node(
        "subProcess",
        "aussen",
        start("s")
        + gateway("parallel", "g")
        + inner
        + user("daneben")
        + end("e")
        + flow("s", "g")
        + flow("g", "innen")
        + flow("g", "daneben")
        + flow("innen", "e")
        + flow("daneben", "e"),
    )
    source = bpmn(
        chain(outer, user("gut"))
        + boundary("gefangen", "aussen", error("e1"))
        + user("schlecht")
        + flow("gefangen", "schlecht")
        + flow("schlecht", "ende"),
        ERRORS,
    )
    case = Played(source)
    assert case.open == ["a", "daneben"]
    case.complete("a")
    assert case.open == ["schlecht"]


def test_an_error_nobody_catches_ends_the_process():
    source = bpmn(
        start()
        + gateway("parallel", "g")
        + user("a")
        + end("schluss", error("e1"))
        + user("b")
        + end()
        + flow("start", "g")
        + flow("g", "a")
        + flow("a", "schluss")
        + flow("g", "b")
        + flow("b", "ende"),
        ERRORS,
    )
    case = Played(source)
    case.complete("a")
    assert (case.step.completed, case.open) == (True, [])


def test_an_escalation_at_a_boundary_lets_the_part_go_on():
    source = bpmn(
        chain(part("teil", throw("rufen", escalation("x1")), user("innen")), user("danach"))
        + boundary("rand", "teil", escalation("x1"), interrupting=False)
        + user("gerufen")
        + flow("rand", "gerufen")
        + flow("gerufen", "ende"),
        ERRORS,
    )
    case = Played(source)
    assert case.open == ["gerufen", "innen"]
    case.complete("innen")
    assert case.open == ["danach", "gerufen"]


def test_an_escalation_nobody_waits_for_changes_nothing():
    case = Played(bpmn(chain(throw("rufen", escalation("x1")), user("a")), ERRORS))
    assert case.open == ["a"]


def test_a_cancelled_transaction_goes_on_at_its_cancel_event():
    cancel = "<bpmn:cancelEventDefinition/>"
    inner = (
        start("s")
        + user("zahlen")
        + gateway("exclusive", "g", default="gut")
        + end("e")
        + end("abbruch", cancel)
        + flow("s", "zahlen")
        + flow("zahlen", "g")
        + flow("g", "e", id="gut")
        + flow("g", "abbruch", "abbrechen")
    )
    source = bpmn(
        chain(node("transaction", "kauf", inner), user("danach"))
        + boundary("rand", "kauf", cancel)
        + user("abgebrochen")
        + flow("rand", "abgebrochen")
        + flow("abgebrochen", "ende")
    )
    assert Played(source).complete("zahlen", abbrechen=True).open == ["abgebrochen"]
    assert Played(source).complete("zahlen", abbrechen=False).open == ["danach"]


def test_a_condition_wakes_the_case_when_the_data_fit():
    case = Played(
        bpmn(fork([catch("a", condition("n &gt; 2")), user("danach")], [user("b"), user("c")])),
        {"n": 0},
    )
    case.complete("b", n=1)
    assert case.open == ["c"]
    case.complete("c", n=3)
    assert case.open == ["danach"]


def test_a_condition_on_data_that_do_not_exist_yet_waits():
    case = Played(bpmn(fork([catch("a", condition("pruefung.ok")), user("danach")], [user("b")])))
    assert case.open == ["b"]
    assert case.complete("b", pruefung={"ok": True}).open == ["danach"]


def test_a_condition_that_cannot_be_computed_is_an_incident():
    with pytest.raises(Incident) as incident:
        Played(bpmn(chain(catch("a", condition("n + 'x' &gt; 2")))), {"n": 1})
    assert incident.value.element == "a"


def test_a_condition_beside_a_task_comes_each_time_it_begins_to_hold():
    source = bpmn(
        fork(
            [user("lang")],
            [user("a"), user("b"), user("c"), user("d")],
        )
        + boundary("rand", "lang", condition("n &gt; 2"), interrupting=False)
        + end("notiert")
        + script("zaehlen", "mal = mal + 1")
        + flow("rand", "zaehlen")
        + flow("zaehlen", "notiert")
    )
    case = Played(source, {"n": 0, "mal": 0})
    for task, n, times in (("a", 3, 1), ("b", 4, 1), ("c", 0, 1), ("d", 5, 2)):
        case.complete(task, n=n)
        assert case.data["mal"] == times


def test_a_reminder_comes_every_week_and_what_was_missed_only_once():
    source = bpmn(
        chain(user("a"))
        + boundary("woche", "a", timer("R/P7D", "timeCycle"), interrupting=False)
        + script("mahnen", "mahnungen = mahnungen + 1")
        + end("gemahnt")
        + flow("woche", "mahnen")
        + flow("mahnen", "gemahnt")
    )
    case = Played(source, {"mahnungen": 0})
    first = case.step.due[0].due_at
    for week in (1, 2, 3):
        case.after(days=7)
        assert case.data["mahnungen"] == week
    assert (case.step.due[0].due_at - first).days == 21
    size = len(case.step.state)
    case.after(days=40)
    assert case.data["mahnungen"] == 4
    assert (case.step.due[0].due_at - first).days == 56
    assert len(case.step.state) <= size + 4
    case.complete("a")
    assert case.step.completed


def test_a_counted_repetition_comes_to_its_end():
    source = bpmn(
        chain(user("a"))
        + boundary("monat", "a", timer("R2/P1M", "timeCycle"), interrupting=False)
        + script("mahnen", "mahnungen = mahnungen + 1")
        + end("gemahnt")
        + flow("monat", "mahnen")
        + flow("mahnen", "gemahnt")
    )
    case = Played(source, {"mahnungen": 0})
    case.after(days=31).after(days=31)
    assert (case.data["mahnungen"], case.step.due) == (2, ())
    case.after(days=300)
    assert case.data["mahnungen"] == 2


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_event_part_waits_as_long_as_the_process_runs(interrupting):
    source = bpmn(
        chain(user("a"), user("b"))
        + event_part("rueck", message("m1", "frage"), user("antworten"), interrupting=interrupting),
        ERRORS,
    )
    case = Played(source)
    assert [one.message for one in case.step.subscriptions] == ["Rückfrage"]
    case.complete("a")
    case.deliver(MessageArrived("Rückfrage", "wann?", {}))
    assert case.data["frage"] == "wann?"
    assert case.open == (["antworten"] if interrupting else ["antworten", "b"])
    if interrupting:
        assert case.step.subscriptions == ()
        assert case.complete("antworten").step.completed
    else:
        case.deliver(MessageArrived("Rückfrage", "wo?", {}))
        assert case.open == ["antworten", "antworten", "b"]
        case.complete("b")
        assert not case.step.completed
        for task in case.step.open_tasks:
            case.complete_id(task.id)
        assert case.step.completed


def test_an_event_part_that_never_starts_does_not_keep_the_process_running():
    source = bpmn(
        chain(user("a")) + event_part("frist", timer("P30D"), user("erinnern"), interrupting=False)
    )
    assert Played(source).complete("a").step.completed
    case = Played(source).after(days=31)
    assert case.open == ["a", "erinnern"]


def test_later_cases_of_the_same_process_are_not_touched_by_an_event_part():
    source = bpmn(chain(user("a")) + event_part("rueck", message("m1"), user("antworten")), ERRORS)
    first = Played(source)
    first.deliver(MessageArrived("Rückfrage", None, {}))
    second = Played(source)
    second.deployment = first.deployment
    assert second.complete("a").step.completed


def test_an_event_part_inside_a_part_catches_its_errors():
    inner = (
        start("s")
        + service("rufen")
        + end("e")
        + flow("s", "rufen")
        + flow("rufen", "e")
        + event_part("retten", error("e1"), user("von_hand"))
    )
    source = bpmn(chain(node("subProcess", "teil", inner), user("danach")), ERRORS)
    case = Played(source)
    [call] = case.step.calls
    with pytest.raises(Incident):
        case.deliver(ServiceFailure(call.task_id, "anderes"))
    case.deliver(ServiceFailure(call.task_id, "abgelehnt"))
    assert case.open == ["von_hand"]
    assert case.complete("von_hand").open == ["danach"]


def test_a_message_is_handed_out_with_what_it_carries():
    payload = extensions(
        "<spiffworkflow:messagePayload>{'betrag': n}</spiffworkflow:messagePayload>"
        "<spiffworkflow:processVariableCorrelation>"
        "<spiffworkflow:propertyId>az</spiffworkflow:propertyId>"
        "<spiffworkflow:expression>vorgang.aktenzeichen</spiffworkflow:expression>"
        "</spiffworkflow:processVariableCorrelation>"
    )
    for element in (
        throw(
            "a",
            f'<bpmn:messageEventDefinition messageRef="m1">{payload}</bpmn:messageEventDefinition>',
        ),
        node("sendTask", "a", payload, messageRef="m1"),
    ):
        case = Played(
            bpmn(chain(user("davor"), element, user("danach")), ERRORS),
            {"n": 5, "vorgang": {"aktenzeichen": "A-1"}},
        )
        case.complete("davor")
        assert case.step.messages == (
            ThrownMessage("a", "Rückfrage", {"betrag": 5}, {"az": "A-1"}),
        )
        assert case.open == ["danach"]
        assert case.complete("danach").step.messages == ()


def test_a_process_calls_another_one_of_the_same_file():
    called = (
        '<bpmn:process id="unter" isExecutable="true">'
        + chain(user("innen"), script("rechnen", "n = n + 1"))
        .replace('"start"', '"s2"')
        .replace('"ende"', '"e2"')
        .replace("f_start_", "f2_start_")
        .replace("_ende", "_e2")
        + "</bpmn:process>"
    )
    source = bpmn(
        chain(
            node("callActivity", "rufen", calledElement="unter"),
            node("callActivity", "nochmal", calledElement="unter"),
            user("danach"),
        ),
        called,
    )
    case = Played(source, {"n": 0})
    for round_ in (1, 2):
        assert case.open == ["innen"]
        case.complete("innen")
        assert case.data["n"] == round_
    assert case.open == ["danach"]


def test_two_timers_behind_an_event_gateway_each_have_their_own_time():
    source = bpmn(
        start()
        + gateway("eventBased", "g")
        + wait("lang", "P10D")
        + wait("kurz", "P1D")
        + user("nach_lang")
        + user("nach_kurz")
        + end()
        + flow("start", "g")
        + flow("g", "lang")
        + flow("g", "kurz")
        + flow("lang", "nach_lang")
        + flow("kurz", "nach_kurz")
        + flow("nach_lang", "ende")
        + flow("nach_kurz", "ende")
    )
    case = Played(source)
    assert len(case.step.due) == 2
    assert case.after(days=2).open == ["nach_kurz"]
