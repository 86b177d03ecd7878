"""The client for event loops."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, NoReturn, cast

from . import _cloudauth
from ._bridge import running_bridge
from ._compat import Self
from ._config import ids_by_keyword, parameters_of
from ._limiter import Held
from ._log import deliver, logged
from ._many import Progress, arguments_of, outcome_of, reporter
from ._operations import AsyncOperations
from ._result import CheckResult
from ._types import Outcome, Row, RowLike


class AsyncClient(AsyncOperations):
    """Calls ID Verification from asyncio. Meant to be shared: by all tasks, by event loops of several threads, and by forked
    children, who get connections of their own. No thread waits for a call under way; cancelling a task ends its call.
    """

    __module__ = "cloudauth"
    _on_loop = True

    async def check_result(
        self,
        *positional: NoReturn,
        transaction_id: str,
        merchant_biz_id: str,
        return_image: bool = False,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> CheckResult:
        """Fetches the outcome of one verification; see :meth:`cloudauth.Client.check_result`."""
        ids_by_keyword("check_result", positional)
        with logged:
            bridge = running_bridge()
            given = parameters_of(parameters)
            start = self._open().start_check_result
            operation = start(bridge.queue, transaction_id, merchant_biz_id, return_image, given, unchecked, timeout)
            return cast("CheckResult", await bridge.outcome(operation))

    async def wait_for_result(
        self,
        *positional: NoReturn,
        transaction_id: str,
        merchant_biz_id: str,
        return_image: bool = False,
        parameters: Mapping[str, Any] | None = None,
        unchecked: bool = False,
        timeout: float | None = None,
        first_pause: float | None = None,
        longest_pause: float | None = None,
    ) -> CheckResult:
        """Fetches the outcome once the person has finished; see :meth:`cloudauth.Client.wait_for_result`."""
        ids_by_keyword("wait_for_result", positional)
        with logged:
            bridge = running_bridge()
            given, wait = parameters_of(parameters), (timeout, first_pause, longest_pause)
            start = self._open().start_wait_for_result
            operation = start(bridge.queue, transaction_id, merchant_biz_id, return_image, given, unchecked, wait)
            return cast("CheckResult", await bridge.outcome(operation))

    async def call(
        self,
        action: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        unchecked: bool = False,
        timeout: float | None = None,
    ) -> dict[str, Any]:
        """Calls any operation of the API version; see :meth:`cloudauth.Client.call`."""
        with logged:
            bridge = running_bridge()
            operation = self._open().start_call(bridge.queue, action, parameters_of(parameters), unchecked, timeout)
            return cast("dict[str, Any]", await bridge.outcome(operation))

    def check_many(
        self,
        rows: Iterable[Row | RowLike] | AsyncIterable[Row | RowLike],
        *,
        concurrency: int | None = None,
        ordered: bool = True,
        progress: Progress = False,
        timeout: float | None = None,
    ) -> AsyncGenerator[Outcome, None]:
        """Fetches the outcomes of many verifications, for ``async for``; see :meth:`cloudauth.Client.check_many`.

        Rows are read on the event loop; where they are long in coming, give an asynchronous iterable. Calls under way are
        cancelled when the generator is closed, and when the task that reads it is cancelled.
        """
        with logged:
            many = self._open().check_many(concurrency, ordered, timeout)
        return _outcomes(many, rows, reporter(progress, rows), self._limiter)

    async def aclose(self) -> None:
        """Lets go of the connections. Calls under way go on; later ones raise :class:`cloudauth.InvalidArgumentError`."""
        self._close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


async def _outcomes(
    many: _cloudauth.Many,
    rows: Iterable[Row | RowLike] | AsyncIterable[Row | RowLike],
    report: Callable[[], object],
    limiter: Held | None,
) -> AsyncGenerator[Outcome, None]:
    """The outcomes of `rows`, each with its row; `limiter` lives until the last."""
    bridge = running_bridge()
    number = many.tell(bridge.queue)
    waiting: dict[int, Row | RowLike] = {}
    room = asyncio.Event()
    feeder = asyncio.ensure_future(_feed(many, rows, waiting, room))
    try:
        while (step := many.take()) is not None:
            if step is False:
                await bridge.rung(number)
                continue
            room.set()
            deliver()
            outcome = outcome_of(step, waiting)
            report()
            yield outcome
        # Raises what the rows raised.
        await feeder
    finally:
        many.close()
        # One that is done already with an exception would say that nobody asked.
        if not feeder.cancel() and not feeder.cancelled():
            feeder.exception()


async def _feed(
    many: _cloudauth.Many,
    rows: Iterable[Row | RowLike] | AsyncIterable[Row | RowLike],
    waiting: dict[int, Row | RowLike],
    room: asyncio.Event,
) -> None:
    """Pushes rows as there is room for them."""
    each = rows if isinstance(rows, AsyncIterable) else _awaited(rows)
    numbered = aiter(each)
    position = 0
    try:
        while True:
            while not many.wants_more(False):
                room.clear()
                await room.wait()
            row = await anext(numbered)
            waiting[position] = row
            position += 1
            many.push(arguments_of(row))
    except StopAsyncIteration:
        pass
    finally:
        many.finish()


async def _awaited(rows: Iterable[Row | RowLike]) -> AsyncGenerator[Row | RowLike, None]:
    for row in rows:
        yield row
