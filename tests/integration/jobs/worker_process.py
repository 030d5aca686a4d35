"""A worker to be started, stopped and killed by tests; its handlers write into a folder."""

import sys
import time
from pathlib import Path

from app.connectors.job_worker import run_worker
from app.errors import Rejected, Unavailable


def main(database_url: str, folder: Path) -> None:
    def note(line: str) -> None:
        with (folder / "notes").open("a", encoding="utf-8") as notes:
            notes.write(f"{line}\n")

    def write(text: str) -> None:
        note(text)

    def slow(text: str, seconds: str) -> None:
        note(f"begin {text}")
        time.sleep(float(seconds))
        note(f"end {text}")

    def unavailable() -> None:
        note("unavailable")
        raise Unavailable("mail")

    def rejected() -> None:
        note("rejected")
        raise Rejected("mail")

    def tick() -> None:
        note("tick")

    handlers = {
        "write": write,
        "slow": slow,
        "unavailable": unavailable,
        "rejected": rejected,
        "tick": tick,
    }
    run_worker(database_url, handlers, periodic=[("* * * * * *", "tick")])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
