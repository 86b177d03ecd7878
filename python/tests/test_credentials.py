"""Keys from callables."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import time
import weakref
from contextlib import suppress
from typing import Any

import pytest

import cloudauth
from cloudauth.testing import Emulator

KEYS: cloudauth.Credentials = {"access_key_id": "emulator-key-id", "access_key_secret": "emulator-key-secret"}


def test_a_function_is_asked_before_every_request(emulator: Emulator) -> None:
    threads: list[str] = []

    def credentials() -> cloudauth.Credentials:
        threads.append(threading.current_thread().name)
        return KEYS

    with cloudauth.Client(endpoint=emulator.endpoint, credentials=credentials) as client:
        for _ in range(3):
            assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]
        rows: list[cloudauth.Row] = [{"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}] * 20
        assert all(outcome.result for outcome in client.check_many(rows))
    # Calls at the same time share an answer.
    assert set(threads) == {"cloudauth-credentials"}
    assert len(threads) >= 4


def test_a_coroutine_is_awaited(emulator: Emulator) -> None:
    async def credentials() -> cloudauth.Credentials:
        await asyncio.sleep(0.1)
        return {**KEYS, "security_token": None}

    async def fetch() -> float:
        async with cloudauth.AsyncClient(endpoint=emulator.endpoint, credentials=credentials) as client:
            began = time.monotonic()
            results = await asyncio.gather(*(client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo") for _ in range(50)))
            assert all(result["passed"] for result in results)
            return time.monotonic() - began

    # Side by side: one after the other, they would take five seconds.
    assert asyncio.run(fetch()) < 3
    with cloudauth.Client(endpoint=emulator.endpoint, credentials=credentials) as client:
        assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (None, "must give a dict with access_key_id and access_key_secret, and str in it; it gave NoneType"),
        ({}, "must give a dict"),
        ({"access_key_id": "a"}, "must give a dict"),
        ({"access_key_id": 1, "access_key_secret": "b"}, "must give a dict"),
        ({"access_key_id": "a", "access_key_secret": ""}, "from the credentials callable, access_key_secret: must not be empty"),
        ({"access_key_id": "a", "access_key_secret": "\ud800"}, "from the credentials callable, access_key_secret: must be Unicode text"),
    ],
)
def test_what_is_no_credentials(emulator: Emulator, given: Any, message: str) -> None:
    with cloudauth.Client(endpoint=emulator.endpoint, credentials=lambda: given) as client:
        with pytest.raises(cloudauth.CredentialsError, match=message):
            client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")


# Finding C7: what the callable raised is the cause, and its text goes nowhere else.
@pytest.mark.parametrize("is_async", [False, True], ids=["function", "coroutine"])
def test_what_a_callable_raises_is_the_cause(emulator: Emulator, is_async: bool) -> None:
    raised = LookupError("canary-secret")

    def fail() -> cloudauth.Credentials:
        raise raised

    async def fail_later() -> cloudauth.Credentials:
        await asyncio.sleep(0)
        raise raised

    credentials: Any = fail_later if is_async else fail
    text = "the credentials callable raised LookupError"

    def expect(error: BaseException | None) -> None:
        assert isinstance(error, cloudauth.CredentialsError)
        assert str(error) == text
        assert error.__cause__ is raised

    with cloudauth.Client(endpoint=emulator.endpoint, credentials=credentials) as client:
        with pytest.raises(cloudauth.CredentialsError) as refused:
            client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
        expect(refused.value)
        rows: list[cloudauth.Row] = [{"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}] * 3
        for outcome in client.check_many(rows):
            expect(outcome.error)

    async def calls() -> None:
        async with cloudauth.AsyncClient(endpoint=emulator.endpoint, credentials=credentials) as client:
            calls = (client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo") for _ in range(20))
            for error in await asyncio.gather(*calls, return_exceptions=True):
                assert isinstance(error, BaseException)
                expect(error)
            with pytest.raises(cloudauth.CredentialsError) as refused:
                await client.call("Initialize")
            expect(refused.value)

    asyncio.run(calls())


# Finding C7: an error that is gone takes along what stood behind it.
def test_what_a_callable_raised_is_not_kept(emulator: Emulator) -> None:
    class Refused(Exception):
        pass

    def credentials() -> cloudauth.Credentials:
        raise Refused

    with cloudauth.Client(endpoint=emulator.endpoint, credentials=credentials) as client:
        kept: list[weakref.ref[BaseException]] = []
        for _ in range(50):
            try:
                client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
            except cloudauth.CredentialsError as error:
                assert error.__cause__ is not None
                kept.append(weakref.ref(error.__cause__))
        gc.collect()
        # The library's own thread may still have the last one.
        assert sum(cause() is not None for cause in kept) <= 1


class _App:
    """Gives keys to the client that it holds."""

    def __init__(self, kind: Any, endpoint: str) -> None:
        self.client = kind(endpoint=endpoint, credentials=self.keys)

    def keys(self) -> cloudauth.Credentials:
        return KEYS


class _AsyncApp(_App):
    async def keys(self) -> cloudauth.Credentials:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return KEYS


class _FailingApp(_App):
    def keys(self) -> cloudauth.Credentials:
        raise LookupError


# Finding C5: the finalizer held the callable, the callable the client.
@pytest.mark.parametrize("kind", [cloudauth.Client, cloudauth.AsyncClient])
@pytest.mark.parametrize("app", [_App, _AsyncApp, _FailingApp])
@pytest.mark.parametrize("closes", [True, False], ids=["closed", "forgotten"])
def test_an_object_that_holds_its_client_can_go(emulator: Emulator, kind: Any, app: type[_App], closes: bool) -> None:
    def use() -> weakref.ref[_App]:
        held = app(kind, emulator.endpoint)
        with suppress(cloudauth.CredentialsError):
            called = held.client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
            assert (called if kind is cloudauth.Client else asyncio.run(called))["passed"]
        if closes:
            held.client._close()
        return weakref.ref(held)

    def resources() -> tuple[int, int]:
        gc.collect()
        return len(os.listdir("/proc/self/task")), len(os.listdir("/proc/self/fd"))

    use()
    before = resources()
    apps = [use() for _ in range(10)]
    until = time.monotonic() + 10
    while (resources() > before or any(app() for app in apps[:-1])) and time.monotonic() < until:
        time.sleep(0.01)
    assert [app() for app in apps[:-1]] == [None] * 9
    # One client more may stay with the exception of the last call, and the emulator's side of its connection.
    threads, descriptors = resources()
    assert threads <= before[0] + 1
    assert descriptors <= before[1] + 4


# Finding C5: a closed client's thread was started again by a call, which is refused.
def test_a_closed_client_starts_no_thread(emulator: Emulator) -> None:
    client = cloudauth.Client(endpoint=emulator.endpoint, credentials=lambda: KEYS)
    assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]
    client.close()
    with pytest.raises(cloudauth.InvalidArgumentError, match="client: is closed"):
        client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
    until = time.monotonic() + 10
    while any(thread.name == "cloudauth-credentials" for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.01)


def test_closing_ends_the_calls_that_wait_for_keys(emulator: Emulator) -> None:
    asked, answer = threading.Event(), threading.Event()

    def credentials() -> cloudauth.Credentials:
        asked.set()
        answer.wait(10)
        return KEYS

    client = cloudauth.Client(endpoint=emulator.endpoint, credentials=credentials)
    errors: list[BaseException] = []

    def call() -> None:
        try:
            client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
        except cloudauth.CredentialsError as error:
            errors.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    assert asked.wait(10)
    client.close()
    thread.join(5)
    answer.set()
    assert [str(error) for error in errors] == ["the client was closed while the credentials callable was asked"]


def test_the_call_does_not_wait_for_ever(emulator: Emulator) -> None:
    ended = threading.Event()

    def credentials() -> cloudauth.Credentials:
        ended.wait(10)
        return KEYS

    with cloudauth.Client(endpoint=emulator.endpoint, credentials=credentials) as client:
        with pytest.raises(cloudauth.TimeoutError):
            client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo", timeout=0.1)
        ended.set()
        assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]


def test_a_closed_or_forgotten_client_takes_its_thread_along(emulator: Emulator) -> None:
    def none_runs() -> bool:
        until = time.monotonic() + 10
        while any(thread.name == "cloudauth-credentials" for thread in threading.enumerate()):
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
        return True

    assert none_runs(), "earlier tests' clients are gone, and so are their threads"
    for close in (True, False) * 5:
        client = cloudauth.Client(endpoint=emulator.endpoint, credentials=lambda: KEYS)
        assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]
        if close:
            client.close()
        del client
    assert none_runs()
