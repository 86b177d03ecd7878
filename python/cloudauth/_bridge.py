"""From the library's threads to event loops."""

from __future__ import annotations

import asyncio
import contextlib
import weakref
from typing import Any

from . import _cloudauth
from ._limiter import answer


class Bridge:
    """Where outcomes reach one event loop of this process."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.generation = _cloudauth.generation()
        self.queue = _cloudauth.Queue()
        self._futures: dict[int, asyncio.Future[Any]] = {}
        self._limits: dict[int, asyncio.Task[None]] = {}
        loop.add_reader(self.queue.fileno(), self._wake)

    async def outcome(self, operation: _cloudauth.InFlight) -> Any:
        """What becomes of `operation`, which this bridge's queue will tell."""
        future = asyncio.get_running_loop().create_future()
        # The loop cannot have looked at the queue since the call was begun, on this very thread.
        self._futures[operation.number] = future
        try:
            return await (asyncio.shield(future) if operation.calls_back else future)
        finally:
            if operation.calls_back:
                await _settled(future, operation)
            if self._futures.pop(operation.number, None) is not None:
                # Cancelled: nobody waits for the outcome.
                operation.cancel()

    async def rung(self, number: int) -> None:
        """Waits until the queue has `number`."""
        self._futures[number] = future = asyncio.get_running_loop().create_future()
        try:
            await future
        finally:
            self._futures.pop(number, None)

    def _wake(self) -> None:
        for number, value, error in self.queue.take():
            future = self._futures.pop(number, None)
            if future is None:
                self._limit(number, value)
                continue
            if future.done():
                continue
            if error is None:
                future.set_result(value)
            else:
                future.set_exception(error)

    def _limit(self, number: int, question: object) -> None:
        """Awaits a limiter under a call's question; without one, nobody waits for it any more."""
        if question is None:
            task = self._limits.pop(number, None)
            if task is not None:
                task.cancel()
        elif isinstance(question, _cloudauth.PermitQuestion):
            task = self._limits[number] = asyncio.get_running_loop().create_task(answer(question))
            task.add_done_callback(lambda _: self._limits.pop(number, None))


async def _settled(future: asyncio.Future[Any], operation: _cloudauth.InFlight) -> None:
    """Cancels what is under way, and waits until the program's own functions have returned, however often it is cancelled itself."""
    while not future.done():
        operation.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait([future])
    if not future.cancelled():
        future.exception()  # Where it was cancelled, nobody else asks.


_bridges: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Bridge] = weakref.WeakKeyDictionary()


def running_bridge() -> Bridge:
    """The running loop's bridge."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError as error:
        raise RuntimeError(
            f"{error}: AsyncClient needs asyncio's, or uvloop's; under trio, run a cloudauth.Client with trio.to_thread.run_sync"
        ) from None
    bridge = _bridges.get(loop)
    if bridge is None or bridge.generation != _cloudauth.generation():
        # A loop that was closed with calls under way is held by their futures.
        for other in [other for other in list(_bridges) if other.is_closed()]:
            _bridges.pop(other, None)
        bridge = _bridges[loop] = Bridge(loop)
    return bridge
