"""A video into an object or a function of the program's: the list `receivers` of `tests/calls/video.json`, which all languages
share, and what only Python has."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import io
import json
import os
import socket
import threading
import time
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, cast
from unittest import mock

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import KEYS
from .test_fork import run_in_child

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "tests" / "calls" / "video.json").read_text("utf-8")
)["receivers"]


class Host:
    """Answers each connection with the next reply, byte for byte, and closes it."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.ranges: list[str | None] = []
        self.replies: list[str] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                stream = self.listener.accept()[0]
                with stream, stream.makefile("rb") as lines:
                    head = [line.decode().strip().lower() for line in iter(lines.readline, b"\r\n")]
                    self.ranges.append(next((line[7:] for line in head if line.startswith("range: ")), None))
                    stream.sendall(self.replies.pop(0).encode() if self.replies else b"")


@pytest.fixture
def host() -> Iterator[Host]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Host(listener)
        listener.shutdown(socket.SHUT_RDWR)


class FullError(Exception):
    """What the program's own functions fail with."""


class Transfer:
    """What came, and what is to fail."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.case = case
        self.received = b""
        self.progress: list[tuple[int, int]] = []
        self.over = False

    def write(self, data: bytes) -> int:
        assert not self.over
        assert isinstance(data, bytes)
        if len(self.received) + len(data) >= self.case.get("receiver_fails_at", 1 << 60):
            raise FullError
        self.received += data
        return len(data)

    def hear(self, received: int, total: int) -> None:
        assert not self.over
        self.progress.append((received, total))
        if received >= self.case.get("progress_fails_at", 1 << 60):
            raise FullError


pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

OPTIONS: dict[str, Any] = {"endpoint": "https://service.invalid", "max_attempts": 4, "retry_base": 0.001, **KEYS}


def _blocking(arguments: dict[str, Any]) -> cloudauth.Video:
    with cloudauth.Client(**OPTIONS) as client:
        return client.download_video(**arguments)


def _on_a_loop(arguments: dict[str, Any]) -> cloudauth.Video:
    async def run() -> cloudauth.Video:
        async with cloudauth.AsyncClient(**OPTIONS) as client:
            return await client.download_video(**arguments)

    return asyncio.run(run())


@pytest.mark.parametrize("run", [_blocking, _on_a_loop])
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_transfer_ends_as_the_list_says(host: Host, tmp_path: Path, case: dict[str, Any], run: Any) -> None:
    if case.get("both"):
        return  # There is one argument for both.
    origin = f"http://127.0.0.1:{host.listener.getsockname()[1]}"
    case = json.loads(json.dumps(case).replace("{origin}", origin))
    host.replies[:] = case["replies"]
    transfer, file = Transfer(case), tmp_path / "video.webm"
    # An object, and a function.
    to: Any = file if case.get("file") else transfer if len(case["name"]) % 2 else transfer.write
    arguments = {"to": to, "progress": transfer.hear, **case["arguments"]}
    if "fails" in case:
        with pytest.raises(cloudauth.Error) as failed:
            run(arguments)
        transfer.over = True
        assert failed.value.kind == case["fails"]
        assert failed.value.attempts == len(case["ranges"])
        assert case.get("message", "") in str(failed.value)
        assert isinstance(failed.value.__cause__, FullError) == case.get("caused", False)
        assert not (failed.value.__cause__ and failed.value.retryable)
        assert not list(tmp_path.iterdir())
    else:
        video = run(arguments)
        transfer.over = True
        assert case["gives"].items() <= dict(video).items()
        if case.get("file"):
            assert file.read_bytes() == case["receives"].encode()
    if "receives" in case and not case.get("file"):
        assert transfer.received == case["receives"].encode()
    assert host.ranges == case["ranges"]
    assert not host.replies
    heard = transfer.progress
    assert case["ranges"].count(None) > 1 or heard == sorted(heard)
    assert all(received <= total == 12 for received, total in heard)
    if case.get("gives", {}).get("outcome") == "fetched":
        assert heard[-1] == (12, 12)
        assert heard.count((12, 12)) == 1


def _started(emulator: Emulator, length: str) -> dict[str, Any]:
    return {
        "started": {
            "version": 1,
            "endpoint": emulator.client_args["endpoint"],
            "transaction_id": f"ekycpro200-video{length}",
            "merchant_biz_id": "b",
            "product_code": "eKYC_PRO",
            "initialized_at": "2026-03-01T10:00:00Z",
        },
        "video_hosts": ["127.0.0.1"],
    }


def test_what_it_may_be(emulator: Emulator, tmp_path: Path) -> None:
    with cloudauth.Client(**emulator.client_args) as client:
        memory = io.BytesIO()
        video = client.download_video(to=memory, **_started(emulator, "64KiB"))
        assert (video["path"], video["length"], len(memory.getvalue())) == (None, 64 << 10, 64 << 10)
        with (tmp_path / "video.webm").open("wb", buffering=0) as file:
            client.download_video(to=file, **_started(emulator, "64KiB"))
        assert (tmp_path / "video.webm").read_bytes() == memory.getvalue()
        with pytest.raises(TypeError, match=r"to: must be a path, an object with write\(\) or a callable, not int"):
            client.download_video(to=cast("Any", 7), **_started(emulator, "64KiB"))
        with pytest.raises(TypeError, match="progress: must be a callable, not str"):
            client.download_video(to=memory, progress=cast("Any", "p"), **_started(emulator, "64KiB"))
        with pytest.raises(cloudauth.InvalidArgumentError, match="to: must be given, or a receiver in its place"):
            client.download_video(to=cast("Any", None), **_started(emulator, "64KiB"))


class Returning:
    """A file, or a function, whose calls return what another function gives."""

    def __init__(self, give: Callable[[bytes], object]) -> None:
        self.give = give

    def write(self, data: bytes) -> object:
        return self.give(data)


class Raw(io.RawIOBase):
    """Its reader is slow, and it does not wait."""

    def write(self, data: object) -> int | None:
        return None


async def _coroutine(*_: object) -> None: ...


def _generator(*_: object) -> Iterator[None]:
    yield


async def _async_generator(*_: object) -> AsyncIterator[None]:
    yield


class AsyncCallable:
    async def __call__(self, *_: object) -> None: ...


class AsyncFile:
    async def write(self, data: bytes) -> int:
        return len(data)


# Once imported, by other tests, it warns of every fork.
EVENTLET_MAY_FORK = pytest.mark.filterwarnings("ignore:Using fork:DeprecationWarning")

FEWER: list[Callable[[bytes], int]] = [lambda data: len(data) - 1, lambda _: -1]


@pytest.mark.parametrize("to", [Returning(lambda data: len(data) - 1), Returning(lambda data: 0).write, *FEWER, Raw(), Raw().write])
def test_a_write_of_a_part_is_an_error(emulator: Emulator, to: Any) -> None:
    with cloudauth.Client(**emulator.client_args) as client, pytest.raises(cloudauth.IoError) as failed:
        client.download_video(to=to, **_started(emulator, "64KiB"))
    assert isinstance(failed.value.__cause__, OSError)
    assert "the receiver took " in str(failed.value.__cause__)


@pytest.mark.parametrize("returned", [None, True, False, "", 0.5, 1 << 70, [], object(), mock.MagicMock()])
def test_what_else_a_receiver_returns_is_its_own_concern(emulator: Emulator, returned: object) -> None:
    def receive(_: bytes) -> object:
        return returned

    def report(*_: int) -> object:
        return returned

    with cloudauth.Client(**emulator.client_args) as client:
        for to in (Returning(receive), receive):
            video = client.download_video(to=to, progress=report, **_started(emulator, "64KiB"))
            assert video["outcome"] == "fetched"


ASYNC: list[Any] = [
    _coroutine,
    _generator,
    _async_generator,
    functools.partial(_coroutine, 1),
    AsyncCallable(),
    AsyncCallable().__call__,
    mock.AsyncMock(spec=_coroutine),
]


@pytest.mark.parametrize("function", [*ASYNC, AsyncFile(), AsyncFile().write])
@pytest.mark.parametrize("argument", ["to", "progress"])
def test_a_function_that_would_not_run_is_refused(emulator: Emulator, argument: str, function: Any) -> None:
    if isinstance(function, AsyncFile) and argument == "progress":
        return
    arguments = {"to": io.BytesIO(), argument: function}
    with cloudauth.Client(**emulator.client_args) as client, pytest.raises(
        TypeError, match=f"{argument}: must be a plain function, not an async or a generator function"
    ):
        client.download_video(**arguments, **_started(emulator, "64KiB"))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("function", ASYNC)
@pytest.mark.parametrize("argument", ["to", "write", "progress"])
def test_a_function_that_returns_before_its_work_ends_the_call(emulator: Emulator, argument: str, function: Any) -> None:
    def receive(data: bytes) -> object:
        return function(data)

    def report(*given: int) -> object:
        return function(*given)

    every: dict[str, dict[str, Any]] = {
        "to": {"to": receive},
        "write": {"to": Returning(function)},
        "progress": {"to": io.BytesIO(), "progress": report},
    }
    with cloudauth.Client(**emulator.client_args) as client, pytest.raises(cloudauth.Error) as failed:
        client.download_video(**every[argument], **_started(emulator, "64KiB"))
    assert failed.value.kind == ("cancelled" if argument == "progress" else "io")
    assert isinstance(failed.value.__cause__, TypeError)
    assert "must do its work before it returns" in str(failed.value.__cause__)
    gc.collect()


def test_what_ends_the_program_is_raised_as_it_is(emulator: Emulator) -> None:
    def stop(_: bytes) -> None:
        raise KeyboardInterrupt

    with cloudauth.Client(**emulator.client_args) as client, pytest.raises(KeyboardInterrupt):
        client.download_video(to=stop, **_started(emulator, "64KiB"))


@pytest.mark.parametrize("asynchronous", [False, True])
def test_its_objects_are_let_go_of(emulator: Emulator, asynchronous: bool) -> None:
    file = io.BytesIO()
    gone = weakref.ref(file)
    arguments: dict[str, Any] = {"to": file, **_started(emulator, "64KiB")}

    async def run() -> None:
        async with cloudauth.AsyncClient(**emulator.client_args) as client:
            await client.download_video(**arguments)

    if asynchronous:
        asyncio.run(run())
    else:
        with cloudauth.Client(**emulator.client_args) as client:
            client.download_video(**arguments)
    del file, arguments
    gc.collect()
    assert gone() is None


def test_the_thread_that_it_runs_on(emulator: Emulator) -> None:
    threads: set[int] = set()
    with cloudauth.Client(**emulator.client_args) as client:
        client.download_video(to=lambda _: threads.add(threading.get_native_id()), **_started(emulator, "1MiB"))
        assert threads == {threading.get_native_id()}
        # It may call the same client.
        client.download_video(to=lambda _: client.keep_alive(), **_started(emulator, "64KiB"))

    async def run() -> None:
        async with cloudauth.AsyncClient(**emulator.client_args) as client:
            ticks, fetched = 0, asyncio.ensure_future(
                client.download_video(to=lambda _: time.sleep(0.05), **_started(emulator, "64KiB"))
            )
            while not fetched.done():
                await asyncio.sleep(0.001)
                ticks += 1
            assert (await fetched)["length"] == 64 << 10
            assert ticks > 10, "the loop goes on meanwhile"

    asyncio.run(run())


@pytest.mark.parametrize("how", ["cancel", "timeout"])
def test_what_ends_a_task_waits_for_its_function(emulator: Emulator, how: str) -> None:
    left: list[float] = []
    inside = threading.Event()

    def slow(_: bytes) -> None:
        inside.set()
        time.sleep(1.5 if how == "timeout" else 0.3)
        left.append(time.monotonic())

    async def run() -> float:
        async with cloudauth.AsyncClient(**emulator.client_args) as client:
            limit = 1.0 if how == "timeout" else None
            fetch = asyncio.ensure_future(client.download_video(to=slow, timeout=limit, **_started(emulator, "4MiB")))
            assert await asyncio.to_thread(inside.wait, 30)
            if how == "cancel":
                fetch.cancel()
            with pytest.raises(asyncio.CancelledError if how == "cancel" else cloudauth.TimeoutError):
                await fetch
            return time.monotonic()

    ended = asyncio.run(run())
    assert len(left) == 1
    assert ended >= left[0]
    time.sleep(0.5)
    assert len(left) == 1, "it was called again"


@EVENTLET_MAY_FORK
def test_a_child_downloads_while_its_parents_video_comes(emulator: Emulator) -> None:
    inside, forked, lengths = threading.Event(), threading.Event(), list[int]()

    def held(data: bytes) -> None:
        inside.set()
        assert forked.wait(20)
        lengths.append(len(data))

    with cloudauth.Client(**emulator.client_args) as client:

        def child() -> None:
            memory = io.BytesIO()
            assert client.download_video(to=memory, **_started(emulator, "1MiB"))["length"] == len(memory.getvalue())

        fetch = threading.Thread(target=lambda: client.download_video(to=held, **_started(emulator, "1MiB")))
        fetch.start()
        assert inside.wait(20)
        run_in_child(child)
        forked.set()
        fetch.join()
    assert sum(lengths) == 1 << 20


@EVENTLET_MAY_FORK
def test_a_function_may_fork(emulator: Emulator, tmp_path: Path) -> None:
    children: list[int] = []
    with cloudauth.Client(**emulator.client_args) as client:

        def fork(*_: object) -> None:
            if not children:
                children.append(os.fork())

        try:
            video = client.download_video(to=tmp_path / "video.webm", progress=fork, **_started(emulator, "1MiB"))
        except cloudauth.ForkedError:
            code = 1
            with contextlib.suppress(BaseException):
                assert children == [0]
                memory = io.BytesIO()
                assert client.download_video(to=memory, **_started(emulator, "64KiB"))["length"] == 64 << 10
                code = 0
            os._exit(code)
        if children == [0]:
            os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(children[0], 0)[1]) == 0
        assert (tmp_path / "video.webm").stat().st_size == video["length"] == 1 << 20
