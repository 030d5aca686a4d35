"""Models whose waits bring known defects of the library to light, the same for both engines."""

from tests.unit.engine.process_builder import (
    bpmn,
    chain,
    end,
    extensions,
    flow,
    gateway,
    message,
    node,
    service,
    start,
    timer,
    user,
    wait,
)


def with_withdrawal():
    """The task ``bearbeiten``; the message ``ruecknahme`` opens another one beside it."""
    beside = (
        '<bpmn:subProcess id="ruecknahme_behandeln" triggeredByEvent="true">'
        '<bpmn:startEvent id="ruecknahme_kommt" isInterrupting="false">'
        '<bpmn:messageEventDefinition id="ruecknahme_kommt_nachricht" messageRef="ruecknahme"/>'
        "</bpmn:startEvent>"
        + user("ruecknahme_notieren")
        + end("ruecknahme_behandelt")
        + flow("ruecknahme_kommt", "ruecknahme_notieren")
        + flow("ruecknahme_notieren", "ruecknahme_behandelt")
        + "</bpmn:subProcess>"
    )
    body = chain(user("bearbeiten"))
    return bpmn(body + beside, '<bpmn:message id="ruecknahme" name="ruecknahme"/>')


def with_deadline(duration, interrupting=True, kind="timeDuration"):
    """The task ``antworten`` with a timer ``frist`` at its side, which leads to ``verfristet``."""
    cancel = "true" if interrupting else "false"
    return bpmn(
        chain(user("antworten"))
        + node(
            "boundaryEvent",
            "frist",
            timer(duration, kind),
            attachedToRef="antworten",
            cancelActivity=cancel,
        )
        + user("verfristet")
        + end("ende_verfristet")
        + flow("frist", "verfristet")
        + flow("verfristet", "ende_verfristet")
    )


def first_of_two_timers(long, short):
    """A gateway that waits for two times at once and goes on to ``nach_lang`` or ``nach_kurz``."""
    return bpmn(
        start()
        + gateway("eventBased", "was_zuerst_kommt")
        + wait("lang", long)
        + wait("kurz", short)
        + user("nach_lang")
        + user("nach_kurz")
        + end()
        + flow("start", "was_zuerst_kommt")
        + flow("was_zuerst_kommt", "lang")
        + flow("was_zuerst_kommt", "kurz")
        + flow("lang", "nach_lang")
        + flow("kurz", "nach_kurz")
        + flow("nach_lang", "ende")
        + flow("nach_kurz", "ende")
    )


def with_payment():
    """Waits for the message ``zahlung``; it must fit ``vorgang.nummer`` and ``vorgang.gebuehr``."""
    names = ("nummer", "gebuehr")
    keys = "".join(
        f'<bpmn:correlationKey id="k_{name}" name="{name}">'
        f"<bpmn:correlationPropertyRef>{name}</bpmn:correlationPropertyRef></bpmn:correlationKey>"
        for name in names
    )
    found = "".join(
        f'<bpmn:correlationProperty id="{name}" name="{name}">'
        '<bpmn:correlationPropertyRetrievalExpression messageRef="zahlung">'
        f"<bpmn:messagePath>{name}</bpmn:messagePath>"
        "</bpmn:correlationPropertyRetrievalExpression></bpmn:correlationProperty>"
        for name in names
    )
    own = "".join(
        "<spiffworkflow:processVariableCorrelation>"
        f"<spiffworkflow:propertyId>{name}</spiffworkflow:propertyId>"
        f"<spiffworkflow:expression>vorgang['{name}']</spiffworkflow:expression>"
        "</spiffworkflow:processVariableCorrelation>"
        for name in names
    )
    extra = (
        '<bpmn:collaboration id="c"><bpmn:participant id="kommune" processRef="p"/>'
        f'{keys}</bpmn:collaboration>{found}<bpmn:message id="zahlung" name="zahlung"/>'
    )
    waiting = node("intermediateCatchEvent", "warten", message("zahlung", "zahlung", own))
    return bpmn(chain(waiting, user("danach")), extra)


def with_service(caught=False):
    """The service ``abfragen``, with a way out for the error ``503`` if it is to be caught."""
    aside = (
        node(
            "boundaryEvent",
            "misslungen",
            '<bpmn:errorEventDefinition id="misslungen_fehler" errorRef="stoerung"/>',
            attachedToRef="abfragen",
        )
        + user("von_hand")
        + end("ende_von_hand")
        + flow("misslungen", "von_hand")
        + flow("von_hand", "ende_von_hand")
    )
    error = '<bpmn:error id="stoerung" name="Störung" errorCode="503"/>'
    asked = chain(service("abfragen", result="auskunft"), user("danach"))
    return bpmn(asked + (aside if caught else ""), error)


def with_script_while_waiting():
    """Waits for the message ``zahlung``, with a script of its own, beside ``a`` to ``c``."""
    script = extensions("<spiffworkflow:preScript>gezaehlt = 1</spiffworkflow:preScript>")
    return bpmn(
        start()
        + gateway("parallel", "teilen")
        + node("receiveTask", "warten", script, messageRef="zahlung")
        + "".join(user(name) for name in "abc")
        + end()
        + flow("start", "teilen")
        + flow("teilen", "warten")
        + flow("teilen", "a")
        + flow("a", "b")
        + flow("b", "c")
        + flow("c", "ende", id="f_c")
        + flow("warten", "ende", id="f_warten"),
        '<bpmn:message id="zahlung" name="zahlung"/>',
    )
