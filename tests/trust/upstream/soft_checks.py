"""Weiche Prüfungen: a check that fails does not end a test, so that all of its checks are seen."""

import traceback
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

_CHECKS = tuple(
    name
    for name in dir(unittest.TestCase)
    if name.startswith("assert") and "Raises" not in name and "Warns" not in name
)


class SoftChecks:
    """Faults of one test: the line each lies in, with what went wrong."""

    def __init__(self, test: Any, checkout: Path) -> None:
        self.faults: dict[int, str] = {}
        self._inside = str(checkout)
        self._hard = 0
        for name in _CHECKS:
            setattr(test, name, self._soft(getattr(test, name)))
        test.assertRaises = self._expecting(test.assertRaises)

    def note(self, error: BaseException) -> None:
        """Take in what went wrong, at the innermost line of the test itself."""
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename.startswith(self._inside)
        ] or [
            frame for frame in traceback.extract_stack() if frame.filename.startswith(self._inside)
        ]
        lines = f"{type(error).__name__}: {error}".splitlines()
        self.faults[frames[-1].lineno or 0] = " ".join(line for line in lines if line)[:200]

    def _soft(self, check: Callable[..., Any]) -> Callable[..., Any]:
        def checked(*given: Any, **named: Any) -> Any:
            try:
                return check(*given, **named)
            except AssertionError as error:
                if self._hard:
                    raise
                self.note(error.with_traceback(None))

        return checked

    def _expecting(self, expect: Callable[..., Any]) -> Callable[..., Any]:
        def expecting(error: Any, *given: Any, **named: Any) -> Any:
            self._hard += bool(given)
            try:
                return expect(error, *given, **named)
            finally:
                self._hard -= bool(given)

        return expecting
