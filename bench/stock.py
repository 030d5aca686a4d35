"""The yardstick: the process library as delivered, doing what the engine does."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.support.stock import StockCase, read_model


class StockCycle:
    """One request on the library: read the case, do a task, go on, write it.

    The model lies in the state, as the library's serializer has it.
    """

    def __init__(self, case: StockCase, element: str, changes: Mapping[str, Any]) -> None:
        self.case = case
        self.element = element
        self.changes = changes
        self.saved = case.saved()

    @property
    def state_bytes(self) -> int:
        """Size of the state before the task is done."""
        return len(self.saved.encode())

    def run(self) -> str:
        """Do the whole cycle and give the new state."""
        self.case.load(self.saved)
        self.case.complete(self.element, **self.changes)
        return self.case.saved()


def stock_start(
    source: bytes, data: Mapping[str, Any], tables: tuple[bytes, ...] = ()
) -> Callable[[], StockCase]:
    """Begin a case of a model that was read before; it is neither saved nor read back."""
    model = read_model(source, tables)
    return lambda: StockCase(model, data)


def stock_copies(source: bytes, data: Mapping[str, Any], element: str) -> Callable[[], StockCase]:
    """Begin a task for many and complete all, in memory: nothing is saved in between."""
    start = stock_start(source, data)

    def run() -> StockCase:
        case = start()
        for task in case.all_open(element):
            task.run()
            case.run()
        return case

    return run


def stock_half_done(source: bytes, data: Mapping[str, Any], element: str) -> StockCycle:
    """Give the cycle that does one more of many tasks when half of them are done."""
    case = stock_start(source, data)()
    waiting = case.all_open(element)
    for task in waiting[: len(waiting) // 2]:
        task.run()
        case.run()
    return StockCycle(case, element, {})
