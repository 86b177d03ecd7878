"""What the library reports, to the logger ``cloudauth``: no parameters, no results, no keys."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from . import _cloudauth, _report
from ._levels import LEVELS

if TYPE_CHECKING:
    import logging

_logger: logging.Logger | None = None
_level = 0


class _Logged:
    """A context that hands what is reported within it, and what waits, to the logger when it ends."""

    def __enter__(self) -> None:
        global _logger, _level
        if _logger is None:
            # A program that has not loaded `logging` does not want to hear of anything.
            if "logging" not in sys.modules:
                return
            import logging

            _logger = logging.getLogger("cloudauth")
        least = _logger.getEffectiveLevel()
        level = sum(level >= least for level in LEVELS)
        if level != _level:
            _level = level
            _cloudauth.set_log_level(level)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        deliver()


logged = _Logged()


def deliver() -> None:
    """Hands what waits to the logger, and events to their listeners."""
    if _logger is not None:
        for level, line in _cloudauth.take_log():
            _logger.log(LEVELS[level - 1], "%s", line)
    _report.deliver()
