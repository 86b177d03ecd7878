"""The client for event loops."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import Any, NoReturn, cast

from . import _cloudauth
from ._compat import Self
from ._config import Configured, ids_by_keyword, parameters_of
from ._errors import Error
from ._log import logged
from ._many import Arguments, Progress, arguments, refused, reporter
from ._result import CheckResult
from ._types import Outcome, Row, RowLike


class AsyncClient(Configured):
    """Calls ID Verification from asyncio. Meant to be shared: by all tasks, by event loops of several threads, and by forked
    children, who get connections of their own. No thread waits for a call under way; cancelling a task ends its call.
    """

    __module__ = "cloudauth"

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
            bridge = _bridge()
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
            bridge = _bridge()
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
            bridge = _bridge()
            operation = self._open().start_call(bridge.queue, action, parameters_of(parameters), unchecked, timeout)
            return cast("dict[str, Any]", await bridge.outcome(operation))

    def check_many(
        self,
        rows: Iterable[Row | RowLike],
        *,
        concurrency: int | None = None,
        ordered: bool = True,
        progress: Progress = False,
        timeout: float | None = None,
    ) -> AsyncGenerator[Outcome, None]:
        """Fetches the outcomes of many verifications, for ``async for``; see :meth:`cloudauth.Client.check_many`.

        Calls under way are cancelled when the generator is closed, and when the task that reads it is cancelled.
        """
        window, in_order = self._open().window(concurrency, ordered, timeout)
        waiting: dict[int, Row | RowLike] = {}

        async def check(given: Arguments | TypeError) -> CheckResult:
            if isinstance(given, TypeError):
                raise given
            transaction_id, merchant_biz_id, image, parameters, unchecked = given
            return await self.check_result(
                transaction_id=transaction_id,
                merchant_biz_id=merchant_biz_id,
                return_image=image,
                parameters=parameters,
                unchecked=unchecked,
                timeout=timeout,
            )

        tasks = (asyncio.ensure_future(check(given)) for given in arguments(rows, waiting))
        return _outcomes(tasks, waiting, window, in_order, reporter(progress, rows))

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
    tasks: Iterator[asyncio.Task[CheckResult]],
    waiting: dict[int, Row | RowLike],
    window: int,
    ordered: bool,
    report: Callable[[], object],
) -> AsyncGenerator[Outcome, None]:
    """What becomes of `tasks`, which begin as they are taken, `window` of them at a time."""
    numbered = enumerate(tasks)
    under_way: dict[asyncio.Task[CheckResult], int] = {}
    raised: Exception | None = None
    try:
        while True:
            try:
                while len(under_way) < window and (begun := next(numbered, None)) is not None:
                    under_way[begun[1]] = begun[0]
            except Exception as exception:
                # What is under way comes first. A generator that has raised gives no more rows.
                raised = exception
            if not under_way:
                if raised is not None:
                    raise raised
                return
            due = [next(iter(under_way))] if ordered else under_way
            done, _ = await asyncio.wait(due, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                position = under_way.pop(task)
                error = task.exception()
                if isinstance(error, TypeError):
                    error = refused(position, error)
                if error is not None and not isinstance(error, Error):
                    raise error
                report()
                yield Outcome(position, waiting.pop(position), None if error else task.result(), error)
    finally:
        for task in under_way:
            # One that is done already with an error would say that nobody asked.
            if not task.cancel() and not task.cancelled():
                task.exception()


class _Bridge:
    """Where outcomes reach one event loop of this process."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.generation = _cloudauth.generation()
        self.queue = _cloudauth.Queue()
        self._futures: dict[int, asyncio.Future[Any]] = {}
        loop.add_reader(self.queue.fileno(), self._wake)

    async def outcome(self, operation: _cloudauth.InFlight) -> Any:
        """What becomes of `operation`, which this bridge's queue will tell."""
        future = asyncio.get_running_loop().create_future()
        # The loop cannot have looked at the queue since the call was begun, on this very thread.
        self._futures[operation.number] = future
        try:
            return await future
        finally:
            if self._futures.pop(operation.number, None) is not None:
                # Cancelled: nobody waits for the outcome.
                operation.cancel()

    def _wake(self) -> None:
        for number, value, error in self.queue.take():
            future = self._futures.pop(number, None)
            if future is None or future.done():
                continue
            if error is None:
                future.set_result(value)
            else:
                future.set_exception(error)


_bridges: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Bridge] = weakref.WeakKeyDictionary()


def _bridge() -> _Bridge:
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
        bridge = _bridges[loop] = _Bridge(loop)
    return bridge
