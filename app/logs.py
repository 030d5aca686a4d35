"""Protokoll: one JSON object per line with ids, never answers, names or local variables."""

import logging
import sys
import traceback
from pathlib import Path
from typing import Any

import structlog


class _StandardError:
    """Writes one line to standard error as it is at the moment; test runners exchange it."""

    def info(self, line: str) -> None:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    debug = warning = error = critical = exception = msg = info


def configure_logs() -> None:
    """Write events to standard error; traces show lines of code, not what variables held."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(
                structlog.tracebacks.ExceptionDictTransformer(
                    show_locals=False, max_frames=30, use_rich=False
                )
            ),
            _without_exception_texts,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: _StandardError(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_Bare("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _Bare(logging.Formatter):
    """Formats what libraries log: a trace says where, never what an exception's text held."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        frames = traceback.extract_tb(ei[2])[-8:]
        places = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))
        return f"{ei[0].__name__} at {places}"


def _without_exception_texts(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Drop the texts of foreign exceptions: a database driver quotes values in them."""
    for part in event.get("exception", ()):
        part.pop("exc_value", None)
        part.pop("exc_notes", None)
    return event
