"""Fremde Testreihe: the BPMN tests of SpiffWorkflow itself, run on our engine and our format.

Run it from the root of the repository, with a checkout of the library's source:

    python -m tests.trust.upstream DIRECTORY [PART OF A TEST'S NAME]

The table in ``explained.py`` was made for the commit that ``UPSTREAM`` names. Nothing of the
library's tests is part of this repository, and pytest does not collect this harness.
"""

import argparse
import sys
import warnings
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from tests.trust.upstream.explained import EXPLAINED, UPSTREAM
from tests.trust.upstream.modules import each, load
from tests.trust.upstream.verdict import Outcomes, report


def main() -> int:
    """Run the tests; 0 if each passes or is explained."""
    arguments = argparse.ArgumentParser(description=f"SpiffWorkflow {UPSTREAM}")
    arguments.add_argument("checkout", type=Path)
    arguments.add_argument("only", nargs="?", default="")
    given = arguments.parse_args()
    warnings.simplefilter("ignore")
    outcomes = Outcomes(given.checkout.resolve())
    for test in each(load(given.checkout.resolve())):
        if given.only in test.id():
            with redirect_stdout(StringIO()):  # some scripts of theirs print
                test.run(outcomes)
    explained = {name: why for name, why in EXPLAINED.items() if given.only in name}
    return 0 if report(outcomes.outcomes, explained) else 1


if __name__ == "__main__":
    sys.exit(main())
