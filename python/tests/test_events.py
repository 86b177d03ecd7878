"""Finding E6: the blocking and the async client report the events that every language reports."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import pickle
import sys
from typing import Any

import pytest

import cloudauth
from cloudauth import _report
from cloudauth.testing import Emulator

from .conftest import CASES
from .test_log import TRANSACTIONS

EVENTS = (CASES.parents[1] / "log" / "events.txt").read_text().splitlines()
FIELDS = ("operation", "attempt", "attempts", "kind", "code", "http_status")


def lines(events: list[cloudauth.Event]) -> list[str]:
    values = [[dict(event)[name] for name in FIELDS] for event in events]
    return [" ".join("-" if value is None else str(value) for value in line) for line in values]


def test_the_blocking_client_reports(emulator: Emulator) -> None:
    events: list[cloudauth.Event] = []
    with cloudauth.Client(**emulator.client_args, max_attempts=2, throttle_base=0.001, on_event=events.append) as client:
        for transaction in TRANSACTIONS:
            with contextlib.suppress(cloudauth.Error):
                client.check_result(transaction_id=transaction, merchant_biz_id="canarybiz")
    assert lines(events) == EVENTS
    assert set(events[0]) == set(cloudauth.Event.__annotations__)
    assert 0 < events[0]["duration"] <= events[1]["duration"] < 60
    assert all(event["bytes_received"] > 0 and event["region"] is None for event in events)
    assert "canarybiz" not in str(events) and "ekycpro200" not in str(events)


def test_the_async_client_reports(emulator: Emulator) -> None:
    events: list[cloudauth.Event] = []

    async def calls() -> None:
        async with cloudauth.AsyncClient(
            **emulator.client_args, max_attempts=2, throttle_base=0.001, on_event=events.append
        ) as client:
            for transaction in TRANSACTIONS:
                with contextlib.suppress(cloudauth.Error):
                    await client.check_result(transaction_id=transaction, merchant_biz_id="demo")

    asyncio.run(calls())
    assert lines(events) == EVENTS


def test_many_calls_report(emulator: Emulator) -> None:
    events: list[cloudauth.Event] = []
    with cloudauth.Client(**emulator.client_args, on_event=events.append) as client:
        rows: list[cloudauth.Row] = [{"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}] * 5
        assert len(list(client.check_many(rows))) == 5
    assert sum(event["attempt"] is None for event in events) == 5


def test_a_listener_that_raises_ends_no_call(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", raised.append)

    def broken(event: cloudauth.Event) -> None:
        raise ValueError("on purpose")

    with cloudauth.Client(**emulator.client_args, on_event=broken) as client:
        assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]
    assert [(one.exc_type, str(one.exc_value), one.object) for one in raised] == [(ValueError, "on purpose", broken)] * 2


heard: list[cloudauth.Event] = []


def module_listener(event: cloudauth.Event) -> None:
    heard.append(event)


def test_listeners_live_and_travel_with_their_clients(emulator: Emulator) -> None:
    gc.collect()
    before = len(_report.listeners)
    client = cloudauth.Client(**emulator.client_args, on_event=module_listener)
    assert len(_report.listeners) == before + 1
    client.close()
    del client
    gc.collect()
    assert len(_report.listeners) == before
    keyless = cloudauth.Client(endpoint=emulator.endpoint, credentials=keys, on_event=module_listener)
    with pytest.raises(cloudauth.InvalidArgumentError, match="on_event: only a function"):
        pickle.dumps(cloudauth.Client(**emulator.client_args, on_event=print))
    travelled: cloudauth.Client = pickle.loads(pickle.dumps(keyless))
    travelled.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
    assert len(heard) == 2


def keys() -> cloudauth.Credentials:
    return {"access_key_id": "emulator-key-id", "access_key_secret": "emulator-key-secret"}
