"""Urteil: what became of each test, held against the table of explanations."""

import sys
import unittest
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.trust.upstream.foreign_case import ForeignCase
from tests.trust.upstream.soft_checks import SoftChecks

PASSED = "passed on our engine"
NOTHING_RAN = "passed, but nothing ran in it"
SKIPPED = "skipped by its own authors"


@dataclass(slots=True)
class Outcome:
    """One test: whether our engine ran in it, and what went wrong by the line of the test."""

    test: str
    ran: bool = False
    skipped: bool = False
    faults: dict[int, str] = field(default_factory=dict)

    @property
    def success(self) -> str:
        """Name what became of it if nothing went wrong."""
        if self.skipped:
            return SKIPPED
        return PASSED if self.ran else NOTHING_RAN


class Outcomes(unittest.TestResult):
    """Gathers outcomes."""

    def __init__(self, checkout: Path) -> None:
        super().__init__()
        self.outcomes: list[Outcome] = []
        self._checkout = checkout
        self._checks: SoftChecks | None = None
        self._before = 0

    def startTest(self, test: unittest.TestCase) -> None:  # noqa: N802 - the name is given
        super().startTest(test)
        self._checks, self._before = SoftChecks(test, self._checkout), ForeignCase.made
        self.outcomes.append(Outcome(test.id().removeprefix("tests.SpiffWorkflow.")))

    def stopTest(self, test: unittest.TestCase) -> None:  # noqa: N802 - the name is given
        super().stopTest(test)
        outcome = self.outcomes[-1]
        outcome.ran = ForeignCase.made > self._before
        if self._checks is not None:
            outcome.faults = self._checks.faults

    def addError(self, _: unittest.TestCase, err: Any) -> None:  # noqa: N802 - as above
        if self._checks is not None:
            self._checks.note(err[1])

    addFailure = addError  # noqa: N815 - as above

    def addSkip(self, _: unittest.TestCase, __: str) -> None:  # noqa: N802 - as above
        self.outcomes[-1].skipped = True

    def addSubTest(self, test: Any, _: Any, err: Any) -> None:  # noqa: N802 - as above
        if err is not None:
            self.addError(test, err)


def report(outcomes: Iterable[Outcome], explained: Mapping[str, Mapping[int, str]]) -> bool:
    """Print counts per reason and everything the table does not explain; tells whether all is.

    ``explained`` maps tests to their lines that fail, and these to the reason.
    """
    counts: Counter[str] = Counter()
    wrong = []
    left = dict(explained)
    for one in outcomes:
        lines = left.pop(one.test, {})
        if one.faults.keys() != lines.keys():
            faults = "".join(f"\n    {line}: {text}" for line, text in sorted(one.faults.items()))
            wrong.append(f"{one.test}, explained are the lines {sorted(lines)}:{faults}")
        counts.update(set(lines.values()) or {one.success})
    wrong += [f"{name}: in the table, but there is no such test" for name in left]
    for reason, count in counts.most_common():
        sys.stdout.write(f"{count:5}  {reason}\n")
    for line in wrong:
        sys.stdout.write(f"UNEXPLAINED {line}\n")
    return not wrong
