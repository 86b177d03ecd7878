"""A limiter of the program's own: the list that all languages share, and what Python has besides."""

from __future__ import annotations

import asyncio
import decimal
import gc
import json
import os
import pickle
import threading
import time
import weakref
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .test_fork import run_in_child
from .test_receivers import EVENTLET_MAY_FORK

LIST = json.loads((Path(__file__).parents[2] / "tests" / "calls" / "limiter.json").read_text())
CHECK: dict[str, Any] = {"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}
LONG = 30.0


class Sesame(Exception):
    """What a limiter raises."""


class Limits:
    """Answers as a case says."""

    def __init__(self, answers: list[Any]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def _next(self, api: str) -> Any:
        answer = self.answers[min(len(self.asked), len(self.answers) - 1)]
        self.asked.append(api)
        if answer == "fails":
            raise Sesame("sesame")
        return answer

    def acquire(self, api: str) -> float | None:
        answer = self._next(api)
        if isinstance(answer, str):
            time.sleep(int(answer.removeprefix("blocks ")) / 1000)
            return None
        return float(answer / 1000)

    async def acquire_later(self, api: str) -> float | None:
        answer = self._next(api)
        if isinstance(answer, str):
            await asyncio.sleep(int(answer.removeprefix("blocks ")) / 1000)
            return 0.0
        return float(answer / 1000)


def _options(case: dict[str, Any], emulator: Emulator) -> dict[str, Any]:
    options = {**emulator.client_args, "max_attempts": case.get("max_attempts", 1), "throttle_base": 0.001}
    return options | {"timeout": case.get("timeout_ms", LONG * 1000) / 1000}


def _call(client: Any, case: dict[str, Any], way: str) -> Any:
    if "action" in case:
        return client.call(case["action"])
    given = {"transaction_id": case["transaction"], "merchant_biz_id": "demo"}
    if case.get("waits"):
        return client.wait_for_result(**given, first_pause=0.01)
    if way != "many":
        return client.check_result(**given)
    for _, _, _, error in client.check_many(iter([given])):
        if error is not None:
            raise error
    return None


async def _call_async(client: cloudauth.AsyncClient, case: dict[str, Any], way: str) -> None:
    if way != "many-async":
        await _call(client, case, way)
        return
    async for _, _, _, error in client.check_many(iter([{"transaction_id": case["transaction"], "merchant_biz_id": "demo"}])):
        if error is not None:
            raise error


WAYS = ["blocking", "many", "async", "lambda", "threads", "many-async"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", LIST["limits"], ids=lambda case: str(case["name"]))
def test_every_case_of_the_list(emulator: Emulator, case: dict[str, Any], way: str) -> None:
    if way.startswith("many") and ("action" in case or case.get("waits")):
        pytest.skip("of one result")
    limits = Limits(case.get("answers", []))
    functions: dict[str, Callable[[str], Any]] = {
        "async": limits.acquire_later,
        "lambda": lambda api: limits.acquire_later(api),
        "many-async": limits.acquire_later,
    }
    options = _options(case, emulator)
    if limits.answers:
        options["limiter"] = functions.get(way, limits.acquire)
    error: cloudauth.Error | None = None
    begun = time.monotonic()
    client: cloudauth.Client | cloudauth.AsyncClient
    if way in ("blocking", "many"):
        client = cloudauth.Client(**options)
        try:
            _call(client, case, way)
        except cloudauth.Error as failed:
            error = failed
    else:
        client = cloudauth.AsyncClient(**options)
        try:
            asyncio.run(_call_async(client, case, way))
        except cloudauth.Error as failed:
            error = failed
    took = time.monotonic() - begun
    assert limits.asked == case["asked"]
    assert client.stats()["requests"] == case["requests"]
    assert took >= case.get("at_least_ms", 0) / 1000
    assert (error and error.kind) == case.get("fails")
    if error is not None:
        assert isinstance(error.__cause__, Sesame) == bool(case.get("caused"))
        assert not case.get("caused") or (not error.retryable and "sesame" not in str(error) and "Sesame" in str(error))


@pytest.mark.parametrize("kind", [cloudauth.Client, cloudauth.AsyncClient])
@pytest.mark.parametrize("case", LIST["refused"], ids=lambda case: str(*case["options"]))
def test_it_goes_beside_no_other_pace(kind: Any, case: dict[str, Any]) -> None:
    with pytest.raises(cloudauth.InvalidArgumentError) as refused:
        kind(endpoint="http://127.0.0.1:1", access_key_id="id", access_key_secret="secret", limiter=limit_of_module, **case["options"])
    assert str(refused.value) == case["messages"]["python"]


WRONG: list[tuple[Any, str]] = [
    (-0.1, "-0.1"),
    (float("nan"), "NaN"),
    (float("inf"), "inf"),
    (10**400, "inf"),
    (True, "an object of type bool"),
    ("1", "an object of type str"),
    (decimal.Decimal(1), "an object of type Decimal"),
]


@pytest.mark.parametrize("asynchronous", [False, True])
@pytest.mark.parametrize(("given", "words"), WRONG, ids=lambda wrong: type(wrong).__name__)
def test_what_is_no_time_is_refused(emulator: Emulator, given: Any, words: str, asynchronous: bool) -> None:
    async def later(_: str) -> Any:
        return given

    async def run() -> None:
        async with cloudauth.AsyncClient(**emulator.client_args, limiter=later) as client:
            await client.check_result(**CHECK)

    with pytest.raises(cloudauth.ThrottledError) as refused:
        if asynchronous:
            asyncio.run(run())
        else:
            with cloudauth.Client(**emulator.client_args, limiter=lambda _: given) as client:
                client.check_result(**CHECK)
    assert str(refused.value).startswith(f"the limiter must give the seconds to wait, of zero or more, or None; it gave {words}")
    assert refused.value.attempts == 0


def test_what_is_no_limiter_is_refused(emulator: Emulator) -> None:
    async def later(_: str) -> None: ...

    with pytest.raises(TypeError, match="limiter: must be callable, not int"):
        cloudauth.Client(**emulator.client_args, limiter=5)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    with pytest.raises(TypeError, match="limiter: must be a plain function"):
        cloudauth.Client(**emulator.client_args, limiter=later)
    with cloudauth.Client(**emulator.client_args, limiter=lambda api: later(api)) as client:
        with pytest.raises(cloudauth.ThrottledError, match="only an AsyncClient awaits it"):
            client.check_result(**CHECK)
        gc.collect()


def test_callers_block_in_it_on_their_own_threads(emulator: Emulator) -> None:
    barrier, threads = threading.Barrier(64, timeout=LONG), set[int]()

    def limit(_: str) -> None:
        barrier.wait()
        threads.add(threading.get_native_id())

    with cloudauth.Client(**emulator.client_args, limiter=limit) as client:
        callers = [threading.Thread(target=client.check_result, kwargs=CHECK) for _ in range(64)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join(LONG)
        assert threads == {caller.native_id for caller in callers}
        assert client.stats()["succeeded"] == 64


def test_one_that_blocks_does_not_stop_the_loop(emulator: Emulator) -> None:
    opened = threading.Event()

    def limit(api: str) -> None:
        if api == "CheckResult":
            assert opened.wait(LONG)

    async def run() -> None:
        async with cloudauth.AsyncClient(**emulator.client_args, limiter=limit) as client:
            blocked = [asyncio.ensure_future(client.check_result(**CHECK)) for _ in range(50)]
            # Neither another operation nor the loop waits for it.
            await asyncio.wait_for(client.call("KeepaliveIntl"), LONG)
            assert not any(call.done() for call in blocked)
            opened.set()
            assert all(result["passed"] for result in await asyncio.gather(*blocked))

    asyncio.run(run())


def test_an_async_one_runs_on_the_loop_of_its_call(emulator: Emulator) -> None:
    loops: list[asyncio.AbstractEventLoop] = []
    lock = asyncio.Lock()

    async def limit(_: str) -> None:
        loops.append(asyncio.get_running_loop())
        async with lock:
            await asyncio.sleep(0)

    async def run() -> None:
        await asyncio.gather(*(client.check_result(**CHECK) for _ in range(50)))
        assert set(loops) == {asyncio.get_running_loop()} and len(loops) == 50
        loops.clear()
        async for outcome in client.check_many([CHECK] * 20):
            assert outcome.error is None
        assert set(loops) == {asyncio.get_running_loop()} and len(loops) == 20

    client = cloudauth.AsyncClient(**emulator.client_args, limiter=limit)
    for _ in range(2):
        loops.clear()
        lock = asyncio.Lock()
        asyncio.run(run())


@pytest.mark.parametrize("ends", ["cancelled", "timeout"])
def test_an_async_one_ends_with_its_call(emulator: Emulator, ends: str) -> None:
    ended: list[str] = []

    async def limit(api: str) -> None:
        try:
            await asyncio.sleep(LONG)
        finally:
            ended.append(api)

    async def run() -> None:
        async with cloudauth.AsyncClient(**emulator.client_args, limiter=limit) as client:
            if ends == "timeout":
                with pytest.raises(cloudauth.TimeoutError):
                    await client.check_result(**CHECK, timeout=1)
            else:
                with pytest.raises(asyncio.TimeoutError):
                    await asyncio.wait_for(client.check_result(**CHECK), 1)
            for _ in range(1000):
                if ended:
                    break
                await asyncio.sleep(0.01)
            assert client.stats()["requests"] == 0

    asyncio.run(run())
    assert ended == ["CheckResult"]


def test_what_ends_the_program_is_raised_as_it_is(emulator: Emulator) -> None:
    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with cloudauth.Client(**emulator.client_args, limiter=stop) as client, pytest.raises(KeyboardInterrupt):
        client.check_result(**CHECK)


class Shop:
    """A limiter that leads back to its client."""

    def __init__(self, emulator: Emulator, kind: Any, later: bool) -> None:
        self.client = kind(**emulator.client_args, limiter=self.limit_later if later else self.limit)

    def limit(self, _: str) -> float:
        return 0

    async def limit_later(self, _: str) -> float:
        return 0.0


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("kind", [cloudauth.Client, cloudauth.AsyncClient])
def test_a_client_that_its_limiter_leads_to_is_let_go_of(emulator: Emulator, kind: Any, later: bool) -> None:
    if later and kind is cloudauth.Client:
        pytest.skip("refused")
    shop = Shop(emulator, kind, later)
    outcome = shop.client.check_result(**CHECK)
    if isinstance(outcome, Awaitable):

        async def run() -> None:
            assert (await outcome)["passed"]

        asyncio.run(run())
    gone = weakref.ref(shop)
    del shop, outcome
    gc.collect()
    assert gone() is None


def test_it_lives_as_long_as_the_outcomes_of_many_calls(emulator: Emulator) -> None:
    asked: list[str] = []
    outcomes = cloudauth.Client(**emulator.client_args, limiter=asked.append).check_many([CHECK] * 3)
    gc.collect()
    assert [outcome.error for outcome in outcomes] == [None] * 3 and len(asked) == 3


ASKED: list[str] = []


def limit_of_module(api: str) -> None:
    """A function that is pickled by its name."""
    ASKED.append(api)


def test_it_is_pickled_by_name(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", "id")
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "secret")
    with cloudauth.Client(**emulator.client_args, limiter=limit_of_module) as client:
        copy: cloudauth.Client = pickle.loads(pickle.dumps(client))
        with pytest.raises(cloudauth.Error):
            # Its keys are the environment's, and not the emulator's.
            copy.check_result(**CHECK)
        assert ASKED == ["CheckResult"]
        copy.close()
    with cloudauth.Client(**emulator.client_args, limiter=Limits([0]).acquire) as client:
        with pytest.raises(cloudauth.InvalidArgumentError, match="limiter: only a function can be pickled with a client"):
            pickle.dumps(client)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@EVENTLET_MAY_FORK
def test_a_forked_child_asks_it_as_well(emulator: Emulator) -> None:
    asked: list[int] = []
    client = cloudauth.Client(**emulator.client_args, limiter=lambda _: asked.append(os.getpid()))
    client.check_result(**CHECK)
    inside = threading.Event()

    def slow(_: str) -> None:
        inside.set()
        time.sleep(0.5)

    busy = cloudauth.Client(**emulator.client_args, limiter=slow)
    caller = threading.Thread(target=busy.check_result, kwargs=CHECK)
    caller.start()
    assert inside.wait(LONG)

    def work() -> None:
        client.check_result(**CHECK)
        assert asked[1:] == [os.getpid()]
        busy.check_result(**CHECK)

        async def both() -> None:
            async with cloudauth.AsyncClient(**emulator.client_args, limiter=Limits([1]).acquire_later) as own:
                await own.check_result(**CHECK)

        asyncio.run(both())

    run_in_child(work)
    caller.join(LONG)
    client.check_result(**CHECK)
    assert asked == [os.getpid()] * 2


def test_events_have_the_wait(emulator: Emulator) -> None:
    waits: list[float] = []

    def limit(_: str) -> float:
        return 0.05

    def hear(event: cloudauth.Event) -> None:
        waits.append(event["permit_wait"])

    with cloudauth.Client(**emulator.client_args, limiter=limit, on_event=hear) as client:
        client.check_result(**CHECK)
    assert len(waits) == 2 and min(waits) >= 0.05
