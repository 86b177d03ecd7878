"""Every row of ``docs/faults.md``: blocking, and on an event loop."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import cloudauth

PAGE = Path(__file__).parents[2] / "docs" / "faults.md"
GOOD = "ekycpro200"
EVERY: dict[str, Any] = {"retry_base": 0.01, "throttle_base": 0.02}


class Row(NamedTuple):
    name: str
    faults: list[str]
    to: str
    warm: bool
    call: str
    options: dict[str, Any]
    outcome: str
    code: str
    requests: int
    connections: int
    within: float


def _option(word: str) -> tuple[str, float]:
    """Times are seconds in Python, and their names say nothing of it."""
    name, _, value = word.partition("=")
    return (name.removesuffix("_ms"), int(value) / 1000) if name.endswith("_ms") else (name, int(value))


def _row(line: str) -> Row:
    name, faults, to, call, options, outcome, code, requests, connections, within = line.strip("| ").split(" | ")
    words = [word for word in options.split() if word != "-"]
    return Row(
        name,
        [fault for fault in faults.split() if fault != "-"],
        to.removesuffix(" warm"),
        to.endswith(" warm"),
        call,
        dict(map(_option, words)),
        outcome,
        code,
        int(requests),
        int(connections),
        int(within) / 1000,
    )


ROWS = [
    _row(line) for line in PAGE.read_text().splitlines() if line.startswith("|") and not line.startswith(("| name |", "|--"))
]


@dataclass
class Server:
    """The ``cloudauth emulator`` command, which takes control calls at an address that faults do not reach."""

    args: dict[str, Any]
    control_endpoint: str

    def control(self, method: str, call: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.control_endpoint}/control/{call}", data, method=method)
        with urllib.request.urlopen(request) as reply:
            return json.load(reply)


@contextmanager
def _server(*options: str) -> Generator[Server]:
    command = [sys.executable, "-m", "cloudauth", "emulator", "--control", "127.0.0.1:0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        control_endpoint = ready.pop("control_endpoint")
        try:
            yield Server(ready, control_endpoint)
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, Server]]:
    with _server() as http, _server("--tls") as https:
        yield {"http": http, "https": https, "dead": Server({**http.args, "endpoint": "http://127.0.0.1:1"}, "")}


class Came(NamedTuple):
    """What came of a call, in the words of the table."""

    outcome: str
    code: str
    requests: int
    connections: int


Fetch = Callable[[str], object]


def _run(row: Row, server: Server, stats: Callable[[], cloudauth.Stats], fetch: Fetch) -> None:
    alive = row.to != "dead"
    if alive:
        server.control("DELETE", "stats")
        if row.warm:
            fetch("CheckResult")
        server.control("POST", "faults", {"faults": row.faults})
    before = stats()["requests"]
    begun = time.monotonic()
    error: cloudauth.Error | None = None
    try:
        fetch(row.call)
    except cloudauth.Error as raised:
        error = raised
    took = time.monotonic() - begun
    requests = stats()["requests"] - before
    if error is not None and error.kind == "tls":
        assert server.control("GET", "stats")["application_bytes"] == 0
    connections = 0
    if alive:
        server.control("DELETE", "faults")
        fetch("CheckResult")
        connections = server.control("GET", "stats")["connections"]
    code = None if error is None else error.code
    came = Came("ok" if error is None else error.kind, code or "-", requests, connections)
    assert came == Came(row.outcome, row.code, row.requests, row.connections), error
    assert error is None or error.attempts == row.requests
    assert took <= row.within


def test_the_list_is_there() -> None:
    assert len(ROWS) >= 45


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_blocking(row: Row, servers: dict[str, Server]) -> None:
    server = servers[row.to]
    with cloudauth.Client(**server.args, **EVERY, **row.options) as client:

        def fetch(action: str) -> object:
            return client.check_result(transaction_id=GOOD, merchant_biz_id="demo") if action == "CheckResult" else client.call(action)

        _run(row, server, client.stats, fetch)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_on_an_event_loop(row: Row, servers: dict[str, Server]) -> None:
    server = servers[row.to]
    with closing(asyncio.new_event_loop()) as loop:
        client = cloudauth.AsyncClient(**server.args, **EVERY, **row.options)

        def fetch(action: str) -> object:
            call = client.check_result(transaction_id=GOOD, merchant_biz_id="demo") if action == "CheckResult" else client.call(action)
            return loop.run_until_complete(call)

        _run(row, server, client.stats, fetch)
        loop.run_until_complete(client.aclose())
