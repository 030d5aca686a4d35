"""``python -m app.trial``, in the clone's folder: the trial until Ctrl-C or SIGTERM."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from app.trial.child import end_with_parent
from app.trial.failure import TrialFailed
from app.trial.supervisor import Supervisor

_ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(BaseException):
    """A signal asks for the end."""


def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    """Unwind to the end once; while everything ends, further signals change nothing."""
    for number in _ENDING_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise StopAsked


def say(line: str) -> None:
    """Print at once, also into a pipe; a reader that has left is no reason to end."""
    try:
        print(line, flush=True)
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - till the end


def main() -> int:
    """Run the trial; 0 when it was asked to end, 1 when it failed."""
    for number in _ENDING_SIGNALS:
        is_nohup = number == signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN
        if not is_nohup:
            signal.signal(number, ask_to_stop)
    if "MAKELEVEL" in os.environ:  # make is killed outright: nobody is left to end us
        end_with_parent(signal.SIGTERM, os.getppid())
    try:
        Supervisor(Path.cwd(), os.environ, say).run()
    except StopAsked:
        say("\nAntragswerk ist beendet. Ihre Probedaten bleiben im Ordner var.")
        return 0
    except TrialFailed as failure:
        print(failure, file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
