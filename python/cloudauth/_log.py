"""What the logger ``cloudauth`` is told of calls, at level DEBUG: no parameters, no results, no keys."""

from __future__ import annotations

import sys
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING

from ._errors import Error

if TYPE_CHECKING:
    import logging

_logger: logging.Logger | None = None


def _listened_to() -> logging.Logger | None:
    """The logger, where somebody wants to hear of calls. A program that has not loaded ``logging`` does not."""
    global _logger
    if _logger is None:
        if "logging" not in sys.modules:
            return None
        import logging

        _logger = logging.getLogger("cloudauth")
    # Level DEBUG.
    return _logger if _logger.isEnabledFor(10) else None


class Logged:
    """A context in which a call is made."""

    __slots__ = ("_action", "_begun", "_logger")

    def __init__(self, action: str) -> None:
        self._action = action

    def __enter__(self) -> None:
        self._logger = _listened_to()
        if self._logger is not None:
            self._begun = perf_counter()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        logger = self._logger
        if logger is None:
            return
        milliseconds = (perf_counter() - self._begun) * 1000
        if error is None:
            logger.debug("%s succeeded in %.0f ms", self._action, milliseconds)
        elif isinstance(error, Error):
            logger.debug(
                "%s failed in %.0f ms: kind=%s code=%s http_status=%s attempts=%d",
                self._action, milliseconds, error.kind, error.code, error.http_status, error.attempts,
            )
        else:
            logger.debug("%s ended in %.0f ms by %s", self._action, milliseconds, type(error).__name__)
