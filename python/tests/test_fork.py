"""Children of a fork: before use, beside an idle client, during calls, from a thread.

`CLOUDAUTH_FORKS` says how often each is tried, 100 times unless given.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import KEYS, SilentServer

FORKS = int(os.environ.get("CLOUDAUTH_FORKS", "100"))
HANGS_AFTER = 30.0

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


def run_in_child(work: Callable[[], object]) -> None:
    """Runs `work` in a forked child; fails where it raises, dies or hangs."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException as error:
            os.write(2, f"in the child: {error!r}\n".encode())
            os._exit(1)
    until = time.monotonic() + HANGS_AFTER
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert os.waitstatus_to_exitcode(status) == 0
            return
        time.sleep(0.0005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    pytest.fail("the child hangs")


def _fetch(client: cloudauth.Client) -> None:
    assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]


def _fetch_async(client: cloudauth.AsyncClient) -> None:
    async def both() -> None:
        results = await asyncio.gather(*(client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo") for _ in range(2)))
        assert all(result["passed"] for result in results)

    asyncio.run(both())


def _fetch_both(client: cloudauth.Client, asynchronous: cloudauth.AsyncClient) -> None:
    _fetch(client)
    _fetch_async(asynchronous)


@contextmanager
def _busy(work: Callable[[], object], threads: int = 2) -> Generator[None]:
    """Threads that do `work` over and over, and must not fail."""
    stop, failed = threading.Event(), list[BaseException]()

    def run() -> None:
        try:
            while not stop.is_set():
                work()
        except BaseException as error:
            failed.append(error)

    running = [threading.Thread(target=run) for _ in range(threads)]
    for thread in running:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in running:
            thread.join(HANGS_AFTER)
    assert failed == []
    assert not any(thread.is_alive() for thread in running)


def test_before_use(emulator: Emulator) -> None:
    for _ in range(FORKS):
        client = cloudauth.Client(**emulator.client_args)
        run_in_child(lambda: _fetch(client))  # noqa: B023
        client.close()


def test_beside_an_idle_client(emulator: Emulator, client: cloudauth.Client) -> None:
    asynchronous = cloudauth.AsyncClient(**emulator.client_args)
    _fetch(client)
    _fetch_async(asynchronous)
    for number in range(FORKS):
        run_in_child(lambda: _fetch_both(client, asynchronous))
        if number % 10 == 0:
            _fetch(client)
            _fetch_async(asynchronous)


def test_during_calls(emulator: Emulator, client: cloudauth.Client) -> None:
    asynchronous = cloudauth.AsyncClient(**emulator.client_args)
    with _busy(lambda: _fetch(client)), _busy(lambda: _fetch_async(asynchronous), 1):
        for _ in range(FORKS):
            run_in_child(lambda: _fetch_both(client, asynchronous))


def test_from_a_thread(emulator: Emulator, client: cloudauth.Client) -> None:
    asynchronous = cloudauth.AsyncClient(**emulator.client_args)
    failed: list[BaseException] = []

    def forks() -> None:
        try:
            for _ in range(FORKS):
                run_in_child(lambda: _fetch_both(client, asynchronous))
        except BaseException as error:
            failed.append(error)

    _fetch_async(asynchronous)
    with _busy(lambda: _fetch(client), 1):
        thread = threading.Thread(target=forks)
        thread.start()
        thread.join()
    assert failed == []


def test_inside_a_running_loop(emulator: Emulator, silent: SilentServer) -> None:
    async def fork_with_calls_under_way() -> None:
        waiting = cloudauth.AsyncClient(endpoint=silent.endpoint, **KEYS)
        client = cloudauth.AsyncClient(**emulator.client_args)
        hanging = asyncio.create_task(waiting.check_result(transaction_id="t", merchant_biz_id="demo"))
        await client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
        for _ in range(10):
            run_in_child(lambda: _fetch_async(client))
            assert (await client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo"))["passed"]
        hanging.cancel()

    asyncio.run(fork_with_calls_under_way())


def test_many_calls_are_the_parents(client: cloudauth.Client) -> None:
    rows: list[cloudauth.Row] = [{"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}] * 20
    outcomes = client.check_many(rows, concurrency=4)
    assert next(outcomes).result

    def in_child() -> None:
        with pytest.raises(cloudauth.ForkedError):
            next(outcomes)
        _fetch(client)

    run_in_child(in_child)
    assert sum(outcome.result is not None for outcome in outcomes) == 19


def test_a_credentials_callable(emulator: Emulator) -> None:
    def credentials() -> cloudauth.Credentials:
        return {"access_key_id": "emulator-key-id", "access_key_secret": "emulator-key-secret"}

    with cloudauth.Client(endpoint=emulator.endpoint, credentials=credentials) as client:
        with _busy(lambda: _fetch(client), 1):
            for _ in range(20):
                run_in_child(lambda: _fetch(client))


def test_an_emulator_stays_the_parents() -> None:
    emulator = Emulator()

    def in_child() -> None:
        nonlocal emulator
        with pytest.raises(RuntimeError, match="runs in the process that this one was forked from"):
            emulator.advance(1)
        emulator.stop()
        del emulator

    run_in_child(in_child)
    with cloudauth.Client(**emulator.client_args) as client:
        _fetch(client)
    emulator.stop()


shared: cloudauth.Client


def _passed(transaction: str) -> bool | None:
    return shared.check_result(transaction_id=transaction, merchant_biz_id="demo")["passed"]


def test_a_pool_of_processes(client: cloudauth.Client) -> None:
    global shared
    shared = client
    _fetch(client)
    with multiprocessing.get_context("fork").Pool(4) as pool:
        assert pool.map(_passed, ["ekycpro200", "faceliveness233"] * 20) == [True, False] * 20


def _pass_on(client: cloudauth.Client) -> bool | None:
    return client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]


@pytest.mark.skipif(sys.platform != "linux", reason="the environment of the new process is set up here")
def test_a_client_in_a_new_process(client: cloudauth.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is pickled has no keys: the new process finds its own.
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", "emulator-key-id")
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "emulator-key-secret")
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_pass_on, (client,)) is True
