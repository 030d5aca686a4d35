"""Wiederholungen: one task several times, one after the other or all at once."""

from typing import Any

from SpiffWorkflow.spiff.specs.spiff_task import SpiffBpmnTask

from app.engine.modelling.loops import (
    COUNTER,
    MAX_INSTANCES,
    InstanceLoop,
    StandardLoop,
    instance_loop,
    standard_loop,
)
from app.engine.modelling.xmlio import Element
from app.engine.runtime.token import STARTED, Token
from app.errors import Incident


class Repeating(SpiffBpmnTask):  # type: ignore[misc] # untyped library
    """Stands for all rounds of a task; each round is a token below it."""

    task_spec: str  # name of the node that each round passes

    def read(self, node: Element) -> None:
        """Take over what the model says about the rounds."""
        raise NotImplementedError

    def came_back(self, my_task: Token, child: Token) -> None:
        """Take note of a finished round and begin the next one, if any."""
        if my_task._state == STARTED and self._returned(my_task, child):
            my_task._ready()

    def _returned(self, my_task: Token, child: Token) -> bool:
        """Tell whether all is done."""
        raise NotImplementedError

    def _run_hook(self, _: Token) -> bool:
        return True

    def _round(self, my_task: Token, local: dict[str, Any] | None, number: int = 0) -> None:
        child = my_task.add(my_task.workflow.spec.task_specs[self.task_spec])
        if local is not None:
            child.separate(local)
            child.internal_data["round"] = number
        child.task_spec._update(child)


class Loop(Repeating):
    """Does a task again as long as a condition holds; all rounds share the data of the case."""

    loop: StandardLoop

    def read(self, node: Element) -> None:
        """Take over condition and limit."""
        self.loop = standard_loop(node)

    def _update_hook(self, my_task: Token) -> bool:
        SpiffBpmnTask._update_hook(self, my_task)
        my_task.internal_data["rounds"] = 0
        if self.loop.test_before and not self._goes_on(my_task):
            return True
        my_task._set_state(STARTED)
        self._round(my_task, None)
        return False

    def _returned(self, my_task: Token, child: Token) -> bool:  # noqa: ARG002 - others use it
        my_task.internal_data["rounds"] += 1
        if not self._goes_on(my_task):
            return True
        self._round(my_task, None)
        return False

    def _goes_on(self, my_task: Token) -> bool:
        if self.loop.maximum is not None and my_task.internal_data["rounds"] >= self.loop.maximum:
            return False
        engine = my_task.workflow.script_engine
        return not self.loop.condition or bool(engine.evaluate(my_task, self.loop.condition))


class Instances(Repeating):
    """Does a task once for each item of a list; each round has data of its own.

    The results come together in the order of the items, whoever is done first. A round that was
    ended early has none.
    """

    loop: InstanceLoop

    def read(self, node: Element) -> None:
        """Take over list and names."""
        self.loop = instance_loop(node)

    def _update_hook(self, my_task: Token) -> bool:
        SpiffBpmnTask._update_hook(self, my_task)
        items = self._items(my_task)
        memory = my_task.internal_data
        memory.update(count=len(items), results={})
        if not items:
            return True
        my_task._set_state(STARTED)
        if self.loop.is_sequential:
            memory["items"] = items[1:]
            self._instance(my_task, 0, items[0])
        else:
            for number, item in enumerate(items):
                self._instance(my_task, number, item)
        return False

    def _instance(self, my_task: Token, number: int, item: Any) -> None:
        local = {COUNTER: {"nummer": number + 1, "anzahl": my_task.internal_data["count"]}}
        if self.loop.item:
            local[self.loop.item] = item
        self._round(my_task, local, number)

    def _returned(self, my_task: Token, child: Token) -> bool:
        memory, local = my_task.internal_data, child.internal_data["local"]
        done = memory["done"] = memory.get("done", 0) + 1
        if self.loop.result:
            memory["results"][str(_number(child))] = local.get(self.loop.result)
        if self.loop.until:
            local[COUNTER] = {
                "nummer": _number(child) + 1,
                "anzahl": memory["count"],
                "fertig": done,
            }
            if my_task.workflow.script_engine.evaluate(child, self.loop.until):
                self._stop(my_task)
                return True
        waiting = memory.get("items")
        if waiting:
            memory["items"] = waiting[1:]
            self._instance(my_task, done, waiting[0])
        return bool(done == memory["count"])

    def _stop(self, my_task: Token) -> None:
        for other in my_task.children:
            if not other.finished:
                other.cancel()

    def _run_hook(self, my_task: Token) -> bool:
        memory = my_task.internal_data
        if self.loop.results:
            numbers = sorted(memory["results"], key=int)
            my_task.data[self.loop.results] = [memory["results"][number] for number in numbers]
        return True

    def _items(self, my_task: Token) -> list[Any]:
        evaluate = my_task.workflow.script_engine.evaluate
        if self.loop.collection:
            items = evaluate(my_task, self.loop.collection)
            if not isinstance(items, list):
                raise Incident(self.bpmn_id, "Hier wird eine Liste gebraucht.")
        else:
            count = evaluate(my_task, self.loop.cardinality)
            if not isinstance(count, int) or isinstance(count, bool) or count < 0:
                raise Incident(self.bpmn_id, "Die Anzahl der Durchläufe ist keine ganze Zahl.")
            items = list(range(min(count, MAX_INSTANCES + 1)))
        if len(items) > MAX_INSTANCES:
            message = f"Mehr als {MAX_INSTANCES} Durchläufe sind nicht möglich."
            raise Incident(self.bpmn_id, message)
        return items


def _number(child: Token) -> int:
    """Tell which round a token is, counted from 0."""
    number: int = child.internal_data["round"]
    return number
