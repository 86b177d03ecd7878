"""Clients that come and go, and travel."""

from __future__ import annotations

import asyncio
import copy
import gc
import os
import pickle
import resource

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import KEYS, SilentServer


def _descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def _resident() -> int:
    """Bytes of memory in use."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def test_ten_thousand_clients(emulator: Emulator) -> None:
    def make(count: int) -> None:
        for _ in range(count):
            with cloudauth.Client(**emulator.client_args) as client:
                client.endpoint.encode()

    make(1000)
    gc.collect()
    memory, descriptors = _resident(), _descriptors()
    make(9000)
    gc.collect()
    assert _descriptors() == descriptors
    assert _resident() - memory < 4 << 20


def test_a_thousand_clients_that_call(emulator: Emulator) -> None:
    def make(count: int) -> None:
        for _ in range(count):
            with cloudauth.Client(**emulator.client_args) as client:
                assert client.check_result(transaction_id="faceliveness200", merchant_biz_id="demo")["passed"]

    make(200)
    gc.collect()
    memory, descriptors = _resident(), _descriptors()
    make(800)
    gc.collect()
    # The emulator's side of a connection, which is in this process too, may close a little later.
    assert _descriptors() <= descriptors + 8
    assert _resident() - memory < 8 << 20


def credentials() -> cloudauth.Credentials:
    return {"access_key_id": "emulator-key-id", "access_key_secret": "emulator-key-secret"}


def test_a_pickle_holds_the_configuration_and_no_secret(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    options = {"endpoint": emulator.endpoint, "proxy": "http://someone:canary-password@127.0.0.1:9", "timeout": 7.5}
    keys = {"access_key_id": "canary-id", "access_key_secret": "canary-secret", "security_token": "canary-token"}
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", "emulator-key-id")
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "emulator-key-secret")
    for kind in (cloudauth.Client, cloudauth.AsyncClient):
        pickled = pickle.dumps(kind(**options, **keys))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        assert b"canary" not in pickled
        for part in (emulator.endpoint.encode(), b"http://127.0.0.1:9", b"timeout"):
            assert part in pickled
        again = pickle.loads(pickled)
        assert type(again) is kind
        assert again.endpoint == emulator.endpoint
    assert pickle.loads(pickle.dumps(cloudauth.Client(endpoint=emulator.endpoint))).check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]


def test_a_function_that_gives_keys_is_pickled_by_name(emulator: Emulator) -> None:
    client = cloudauth.Client(endpoint=emulator.endpoint, credentials=credentials)
    assert pickle.loads(pickle.dumps(client)).check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]
    held = cloudauth.Client(endpoint=emulator.endpoint, credentials=dict(KEYS).copy)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(cloudauth.InvalidArgumentError, match="credentials: only a function can be pickled"):
        pickle.dumps(held)


# Finding C8: a copy was made anew from what is pickled, and so called with other keys.
@pytest.mark.parametrize("kind", [cloudauth.Client, cloudauth.AsyncClient])
def test_a_client_is_not_copied(emulator: Emulator, kind: type[cloudauth.Client] | type[cloudauth.AsyncClient]) -> None:
    for client in (kind(**emulator.client_args), kind(endpoint=emulator.endpoint, credentials=credentials)):
        refused = pytest.raises(TypeError, match="a client is not copied but shared")
        with refused:
            copy.copy(client)
        with refused:
            copy.deepcopy(client)
        with refused:
            copy.deepcopy({"held": [client]})


# Finding E8: a client that was closed knew nothing of what it had done.
def test_a_closed_client_keeps_its_numbers(emulator: Emulator) -> None:
    with cloudauth.Client(**emulator.client_args) as client:
        client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
        with pytest.raises(cloudauth.ThrottledError):
            client.check_result(transaction_id="errorThrottlingApi", merchant_biz_id="demo")
        before = client.stats()
    assert client.stats() == before
    assert (before["calls"], before["succeeded"], before["failed"], before["requests"]) == (2, 1, 1, 4)
    assert client.endpoint == emulator.endpoint


# Finding E8: what its caller gave up is neither a success nor a failure.
def test_a_cancelled_call_is_not_counted_as_failed(silent: SilentServer) -> None:
    async def cancel() -> cloudauth.Stats:
        async with cloudauth.AsyncClient(endpoint=silent.endpoint, **KEYS) as client:
            call = asyncio.create_task(client.check_result(transaction_id="t", merchant_biz_id="demo"))
            assert await asyncio.to_thread(silent.accepted.acquire, timeout=5)
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)
            await asyncio.sleep(0.2)
            return client.stats()

    stats = asyncio.run(cancel())
    assert (stats["calls"], stats["succeeded"], stats["failed"], stats["requests"]) == (1, 0, 0, 1)


def test_what_is_printed_holds_no_secret() -> None:
    client = cloudauth.Client(endpoint="http://127.0.0.1:1", access_key_id="canary-id", access_key_secret="canary-secret")
    assert repr(client) == "<cloudauth.Client http://127.0.0.1:1>"
    assert "canary" not in repr(vars(client))


def test_the_address_that_is_called_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    # Finding B7: of the environment, loopback alone stands in for a region given in code.
    region = "https://cloudauth-intl.ap-southeast-1.aliyuncs.com"
    for variable, address in (("http://127.0.0.1:9", "http://127.0.0.1:9"), ("https://elsewhere.invalid", region)):
        monkeypatch.setenv("CLOUDAUTH_ENDPOINT", variable)
        client = cloudauth.Client(region="ap-southeast-1", access_key_id="id", access_key_secret="secret")
        assert repr(client) == f"<cloudauth.Client {address}>"
        client.close()
        assert client.endpoint == address
    client = cloudauth.Client(access_key_id="id", access_key_secret="secret")
    assert client.endpoint == "https://elsewhere.invalid"


def test_no_password_of_a_quota_is_pickled() -> None:
    client = cloudauth.Client(
        endpoint="http://127.0.0.1:1",
        access_key_id="id",
        access_key_secret="secret",
        quota="redis://me:canary@127.0.0.1:9/3",
        qps=5,
    )
    pickled = pickle.dumps(client)
    assert b"canary" not in pickled and b"redis://127.0.0.1:9/3" in pickled and "canary" not in repr(vars(client))


def test_no_password_of_a_proxy_is_pickled() -> None:
    # Finding B2: characters that URLs should escape are taken, and end with the last @.
    for proxy in ("http://some@one:canary[^{@127.0.0.1:9", "socks5h://canary:canary@127.0.0.1:9", "canary:canary@127.0.0.1:9"):
        client = cloudauth.Client(endpoint="http://127.0.0.1:1", proxy=proxy, access_key_id="id", access_key_secret="secret")
        assert "canary" not in repr(vars(client))
        pickled = pickle.dumps(client)
        assert b"canary" not in pickled and b"some@" not in pickled and b"127.0.0.1:9" in pickled
    with pytest.raises(cloudauth.InvalidArgumentError, match="^proxy: must be scheme, user") as error:
        cloudauth.Client(endpoint="http://127.0.0.1:1", proxy="http://admin:12345#x@proxy:3128")
    assert "admin" not in str(error.value)
