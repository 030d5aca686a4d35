"""Fremde Wiederholungen: loops as the library's tests change and question them."""

from typing import Any

from app.engine.modelling.loops import InstanceLoop
from app.engine.modelling.xmlio import Element
from app.engine.runtime.repeating import Instances, Loop
from app.engine.runtime.token import Token


def _rounds(my_task: Token) -> list[Token]:
    history = my_task.workflow.top_workflow.history
    inner = my_task.task_spec.task_spec
    return [
        token
        for token in history.tokens.values()
        if history.origins[token.id] == my_task.id and token.task_spec.name == inner
    ]


def round_info(my_task: Token) -> dict[str, Any]:
    """Tell which round a token is."""
    history = my_task.workflow.top_workflow.history
    outer = history.tokens[history.origins[my_task.id]]
    number = [one.id for one in _rounds(outer)].index(my_task.id)
    return {"iteration": number, "instance": number}


class ForeignLoop(Loop):
    """Tells about its rounds."""

    def task_info(self, my_task: Any) -> dict[str, Any]:
        rounds = _rounds(my_task)
        done = sum(1 for one in rounds if one.finished)
        info = {
            "iterations_completed": done,
            "instance_map": {number: one.id for number, one in enumerate(rounds)},
        }
        if self.loop.maximum:
            info["iterations_remaining"] = self.loop.maximum - done
        return info


class ForeignInstances(Instances):
    """Follows what a test sets on the spec: list, cardinality, condition, names."""

    is_sequential: bool
    is_camunda: bool

    @property
    def loop(self) -> InstanceLoop:
        """What the library's own attributes say by now."""
        if self.is_camunda:
            return self._camunda_loop()
        return InstanceLoop(
            is_sequential=self.is_sequential,
            collection=_name(self.data_input),
            cardinality="" if self.data_input is not None else self.cardinality or "",
            item=_name(self.input_item),
            result=_name(self.output_item),
            results=_name(self.data_output),
            until=self.condition or "",
        )

    def _camunda_loop(self) -> InstanceLoop:
        """Camunda names one list and one item for both directions."""
        is_list = not self.cardinality or self.cardinality.isidentifier()
        return InstanceLoop(
            is_sequential=self.is_sequential,
            collection=(self.cardinality or _name(self.data_output)) if is_list else "",
            cardinality="" if is_list else self.cardinality,
            item=_name(self.output_item),
            result=_name(self.output_item),
            results=_name(self.data_output),
            until=self.condition or "",
        )

    def read(self, node: Element) -> None:
        """Nothing: the attributes are read each time."""

    def task_info(self, my_task: Token) -> dict[str, Any]:
        rounds = _rounds(my_task)
        memory = my_task.internal_data
        numbers = [one.internal_data["local"]["durchlauf"]["nummer"] - 1 for one in rounds]
        return {
            "completed": [n for n, one in zip(numbers, rounds, strict=True) if one.finished],
            "running": [n for n, one in zip(numbers, rounds, strict=True) if not one.finished],
            "future": list(range(len(rounds), memory.get("count", 0))),
            "instance_map": {n: one.id for n, one in zip(numbers, rounds, strict=True)},
        }


def _name(reference: Any) -> str:
    return "" if reference is None else reference.bpmn_id
