"""Keys from a callable of the program's."""

from __future__ import annotations

import asyncio
import inspect
import threading
import weakref
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TypeAlias, cast

from . import _cloudauth
from ._types import Credentials

CredentialsCallable: TypeAlias = Callable[[], Credentials | Awaitable[Credentials]]


class KeyThread:
    """A thread on which the callable is called whenever a request needs keys. A forked child starts its own."""

    def __init__(self, provide: CredentialsCallable) -> None:
        if not callable(provide):
            raise TypeError(f"credentials: must be callable, not {type(provide).__name__}")
        self.source = _cloudauth.KeySource()
        self._provide = provide
        self._servers: dict[int, _Server] = {}

    def start(self) -> None:
        """Starts the thread, unless this process has it."""
        generation = _cloudauth.generation()
        if generation not in self._servers:
            server = _Server(self.source, self._provide)
            # Of two threads that start one at a time, one wins; no lock, since a fork could find it taken.
            if self._servers.setdefault(generation, server) is server:
                server.start()
                weakref.finalize(self, server.stop)

    def stop(self) -> None:
        """Ends the thread once it has nothing left to do."""
        server = self._servers.pop(_cloudauth.generation(), None)
        if server is not None:
            server.stop()


class _Server:
    """What runs on the thread; it holds no client, so that one which is forgotten can go."""

    def __init__(self, source: _cloudauth.KeySource, provide: CredentialsCallable) -> None:
        self._source = source
        self._provide = provide
        self._tasks: set[asyncio.Task[None]] = set()
        self._generation = _cloudauth.generation()

    def start(self) -> None:
        self._queue = self._source.queue()
        self._loop = asyncio.new_event_loop()
        # A daemon: the interpreter's exit waits for no callable.
        threading.Thread(target=self._run, name="cloudauth-credentials", daemon=True).start()

    def stop(self) -> None:
        if self._generation == _cloudauth.generation():
            # A loop that was stopped before may be closed already.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self) -> None:
        self._loop.add_reader(self._queue.fileno(), self._wake)
        try:
            self._loop.run_forever()
        finally:
            self._loop.run_until_complete(self._end())
            self._loop.close()

    async def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _wake(self) -> None:
        for number, _, _ in self._queue.take():
            try:
                given = self._provide()
            except BaseException as error:
                self._fail(number, error)
                continue
            if inspect.isawaitable(given):
                task = self._loop.create_task(self._await(number, given))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            else:
                self._give(number, given)

    async def _await(self, number: int, given: Awaitable[Credentials]) -> None:
        try:
            credentials = await given
        except BaseException as error:
            self._fail(number, error)
            return
        self._give(number, credentials)

    def _give(self, number: int, given: object) -> None:
        rule = "the credentials callable must give a dict with access_key_id and access_key_secret, and str in it"
        if not isinstance(given, Mapping):
            self._source.fail(number, f"{rule}; it gave {type(given).__name__}")
            return
        credentials = cast("Credentials", given)
        try:
            key, secret, token = credentials["access_key_id"], credentials["access_key_secret"], credentials.get("security_token")
            self._source.give(number, key, secret, token)
        except (KeyError, TypeError):
            self._source.fail(number, rule)

    def _fail(self, number: int, error: BaseException) -> None:
        # Its text is not ours, and may hold a secret.
        self._source.fail(number, f"the credentials callable raised {type(error).__name__}")
