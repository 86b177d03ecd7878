"""What the logger ``cloudauth`` is told of calls, at level DEBUG: no parameters, no results, no keys."""

from __future__ import annotations

import logging
from time import perf_counter
from types import TracebackType

from . import _cloudauth
from ._errors import Error

logger = logging.getLogger("cloudauth")


class Logged:
    """A context in which a call is made."""

    __slots__ = ("_action", "_begun")

    def __init__(self, action: str) -> None:
        self._action = action
        self._begun: float | None = None

    def __enter__(self) -> None:
        if logger.isEnabledFor(logging.DEBUG):
            self._begun = perf_counter()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._begun is None:
            return
        milliseconds = (perf_counter() - self._begun) * 1000
        if error is None:
            logger.debug("%s succeeded in %.0f ms", self._action, milliseconds)
        elif isinstance(error, Error):
            # A code that is not in the catalogue may be any text.
            code = error.code if error.code and _cloudauth.explain(error.code) else None
            logger.debug(
                "%s failed in %.0f ms: kind=%s code=%s http_status=%s attempts=%d",
                self._action, milliseconds, error.kind, code, error.http_status, error.attempts,
            )
        else:
            logger.debug("%s ended in %.0f ms by %s", self._action, milliseconds, type(error).__name__)
