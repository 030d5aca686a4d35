"""Testreihe laden: the library's test modules, with our engine in the place of its own."""

import importlib
import sys
import unittest
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import tests
from tests.trust.upstream.foreign_case import ForeignCase
from tests.trust.upstream.readers import CamundaReader, ForeignReader, plain_reader

PREFIX = "tests.SpiffWorkflow"
PATTERNS = ("*Test.py", "ReturnToEvent.py")
PACKAGES = ("bpmn", "spiff", "camunda")
_LOADER = f"{PREFIX}.bpmn.BpmnLoaderForTests"
_BASE = f"{PREFIX}.bpmn.BpmnWorkflowTestCase"


def load(checkout: Path) -> unittest.TestSuite:
    """Load every test of a checkout that has to do with BPMN.

    Upstream's own pattern is ``*Test.py``; it misses a file, which is loaded too. The library
    itself is the one installed; what lies beside the tests in the checkout is not looked at.
    """
    tests.__path__ = [*tests.__path__, str(checkout / "tests")]
    loader = importlib.import_module(_LOADER)
    base = importlib.import_module(_BASE)
    base.BpmnWorkflowTestCase.save_restore = _save_restore
    names = [
        f"{PREFIX}.{path.relative_to(checkout / PREFIX.replace('.', '/')).with_suffix('')}"
        for package in PACKAGES
        for pattern in PATTERNS
        for path in sorted((checkout / PREFIX.replace(".", "/") / package).rglob(pattern))
    ]
    modules = [importlib.import_module(name.replace("/", ".")) for name in names]
    plain = plain_reader(loader)
    for name, module in list(sys.modules.items()):
        if name.startswith(PREFIX):
            _exchange(module, plain)
    found = unittest.TestSuite()
    for module in modules:
        found.addTests(unittest.defaultTestLoader.loadTestsFromModule(module))
    return found


def each(suite: unittest.TestSuite) -> Iterator[Any]:
    """Give single tests, each once."""
    seen = set()
    for one in suite:
        for test in each(one) if isinstance(one, unittest.TestSuite) else (one,):
            if test.id() not in seen:
                seen.add(test.id())
                yield test


def _exchange(module: ModuleType, plain: type) -> None:
    ours = {
        "BpmnWorkflow": ForeignCase,
        "TestBpmnParser": plain,
        "SpiffBpmnParser": ForeignReader,
        "CamundaParser": CamundaReader,
    }
    if not hasattr(module, "BpmnWorkflow") and not module.__name__.endswith("TestCase"):
        return  # a test of the library's parser, not of what runs
    for name, replacement in ours.items():
        if hasattr(module, name):
            setattr(module, name, replacement)


def _save_restore(test: Any) -> None:
    test.workflow = test.workflow.saved_and_read()
