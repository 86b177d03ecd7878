"""Keys from a callable of the program's."""

from __future__ import annotations

import weakref
from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, cast

from . import _cloudauth
from ._codes import InvalidArgumentError
from ._threads import start
from ._types import Credentials, CredentialsCallable

if TYPE_CHECKING:
    import asyncio


class KeyThread:
    """A thread on which the callable is called whenever a request needs keys. A forked child starts its own.

    The client holds it, and nothing else does for longer than a call: the callable may lead back to the client.
    """

    def __init__(self, provide: CredentialsCallable) -> None:
        if not callable(provide):
            raise TypeError(f"credentials: must be callable, not {type(provide).__name__}")
        self.source = _cloudauth.KeySource()
        self.provide = provide
        self._threads: dict[int, object] = {}
        self._stopped = False
        # At the interpreter's exit there is nothing to wake it for.
        weakref.finalize(self, self.source.stop).atexit = False

    def start(self) -> None:
        """Starts the thread, unless this process has it, or it was stopped."""
        generation = _cloudauth.generation()
        if self._stopped or generation in self._threads:
            return
        # Of two threads that start one at a time, one wins; no lock, since a fork could find it taken.
        mine = object()
        if self._threads.setdefault(generation, mine) is mine:
            try:
                # What the thread cannot do without: that there is none is raised here.
                self.source.fileno()
                start("cloudauth-credentials", _Server(self).run)
            except BaseException:
                del self._threads[generation]
                raise

    def stop(self) -> None:
        """Ends the thread, and the requests that wait for keys."""
        self._stopped = True
        if self._threads:
            self.source.stop()


class _Server:
    """What runs on the thread. While it waits, it holds neither the callable nor what that gave."""

    def __init__(self, thread: KeyThread) -> None:
        self._source = thread.source
        self._thread = weakref.ref(thread)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self) -> None:
        while self._loop is None:
            numbers = self._source.wait()
            if numbers is None:
                return
            for number in numbers:
                self._serve(number)
        self._run_loop(self._loop)

    def _serve(self, number: int) -> None:
        thread = self._thread()
        if thread is None:
            # The client is gone, and with it whoever asked.
            return
        try:
            given = thread.provide()
        except BaseException as error:
            self._fail(number, error)
            return
        if isinstance(given, Awaitable):
            self._await(number, given)
        else:
            self._give(number, given)

    def _await(self, number: int, given: Awaitable[Credentials]) -> None:
        if self._loop is None:
            # Loaded for those who need it.
            import asyncio

            try:
                self._loop = asyncio.new_event_loop()
            except OSError as error:
                self._source.fail(number, f"the operating system refused an event loop for the credentials callable ({error.strerror})", error)
                return
        task = self._loop.create_task(self._awaited(number, given))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _awaited(self, number: int, given: Awaitable[Credentials]) -> None:
        try:
            credentials = await given
        except BaseException as error:
            self._fail(number, error)
        else:
            self._give(number, credentials)

    def _run_loop(self, loop: asyncio.AbstractEventLoop) -> None:
        """Goes on inside the loop, so that what the callable leaves running there runs on."""
        import asyncio

        def wake() -> None:
            numbers = self._source.wait()
            if numbers is None:
                loop.stop()
            for number in numbers or ():
                self._serve(number)

        loop.add_reader(self._source.fileno(), wake)
        try:
            loop.run_forever()
            # It stays readable, and would stop the loop again.
            loop.remove_reader(self._source.fileno())
            # Those that are done leave the set as soon as the loop goes on.
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            if tasks:
                loop.run_until_complete(asyncio.wait(tasks))
        finally:
            loop.close()

    def _give(self, number: int, given: object) -> None:
        rule = "the credentials callable must give a dict with access_key_id and access_key_secret, and str in it"
        if not isinstance(given, Mapping):
            self._source.fail(number, f"{rule}; it gave {type(given).__name__}", None)
            return
        credentials = cast("Credentials", given)
        try:
            key, secret, token = credentials["access_key_id"], credentials["access_key_secret"], credentials.get("security_token")
            self._source.give(number, key, secret, token)
        except (KeyError, TypeError):
            self._source.fail(number, rule, None)
        except InvalidArgumentError as error:
            self._source.fail(number, f"from the credentials callable, {error}", None)

    def _fail(self, number: int, error: BaseException) -> None:
        # Its text is not ours, and may hold a secret.
        self._source.fail(number, f"the credentials callable raised {type(error).__name__}", error)
