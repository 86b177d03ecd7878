"""A quota that is shared on Redis, and forked children under it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .test_fork import run_in_child
from .test_receivers import EVENTLET_MAY_FORK

CALLS = 15


class Redis:
    """One of the test's own."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir", str(folder)]
        self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                assert self.ask("PING") == b"+PONG\r\n"
                return
            except OSError:
                time.sleep(0.01)
        pytest.fail("redis-server does not listen")

    def ask(self, command: str) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(command.encode() + b"\r\n")
            return connection.recv(4096)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    if shutil.which("redis-server") is None and "CI" not in os.environ:
        pytest.skip("this needs redis-server")
    server = Redis(tmp_path)
    yield server
    server.process.kill()
    server.process.wait()


def _call(client: cloudauth.Client) -> None:
    before = client.stats()
    for _ in range(CALLS):
        assert client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")["passed"]
    after = client.stats()
    for name in ("requests", "shared_permits"):
        assert after[name] == before[name] + CALLS
    assert after["quota_losses"] == 0


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@EVENTLET_MAY_FORK
def test_a_forked_child_is_a_worker_of_its_own(redis: Redis) -> None:
    with Emulator() as emulator:
        url = f"redis://127.0.0.1:{redis.port}/0?account=shop"
        client = cloudauth.Client(**emulator.client_args, quota=url, qps=20)
        client.check_result(transaction_id="ekycpro200", merchant_biz_id="demo")
        # The parent's calls go on while it forks.
        parent = threading.Thread(target=_call, args=(client,))
        begun = time.monotonic()
        parent.start()
        run_in_child(lambda: _call(client))
        parent.join()
        took = time.monotonic() - begun
        # Twenty a second for both: one after the other in a second would take half of that.
        assert took >= (2 * CALLS - 2) / 20 * 0.95
        assert redis.ask(f"ZCARD cloudauth:{{shop/{emulator.endpoint.removeprefix('http://')}/CheckResult}}:seen") == b":2\r\n"
        # The child has left the parent's connection as it was.
        _call(client)
        client.close()
