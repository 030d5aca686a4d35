"""Runs all benchmarks, prints a table and writes ``var/bench.json``."""

import json
import sys
from pathlib import Path

from bench import engine, forms, journey
from bench.timing import Result

ROOT = Path(__file__).parents[1]


def main() -> None:
    wanted = set(sys.argv[1:]) or {"engine", "forms", "journey"}
    results = []
    for part in (engine, forms, journey):
        if part.__name__.rpartition(".")[2] in wanted:
            for result in part.measure():
                results.append(result)
                print(line(result), flush=True)
    target = ROOT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(results, indent=1), encoding="utf-8")


def line(result: Result) -> str:
    """One row of the table, with the verdict where something is promised."""
    row = f"{result['name']:<34}{result['value']:>12,.2f} {result['unit']:<4}"
    if "target" not in result:
        return row.rstrip()
    return f"{row} {'ok' if result['holds'] else 'MISSED'} ({result['target']})"


if __name__ == "__main__":
    main()
