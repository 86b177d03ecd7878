"""How clients run typed operations, which `_operations` spells out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from ._config import Configured, parameters_of
from ._log import logged


class Writer(Protocol):
    """What gets bytes, such as a file that is open for writing."""

    def write(self, data: bytes, /) -> object: ...


class Typed(Configured):
    """A client that blocks."""

    def _typed(
        self, operation: str, given: dict[str, Any], parameters: Mapping[str, Any] | None, unchecked: bool, timeout: float | None
    ) -> Any:
        with logged:
            return self._open().typed(operation, given, parameters_of(parameters), unchecked, timeout)


class AsyncTyped(Configured):
    """A client for event loops."""

    async def _typed(
        self, operation: str, given: dict[str, Any], parameters: Mapping[str, Any] | None, unchecked: bool, timeout: float | None
    ) -> Any:
        # asyncio takes long to load.
        from ._bridge import running_bridge

        with logged:
            bridge = running_bridge()
            start = self._open().start_typed
            return await bridge.outcome(start(bridge.queue, operation, given, parameters_of(parameters), unchecked, timeout))
