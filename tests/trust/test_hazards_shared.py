"""Geteilte Modelle: what one case of the library does to others that run at the same time."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

from app.engine.step import MessageArrived
from tests.support.hazard_waits import with_withdrawal
from tests.support.hazards import correction_loop, side_by_side
from tests.support.stock import StockCase, read_model
from tests.unit.engine.process_builder import ENGINE, NOON


def test_what_happens_in_one_case_does_not_change_the_model_of_the_others():
    """5. Shared model: after a message to one case of the library, new ones never end."""
    model = read_model(with_withdrawal())
    StockCase(model).send("ruecknahme", {})
    later = StockCase(model).complete("bearbeiten")
    assert not later.completed
    assert StockCase(with_withdrawal()).complete("bearbeiten").completed

    deployment = ENGINE.deploy(with_withdrawal())
    first = ENGINE.start(deployment, {}, NOON)
    message = MessageArrived("ruecknahme", {}, {})
    interrupted = ENGINE.deliver(deployment, first.state, message, NOON)
    opened = sorted(task.element for task in interrupted.open_tasks)
    assert opened == ["bearbeiten", "ruecknahme_notieren"]
    second = ENGINE.start(deployment, {}, NOON)
    assert second == first
    [task] = second.open_tasks
    assert ENGINE.complete(deployment, second.state, task.id, {}, NOON).completed


class Receipt:
    """Makes the moment: while the case it lies in is being saved, another one is written."""

    def __init__(self, serializer, other):
        self.serializer, self.other, self.written = serializer, other, None
        serializer.registry.register(Receipt, lambda _: self.write(), lambda _: self)

    def write(self):
        meanwhile = Thread(target=self.write_other)
        meanwhile.start()
        meanwhile.join()
        return {}

    def write_other(self):
        self.written = self.serializer.to_dict(self.other)


def test_two_threads_do_not_mix_up_their_cases():
    """19. Threads: while one saves a case, the library writes another one differently."""
    one, other = StockCase(side_by_side()), StockCase(side_by_side())
    other.workflow.data["am"] = NOON
    alone = one.serializer.to_dict(other.workflow)
    receipt = one.workflow.data["beleg"] = Receipt(one.serializer, other.workflow)
    one.saved()
    assert alone["data"]["am"] == {"typename": "datetime", "value": NOON.isoformat()}
    assert receipt.written["data"]["am"] == NOON

    deployment = ENGINE.deploy(correction_loop())

    def play(number):
        step = ENGINE.start(deployment, {"fertig": False, "fall": number, "weg": []}, NOON)
        for turn in range(60):
            [task] = step.open_tasks
            way = [*step.data["weg"], number * 1000 + turn]
            step = ENGINE.complete(deployment, step.state, task.id, {"weg": way}, NOON)
        return step

    pause = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as threads:
            together = list(threads.map(play, range(4)))
    finally:
        sys.setswitchinterval(pause)
    assert together == [play(number) for number in range(4)]
