"""How many connections there are, and how long."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import cloudauth

from .conftest import KEYS

BODY = b'{"Code":"Success","RequestId":"R-1","Result":{"Passed":"Y","SubCode":"200"}}'
REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)


class Server:
    """Answers every request after a while, and closes connections that rest for `keeps` seconds."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.endpoint = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.keeps = 30.0
        self.pause = 0.02
        self.open = self.most = 0
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _count(self, change: int) -> None:
        with self._lock:
            self.open += change
            self.most = max(self.most, self.open)

    def _serve(self, connection: socket.socket) -> None:
        self._count(1)
        with connection:
            connection.settimeout(self.keeps)
            try:
                while connection.recv(65536):
                    time.sleep(self.pause)
                    connection.sendall(REPLY)
            except OSError:
                pass
            finally:
                self._count(-1)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def _to(server: Server) -> int:
    """This process's sockets whose other end is the server's, in whatever state."""
    port = int(server.endpoint.rpartition(":")[2])
    inodes = {inode for name in os.listdir("/proc/self/fd") if (inode := _socket(name))}
    with open("/proc/self/net/tcp") as table:
        rows = [line.split() for line in list(table)[1:]]
    return sum(int(row[2].rpartition(":")[2], 16) == port and int(row[9]) in inodes for row in rows)


def _socket(name: str) -> int | None:
    """The inode of a descriptor that is a socket, unless it was closed just now."""
    try:
        kind, _, inode = os.readlink(f"/proc/self/fd/{name}").partition(":")
    except OSError:
        return None
    return int(inode.strip("[]")) if kind == "socket" else None


def _gone(server: Server, within: float) -> bool:
    until = time.monotonic() + within
    while _to(server) and time.monotonic() < until:
        time.sleep(0.02)
    return _to(server) == 0


def _call_async(client: cloudauth.AsyncClient, calls: int) -> None:
    async def gather() -> None:
        results = await asyncio.gather(*(client.check_result(transaction_id="t", merchant_biz_id="demo") for _ in range(calls)))
        assert all(result["passed"] for result in results)

    asyncio.run(gather())


def _call(client: cloudauth.Client, calls: int) -> None:
    def fetch(_: int) -> bool | None:
        return client.check_result(transaction_id="t", merchant_biz_id="demo")["passed"]

    with ThreadPoolExecutor(calls) as threads:
        assert all(threads.map(fetch, range(calls)))


BOTH: list[tuple[Any, Callable[[Any, int], None]]] = [(cloudauth.AsyncClient, _call_async), (cloudauth.Client, _call)]


# Finding B10: what was idle for too long stayed until the next call, or for twice as long as it should.
@pytest.mark.parametrize(("kind", "call"), BOTH)
def test_idle_connections_are_closed(server: Server, kind: Any, call: Callable[[Any, int], None]) -> None:
    client = kind(endpoint=server.endpoint, idle_timeout=0.5, **KEYS)
    call(client, 30)
    assert _to(server) > 0
    assert _gone(server, 2.5)


# Finding B10: what the server had closed stayed in CLOSE_WAIT until the next call.
@pytest.mark.parametrize(("kind", "call"), BOTH)
def test_connections_that_the_server_closed_are_closed(server: Server, kind: Any, call: Callable[[Any, int], None]) -> None:
    server.keeps = 0.5
    client = kind(endpoint=server.endpoint, **KEYS)
    call(client, 30)
    assert _gone(server, 4)


# Finding B11: 300 calls at once made 300 connections.
@pytest.mark.parametrize(("kind", "call"), BOTH)
@pytest.mark.parametrize(("options", "most"), [({}, 64), ({"max_connections": 5}, 5)])
def test_connections_are_capped(
    server: Server, kind: Any, call: Callable[[Any, int], None], options: dict[str, int], most: int
) -> None:
    client = kind(endpoint=server.endpoint, **options, **KEYS)
    call(client, 300 if kind is cloudauth.AsyncClient else 100)
    # At the same time: one that was closed may have another in its place.
    assert server.most <= most
