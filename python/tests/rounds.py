"""Random rounds of calls that are started, cancelled, closed and forked over: `rounds.py ENDPOINT KIND ROUNDS SEED`.

Each call that is started must end once, by a result or an error; a round that takes ten seconds ends the program.
"""

from __future__ import annotations

import asyncio
import faulthandler
import os
import queue
import resource
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from random import Random
from typing import Any

import cloudauth
from cloudauth import _cloudauth

WATCHDOG = 10
KEYS: cloudauth.Credentials = {"access_key_id": "emulator-key-id", "access_key_secret": "emulator-key-secret"}
GOOD, PENDING, THROTTLED = "ekycpro200", "pending3", "errorThrottlingApi"


def _keys() -> cloudauth.Credentials:
    return KEYS


async def _keys_later() -> cloudauth.Credentials:
    await asyncio.sleep(0)
    return KEYS


def _no_keys() -> cloudauth.Credentials:
    raise LookupError


@contextmanager
def _client(random: Random, kind: Any, endpoint: str) -> Generator[Any]:
    """A client; one in three asks a callable for keys. One in five has room for a handful of descriptors at most."""
    options: dict[str, Any] = {"endpoint": endpoint, "timeout": random.choice([0.001, 0.01, 5, 5]), "max_attempts": 1, **KEYS}
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    limited = random.random() < 0.2
    if random.random() < 0.3:
        # An event loop that gets no descriptors complains on stderr.
        provide = random.choice([_keys, _no_keys] if limited else [_keys, _keys_later, _no_keys])
        options = {"endpoint": endpoint, "timeout": options["timeout"], "max_attempts": 1, "credentials": provide}
    if limited:
        room = len(os.listdir("/proc/self/fd")) + random.randrange(12)
        resource.setrlimit(resource.RLIMIT_NOFILE, (room, before[1]))
    try:
        yield kind(**options)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def _is_outcome(outcome: object) -> bool:
    return isinstance(outcome, (dict, cloudauth.Error, asyncio.CancelledError))


async def _awaited(random: Random, endpoint: str) -> None:
    with _client(random, cloudauth.AsyncClient, endpoint) as client:
        await _gathered(random, client)


async def _gathered(random: Random, client: cloudauth.AsyncClient) -> None:
    ids = random.choices([GOOD, GOOD, THROTTLED, PENDING], k=random.randrange(1, 9))
    calls = [asyncio.ensure_future(client.check_result(transaction_id=id, merchant_biz_id="demo")) for id in ids]
    for call in random.sample(calls, random.randrange(len(calls) + 1)):
        await asyncio.sleep(random.choice([0, 0, 0.0005, 0.002]))
        call.cancel()
    if random.random() < 0.5:
        await client.aclose()
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert len(outcomes) == len(calls)
    # The queue of a loop may get no descriptor.
    assert all(_is_outcome(outcome) or isinstance(outcome, OSError) for outcome in outcomes), outcomes
    done = client.stats()
    assert done["succeeded"] + done["failed"] <= done["calls"] <= len(calls), done


def _blocking(random: Random, client: cloudauth.Client) -> None:
    outcomes: queue.SimpleQueue[object] = queue.SimpleQueue()

    def call(id: str) -> None:
        try:
            outcomes.put(client.check_result(transaction_id=id, merchant_biz_id="demo"))
        except BaseException as error:
            outcomes.put(error)

    ids = random.choices([GOOD, GOOD, THROTTLED, PENDING], k=random.randrange(1, 5))
    threads = [threading.Thread(target=call, args=(id,)) for id in ids]
    for thread in threads:
        thread.start()
    if random.random() < 0.5:
        client.close()
    if random.random() < 0.1:
        _cloudauth.shutdown(random.choice([0, 0.01, 1]))
    for thread in threads:
        thread.join()
    came = [outcomes.get_nowait() for _ in threads]
    assert outcomes.empty()
    assert all(map(_is_outcome, came)), came


def _many(random: Random, client: cloudauth.Client) -> None:
    rows: list[cloudauth.Row] = [{"transaction_id": GOOD, "merchant_biz_id": "demo"}] * random.randrange(1, 20)
    many = client.check_many(rows, concurrency=random.randrange(1, 5), ordered=random.random() < 0.5)
    read = random.randrange(len(rows) + 1)
    positions = [outcome.position for outcome, _ in zip(many, range(read), strict=False)]
    assert len(set(positions)) == len(positions) == read
    if random.random() < 0.5:
        client.close()


def calls(random: Random, endpoint: str) -> None:
    # A client, too, may get no descriptor.
    with suppress(OSError):
        if random.random() < 0.3:
            asyncio.run(_awaited(random, endpoint))
        else:
            with _client(random, cloudauth.Client, endpoint) as client:
                random.choice([_blocking, _many])(random, client)


class Forked:
    """Clients that are idle or in the middle of calls when a child is made."""

    def __init__(self, endpoint: str) -> None:
        self.blocking = cloudauth.Client(endpoint=endpoint, **KEYS)
        self.callable = cloudauth.Client(endpoint=endpoint, credentials=_keys)
        self.asynchronous = cloudauth.AsyncClient(endpoint=endpoint, **KEYS)
        self.asked: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self.worker = threading.Thread(target=self._work, daemon=True)
        self.worker.start()

    def _work(self) -> None:
        """Is in the middle of something, or waits, whenever a fork comes."""
        while (kind := self.asked.get()) is not None:
            self._call(kind)

    def end(self) -> None:
        """Lets the worker finish: the interpreter's end would break its call off, and say so."""
        self.asked.put(None)
        self.worker.join()

    def _call(self, kind: int) -> None:
        if kind == 0:
            assert self.blocking.check_result(transaction_id=GOOD, merchant_biz_id="demo")["passed"]
        elif kind == 1:
            assert self.callable.check_result(transaction_id=GOOD, merchant_biz_id="demo")["passed"]
        elif kind == 2:
            assert asyncio.run(self._gathered()) == [True, True]

    async def _gathered(self) -> list[bool | None]:
        results = await asyncio.gather(*(self.asynchronous.check_result(transaction_id=GOOD, merchant_biz_id="demo") for _ in range(2)))
        return [result["passed"] for result in results]

    def __call__(self, random: Random, _endpoint: str) -> None:
        self.asked.put(random.randrange(4))
        child = os.fork()
        if child == 0:
            signal.alarm(WATCHDOG)
            try:
                if random.random() < 0.1:
                    os.closerange(3, 256)
                for _ in range(random.randrange(3)):
                    self._call(random.randrange(3))
                if random.random() < 0.5:
                    self.blocking.close()
                    self.callable.close()
                os._exit(0)
            except BaseException as error:
                os.write(2, f"in the child: {error!r}\n".encode())
                os._exit(1)
        if random.random() < 0.2:
            self._call(random.randrange(3))
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert ended == 0, ended


def main(endpoint: str, kind: str, rounds: int, seed: int) -> None:
    forked = Forked(endpoint) if kind == "fork" else None
    turn: Callable[[Random, str], None] = forked or calls
    for number in range(seed, seed + rounds):
        faulthandler.dump_traceback_later(WATCHDOG, exit=True)
        try:
            turn(Random(number), endpoint)
        except BaseException:
            traceback.print_exc()
            sys.exit(f"seed {number}")
    if forked:
        forked.end()
    faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
