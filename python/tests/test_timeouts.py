"""How long calls may take."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import KEYS, SilentServer

ROW: cloudauth.Row = {"transaction_id": "t", "merchant_biz_id": "demo"}

BLOCKING: dict[str, Callable[[cloudauth.Client, float], object]] = {
    "check_result": lambda client, timeout: client.check_result(transaction_id="t", merchant_biz_id="demo", timeout=timeout),
    "wait_for_result": lambda client, timeout: client.wait_for_result(transaction_id="t", merchant_biz_id="demo", timeout=timeout),
    "call": lambda client, timeout: client.call("Initialize", timeout=timeout),
    "check_many": lambda client, timeout: _raise(next(client.check_many([ROW], timeout=timeout))),
}

AWAITED: dict[str, Callable[[cloudauth.AsyncClient, float], Awaitable[object]]] = {
    "check_result": lambda client, timeout: client.check_result(transaction_id="t", merchant_biz_id="demo", timeout=timeout),
    "wait_for_result": lambda client, timeout: client.wait_for_result(transaction_id="t", merchant_biz_id="demo", timeout=timeout),
    "call": lambda client, timeout: client.call("Initialize", timeout=timeout),
    "check_many": lambda client, timeout: _first(client, timeout),
}


async def _first(client: cloudauth.AsyncClient, timeout: float) -> None:
    _raise(await anext(client.check_many([ROW], timeout=timeout)))


def _raise(outcome: cloudauth.Outcome) -> None:
    assert outcome.error is not None
    raise outcome.error


# Finding E7: what is left of a deadline that is over was taken for "not given", a minute.
@pytest.mark.parametrize("timeout", [0, 0.0, -0.0, -1, -1e300, -(10**400), float("-inf"), 1e-300])
@pytest.mark.parametrize("call", BLOCKING)
def test_no_time_is_over_at_once(silent: SilentServer, call: str, timeout: float) -> None:
    async def awaited() -> None:
        async with cloudauth.AsyncClient(endpoint=silent.endpoint, **KEYS) as client:
            await AWAITED[call](client, timeout)

    begun = time.monotonic()
    with cloudauth.Client(endpoint=silent.endpoint, **KEYS) as client, pytest.raises(cloudauth.TimeoutError):
        BLOCKING[call](client, timeout)
    with pytest.raises(cloudauth.TimeoutError):
        asyncio.run(awaited())
    assert time.monotonic() - begun < 2
    assert not silent.accepted.acquire(blocking=False), "nothing is sent"


# Finding E7: of a client, too.
@pytest.mark.parametrize("timeout", [0, -1])
def test_a_client_without_time(silent: SilentServer, timeout: float) -> None:
    with cloudauth.Client(endpoint=silent.endpoint, timeout=timeout, **KEYS) as client:
        with pytest.raises(cloudauth.TimeoutError):
            client.check_result(transaction_id="t", merchant_biz_id="demo")
    assert not silent.accepted.acquire(blocking=False), "nothing is sent"


# Finding E7: and what no clock reaches is no limit.
@pytest.mark.parametrize("timeout", [None, float("inf"), 1e300, 10**400, 1e18])
def test_no_limit(emulator: Emulator, timeout: Any) -> None:
    limit = cast("float", timeout)
    with cloudauth.Client(**emulator.client_args, timeout=timeout, attempt_timeout=timeout, connect_timeout=timeout) as client:
        assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo", timeout=timeout)["passed"]
        assert client.wait_for_result(transaction_id="ekycpro200", merchant_biz_id="demo", timeout=timeout, first_pause=timeout)["passed"]
        assert client.call("CheckResult", {"MerchantBizId": "demo", "TransactionId": "ekycpro200"}, timeout=limit)

    async def fetch() -> None:
        async with cloudauth.AsyncClient(**emulator.client_args, timeout=timeout) as client:
            assert (await client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo", timeout=timeout))["passed"]

    asyncio.run(fetch())
