"""Kinderstube: keeps a nest warm and hands it one job after the other."""

import os
import subprocess
import threading
import time
from types import TracebackType
from typing import Self

from app.confined.channel import Gone, TooLate, receive, send
from app.confined.interpreter import FOLDER, NO_ENVIRONMENT, command
from app.confined.limits import Limits
from app.confined.nest import MAX_MESSAGE_BYTES, READY
from app.confined.outcome import Outcome
from app.errors import Unavailable

#: far beyond what loading takes, so that only an overloaded machine gets here
_START_S = 20.0
#: what a nest may take beside the job itself
_GRACE_S = 3.0
#: how long a thread waits for its turn
_TURN_S = 30.0
_ATTEMPTS = 2


class Nursery:
    """Does jobs in confined processes; shareable between threads, which take turns.

    ``module`` is a program of ours that calls :func:`app.confined.nest.serve`. Its process is
    started with the first job, replaced when it is lost, and ends with this one.
    """

    def __init__(self, module: str, limits: Limits) -> None:
        self._module = module
        self._limits = limits
        self._turn = threading.Lock()
        self._nest: _Nest | None = None

    def run(self, job: bytes) -> Outcome:
        """Let a child of the nest do one job; a job that kills its child has an outcome too.

        :raises Unavailable: the nest could not start, or was lost twice, or too many wait.
        """
        if not self._turn.acquire(timeout=_TURN_S):
            raise Unavailable(self._module)
        try:
            for _ in range(_ATTEMPTS):
                try:
                    return self._warm_nest().ask(job, self._limits.wall_s + _GRACE_S)
                except (Gone, TooLate):
                    self._leave()
        except OSError as error:
            raise Unavailable(self._module) from error
        finally:
            self._turn.release()
        raise Unavailable(self._module)

    def close(self) -> None:
        """End the nest; the next job starts another."""
        with self._turn:
            self._leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _warm_nest(self) -> "_Nest":
        if self._nest is not None and not self._nest.is_ours:
            self._leave()
        if self._nest is None:
            self._nest = _Nest([*command(self._module), *self._limits.as_arguments()])
            self._nest.wait_until_ready()
        return self._nest

    def _leave(self) -> None:
        nest, self._nest = self._nest, None
        if nest is not None:
            nest.kill()


class _Nest:
    """The process and the pipes to it."""

    def __init__(self, arguments: list[str]) -> None:
        self._parent = os.getpid()
        orders, self._orders = os.pipe()
        self._answers, answers = os.pipe()
        os.set_blocking(self._orders, False)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                arguments,
                stdin=orders,
                stdout=answers,
                stderr=subprocess.DEVNULL,
                cwd=FOLDER,
                env=NO_ENVIRONMENT,
                start_new_session=True,  # Ctrl-C is for whoever started it
            )
        except OSError:
            self._close()
            raise
        finally:
            os.close(orders)
            os.close(answers)

    @property
    def is_ours(self) -> bool:
        """Whether it belongs to this process, not to the one this process was forked from."""
        return self._parent == os.getpid()

    def wait_until_ready(self) -> None:
        """Wait until everything is loaded.

        :raises Gone: it ended instead.
        :raises TooLate: it takes too long.
        """
        if self._receive(time.monotonic() + _START_S) != READY:
            raise Gone

    def ask(self, job: bytes, patience_s: float) -> Outcome:
        """Hand over a job and wait for its outcome.

        :raises Gone: the nest was lost.
        :raises TooLate: it does not answer.
        """
        deadline = time.monotonic() + patience_s
        send(self._orders, job, deadline)
        return Outcome.from_bytes(self._receive(deadline))

    def kill(self) -> None:
        """End it at once; the child it waits for, if any, ends with it."""
        if self.is_ours:
            self._process.kill()
            self._process.wait()
        self._close()

    def _receive(self, deadline: float) -> bytes:
        return receive(self._answers, deadline, max_bytes=MAX_MESSAGE_BYTES)

    def _close(self) -> None:
        os.close(self._orders)
        os.close(self._answers)
