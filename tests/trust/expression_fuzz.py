"""Coverage-guided search for sources that break the language; not collected by pytest.

Run it in an environment of its own, for it needs ``atheris``, which the house does not::

    python3.11 -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris==3.0.0
    PYTHONPATH=. /tmp/fuzz/bin/python tests/trust/expression_fuzz.py -max_total_time=300

It begins with the hostile and the everyday sources. Found is whatever raises anything but a fault,
takes longer than a quarter of a second, changes its input, gives what is no JSON, or explains in
anything but German. The source is written to a file ``crash-…``; put it into
``tests/support/hostile_sources.py`` before mending it.
"""

import json
import re
import sys
import tempfile
import time
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["app.expressions"]):
    from app.expressions.expression import compile_expression
    from app.expressions.fault import ExpressionFault
    from app.expressions.script import compile_script

from tests.support.hostile_sources import EXPRESSIONS, SCRIPTS
from tests.unit.expressions.messages import assert_kind

NOW = datetime(2026, 11, 22, tzinfo=UTC)
VALUES = {
    "antrag": {"name": "Erika", "tag": "2026-01-31", "liste": [3, 1, 2], "leer": None},
    "n": 5,
    "x": 2.5,
}
MAX_SECONDS = 0.25
EVERYDAY = [
    "antrag.name == 'Erika' and n > 3",
    "[x * 2 for x in antrag.liste if x > 1]",
    "f'{antrag.tag:%d.%m.%Y} {x:.2f}'",
    "antrag.tag + tage(14) <= heute()",
    "wert(antrag, 'leer') is None or vorhanden(antrag.fehlt)",
    "{k: v for k, v in antrag.items()}",
    "sorted(antrag.liste, reverse=True)[0:2]",
    "round(Decimal('1.5') * n, 2) if n else max([], default=1)",
    "a = n + 1\nfor i in range(3):\n    a += i\nif a > 3:\n    b = {'x': a}\n    b.x = 2",
    "antrag.neu = {'a': [1]}\nantrag.neu.a[0] += 1",
]
_WORDS_OF_SOURCE = re.compile(r"„[^“]*“")


def try_expression(source: str) -> None:
    """Compile and evaluate; read its names."""
    expression = compile_expression.__wrapped__(source)
    assert {path.split(".")[0] for path in expression.paths} == expression.names
    json.dumps(expression.evaluate(VALUES, NOW))


def try_script(source: str) -> None:
    """Compile and run; nothing but what it says is set."""
    script = compile_script.__wrapped__(source)
    changes = script.run(VALUES, NOW)
    assert changes.keys() <= script.assigns
    json.dumps(changes)


def check(fault: ExpressionFault, source: str) -> None:
    """A fault is German, lies within the source and tells no value."""
    assert_kind(_WORDS_OF_SOURCE.sub("„…“", fault.message))
    assert fault.column <= len(source) + 1
    assert "Erika" not in fault.message or "Erika" in source


def one(data: bytes) -> None:
    """Try one source as an expression and as a script."""
    source = data.decode("utf-8", errors="surrogateescape")
    before = deepcopy(VALUES)
    for attempt in (try_expression, try_script):
        started = time.thread_time()
        try:
            attempt(source)
        except ExpressionFault as fault:
            check(fault, source)
        assert time.thread_time() - started < MAX_SECONDS, "too slow"
    assert before == VALUES, "values changed"


def main() -> None:
    """Write the known sources as a beginning and search from there."""
    with tempfile.TemporaryDirectory() as folder:
        known = [*EVERYDAY, *EXPRESSIONS.values(), *SCRIPTS.values()]
        for number, source in enumerate(known):
            Path(folder, str(number)).write_bytes(source.encode("utf-8", "surrogatepass"))
        atheris.Setup([*sys.argv, folder, "-max_len=9000"], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
