"""Event loops."""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
import os
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import KEYS, SilentServer

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture(params=["asyncio", "uvloop"])
def run(request: pytest.FixtureRequest) -> Run:
    if request.param == "asyncio":
        return asyncio.run
    pytest.importorskip("uvloop")
    # By name: the project does not depend on it.
    return importlib.import_module("uvloop").run  # type: ignore[no-any-return]


def test_many_calls_at_once(emulator: Emulator, run: Run) -> None:
    async def fetch_all() -> list[cloudauth.CheckResult]:
        async with cloudauth.AsyncClient(**emulator.client_args) as client:
            return await asyncio.gather(*(client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo", return_image=True) for _ in range(200)))

    assert [result["passed"] for result in run(fetch_all())] == [True] * 200


def test_errors_and_any_operation(emulator: Emulator, run: Run) -> None:
    async def calls() -> None:
        async with cloudauth.AsyncClient(**emulator.client_args) as client:
            with pytest.raises(cloudauth.ThrottledError) as refused:
                await client.check_result(transaction_id="errorThrottlingApi", merchant_biz_id="demo")
            assert refused.value.code == "Throttling.Api"
            begin = {"ProductCode": "eKYC_PRO", "MerchantBizId": "demo", "MetaInfo": "{}", "MerchantUserId": "u"}
            assert (await client.call("Initialize", begin))["Code"] == "Success"
            with pytest.raises(TypeError, match="transaction_id: must be a str, not int"):
                await client.check_result(transaction_id=1, merchant_biz_id="demo")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            with pytest.raises(cloudauth.InvalidArgumentError, match="transaction_id: must not be empty"):
                await client.check_result(transaction_id="", merchant_biz_id="demo")

    run(calls())


def test_time_is_over(silent: SilentServer, run: Run) -> None:
    async def call() -> None:
        async with cloudauth.AsyncClient(endpoint=silent.endpoint, **KEYS) as client:
            with pytest.raises(cloudauth.TimeoutError):
                await client.check_result(transaction_id="t", merchant_biz_id="demo", timeout=0.05)
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(client.check_result(transaction_id="t", merchant_biz_id="demo"), 0.05)

    run(call())


def test_cancelling_drops_the_request(silent: SilentServer, run: Run) -> None:
    async def cancelled_at() -> float:
        client = cloudauth.AsyncClient(endpoint=silent.endpoint, **KEYS)
        task = asyncio.create_task(client.check_result(transaction_id="t", merchant_biz_id="demo"))
        assert await asyncio.to_thread(silent.accepted.acquire, timeout=5)
        task.cancel()
        began = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await task
        for _ in range(500):
            if silent.closed_at:
                return silent.closed_at.pop() - began
            await asyncio.sleep(0.01)
        return float("inf")

    # The best of three: the machine may be busy.
    assert min(run(cancelled_at()) for _ in range(3)) < 0.05


def test_the_loop_turns_while_calls_wait(silent: SilentServer, run: Run) -> None:
    async def turns() -> int:
        client = cloudauth.AsyncClient(endpoint=silent.endpoint, **KEYS)
        task = asyncio.create_task(client.check_result(transaction_id="t", merchant_biz_id="demo", timeout=0.3))
        turned = 0
        while not task.done():
            await asyncio.sleep(0.001)
            turned += 1
        assert isinstance(task.exception(), cloudauth.TimeoutError)
        return turned

    assert run(turns()) > 30


def test_a_loop_that_ends_early_makes_no_noise(
    silent: SilentServer, run: Run, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    async def leave() -> None:
        client = cloudauth.AsyncClient(endpoint=silent.endpoint, **KEYS)
        tasks = [asyncio.create_task(client.check_result(transaction_id="t", merchant_biz_id="demo", timeout=0.2)) for _ in range(5)]
        assert await asyncio.to_thread(silent.accepted.acquire, timeout=5)
        del tasks

    with caplog.at_level(logging.DEBUG, "asyncio"):
        run(leave())
        time.sleep(0.3)
        gc.collect()
    assert [record for record in caplog.records if record.levelno > logging.DEBUG] == []
    assert capfd.readouterr().err == ""


def test_many_in_order_and_as_they_come(emulator: Emulator, run: Run) -> None:
    ids = ["ekycpro200", "idocr212", "errorInternalError", "x y"] * 5
    rows: list[cloudauth.Row] = [{"transaction_id": id, "merchant_biz_id": "demo"} for id in ids]
    read = 0

    def endless() -> Iterator[cloudauth.Row]:
        nonlocal read
        while True:
            read += 1
            yield {"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}

    async def fetch() -> None:
        told: list[tuple[int, int | None]] = []
        async with cloudauth.AsyncClient(**emulator.client_args) as client:
            many = client.check_many(rows, progress=lambda done, total: told.append((done, total)))
            outcomes = [outcome async for outcome in many]
            assert told == [(done, 20) for done in range(1, 21)]
            assert [(outcome.position, outcome.row) for outcome in outcomes] == list(enumerate(rows))
            assert [type(outcome.error) for outcome in outcomes[:4]] == [
                type(None), type(None), cloudauth.UnavailableError, cloudauth.InvalidArgumentError
            ]  # fmt: skip
            assert all((outcome.result is None) != (outcome.error is None) for outcome in outcomes)
            unordered = client.check_many(rows, ordered=False, concurrency=3)
            assert sorted([outcome.position async for outcome in unordered]) == list(range(20))
            taken = client.check_many(endless(), concurrency=4)
            for number in range(1, 50):
                assert (await anext(taken)).result
                assert read <= number + 4
            await taken.aclose()
            with pytest.raises(cloudauth.InvalidArgumentError, match="concurrency: must be a whole number"):
                client.check_many([], concurrency=-2)

    run(fetch())


def test_many_that_are_left_early_end_without_noise(
    silent: SilentServer, run: Run, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    rows: list[cloudauth.Row] = [{"transaction_id": "t", "merchant_biz_id": "demo"}] * 9

    async def leave() -> float:
        client = cloudauth.AsyncClient(endpoint=silent.endpoint, **KEYS)
        many = client.check_many(rows, concurrency=3)
        reading = asyncio.ensure_future(anext(many))
        for _ in range(3):
            assert await asyncio.to_thread(silent.accepted.acquire, timeout=5)
        began = time.monotonic()
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        for _ in range(500):
            if len(silent.closed_at) >= 3:
                return max(silent.closed_at) - began
            await asyncio.sleep(0.01)
        return float("inf")

    with caplog.at_level(logging.DEBUG, "asyncio"):
        assert run(leave()) < 2
        gc.collect()
    assert [record for record in caplog.records if record.levelno > logging.DEBUG] == []
    assert capfd.readouterr().err == ""


def test_several_loops_share_a_client(emulator: Emulator) -> None:
    client = cloudauth.AsyncClient(**emulator.client_args)

    async def fetch() -> list[cloudauth.CheckResult]:
        return await asyncio.gather(*(client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo") for _ in range(20)))

    done: list[int] = []
    threads = [threading.Thread(target=lambda: done.append(len(asyncio.run(fetch())))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [20] * 4
    # And one loop after another.
    assert [len(asyncio.run(fetch())) for _ in range(3)] == [20] * 3


def test_loops_leave_nothing_behind(emulator: Emulator) -> None:
    client = cloudauth.AsyncClient(**emulator.client_args)

    def descriptors() -> int:
        gc.collect()
        return len(os.listdir("/proc/self/fd"))

    async def fetch() -> None:
        assert (await client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo"))["passed"]

    asyncio.run(fetch())
    before = descriptors()
    for _ in range(50):
        asyncio.run(fetch())
    assert descriptors() <= before + 4
