"""Connections that are opened ahead of a call, and kept."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

import cloudauth
from cloudauth.testing import Emulator

KEYS: dict[str, Any] = {"access_key_id": "emulator-key-id", "access_key_secret": "emulator-key-secret"}


def wait_for(is_so: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while not is_so():
        assert time.monotonic() - begun < 20
        time.sleep(0.001)


def check(client: cloudauth.Client | cloudauth.AsyncClient) -> None:
    if isinstance(client, cloudauth.Client):
        client.check_result(transaction_id="ekycpro200", merchant_biz_id="b")
    else:
        asyncio.run(client.check_result(transaction_id="ekycpro200", merchant_biz_id="b"))


@pytest.mark.parametrize("kind", (cloudauth.Client, cloudauth.AsyncClient))
def test_a_call_uses_the_connection_that_was_opened_ahead(
    emulator: Emulator, kind: type[cloudauth.Client] | type[cloudauth.AsyncClient]
) -> None:
    client = kind(endpoint=emulator.endpoint, **KEYS)
    client.connect_ahead()
    wait_for(lambda: client.stats()["connections"] == 1)
    check(client)
    assert client.stats()["connections"] == 1
    nobody = kind(endpoint="http://127.0.0.1:1", **KEYS)
    nobody.connect_ahead()
    wait_for(lambda: nobody.stats()["background_failures"] == 1)


@pytest.mark.parametrize("kind", (cloudauth.Client, cloudauth.AsyncClient))
def test_connections_are_kept_warm(emulator: Emulator, kind: type[cloudauth.Client] | type[cloudauth.AsyncClient]) -> None:
    client = kind(endpoint=emulator.endpoint, keep_warm=0.1, **KEYS)
    check(client)
    wait_for(lambda: client.stats()["keepalives"] >= 4)
    assert (client.stats()["requests"], client.stats()["background_failures"]) == (1, 0)
