"""Rows of check_many that are no dicts, and those that are none."""

from __future__ import annotations

import asyncio
import contextvars
import math
import os
import signal
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any

import pytest

import cloudauth
from cloudauth.testing import Emulator

from .conftest import KEYS, SilentServer

Many = Callable[..., Iterator[cloudauth.Outcome]]
GOOD = {"transaction_id": "ekycpro200", "merchant_biz_id": "demo"}


@pytest.fixture(params=["blocking", "on an event loop"])
def check_many(request: pytest.FixtureRequest, emulator: Emulator) -> Iterator[Many]:
    """Outcomes of both clients, taken one by one."""
    if request.param == "blocking":
        with cloudauth.Client(**emulator.client_args) as client:
            yield client.check_many
        return
    loop, asynchronous = asyncio.new_event_loop(), cloudauth.AsyncClient(**emulator.client_args)

    def step_by_step(rows: Iterable[Any], **options: Any) -> Iterator[cloudauth.Outcome]:
        async def begin() -> Any:
            return asynchronous.check_many(rows, **options)

        outcomes = loop.run_until_complete(begin())
        while (outcome := loop.run_until_complete(anext(outcomes, None))) is not None:
            yield outcome

    yield step_by_step
    loop.run_until_complete(asynchronous.aclose())
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


# Finding E3: the run ended, fetched outcomes were lost, and the row was not named.
@pytest.mark.parametrize("ordered", [True, False])
def test_a_row_that_is_none_is_its_own_outcome(check_many: Many, ordered: bool) -> None:
    rows: list[Any] = [dict(GOOD) for _ in range(200)]
    rows[100]["transaction_id"] = None
    outcomes = {outcome.position: outcome for outcome in check_many(rows, concurrency=4, ordered=ordered)}
    assert list(outcomes) == list(range(200)) if ordered else len(outcomes) == 200
    assert [position for position, outcome in outcomes.items() if outcome.error] == [100]
    bad = outcomes[100]
    assert isinstance(bad.error, cloudauth.InvalidArgumentError)
    assert str(bad.error) == "item 100: transaction_id: must be a str, not NoneType"
    assert bad.row is rows[100]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (1, "must be a mapping, not int"),
        ({"transaction_id": "t"}, "lacks merchant_biz_id"),
        ({**GOOD, "return_image": 1}, "return_image: must be a bool, not int"),
        ({**GOOD, "parameters": 3}, "parameters: must be a mapping, not int"),
    ],
)
def test_a_row_is_refused(check_many: Many, row: Any, message: str) -> None:
    first, second, third = check_many([row, GOOD, row])
    assert (str(first.error), str(third.error)) == (f"item 0: {message}", f"item 2: {message}")
    assert second.result


def test_a_parameter_of_a_row_is_refused(check_many: Many) -> None:
    (outcome,) = check_many([{**GOOD, "parameters": {"A": math.nan}}])
    assert isinstance(outcome.error, cloudauth.InvalidArgumentError)
    assert "A: must be a finite number" in str(outcome.error)


# Finding E3: what a generator raised cost the outcomes of the rows before.
@pytest.mark.parametrize("ordered", [True, False])
def test_what_was_fetched_comes_before_what_the_rows_raise(check_many: Many, ordered: bool) -> None:
    def rows() -> Iterator[Any]:
        yield from [GOOD] * 10
        raise LookupError("row 10")

    outcomes = check_many(rows(), concurrency=8, ordered=ordered)
    taken: list[int] = []
    with pytest.raises(LookupError, match="row 10"):
        taken.extend(outcome.position for outcome in outcomes if outcome.result)
    taken.extend(outcome.position for outcome in outcomes)
    assert sorted(taken) == list(range(10))


def slow(pause: float, ended: list[str]) -> Iterator[Any]:
    """A row, and another one after a long while."""
    yield dict(GOOD)
    time.sleep(pause)
    ended.append("read on")
    yield dict(GOOD)


# Finding G11: an outcome came when the next row did.
@pytest.mark.parametrize("ordered", [True, False])
def test_outcomes_come_while_the_rows_are_slow(client: cloudauth.Client, ordered: bool) -> None:
    ended: list[str] = []
    outcomes = client.check_many(slow(3, ended), ordered=ordered)
    assert next(outcomes).result
    outcomes.close()  # type: ignore[attr-defined]
    assert not ended


# Finding G11: of a generator that an event loop awaits, too.
def test_outcomes_come_beside_rows_that_are_awaited(emulator: Emulator) -> None:
    async def rows() -> AsyncIterator[Any]:
        yield dict(GOOD)
        yield 7
        await asyncio.sleep(60)
        yield dict(GOOD)

    async def first_two() -> None:
        async with cloudauth.AsyncClient(**emulator.client_args) as client:
            outcomes = client.check_many(rows())
            assert (await anext(outcomes)).result
            assert str((await anext(outcomes)).error) == "item 1: must be a mapping, not int"
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(anext(outcomes), 0.05)
            await outcomes.aclose()

    begun = time.monotonic()
    asyncio.run(first_two())
    assert time.monotonic() - begun < 20


# Finding E3: also where rows are awaited.
def test_what_was_fetched_comes_before_what_awaited_rows_raise(emulator: Emulator) -> None:
    async def rows() -> AsyncIterator[Any]:
        for _ in range(10):
            yield dict(GOOD)
        raise LookupError("row 10")

    async def all_of_them() -> list[int]:
        taken: list[int] = []
        async with cloudauth.AsyncClient(**emulator.client_args) as client:
            with pytest.raises(LookupError, match="row 10"):
                async for outcome in client.check_many(rows(), concurrency=4):
                    assert outcome.result
                    taken.append(outcome.position)
        return taken

    assert asyncio.run(all_of_them()) == list(range(10))


# Finding G11: Ctrl-C waited for the next row.
def test_an_interrupt_counts_while_the_rows_are_slow(silent: SilentServer) -> None:
    # A shell has what it starts in the background ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with cloudauth.Client(endpoint=silent.endpoint, **KEYS) as client:
        begun = time.monotonic()
        threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            pytest.fail(str(next(client.check_many(slow(5, [])))))
    assert time.monotonic() - begun < 3


def test_rows_without_a_length_are_read_on_a_thread_of_their_own(client: cloudauth.Client) -> None:
    place = contextvars.ContextVar("place", default="nowhere")
    place.set("the caller's")
    threads: list[tuple[bool, str]] = []

    def rows() -> Iterator[Any]:
        threads.append((threading.current_thread() is threading.main_thread(), place.get()))
        yield dict(GOOD)

    assert all(outcome.result for outcome in client.check_many(rows()))
    assert threads == [(False, "the caller's")]


def test_an_interrupt_in_the_rows_ends_the_run(check_many: Many) -> None:
    def rows() -> Iterator[Any]:
        yield GOOD
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        next(check_many(rows(), concurrency=2))


# Finding E9: neither a row of sqlite3 nor one of more columns was taken.
def test_rows_of_a_database(check_many: Many) -> None:
    with sqlite3.connect(":memory:") as database:
        database.row_factory = sqlite3.Row
        query = "SELECT 7 AS id, 'ekycpro200' AS transaction_id, 'demo' AS merchant_biz_id, 'new' AS state"
        (outcome,) = check_many(database.execute(query))
    database.close()
    assert outcome.result
    assert isinstance(outcome.row, sqlite3.Row)
    assert outcome.row["id"] == 7


def test_what_is_wrong_for_all_rows_is_raised(check_many: Many) -> None:
    with pytest.raises(TypeError, match="timeout: must be a number of seconds, not str"):
        next(check_many([GOOD], timeout="5"))
