"""Keys from callables."""

from __future__ import annotations

import asyncio
import threading
import time
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
            assert client.check_result("ekycpro200", "demo")["passed"]
        rows: list[cloudauth.Row] = [{"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}] * 20
        assert all(outcome.result for outcome in client.check_many(rows))
    assert threads == ["cloudauth-credentials"] * 23


def test_a_coroutine_is_awaited(emulator: Emulator) -> None:
    async def credentials() -> cloudauth.Credentials:
        await asyncio.sleep(0.1)
        return {**KEYS, "security_token": None}

    async def fetch() -> float:
        async with cloudauth.AsyncClient(endpoint=emulator.endpoint, credentials=credentials) as client:
            began = time.monotonic()
            results = await asyncio.gather(*(client.check_result("ekycpro200", "demo") for _ in range(50)))
            assert all(result["passed"] for result in results)
            return time.monotonic() - began

    # Side by side: one after the other, they would take five seconds.
    assert asyncio.run(fetch()) < 3
    with cloudauth.Client(endpoint=emulator.endpoint, credentials=credentials) as client:
        assert client.check_result("ekycpro200", "demo")["passed"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (None, "must give a dict with access_key_id and access_key_secret, and str in it; it gave NoneType"),
        ({}, "must give a dict"),
        ({"access_key_id": "a"}, "must give a dict"),
        ({"access_key_id": 1, "access_key_secret": "b"}, "must give a dict"),
        ({"access_key_id": "a", "access_key_secret": ""}, "from the credentials callable, access_key_secret: must not be empty"),
    ],
)
def test_what_is_no_credentials(emulator: Emulator, given: Any, message: str) -> None:
    with cloudauth.Client(endpoint=emulator.endpoint, credentials=lambda: given) as client:
        with pytest.raises(cloudauth.CredentialsError, match=message):
            client.check_result("ekycpro200", "demo")


def test_a_callable_that_raises_is_told_by_its_kind_alone(emulator: Emulator) -> None:
    def credentials() -> cloudauth.Credentials:
        raise LookupError("canary-secret")

    with cloudauth.Client(endpoint=emulator.endpoint, credentials=credentials) as client:
        with pytest.raises(cloudauth.CredentialsError, match="the credentials callable raised LookupError$"):
            client.check_result("ekycpro200", "demo")


def test_the_call_does_not_wait_for_ever(emulator: Emulator) -> None:
    ended = threading.Event()

    def credentials() -> cloudauth.Credentials:
        ended.wait(10)
        return KEYS

    with cloudauth.Client(endpoint=emulator.endpoint, credentials=credentials) as client:
        with pytest.raises(cloudauth.TimeoutError):
            client.check_result("ekycpro200", "demo", timeout=0.1)
        ended.set()
        assert client.check_result("ekycpro200", "demo")["passed"]


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
        assert client.check_result("ekycpro200", "demo")["passed"]
        if close:
            client.close()
        del client
    assert none_runs()
